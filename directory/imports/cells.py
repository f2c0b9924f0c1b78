"""Readers of cells that need more: ticks, offers, dates, days, and everything in one cell."""

import re
from datetime import date
from uuid import UUID

from django.utils import timezone

from config import values
from directory.imports import words
from directory.imports.reading import CUT_WORDS, Reader, Reading, first_of
from directory.models import Withheld
from directory.sheet.telephones import read_phones
from directory.sheet.times import WORDS_LENGTH, read_times

DAYS_WORDS = "Enter days of the week, like Monday and Thursday"
PAST_WORDS = "Enter a date that is not in the future"
YES_WORDS = "Enter yes or no"
NUMBER_WORDS = "Leave the Joined Up number as it was, or empty"

email = first_of("email", values.parse_email, "E-mail")
website = first_of("website", values.parse_web, "Website")


def withheld(cell: str) -> Reading:
    """Yes is the lighter grade; a refuge has to be named."""
    if "refuge" in cell.lower():
        return Reading({"withheld": Withheld.REFUGE.value})
    found = words.YES_NO.get(cell.lower().strip(" ."))
    if found is None:
        return Reading(problems=[(cell, YES_WORDS)])
    return Reading({"withheld": Withheld.COARSE.value if found else Withheld.NO.value})


def opening_times(cell: str) -> Reading:
    times = read_times(cell)
    pieces = (piece.strip() for piece in re.split(r"[;\n]", cell))
    long = [(piece, CUT_WORDS.format(WORDS_LENGTH)) for piece in pieces if len(piece) > WORDS_LENGTH]
    return Reading({"opening_times": times} if times else {}, long)


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


_EMAIL = re.compile(r"(?<![^\s;,|/<>()])(?:e-?mail:?\s*)?([^\s;,|/<>()]+@[^\s;,|/<>()]+)", re.IGNORECASE)
"""From the beginning of a word on: a long one without an @ is gone through once."""


def mixed(cell: str) -> Reading:
    """Telephone, e-mail, website and name in one cell."""
    emails = [found[1] for found in _EMAIL.finditer(cell)]
    text = _EMAIL.sub(" ", cell)
    webs = re.findall(r"(?:https?://|www\.)[^\s;,|<>()]+", text, re.IGNORECASE)
    text = re.sub(r"(?:https?://|www\.)[^\s;,|<>()]+", " ", text, flags=re.IGNORECASE)
    reading = Reading()
    for reader, pieces in ((email, emails), (website, webs)):
        if pieces:
            part = reader("; ".join(pieces))
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
