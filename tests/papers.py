"""Completed sheets with invented people, for tests and benchmarks."""

from base64 import b64decode
from datetime import date

from directory.paper import OfferLine, SheetPaper
from evaluation.charts import PatternChart, PatternRow, TrendChart, TrendLine
from evaluation.paper import (
    DifferenceLine,
    Figure,
    PartnerWords,
    ReportPaper,
    ServicesLine,
    SessionLine,
    TopCard,
)
from partnerships.paper import ActionLine, Fact, School, Sentence
from partnerships.sectors import Sector
from toolkits.instruments import instrument
from toolkits.paper import (
    BenefitsPaper,
    BoardPaper,
    CardLine,
    ChecklistPaper,
    CriterionLine,
    PersonLine,
    ProfilePaper,
    QuestionPaper,
    ZonePaper,
    benefits_paper,
    profile_paper,
)

ED, SE, HE, SC = Sector.EDUCATION, Sector.SEND, Sector.HEALTH, Sector.SOCIAL_CARE
PJ, HO, VC, IP = Sector.POLICE, Sector.HOUSING, Sector.VOLUNTARY, Sector.INDEPENDENT
FA, OT = Sector.FAMILY, Sector.OTHER
LOGO = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
DAY = date(2026, 11, 18)

SCHOOL = School(
    name="Hollybank Primary School",
    team="Hollybank Joined Up team",
    safeguarding="Jo Farrow, safeguarding lead, 0161 496 0100",
    return_to="Ms Farrow, room 4",
)

OFFERS = (
    ("One-to-one support", True),
    ("Group support", True),
    ("Outreach", False),
    ("Interpretation", False),
    ("Practical support", True),
    ("Advice or information", True),
    ("Other: staff training", True),
    ("For a particular group (which)", False),
)


def sheet() -> SheetPaper:
    return SheetPaper(
        school=SCHOOL,
        title="Willowbrook Grief Support",
        on=date(2026, 11, 22),
        version=7,
        facts=(
            Fact(label="Sector", text="Voluntary and community", sector=VC),
            Fact(label="Can take someone now?", text="Yes, in about 3 weeks"),
            Fact(label="Confirmed by the service", text="16 November 2026"),
            Fact(label="Ask again by", text="16 February 2027"),
        ),
        profile=(
            "A local charity that helps children and young people when someone important has died, or is not "
            "going to get better. Two of its workers come to our school.",
        ),
        address="Willowbrook House, 14 Mill Lane, Hollybank HB4 2TN. Step-free; buses 41 and 87.",
        contact_person="Marian Oakley",
        contact_note="family worker. In school on Tuesdays, 9.30 am to 12 noon, room 4.",
        telephone="0161 496 0142",
        email="hello@willowbrook.example",
        website="https://willowbrook.example/",
        opening_times=(
            "Monday to Thursday 9 am to 5 pm; Wednesday also 6 pm to 8 pm.",
            "Closed 21 December to 3 January.",
        ),
        offers=tuple(OfferLine(text=text, offered=offered) for text, offered in OFFERS),
        referral=(
            "Talk with the family and ask whether they would like this. They must agree.",
            "Telephone Marian Oakley on 0161 496 0142, or send the two-page form from the website.",
            "You hear within five working days. Families may also refer themselves.",
        ),
        referral_note="Level of need: targeted (level 2 and 3). Ages 4 to 18. No diagnosis and no GP letter needed.",
        other=(
            "Saturday group for families on the first Saturday of each month. Lends “memory boxes” and books in "
            "English, Polish and Urdu.",
        ),
        foot="Kept up to date by the service itself. In our school ask: Ms Farrow, pastoral lead, 0161 496 0100.",
    )


CARDS: dict[str, tuple[tuple[str, tuple[Sector, ...], int], ...]] = {
    "strengths": (
        ("We know each other by name", (ED, HE, VC, SC), 9),
        ("Room 4 is free for visitors all week", (HE, VC), 6),
        ("One list of who does what", (ED, SE), 5),
        ("Parents trust the family worker", (FA, VC), 3),
    ),
    "weaknesses": (
        ("Three referral forms for the same thing", (ED, HE, SC, VC), 11),
        ("We hear too late who was turned away", (ED, SE), 7),
        ("Supply staff don’t know the route", (ED,), 4),
        ("Meetings clash with clinic days", (HE,), 2),
    ),
    "opportunities": (
        ("New family hub opens in Mill Lane", (SC, VC, HO), 8),
        ("Health team wants a school base", (HE, ED), 6),
        ("Free training on information sharing", (PJ, SC), 4),
    ),
    "threats": (
        ("Charity’s grant ends in March", (VC, ED, IP), 10),
        ("Two health posts still not filled", (HE,), 5),
        ("Moves of families at short notice", (HO, SC, FA, OT), 1),
    ),
}

