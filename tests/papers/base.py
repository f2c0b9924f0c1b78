"""The school that prints, and one of its services."""

from base64 import b64decode
from datetime import date

from directory.paper.sheet import OfferLine, SheetPaper
from partnerships.paper import Fact, School
from partnerships.sectors import Sector

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
