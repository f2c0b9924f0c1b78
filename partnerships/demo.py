"""The invented schools of the demo and their people. Ids are uuid5 of names, days are counted from today.

Run again, seeding restores what signs people in and leaves alone what somebody did in the demo.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Action, Invitation, Membership, Setting, Term, User
from partnerships.sectors import Sector
from partnerships.terms import half_terms

NAMESPACE = uuid.UUID("6f0e4d53-9a44-5c86-8f7d-0e6f4b0c9a11")
PASSWORD = "everyone round the table"  # noqa: S105 - printed for whoever looks at the demo
"""For every account of the demo, unless `seed_demo --password` says another."""
DOMAINS = ("demo.example", "other.example")
SHOWN = (
    ("coordinator@demo.example", "coordinator, Hillside Primary School"),
    ("practitioner@demo.example", "practitioner, Hillside and Riverside"),
    ("staff@demo.example", "member of staff, Hillside"),
    ("governor@demo.example", "governor, Hillside"),
    ("coordinator@other.example", "coordinator, Riverside High School"),
)
"""The accounts that `make run` prints."""


def uid(*names: str) -> uuid.UUID:
    """The same id for the same names, on every machine."""
    return uuid.uuid5(NAMESPACE, "/".join(names))


SETTINGS: dict[str, dict[str, object]] = {
    "hillside": {
        "name": "Hillside Primary School",
        "short_name": "Hillside",
        "kind": Setting.Kind.PRIMARY,
        "urn": "100999",
        "address": "Orchard Rise\nWexcombe",
        "postcode": "WX4 7QP",
        "telephone": "01632 960 140",
        "email": "office@hillside.demo.example",
        "website": "https://hillside.demo.example",
        "safeguarding_name": "Ruth Adeyemi",
        "safeguarding_telephone": "01632 960 142",
        "safeguarding_email": "safeguarding@hillside.demo.example",
        "council_name": "Wexcombe children’s front door",
        "council_telephone": "01632 960 900",
        "publishes_directory": True,
        "outcomes": ["Healthy", "Safe", "Learning", "Heard", "Ready for what comes next"],
    },
    "riverside": {
        "name": "Riverside High School",
        "short_name": "Riverside",
        "kind": Setting.Kind.SECONDARY,
        "urn": "100998",
        "address": "Mill Lane\nWexcombe",
        "postcode": "WX2 1AB",
        "telephone": "01632 960 180",
        "email": "office@riverside.other.example",
        "safeguarding_name": "Marcus Bellamy",
        "safeguarding_telephone": "01632 960 182",
        "council_name": "Wexcombe children’s front door",
        "council_telephone": "01632 960 900",
    },
}


@dataclass(frozen=True)
class Person:
    """`service` is what the name of the service begins with that they work for, as the directory's demo names it."""

    email: str
    name: str
    role: Role
    job: str
    sector: Sector
    service: str = ""
    telephone: str = ""
    also_in: str = ""