ACTIONS = (
    ActionLine(
        what="Try one short referral form for all, for one term",
        origin="Three referral forms for the same thing",
        who="Priya Nair",
        sector=HE,
        when="15 January 2027",
    ),
    ActionLine(
        what="Ask two trusts to carry the charity’s work past March",
        origin="Charity’s grant ends in March",
        who="Marian Oakley",
        sector=VC,
        when="5 February 2027",
    ),
    ActionLine(
        what="Show newcomers round on the first Tuesday of each term",
        origin="We know each other by name",
        who="Jo Farrow",
        sector=ED,
        when="5 January 2027",
    ),
    ActionLine(
        what="Visit the hub together and ask for one desk",
        origin="New family hub opens in Mill Lane",
        who="Dele Abara",
        sector=SC,
        when="11 December 2026",
    ),
)

PEOPLE = (
    ("Hollybank Primary School", ED, "Jo Farrow, pastoral lead", ""),
    ("School health team", HE, "Priya Nair, school nurse", ""),
    ("Family support, council", SC, "Dele Abara, family worker", ""),
    ("Willowbrook Grief Support", VC, "Marian Oakley, family worker", ""),
    ("Mill Lane Homes", HO, "Tom Birch, housing officer", "agrees, action 1 apart"),
)


def board(cards_in_a_zone: int = 0) -> BoardPaper:
    """The SWOT of the design; with a figure, every zone holds that many cards."""
    swot = instrument("swot")

    def cards(key: str) -> tuple[CardLine, ...]:
        lines = tuple(
            CardLine(text=text, sectors=sectors, votes=votes) for text, sectors, votes in CARDS[key]
        )
        return (lines * cards_in_a_zone)[:cards_in_a_zone] if cards_in_a_zone else lines

    return BoardPaper(
        instrument=swot,
        school=SCHOOL,
        title="Sharing information between agencies",
        on=DAY,
        version=2,
        facts=(
            Fact(label="Session", text="Half-termly meeting"),
            Fact(label="Took part", text="14 people from 8 agencies"),
            Fact(label="Votes", text="six each, 84 cast"),
            Fact(label="State", text="Agreed 18 November 2026", stamp="full"),
        ),
        zones=tuple(ZonePaper(text=zone.text, hint=zone.hint, cards=cards(zone.key)) for zone in swot.zones),
        actions=ACTIONS,
        actions_note="The cards with most votes became actions.",
        agreed_words="We know and like each other; our paperwork does not show it yet. We start with the form, "
        "and look again in half a term.",
        differences=("Housing would rather wait for the hub before changing the form.",),
        people=tuple(
            PersonLine(agency=agency, sector=sector, name=name, but=but, when="18 November 2026")
            for agency, sector, name, but in PEOPLE
        ),
    )


SPREAD = (
    (1, 5, 7, 0), (2, 7, 3, 1), (2, 8, 3, 0), (1, 4, 8, 0), (5, 5, 1, 2), (6, 4, 2, 1), (4, 6, 2, 1), (1, 6, 6, 0),
    (5, 4, 1, 3), (2, 7, 4, 0), (4, 4, 2, 3), (6, 3, 0, 4), (1, 8, 4, 0), (3, 5, 2, 3), (3, 8, 2, 0), (2, 5, 4, 2),
    (1, 3, 6, 3), (5, 3, 1, 4), (0, 4, 9, 0), (3, 7, 3, 0), (0, 2, 11, 0), (0, 3, 10, 0), (4, 7, 2, 0), (0, 5, 8, 0),
    (5, 5, 2, 1), (2, 6, 5, 0),
)  # fmt: skip


