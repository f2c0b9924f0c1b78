"""Reads one cell: what it says in our form, and what in it could not be read.

Telephone numbers, postcodes, web and e-mail addresses and dates are read by config.values, as in our forms.
"""

from config import values
from directory.imports import depth, numbered, words
from directory.imports.cells import (
    days,
    email,
    mixed,
    offers,
    opening_times,
    past_date,
    sheet_id,
    tick,
    website,
    withheld,
    yes_no_list,
)
from directory.imports.reading import Reader, Reading, choice, line, paragraphs, parsed, several, telephone
from directory.models import Service
from partnerships.models import Partnership

EMPTY_WORDS = {
    *(
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "?",
        "??",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "none",
        "nil",
        "null",
        "nan",
        "tbc",
    ),
    *(
        "tba",
        "t.b.c.",
        "not known",
        "unknown",
        "not applicable",
        "no website",
        "no email",
        "no e-mail",
        "no fax",
    ),
    *(
        "not available",
        "#n/a",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "(blank)",
        "none known",
    ),
}
EMPTY_NAMES = {"-", "--", "–", "—", ".", "?", "#n/a", "#ref!", "#value!", "#name?"}

NAME_WORDS = "Enter the name of the organisation or service"


def is_empty(cell: str) -> bool:
    return not cell or cell.lower() in EMPTY_WORDS


def read(key: str, cell: str, *, is_own: bool = False) -> Reading:
    """What `cell` of a column `key` says. An empty cell says nothing; it never wipes what is there.

    In our own export (`is_own`) nothing is an empty cell: there "None" is a word like any other.
    """
    says_nothing = not cell if is_own else says_no_name(cell) if key == "name" else is_empty(cell)
    return Reading() if says_nothing else READERS[key](cell)


def says_no_name(cell: str) -> bool:
    """A name may well be "NA" (Narcotics Anonymous), but not a dash."""
    return not cell or cell.lower() in EMPTY_NAMES


def is_readable(key: str, cell: str) -> bool:
    reading = read(key, cell)
    return bool(reading.values) and not reading.problems


def _text_readers() -> dict[str, Reader]:
    lines = {
        "agency": ("agency", 200),
        "place_name": ("place_name", 120),
        "address_2": ("address_2", 200),
        "city": ("city", 100),
        "county": ("county", 100),
        "contact_first": ("contact_first", 60),
        "contact_last": ("contact_last", 60),
        "offer_other": ("offer_other", 200),
        "offer_group": ("offer_group", 200),
        "waiting_time": ("waiting_time", 80),
        "capacity_note": ("capacity_note", 80),
        "who_for": ("who_for", 300),
        "not_for": ("not_for", 300),
        "cost_note": ("cost_note", 120),
        "language_note": ("language_note", 120),
        "council": ("council", 100),
        "access_note": ("access_note", 200),
        "confirmed_by": ("confirmed_by", 120),
        "confirmed_how": ("confirmed_how", 40),
        "times": ("here_times", 80),
        "room": ("here_room", 80),
        "local_contact": ("here_contact_name", 120),
        "name": ("name", 200),
    }
    blocks = {
        "address": ("address", 400),
        "profile": ("profile", 4000),
        "referral": ("referral", 4000),
        "other": ("other_information", 4000),
        "agreement": ("here_agreement", 2000),
        "notes": ("here_notes", 2000),
    }
    return {key: line(*spec) for key, spec in lines.items()} | {
        key: paragraphs(*spec) for key, spec in blocks.items()
    }


def _named(key: str, reader: Reader) -> Reader:
    """A reader whose value goes by the name `key`."""

    def read_as(cell: str) -> Reading:
        reading = reader(cell)
        return Reading(dict(zip([key], reading.values.values(), strict=False)), reading.problems)

    return read_as


_READERS: dict[str, Reader] = {
    **_text_readers(),
    "id": sheet_id,
    "sector": choice("sector", words.SECTORS, words.SECTOR_LABELS),
    "status": choice("status", words.STATUSES, ["Public", "Private", "Voluntary"]),
    "capacity": choice("capacity", words.CAPACITIES, [str(label) for label in Service.Capacity.labels]),
    "degree": choice("here_degree", words.DEGREES, [str(label) for label in Partnership.Degree.labels]),
    "latitude": depth.degrees("latitude", 90),
    "longitude": depth.degrees("longitude", 180),
    "place_kind": depth.place_kind,
    "access": depth.access,
    "waiting_weeks": depth.whole_number("waiting_weeks", 300),
    "waiting_on": depth.said_on,
    "topics": depth.topics,
    "ages": depth.ages,
    "min_age": depth.whole_number("min_age", 120),
    "max_age": depth.whole_number("max_age", 120),
    "levels": depth.levels,
    "need_areas": depth.need_areas,
    "referrers": depth.referrers,
    "referral_link": parsed("referral_link", values.parse_web),
    "cost": depth.cost,
    "languages": depth.languages,
    "ask_email": parsed("ask_email", values.parse_email),
    "postcode": parsed("postcode", values.parse_postcode),
    "withheld": withheld,
    "opening_times": opening_times,
    "contact_person": several("contact_names", 120),
    "contact_role": several("contact_titles", 120),
    "contact_public": yes_no_list("contact_public"),
    "contact_details": mixed,
    "telephone": telephone("telephone"),
    "text": telephone("text"),
    "fax": telephone("fax"),
    "email": email,
    "website": website,
    "offers": offers,
    "confirmed_on": past_date,
    "days": days,
    "local_telephone": parsed("here_contact_telephone", values.parse_phone),
    "local_email": parsed("here_contact_email", values.parse_email),
    **{f"offers_{offer}": tick(offer) for offer in words.TICKED},
}
_LIKE: dict[str, Reader] = {
    **_READERS,
    "address_line": line("", 200),
    "person_email": parsed("", values.parse_email),
    "person_place": depth.whole_number("", numbered.MOST_PLACES),
    "summary": paragraphs("", 1000),
}
READERS = {**_READERS, **{key: _named(key, _LIKE[like]) for key, (_, like) in numbered.LIKE.items()}}
