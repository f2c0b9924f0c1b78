"""Reads one cell: what it says in our form, and what in it could not be read.

Telephone numbers, postcodes, web and e-mail addresses and dates are read by config.values, as in our forms.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from config import values
from directory.imports import words
from directory.models import Service
from directory.telephones import read_phones
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

DAYS_WORDS = "Enter days of the week, like Monday and Thursday"
PAST_WORDS = "Enter a date that is not in the future"
CHOICE_WORDS = "Choose one of: {}"
YES_WORDS = "Enter yes or no"
CUT_WORDS = "Shorten this: {} characters fit, and only those were kept"
NUMBER_WORDS = "Leave the Joined Up number as it was, or empty"
NAME_WORDS = "Enter the name of the organisation or service"


@dataclass
class Reading:
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(the piece of text, what to do)"""


Reader = Callable[[str], Reading]


def is_empty(cell: str) -> bool:
    return not cell or cell.lower() in EMPTY_WORDS


def read(key: str, cell: str) -> Reading:
    """What `cell` of a column `key` says. An empty cell says nothing; it never wipes what is there."""
    if (not cell or cell.lower() in EMPTY_NAMES) if key == "name" else is_empty(cell):
        return Reading()
    return READERS[key](cell)


def is_readable(key: str, cell: str) -> bool:
    reading = read(key, cell)
    return bool(reading.values) and not reading.problems


def line(name: str, limit: int) -> Reader:
    """One line of text, cut where it is longer than what fits."""

    def reader(cell: str) -> Reading:
        text = " ".join(cell.split())
        return Reading(
            {name: text[:limit].strip()}, [(cell, CUT_WORDS.format(limit))] if len(text) > limit else []
        )

    return reader


def paragraphs(name: str, limit: int) -> Reader:
    def reader(cell: str) -> Reading:
        return Reading(
            {name: cell[:limit].strip()}, [(cell, CUT_WORDS.format(limit))] if len(cell) > limit else []
        )

    return reader


def parsed(name: str, parse: Callable[[str], Any]) -> Reader:
    def reader(cell: str) -> Reading:
        try:
            return Reading({name: parse(cell)})
        except ValueError as problem:
            return Reading(problems=[(cell, str(problem))])

    return reader


def first_of(name: str, parse: Callable[[str], str], also: str) -> Reader:
    """The first address in a cell that may hold several; the others go to the other information."""

    def reader(cell: str) -> Reading:
        reading = Reading()
        for piece in _pieces(cell, parse):
            try:
                found = parse(piece)
            except ValueError as problem:
                reading.problems.append((piece, str(problem)))
            else:
                _keep(reading.values, name, found, also)
        return reading

    return reader


def _pieces(cell: str, parse: Callable[[str], str]) -> list[str]:
    try:
        parse(cell)
        return [cell]
    except ValueError:
        pieces = re.split(r"\s*(?:[;,|\n]|\s/\s|\s+or\s+|\s+and\s+|\s+&\s+)\s*", cell)
        return [piece for piece in pieces if piece]


def _keep(into: dict[str, Any], name: str, found: str, also: str) -> None:
    if name not in into:
        into[name] = found
    elif found != into[name]:
        into.setdefault("also", []).append(f"{also}: {found}")


def telephone(name: str) -> Reader:
    def reader(cell: str) -> Reading:
        phones, problems = read_phones(cell)
        return Reading({name: phones} if phones else {}, problems)

    return reader


def several(name: str, limit: int) -> Reader:
    """A list: "Jane Doe; Tom Roe". Gaps stay, so that names and roles keep their places."""

    def reader(cell: str) -> Reading:
        items = [" ".join(item.split()) for item in re.split(r"[;\n]", cell)]
        long = [(item, CUT_WORDS.format(limit)) for item in items if len(item) > limit]
        return Reading({name: [item[:limit].strip() for item in items]}, long)

    return reader


def choice(name: str, table: dict[str, str], labels: list[str]) -> Reader:
    def reader(cell: str) -> Reading:
        found = words.look_up(cell, table)
        if found is None:
            return Reading(problems=[(cell, CHOICE_WORDS.format(", ".join(labels)))])
        return Reading({name: found})

    return reader


def yes_no(name: str) -> Reader:
    def reader(cell: str) -> Reading:
        found = words.YES_NO.get(cell.lower().strip(" ."))
        return Reading({name: found}) if found is not None else Reading(problems=[(cell, YES_WORDS)])

    return reader


def yes_no_list(name: str) -> Reader:
    def reader(cell: str) -> Reading:
        found = [words.YES_NO.get(piece.lower().strip(" ."), None) for piece in cell.split(";")]
        if None in found:
            return Reading(problems=[(cell, YES_WORDS)])
        return Reading({name: found})

    return reader


