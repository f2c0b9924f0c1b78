"""What a column of somebody's spreadsheet can mean, and how the cells of several columns become one."""

from collections.abc import Collection
from dataclasses import dataclass

from directory.imports.numbered import LIKE
from directory.models import Offer

LINE, PARAGRAPH, COMMA, SEMICOLON, SLASH = "\n", "\n\n", ", ", "; ", " / "

SHEET, HERE, TICKS = "The sheet", "Here at school", "Columns to tick"
SEVERAL = "Other places, people, languages"
TICK_PREFIX = "offers_"


@dataclass(frozen=True)
class Column:
    """`join`: how several columns become one; without it, only one column can feed this.

    `sure`: whether the heading alone is enough; if not, most of its cells must be readable as well.
    """

    key: str
    label: str
    join: str = ""
    sure: bool = True
    group: str = SHEET


COLUMNS: tuple[Column, ...] = (
    Column("id", "Joined Up number", sure=False),
    Column("name", "Name of organisation or service"),
    Column("agency", "Organisation it belongs to"),
    Column("sector", "Sector", sure=False),
    Column("status", "Public, private or voluntary", sure=False),
    Column("profile", "Profile: what it does, and for whom", PARAGRAPH),
    Column("place_name", "Name of the place"),
    Column("address", "Address", COMMA),
    Column("address_2", "Second line of the address", COMMA),
    Column("city", "Town or city"),
    Column("county", "County"),
    Column("postcode", "Postcode"),
    Column("withheld", "Address is withheld (yes or no)", sure=False),
    Column("place_kind", "Kind of place", sure=False),
    Column("council", "Council area"),
    Column("latitude", "Latitude", sure=False),
    Column("longitude", "Longitude", sure=False),
    Column("access", "Access at the place", SEMICOLON, sure=False),
    Column("access_note", "Getting there and getting in"),
    Column("contact_person", "Contact person", SEMICOLON),
    Column("contact_first", "Contact person: first name"),
    Column("contact_last", "Contact person: last name"),
    Column("contact_role", "Contact person’s role", SEMICOLON),
    Column("contact_public", "Public may see the name (yes or no)", sure=False),
    Column("contact_details", "Telephone, e-mail and name in one cell", SEMICOLON),
    Column("telephone", "Telephone", SLASH),
    Column("text", "Number for text messages", SLASH, sure=False),
    Column("fax", "Fax", SLASH),
    Column("email", "E-mail", SEMICOLON),
    Column("website", "Website", SEMICOLON),
    Column("opening_times", "Opening or contact times", SEMICOLON),
    Column("offers", "Services offered", SEMICOLON),
    Column("offer_other", "Other service offered: which", SEMICOLON),
    Column("offer_group", "For a particular group: which", SEMICOLON),
    Column("referral", "Referral procedures", PARAGRAPH),
    Column("other", "Other information", LINE),
    Column("capacity", "Can take someone", sure=False),
    Column("capacity_note", "About places"),
    Column("waiting_time", "Waiting time"),
    Column("waiting_weeks", "Weeks to wait", sure=False),
    Column("waiting_on", "Date the waiting time was said", sure=False),
    Column("topics", "Helps with", SEMICOLON),
    Column("who_for", "Who it is for"),
    Column("not_for", "Who it is not for"),
    Column("ages", "Ages, like 5 to 16"),
    Column("min_age", "From age", sure=False),
    Column("max_age", "To age", sure=False),
    Column("levels", "Level of need", SEMICOLON, sure=False),
    Column("need_areas", "Needs served (SEND)", SEMICOLON, sure=False),
    Column("referrers", "Who may refer", SEMICOLON),
    Column("referral_link", "Form to refer with", sure=False),
    Column("cost", "Cost", SEMICOLON),
    Column("cost_note", "About the cost"),
    Column("languages", "Languages", SEMICOLON),
    Column("language_note", "About languages"),
    Column("ask_email", "Where to ask if the sheet is right", sure=False),
    Column("confirmed_on", "Date it was last checked", sure=False),
    Column("confirmed_by", "Who checked it"),
    Column("confirmed_how", "How it was checked"),
    Column("days", "Days in school", SEMICOLON, sure=False, group=HERE),
    Column("times", "Times in school", SEMICOLON, group=HERE),
    Column("room", "Room", group=HERE),
    Column("local_contact", "Contact here", group=HERE),
    Column("local_telephone", "Contact here: telephone", group=HERE),
    Column("local_email", "Contact here: e-mail", group=HERE),
    Column("degree", "Degree of partnership", sure=False, group=HERE),
    Column("agreement", "Agreement", LINE, group=HERE),
    Column("notes", "Notes that only we see", LINE, group=HERE),
)
TICK_COLUMNS = tuple(
    Column(f"{TICK_PREFIX}{offer}", f"Tick: {offer.label}", sure=False, group=TICKS)
    for offer in Offer
    if offer != Offer.OTHER
)
NUMBERED_COLUMNS = tuple(Column(key, heading, group=SEVERAL) for key, (heading, _) in LIKE.items())
BY_KEY = {column.key: column for column in (*COLUMNS, *TICK_COLUMNS, *NUMBERED_COLUMNS)}


def choices(used: Collection[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """For the page on which a person says what each of their columns is: of the numbered ones, those in `used`."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for column in BY_KEY.values():
        if column.group != SEVERAL or column.key in used:
            groups.setdefault(column.group, []).append((column.key, column.label))
    return list(groups.items())