def checklist(*, hidden: int = 0) -> ChecklistPaper:
    """The checklist of the design; the first `hidden` criteria have no counts that may be shown."""
    team = instrument("team-building")
    assert team.scale is not None
    keys = [answer.key for answer in team.scale.answers]
    spread = {statement.key: SPREAD[place] for place, statement in enumerate(team.statements)}
    place = {statement.key: number for number, statement in enumerate(team.statements)}

    def line(key: str, text: str) -> CriterionLine:
        counts = dict(zip(keys, spread[key], strict=True))
        agreed = max(keys[:3], key=lambda level: counts[level])
        return CriterionLine(text=text, counts=None if place[key] < hidden else counts, agreed=agreed)

    return ChecklistPaper(
        instrument=team,
        school=SCHOOL,
        title="Building our multi-agency team",
        on=DAY,
        version=1,
        answered=13,
        facts=(
            Fact(label="Answered", text="13 people from 8 agencies"),
            Fact(label="In place", text="8 of 26"),
            Fact(label="Partly", text="13 of 26"),
            Fact(label="Not in place", text="5 of 26"),
            Fact(label="State", text="Agreed", stamp="full"),
        ),
        questions=tuple(
            QuestionPaper(text=group.text, lines=tuple(line(one.key, one.text) for one in statements))
            for group, statements in team.by_group()
        ),
        differences=(
            Sentence(
                text="Education says senior officers make time for it; health says they don’t.",
                sectors=(ED, HE),
            ),
            Sentence(
                text="Voluntary partners don’t see the part of families in decisions; social care does.",
                sectors=(VC, SC),
            ),
            Sentence(text="Four of thirteen can’t say what commissioning means here."),
        ),
        most_to_do=(
            "Measures that would show a benefit to children",
            "Links to other plans",
            "Accounts that track",
        ),
        agreed_words="The people and the will are there (questions 7 to 9). What is missing is written down or "
        "counted: measures, plans and money.",
        small_print="Sectors with fewer than five people are counted with others.",
    )


PROFILE_ANSWERS = {
    "name": "Priya Nair",
    "job_title": "School nurse",
    "service": "School health team",
    "telephone": "0161 496 0177",
    "email": "school.nurse@hollybank.example",
    "whereabouts": "Mondays and Thursday afternoons, room 4",
    "role": [
        "Confidential drop-in for pupils, Mondays 12 to 1",
        "Health plans for asthma, epilepsy, diabetes and allergies",
        "Sleep, food and worries: short talks with families",
        "Vaccinations, hearing and sight checks",
        "Training for staff: inhalers, pens, first signs",
    ],
    "successes": [
        "Every child with asthma now has a plan: 31 of 31, from 12 a year ago",
        "The drop-in: 84 visits last year, a third of them by boys",
    ],
    "contribution": "One Monday meeting of fifteen minutes with the pastoral lead and the family worker. We found "
    "out that three of us were visiting the same families, and now one of us does.",
    "help": [
        "A room that is mine on Mondays, with a door that shuts",
        "To hear when a child moves school, before the day",
        "One referral form instead of three",
    ],
    "learning": [
        "How to speak with a child whose parent is dying",
        "What the family hub does, a morning there",
    ],
}


def profile() -> ProfilePaper:
    return profile_paper(
        instrument("practitioner-profile"), PROFILE_ANSWERS, school=SCHOOL, on=DAY, version=4, sector=HE
    )


BENEFITS_ANSWERS = {
    "name": "Marian Oakley, family worker",
    "service": "Willowbrook Grief Support",
    "written_on": "2026-11-18",
    "next_month": [
        {
            "benefit": "A drop-in for staff after school, every second Thursday",
            "measure": "Six staff come; four say it helped",
            "outcome": "met",
            "evidence": "Eight came",
        },
        {"benefit": "One page on what we do and don’t do", "measure": "In the staff handbook by 12 December"},
    ],
    "six_months": [
        {
            "benefit": "A group for children whose parents part: eight weeks",
            "measure": "Eight children finish; worries score falls by two or more",
        },
        {
            "benefit": "Training: loss and change, for all support staff",
            "measure": "20 of 24 take part; test of three questions after a term",
        },
    ],
    "one_year": [
        {
            "benefit": "Teachers can run the first session without me",
            "measure": "Two teachers have done so, watched once",
        },
        {
            "benefit": "A place at our Saturday group for every family who asks",
            "measure": "No family waits more than four weeks",
        },
    ],
}


def benefits(times: int = 1) -> BenefitsPaper:
    answers = {
        key: value * times if isinstance(value, list) else value for key, value in BENEFITS_ANSWERS.items()
    }
    return benefits_paper(
        instrument("benefits"),
        answers,
        school=SCHOOL,
        on=DAY,
        sector=VC,
        reviews={"next_month": "December 2026", "six_months": "May 2027", "one_year": "November 2027"},
    )


LEVELS = ("not in place", "partly", "in place")
THEMES = (
    ("Values and aspirations", 1.5, 1, 2, 2),
    ("Priorities for change", 1, 0.5, 1.5, 1),
    ("Willingness to try new options", 1, 0, 2, 1),
    ("Boundaries", 1, 0, 1, 1),
    ("Who is responsible for what", 0.5, 0, 1, 0),
    ("Resources", 1, 0, 1, None),
    ("Leadership", 2, 1, 2, 2),
    ("Capacity", 2, 1, 2, 2),
    ("Trust", 1, 1, 2, 1),
)