C, P, S, G = Role.COORDINATOR, Role.PRACTITIONER, Role.STAFF, Role.GOVERNOR
HILLSIDE = [
    Person(
        "coordinator@demo.example",
        "Amara Oduya",
        C,
        "Early help lead",
        Sector.EDUCATION,
        telephone="01632 960 141",
    ),
    Person(
        "ruth.adeyemi@demo.example",
        "Ruth Adeyemi",
        C,
        "Safeguarding lead",
        Sector.EDUCATION,
        telephone="01632 960 142",
    ),
    Person(
        "practitioner@demo.example",
        "Priya Raman",
        P,
        "School nurse",
        Sector.HEALTH,
        "School nurs",
        "01632 960 210",
        "riverside",
    ),
    Person("staff@demo.example", "Daniel Ashworth", S, "Year 4 teacher", Sector.EDUCATION),
    Person("governor@demo.example", "Margaret Élan", G, "Chair of governors", Sector.OTHER),
    Person(
        "leila.haddad@demo.example", "Leila Haddad", P, "Speech and language therapist", Sector.SEND, "Speech"
    ),
    Person("tom.whitlock@demo.example", "Tom Whitlock", P, "Bereavement worker", Sector.VOLUNTARY, "Harbour"),
    Person(
        "grace.okafor@demo.example", "Grace Okafor", P, "Social worker", Sector.SOCIAL_CARE, "Wexcombe Family"
    ),
    Person(
        "owen.pritchard@demo.example", "Owen Pritchard", P, "Schools officer", Sector.POLICE, "Safer Schools"
    ),
    Person(
        "shabana.malik@demo.example",
        "Shabana Malik",
        P,
        "Family support, housing",
        Sector.HOUSING,
        "Castle Homes",
    ),
    Person("jonas.berg@demo.example", "Jonas Berg", P, "Play therapist", Sector.INDEPENDENT, "Bramble"),
    Person(
        "helen.marsh@demo.example",
        "Helen Marsh",
        P,
        "Educational psychologist",
        Sector.EDUCATION,
        "Educational Psych",
    ),
    Person("nadia.rahman@demo.example", "Nadia Rahman", S, "Parent representative", Sector.FAMILY),
    Person(
        "kieran.doyle@demo.example", "Kieran Doyle", P, "Youth worker", Sector.VOLUNTARY, "Wexcombe Young"
    ),
    Person(
        "efua.mensah@demo.example",
        "Efua Mensah",
        P,
        "Mental health practitioner",
        Sector.HEALTH,
        "Child and Adolescent",
    ),
]
RIVERSIDE = [
    Person(
        "coordinator@other.example",
        "Sofia Lindqvist",
        C,
        "Assistant head",
        Sector.EDUCATION,
        telephone="01632 960 181",
    ),
    Person("marcus.bellamy@other.example", "Marcus Bellamy", C, "Safeguarding lead", Sector.EDUCATION),
]
PEOPLE = {"hillside": HILLSIDE, "riverside": RIVERSIDE}
INVITED = [
    ("ife.balogun@demo.example", "Ife Balogun", "Family hub worker", Sector.SOCIAL_CARE, 3),
    ("rhys.parry@demo.example", "Rhys Parry", "Youth justice worker", Sector.POLICE, 20),
]
"""Waiting in Hillside, sent so many days ago; the second has run out."""


def seed_people() -> None:
    """Both schools, their terms and everybody who signs in."""
    today = timezone.localdate()
    for slug, fields in SETTINGS.items():
        setting, _ = Setting.objects.get_or_create(slug=slug, defaults={"id": uid("setting", slug), **fields})
        _seed_terms(setting, today)
        for person in PEOPLE[slug]:
            _seed_person(setting, person, today)
    for person in HILLSIDE:
        if person.also_in:
            _seed_person(Setting.objects.get(slug=person.also_in), person, today)
    _seed_invitations(Setting.objects.get(slug="hillside"), today)


def _seed_terms(setting: Setting, today: date) -> None:
    """This school year and the one before, so that there is something to compare with."""
    for day in (today - relativedelta(years=1), today):
        for term in half_terms(day):
            Term.objects.get_or_create(
                setting=setting,
                name=term.name,
                defaults={
                    "id": uid("term", setting.slug, term.name),
                    "starts": term.starts,
                    "ends": term.ends,
                },
            )


def _seed_person(setting: Setting, person: Person, today: date) -> None:
    user, _ = User.objects.update_or_create(
        email=person.email,
        defaults={"full_name": person.name, "is_active": True},
        create_defaults={"id": uid("user", person.email), "full_name": person.name},
    )
    Membership.objects.update_or_create(
        setting=setting,
        user=user,
        defaults={"roles": [person.role.value], "left_on": None},
        create_defaults={
            "id": uid("membership", setting.slug, person.email),
            "roles": [person.role.value],
            "job_title": person.job,
            "telephone": person.telephone,
            "sector": person.sector,
            "joined_on": today - timedelta(days=400 if person.role == Role.COORDINATOR else 200),
        },
    )


