"""What the invented sheets say besides: topics, ages, levels, who may refer, cost, languages, places and people.

A sheet that says any of it already stays as it is, so that an older demo gets its depth once.
"""

from collections.abc import Iterator
from typing import Any

from directory.models import Level, NeedArea, Place, Referrer, Service
from directory.sheet.saving import update_sheet
from directory.sheet.times import read_times
from directory.sheet.values import values_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.models import Setting

LEVELS = dict(zip("uets", Level, strict=True))
AREAS = dict(zip("ClSp", NeedArea, strict=True))
REFERRERS = dict(zip("fysgcp", Referrer, strict=True))
COSTS = {"0": "free", "+": "some", "£": "paid", "?": "unknown"}
TABLE = """
The Quiet Room and Mrs Bello | bereavement, worries, anxiety, friendship | 4-11 | ue | S | fys | 0 | en
Educational Psychology Service | learning, anxiety, autism, exclusion | 0-25 | ts | ClS | sp | 0 | en
Attendance and Inclusion Team | attendance, exclusion, anxiety about school | 4-16 | et | S | fsp | 0 | en pl
Wexcombe Virtual School | children looked after, attainment | 3-18 | ts | lS | scp | 0 | en
Reading Partners Wexcombe | reading, confidence | 5-11 | u | l | s | 0 | en
Bright Start Tuition | learning, catching up, exams | 7-16 | e | l | fs | £ £18 an hour | en
Speech and Language Therapy | speech and language, stammering | 0-18 | ets | C | fsgp | 0 | en bn pa ur
Occupational Therapy for Children | coordination, handwriting, sensory needs | 2-18 | ts | p | sgp | 0 | en
SEND Information and Advice | SEND, EHC plans, exclusion, rights | 0-25 | uets | ClSp | fy | 0 | en pl so bfi
Autism Outreach | autism, anxiety, sensory needs | 3-18 | ts | CS | s | 0 | en
Portage at Home | play, early years, disability | 0-4 | ts | Clp | fgp | 0 | en pa
Little Acorns Family Hub | sleep, feeding, isolation, parenting, early years | 0-5 | u | | f | 0 | en ro ar
Sensory Support for Schools | hearing loss, visual impairment | 0-18 | ts | p | sgp | 0 | en bfi
School nursing, Wexcombe East | sleep, wetting, medicines, anxiety, healthy weight | 5-16 | ue | Sp | fysgp | 0 | en
Child and Adolescent Mental Health: Getting Help | anxiety, self harm, eating, trauma | 5-17 | ts | S | fsg | 0 | en
Health visiting, Wexcombe East | sleep, feeding, child development, postnatal depression | 0-5 | u | | fgp | 0 | en
Healthy Smiles | teeth | 3-11 | u | | fs | 0 | en
Wexcombe Young People’s Clinic | sexual health, relationships, worries | 13-19 | u | | y | 0 | en
Eastgate Surgery | health, isolation | | u | | f | 0 | en ur
Asthma Friendly Schools nurse | asthma, medicines | 4-16 | u | p | s | 0 | en
Wexcombe Family Help | parenting, behaviour, domestic abuse, money, housing | 0-18 | et | | fsp | 0 | en pl ar fa
Children’s front door | safeguarding, neglect, abuse, exploitation | 0-18 | s | | fysgp | 0 | en
Young Carers Wexcombe | young carers, isolation, a break | 8-18 | et | S | fysgp | + trips cost up to £5 | en
Short Breaks | disability, a break, parent carers | 0-18 | ts | ClSp | c | + | en
Kinship and Fostering Support | kinship care, fostering, attachment | | et | | fc | 0 | en
Parenting Together groups | parenting, behaviour, sleep, routines | | e | | fs | 0 | en ro uk
Safer Schools Officer | crime, online safety, exploitation, bullying | 4-18 | uet | | s | 0 | en
Youth Justice Prevention | crime, knives, exploitation, behaviour | 8-17 | t | S | scp | 0 | en
Operation Compass | domestic abuse | 3-18 | et | | p | 0 | en
Fire and Safety Visits | fire setting, home safety | | u | | fsp | 0 | en
Castle Homes: tenancy support | housing, rent, repairs, debt | | e | | fs | 0 | en pl
Housing Options | housing, homelessness, eviction | | et | | fp | 0 | en ar so
Rowan House | domestic abuse, safe place, housing | | s | | fp | + rent is met by benefits | en pl ur pa
Warm Homes Wexcombe | heating, bills, damp, money | | u | | fs | 0 | en
Harbour: bereavement support for children | bereavement, grief, family illness | 5-16 | et | S | fsgp | 0 | en pl bfi
Wexcombe Young Minds Café | worries, loneliness, friendship, anxiety | 11-18 | u | S | y | 0 | en
Wexcombe Food Pantry | food, money, school uniform | | u | | f | + about £4 a visit | en ro
Money Wise | money, debt, benefits, budgeting | | u | | fs | 0 | en ur pl
Safe Steps: domestic abuse support | domestic abuse, trauma, safety planning | | ts | S | fycgps | 0 | en pl ro ur
Welcome Wexcombe | asylum, new in the country, English, school places | | u | | fsp | 0 | en ar fa ti uk
Dads and Lads Allotment | fathers, outdoors, friendship | 5-14 | u | | f | 0 | en
Wexcombe Rangers Community Club | sport, friendship, homework | 5-16 | u | | f | + half price with free meals | en
Listening Ear helpline | worries, loneliness, parenting | | u | | f | 0 | en
Bramble Play Therapy | trauma, loss, attachment, anxiety | 4-12 | t | S | s | £ the school pays | en
Kite Counselling | worries, low mood, self harm, friendship | 7-11 | et | S | ys | 0 | en
Steps Forward Mentoring | exclusion, behaviour, confidence | 9-11 | t | S | s | 0 | en
Wexcombe Parent Carer Forum | SEND, parent carers, isolation | | u | ClSp | f | 0 | en bfi
Youth Voice Wexcombe | confidence, having a say | 11-18 | u | | ys | 0 | en
Wexcombe Library | reading, homework, a place to be | | u | l | f | 0 | en pl
"""
NOT_FOR = {
    "Harbour: bereavement support for children": "A child in crisis today: see “Worried about a child?”",
    "Child and Adolescent Mental Health: Getting Help": "A crisis today: ring the 24-hour line",
    "Speech and Language Therapy": "Children whose only need is a lisp",
    "Wexcombe Young Minds Café": "Adults; somebody in danger now: ring 999",
    "Money Wise": "Business debts",
    "Young Carers Wexcombe": "Children who only help with chores",
    "Bramble Play Therapy": "Children who are still in danger at home",
}
WEEKS = {
    "Educational Psychology Service": 6,
    "Speech and Language Therapy": 14,
    "Occupational Therapy for Children": 20,
    "Child and Adolescent Mental Health: Getting Help": 14,
    "Wexcombe Family Help": 3,
    "Harbour: bereavement support for children": 2,
}
ACCESS = (
    "step_free toilet parking",
    "step_free lift toilet loop",
    "step_free bus",
    "step_free quiet toilet bus",
)
HARBOUR = "Harbour: bereavement support for children"
POLISH = "Pomoc dla dzieci od 5 do 16 lat, którym zmarł ktoś bliski. Bezpłatnie. Można zadzwonić samemu."
MORE: dict[str, dict[str, Any]] = {
    HARBOUR: {
        "capacity_note": "two places",
        "referral_link": "https://www.harbour.example.org/refer",
        "more_places": [
            Whereabouts(name="Grove Hall", address_1="3 Grove Road", city="Wexcombe", postcode="WX2 5PN",
                        access=("step_free", "quiet"), access_note="the Saturday group; bus 7"),
            Whereabouts(kind=Place.Kind.ONLINE.value),
        ],
        "contacts": [
            Person("Tom Whitlock", "family worker", True, "tom@harbour.example.org",
                   (("voice", "07700 900 417", ""), ("text", "07700 900 417", "")), 0),
            Person("", "group leader", False, "", (("voice", "01632 960 319", "Saturdays"),), 1),
        ],
        "opening_times": read_times(
            "Monday to Thursday, 9am to 12.30pm and 1.30pm to 5pm; Friday, 9am to noon; "
            "first Saturday of the month, 10am to 1pm, term time only"
        ),
        "summaries": {"pl": POLISH},
    },
    "Rowan House": {"withheld": "refuge", "council": "Wexshire"},
    "Little Acorns Family Hub": {
        "opening_times": read_times(
            "Monday to Friday, 9am to 4pm; every second Saturday from 10 January 2026, 10am to noon"
        ),
        "summaries": {"ro": "Un loc cald pentru familii cu copii sub cinci ani. Gratuit, fără programare."},
    },
    "Wexcombe Young Minds Café": {
        "opening_times": read_times("Monday, Wednesday and Friday, 3.30pm to 7pm, term time only"),
    },
    "Money Wise": {
        "more_places": [Whereabouts(kind=Place.Kind.TELEPHONE.value)],
        "opening_times": read_times("Monday to Friday, 9am to 5pm; Wednesday, 9am to 11am, by appointment"),
    },
    "Portage at Home": {"more_places": [Whereabouts(kind=Place.Kind.VISITS.value)]},
    "Listening Ear helpline": {"opening_times": read_times("Every day, 6pm to 10pm")},
}  # fmt: skip