def report() -> ReportPaper:
    return ReportPaper(
        school=SCHOOL,
        title="How well we work together",
        on=date(2026, 7, 20),
        corner="To the full governing body, 20 July 2026",
        number=3,
        figures=(
            Figure(value="13", text="services work with us, 8 of them in school each week"),
            Figure(value="38 of 46", text="people answered the check-in of June 2026"),
            Figure(value="4 of 9", text="foundations are in place, as the group agreed"),
            Figure(value="9 of 13", text="actions of number 2 are done; 3 are late, 1 was dropped"),
        ),
        in_short=(
            "Our partners share a purpose and trust the people who lead. The weak side is the same as last year: we "
            "know too little about effects, and families are asked but seldom in the room.",
        ),
        better=("Communication, from not in place to partly", "First joint training day, 31 people"),
        worries=("The charity’s grant ends in March 2027", "Two school health posts are not filled"),
        asks=(
            "Agree to one term’s trial of a single referral form.",
            "Write with us to the council about the two health posts.",
            "Name a governor who joins the meeting each half term.",
        ),
        small_print="Written by Jo Farrow, partnership coordinator. This number can’t be changed, only followed by "
        "number 4.",
        services=(
            ServicesLine(sector=HE, services=4, in_school=2, confirmed=4),
            ServicesLine(sector=SC, services=3, in_school=1, confirmed=2),
            ServicesLine(sector=VC, services=6, in_school=5, confirmed=5),
        ),
        services_words="Thirteen services work with us; two of them have not confirmed their sheet this year.",
        services_based_on="the directory, 10 July 2026",
        sessions=(
            SessionLine(
                title="Sharing information between agencies",
                tool="SWOT analysis",
                when="18 November 2025",
                people="14 people from 8 agencies",
                agreed=("We start with one referral form, and look again in half a term.",),
                cards=(TopCard(zone="Weaknesses", text="Three referral forms for the same thing", votes=11),),
            ),
        ),
        sessions_based_on="one session since number 2",
        pattern=PatternChart(
            levels=LEVELS,
            before="2025",
            rows=tuple(
                PatternRow(theme=theme, middle=middle, low=low, high=high, agreed=agreed, before="partly")
                for theme, middle, low, high, agreed in THEMES
            ),
        ),
        pattern_words="Leadership and capacity carry the partnership. Who is responsible for what is most still to do.",
        pattern_based_on="38 of 46 people, June 2026",
        pattern_notes=("“Don’t know” is left out, 3 to 9 answers a row.",),
        differences=(
            DifferenceLine(
                theme="Resources",
                sentence="Voluntary partners carry costs that nobody else sees.",
                middles=((SC, "in place"), (VC, "not in place")),
            ),
            DifferenceLine(
                theme="Values and aspirations",
                sentence="Those in school find that all read the vision the same way; those outside don’t.",
                middles=((ED, "in place"), (HE, "not in place to partly")),
            ),
        ),
        hidden_words="Police and housing: fewer than five answers each, shown only in the total.",
        trend=TrendChart(
            levels=LEVELS,
            terms=("Spr 25", "Sum 25", "Aut 25", "Spr 26", "Sum 26"),
            lines=(
                TrendLine(name="Leadership", values=(1, 1.5, 1.5, 2, 2)),
                TrendLine(name="Trust", values=(0.5, 0.5, 1, 1, 2)),
                TrendLine(name="Resources", values=(None, 0.5, 0.5, 0.5, 1)),
            ),
        ),
        trend_words="Only the 24 people who answered at every check-in are compared here.",
        trend_based_on="five check-ins since spring 2025",
        actions=(
            ActionLine(
                what="Count who is turned away, by service",
                who="Dele Abara",
                sector=SC,
                when="30 April 2026",
                state="late",
            ),
            ActionLine(
                what="Shared calendar with the health trust",
                who="Priya Nair",
                sector=HE,
                when="29 May 2026",
                state="dropped",
            ),
            ActionLine(
                what="Joint training day", who="Jo Farrow", sector=ED, when="14 January 2026", state="done"
            ),
            ActionLine(what="Two parents at the table", who="Marian Oakley", when="12 September 2026"),
        ),
        actions_title="Actions of number 2",
        actions_note="Five more are done; the full list is with the coordinator.",
        actions_based_on="actions, 10 July 2026",
        partner_words=(
            PartnerWords(
                agency="Willowbrook",
                passage="Two of its workers see children in room 4.",
                words="Being in the building made the difference: children see us in the corridor before they need us.",
            ),
        ),
        questions=(
            "What will happen to the children on Willowbrook’s list if the grant ends in March?",
            "Who is turned away, and why do we still not know?",
            "Police come in forty times a year. What do we want from it?",
        ),
        method=(
            "Check-in of June 2026: nine questions, 26 criteria, 38 of 46 people from 13 services. Levels are "
            "medians; bands are the middle half of the answers.",
        ),
    )
