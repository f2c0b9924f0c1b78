"""Values that come as JSON, checked one by one: what can't be read is told and left out, what is too long is cut.

Nothing here trusts its input: any JSON can stand anywhere.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from math import isfinite
from typing import Any

from django.utils import timezone

from config.values import parse_phone
from directory.imports.cells import PAST_WORDS
from directory.imports.reading import CUT_WORDS
from directory.imports.records import Problem
from directory.sheet.telephones import clean_note, read_phones

MOST = 60
"""So many of anything that a sheet has several of."""
SHOWN = 200
SUMMARY = 1000
TEXT_WORDS = "Write this as text"
CHOICE_WORDS = "Write one of: {}"
LIST_WORDS = "Write this as a list"
NUMBER_WORDS = "Write a whole number from 0 to {}"
DATE_WORDS = "Write a date like 2026-03-03"
MANY_WORDS = f"Only the first {MOST} were kept"
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


class Told(list[Problem]):
    """What could not be read, of one sheet."""

    def tell(self, field: str, value: Any, words: str) -> None:
        if len(self) < MOST:
            self.append(Problem(field, plain_text(value)[:SHOWN], words))


Cleaner = Callable[[str, Any, Told], Any]
"""(the value's name, what came, where problems are told) → the value, or None when there is none."""


def is_nothing(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def plain_text(value: Any) -> str:
    text = _UNWANTED.sub("", value if isinstance(value, str) else str(value)[:1000])
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


# Single values


def text(limit: int, *, is_long: bool = False) -> Cleaner:
    def clean(name: str, value: Any, told: Told) -> str | None:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            told.tell(name, value, TEXT_WORDS)
            return None
        written = plain_text(value).strip() if is_long else " ".join(plain_text(value).split())
        if len(written) > limit:
            told.tell(name, written, CUT_WORDS.format(limit))
        return written[:limit].strip()

    return clean


def parsed(parse: Callable[[str], str], limit: int) -> Cleaner:
    def clean(name: str, value: Any, told: Told) -> str | None:
        try:
            found = parse(plain_text(value)[:2000])
        except ValueError as problem:
            told.tell(name, value, str(problem))
            return None
        if len(found) > limit:
            told.tell(name, value, f"At most {limit} characters fit")
            return None
        return found

    return clean


def choice(choices: list[tuple[str, str]]) -> Cleaner:
    known = {str(value): str(value) for value, _ in choices}

    def clean(name: str, value: Any, told: Told) -> str | None:
        if isinstance(value, str) and value in known:
            return known[value]
        told.tell(name, value, CHOICE_WORDS.format(", ".join(each for each in known if each)))
        return None

    return clean


def number(most: int) -> Cleaner:
    def clean(name: str, value: Any, told: Told) -> int | None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= most:
            told.tell(name, value, NUMBER_WORDS.format(most))
            return None
        return int(value)

    return clean


def degrees(most: float) -> Cleaner:
    """What is none is not told: the postcode says where a place is."""

    def clean(name: str, value: Any, told: Told) -> float | None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if is_number and -most <= value <= most and isfinite(value) else None

    return clean


def day(name: str, value: Any, told: Told) -> date | None:
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        told.tell(name, value, DATE_WORDS)
        return None
    if not 1900 <= found.year <= 2200:
        told.tell(name, value, DATE_WORDS)
        return None
    return found


def past_day(name: str, value: Any, told: Told) -> date | None:
    found = day(name, value, told)
    if found and found > timezone.localdate():
        told.tell(name, value, PAST_WORDS)
        return None
    return found


def truth(value: Any) -> bool:
    return value is True


def clock(name: str, value: Any, told: Told) -> time | None:
    try:
        return time.fromisoformat(str(value)[:5])
    except ValueError:
        told.tell(name, value, "Write a time of day like 09:30")
        return None


LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", re.ASCII)


def language(name: str, value: Any, told: Told) -> str | None:
    if isinstance(value, str) and LANGUAGE.fullmatch(value):
        return value
    told.tell(name, value, "Write a language, like Polish")
    return None


# Several


def each_of(clean_one: Cleaner) -> Cleaner:
    """A list; what is none is told."""

    def clean(name: str, value: Any, told: Told) -> list[Any]:
        if not isinstance(value, list | tuple):
            told.tell(name, value, LIST_WORDS)
            return []
        if len(value) > MOST:
            told.tell(name, len(value), MANY_WORDS)
        found = [clean_one(name, each, told) for each in value[:MOST] if not is_nothing(each)]
        return [each for each in found if not is_nothing(each)]

    return clean


def some_of(choices: list[tuple[str, str]]) -> Cleaner:
    return each_of(choice(choices))


def phone_number(name: str, value: Any, told: Told) -> str | None:
    found = parsed(parse_phone, 40)("telephone", value, Told())
    if found is None:
        read, _ = read_phones(plain_text(value)[:200])
        found = read[0][0] if read else None
    if not isinstance(found, str) or len(found) > 40:
        told.tell(name, value, "Enter a telephone number, like 0161 496 0000")
        return None
    return found


def pair_of_phone(name: str, value: Any, told: Told) -> tuple[str, str] | None:
    """[number, note]"""
    number_said, note = [*(value if isinstance(value, list | tuple) else [value]), "", ""][:2]
    found = phone_number(name, number_said, told)
    return (found, clean_note(plain_text(note))) if found else None