def _seed_invitations(setting: Setting, today: date) -> None:
    by = Membership.objects.get(setting=setting, user__email="coordinator@demo.example")
    for email, name, job, sector, days_ago in INVITED:
        sent = timezone.now() - timedelta(days=days_ago)
        Invitation.objects.get_or_create(
            id=uid("invitation", email),
            defaults={
                "setting": setting,
                "email": email,
                "full_name": name,
                "job_title": job,
                "sector": sector,
                "roles": [Role.PRACTITIONER.value],
                "invited_by": by,
                "sent_at": sent,
                "expires_at": sent + timedelta(days=14),
            },
        )


def seed_ties() -> None:
    """Who works for which service, once the directory has its services. One tie is left to be confirmed."""
    for slug, people in PEOPLE.items():
        setting = Setting.objects.get(slug=slug)
        ties = [person for person in people if person.service]
        for person in ties:
            _tie(setting, person, is_confirmed=person is not ties[-1])


def _tie(setting: Setting, person: Person, *, is_confirmed: bool) -> None:
    membership = Membership.objects.get(setting=setting, user__email=person.email)
    live = setting.partnerships.with_live_service()
    found = live.filter(service__name__istartswith=person.service).first()
    found = found or live.filter(service__sector=person.sector).first()
    if membership.service_id or found is None:
        return
    membership.service = found.service
    if is_confirmed:
        membership.tie_confirmed_on = timezone.localdate() - timedelta(days=90)
        membership.tie_confirmed_by = "Amara Oduya"
    membership.save()


@dataclass(frozen=True)
class DemoAction:
    """`owner`: an e-mail address, a sector whose first partner service does it, or a name."""

    text: str
    owner: str
    due_in: int
    origin: str = ""
    done_ago: int | None = None
    outcome: str = ""


ACTIONS = [
    DemoAction(
        "Send every partner one page about how we refer",
        "coordinator@demo.example",
        -6,
        "Half-termly meeting",
    ),
    DemoAction(
        "Put the visiting days on the staff-room board", "staff@demo.example", 4, "Half-termly meeting"
    ),
    DemoAction(
        "Ask families what they call each service", "nadia.rahman@demo.example", 12, "Half-termly meeting"
    ),
    DemoAction("Bring dates for the autumn drop-in", "practitioner@demo.example", 9, "Half-termly meeting"),
    DemoAction("Say who covers the Tuesday session", Sector.VOLUNTARY, 16, "Half-termly meeting"),
    DemoAction("Find a quiet room for Thursday afternoons", "Site manager", -2, "Half-termly meeting"),
    DemoAction(
        "Check the out-of-hours number with the council",
        "ruth.adeyemi@demo.example",
        -20,
        "Half-termly meeting",
        18,
        "The number changed in the summer; every sheet has the new one.",
    ),
    DemoAction(
        "Invite the housing association to the next meeting",
        "coordinator@demo.example",
        -34,
        "Half-termly meeting",
        30,
        "Shabana Malik joined us, and comes from now on.",
    ),
]


def seed_actions() -> None:
    setting = Setting.objects.get(slug="hillside")
    for action in ACTIONS:
        _seed_action(setting, action, timezone.localdate())


def _seed_action(setting: Setting, action: DemoAction, today: date) -> None:
    Action.objects.get_or_create(
        id=uid("action", setting.slug, action.text),
        defaults={
            "setting": setting,
            "text": action.text,
            "due_on": today + timedelta(days=action.due_in),
            "done_on": None if action.done_ago is None else today - timedelta(days=action.done_ago),
            "outcome": action.outcome,
            "origin_words": action.origin,
            "created_by": Membership.objects.get(setting=setting, user__email="coordinator@demo.example"),
            **_owner(setting, action.owner),
        },
    )


def _owner(setting: Setting, owner: str) -> dict[str, object]:
    if "@" in owner:
        return {"owner": Membership.objects.get(setting=setting, user__email=owner)}
    if owner in Sector.values:
        partnership = setting.partnerships.with_live_service().filter(service__sector=owner).first()
        return {"owner_partnership": partnership} if partnership else {"owner_name": "A partner service"}
    return {"owner_name": owner}
