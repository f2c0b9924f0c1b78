"""What a service of the demo is made from. Everything is invented: numbers that are never given out, example.org."""

from dataclasses import dataclass, field

PRIVATE, LISTED, PUBLIC = "private", "listed", "public"


@dataclass(frozen=True)
class Here:
    """Hillside's own side: days as "MO TH", times, room, contact, degree."""

    days: str = ""
    times: str = ""
    room: str = ""
    contact: str = ""
    degree: str = ""
    agreement: str = ""


@dataclass(frozen=True)
class DemoService:
    """`referral` is one step a line; `confirmed` is so many days ago, -1 for never; `takes` is a capacity."""

    name: str
    profile: str
    referral: str
    offers: str
    agency: str = ""
    contact: str = ""
    title: str = ""
    place: str = ""
    street: str = ""
    postcode: str = ""
    opening: str = "Monday to Friday, 9.00 to 5.00"
    takes: str = "open"
    waits: str = ""
    seen: str = PUBLIC
    confirmed: int = 40
    other: str = ""
    group: str = ""
    more: str = ""
    itself: bool = False
    withheld: bool = False
    riverside: bool = False
    here: Here | None = field(default_factory=Here)