def tick(offer: str) -> Reader:
    def reader(cell: str) -> Reading:
        found = words.YES_NO.get(cell.lower().strip(" ."))
        if found is None:
            return Reading(problems=[(cell, YES_WORDS)])
        return Reading({"ticks": [offer]} if found else {"unticked": [offer]})

    return reader


def offers(cell: str) -> Reading:
    """The eight by the words that schools use; whatever is none of them becomes the words of "other"."""
    found, rest = words.split_offers(cell)
    return Reading({"offers": found, **({"offer_other": "; ".join(rest)[:200]} if rest else {})})


def past_date(cell: str) -> Reading:
    try:
        day: date = values.parse_date(cell.split(" ")[0] if re.match(r"\d{4}-\d\d-\d\d ", cell) else cell)
    except ValueError as problem:
        return Reading(problems=[(cell, str(problem))])
    if day > timezone.localdate():
        return Reading(problems=[(cell, PAST_WORDS)])
    return Reading({"confirmed_on": day})


def days(cell: str) -> Reading:
    found, rest = words.split_days(cell)
    if not found:
        return Reading(problems=[(cell, DAYS_WORDS)])
    return Reading({"here_days": found, **({"here_times_too": cell[:80]} if rest else {})})


def mixed(cell: str) -> Reading:
    """Telephone, e-mail, website and name in one cell."""
    emails = re.findall(r"[^\s;,|/<>()]+@[^\s;,|/<>()]+", cell)
    text = re.sub(r"(?:e-?mail:?\s*)?[^\s;,|/<>()]+@[^\s;,|/<>()]+", " ", cell, flags=re.IGNORECASE)
    webs = re.findall(r"(?:https?://|www\.)[^\s;,|<>()]+", text, re.IGNORECASE)
    text = re.sub(r"(?:https?://|www\.)[^\s;,|<>()]+", " ", text, flags=re.IGNORECASE)
    reading = Reading()
    for key, pieces in (("email", emails), ("website", webs)):
        if pieces:
            part = READERS[key]("; ".join(pieces))
            reading.values.update(part.values)
            reading.problems += part.problems
    if re.search(r"\d{5}|\d[\d\s-]{7,}\d", text):
        phones, problems = read_phones(text)
        reading.values["telephone"] = phones
        reading.problems += problems
        text = ""
    name = " ".join(re.sub(r"[;,|/<>()]+|\btel(?:ephone)?\b:?", " ", text).split())
    if name:
        reading.values["contact_names"] = [name[:120]]
    return reading


def sheet_id(cell: str) -> Reading:
    try:
        return Reading({"id": UUID(cell)})
    except ValueError:
        return Reading(problems=[(cell, NUMBER_WORDS)])


def _text_readers() -> dict[str, Reader]:
    lines = {
        "agency": ("agency", 200),
        "place_name": ("place_name", 120),
        "address_2": ("address_2", 200),
        "city": ("city", 100),
        "county": ("county", 100),
        "contact_first": ("contact_first", 60),
        "contact_last": ("contact_last", 60),
        "opening_times": ("opening_times", 300),
        "offer_other": ("offer_other", 200),
        "offer_group": ("offer_group", 200),
        "waiting_time": ("waiting_time", 80),
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


READERS: dict[str, Reader] = {
    **_text_readers(),
    "id": sheet_id,
    "sector": choice("sector", words.SECTORS, words.SECTOR_LABELS),
    "status": choice("status", words.STATUSES, ["Public", "Private", "Voluntary"]),
    "capacity": choice("capacity", words.CAPACITIES, [str(label) for label in Service.Capacity.labels]),
    "degree": choice("here_degree", words.DEGREES, [str(label) for label in Partnership.Degree.labels]),
    "postcode": parsed("postcode", values.parse_postcode),
    "withheld": yes_no("is_withheld"),
    "contact_person": several("contact_names", 120),
    "contact_role": several("contact_titles", 120),
    "contact_public": yes_no_list("contact_public"),
    "contact_details": mixed,
    "telephone": telephone("telephone"),
    "text": telephone("text"),
    "fax": telephone("fax"),
    "email": first_of("email", values.parse_email, "E-mail"),
    "website": first_of("website", values.parse_web, "Website"),
    "offers": offers,
    "confirmed_on": past_date,
    "days": days,
    "local_telephone": parsed("here_contact_telephone", values.parse_phone),
    "local_email": parsed("here_contact_email", values.parse_email),
    **{f"offers_{offer}": tick(offer) for offer in words.TICKED},
}