def deepen(service: Service, setting: Setting | None) -> None:
    """`setting`: the keeper, None where the agency itself is."""
    if service.topics or service.levels or service.referrers:
        return
    found = Service.objects.with_whole_parts().get(pk=service.pk)
    values = {**dict(_said(found)), **MORE.get(service.name, {})}
    if values:
        update_sheet(setting, found, values, values.keys())


def _said(service: Service) -> Iterator[tuple[str, Any]]:
    row = next(
        (line.split("|") for line in TABLE.strip().splitlines() if line.startswith(f"{service.name} |")), None
    )
    if row is None:
        return
    topics, ages, levels, areas, referrers, cost, languages = (cell.strip() for cell in row[1:])
    young, _, old = ages.partition("-")
    yield "topics", topics.split(", ")
    yield "min_age", int(young) if young else None
    yield "max_age", int(old) if old else None
    yield "levels", [str(level) for key, level in LEVELS.items() if key in levels]
    yield "need_areas", [str(area) for key, area in AREAS.items() if key in areas]
    yield "referrers", [str(who) for key, who in REFERRERS.items() if key in referrers]
    yield "cost", COSTS[cost[0]]
    yield "cost_note", cost[1:].strip()
    yield "languages", languages.split()
    yield "not_for", NOT_FOR.get(service.name, "")
    yield "waiting_weeks", WEEKS.get(service.name)
    yield from _there(service)


def _there(service: Service) -> Iterator[tuple[str, Any]]:
    """Of a place that people go to: what it has."""
    values = values_of(service, whole=True)
    if not values["address_1"]:
        return
    number = sum(map(ord, values["address_1"]))
    yield "access", ACCESS[number % len(ACCESS)].split()
    yield "council", "Wexshire"
