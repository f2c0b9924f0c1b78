"""Who and what the demo's schools are made of: all of it invented."""

from dataclasses import dataclass

from partnerships.access import Role
from partnerships.models import Setting
from partnerships.sectors import Sector

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
    Person(
        "imogen.hart@wexcombe-sendiass.example.org",
        "Imogen Hart",
        P,
        "Adviser for families",
        Sector.SEND,
        "SEND Information",
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
