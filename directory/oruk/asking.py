"""What a request asks for: its parameters, read and checked. A value that can't be read says what to write."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from config.values import parse_postcode
from partnerships.models.partnership import Weekday

PER_PAGE = 50
MOST = 500
MOST_MINIMAL = 50_000
MOST_WHOLE = 50
"""So many organisations in a page come with all their services, of which one may have hundreds."""
DAYS = {
    name: day for day in Weekday for name in (day.value.lower(), day.label.lower(), day.label[:3].lower())
}
YES_NO = {
    **dict.fromkeys(("true", "1", "yes", ""), True),
    **dict.fromkeys(("false", "0", "no"), False),
}


class BadParameter(ValueError):
    """`words` say what to write instead."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


@dataclass
class Asked:
    """What was asked for, by the parameter's name; what was not is missing."""

    values: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def is_minimal(self) -> bool:
        return bool(self.get("minimal"))

    @property
    def is_full(self) -> bool:
        return bool(self.get("full"))

    @property
    def page(self) -> int:
        return int(self.values.get("page", 1))

    @property
    def per_page(self) -> int:
        return int(self.values.get("per_page", MOST_MINIMAL if self.is_minimal else PER_PAGE))

    @property
    def filters(self) -> tuple[tuple[str, Any], ...]:
        """What narrows the results, as something to remember their number by."""
        shapes = {"page", "per_page", "full", "minimal", "format"}
        return tuple(sorted((name, value) for name, value in self.values.items() if name not in shapes))

    @property
    def narrows(self) -> bool:
        """Whether something else than a distance narrows the results."""
        return any(name not in {"postcode", "proximity"} for name, _ in self.filters)


def read(query: QueryDict, names: Iterable[str]) -> Asked:
    """Only `names` are read: others belong to other endpoints and change nothing."""
    asked = Asked()
    for name in names:
        if name in query:
            try:
                value = READERS[name](str(query[name]).strip())
            except ValueError as problem:
                raise BadParameter(name, str(problem)) from None
            if value is not None:
                asked.values[name] = value
    _at_most(asked, MOST_MINIMAL if asked.is_minimal else MOST)
    if asked.get("proximity") is not None and asked.get("postcode") is None:
        raise BadParameter("proximity", "Give a postcode with it, like postcode=M32 0TH.")
    return asked


def read_organizations(query: QueryDict) -> Asked:
    asked = read(query, ORGANIZATIONS)
    if asked.is_full:
        _at_most(asked, MOST_WHOLE)
    return asked


def _at_most(asked: Asked, most: int) -> None:
    if asked.per_page > most:
        raise BadParameter("per_page", f"Ask for at most {most:,} in a page.")


def _whole(least: int, words: str) -> Callable[[str], int]:
    def reader(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,100}", text, re.ASCII) or int(text) < least:
            raise ValueError(words)
        return int(text)

    return reader


def _age(text: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text, re.ASCII):
        raise ValueError("Write an age in years, like 11.")
    return float(text)


def _metres(text: str) -> float:
    if not re.fullmatch(r"\d{1,7}(\.\d{1,6})?", text, re.ASCII):
        raise ValueError("Write a distance in metres, like 5000.")
    return float(text)


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ValueError("Write a time of day, like 09:30.") from None


def _day(text: str) -> str:
    if text.lower() not in DAYS:
        raise ValueError("Write a day of the week, like MO or Monday.")
    return str(DAYS[text.lower()].value)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError("Write the id as it is in our answers.") from None


def _moment(text: str) -> datetime:
    """A day, or a day and time; a plus sign that the address swallowed is put back."""
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", text)
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if found is None and day is not None:
        found = datetime.combine(day, time.min)
    if found is None:
        raise ValueError("Write a date or a date and time, like 2026-03-03 or 2026-03-03T09:00:00Z.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _yes_no(text: str) -> bool:
    if text.lower() not in YES_NO:
        raise ValueError("Write true or false.")
    return YES_NO[text.lower()]


def _format(text: str) -> str:
    if text.lower() not in {"json", "ndjson"}:
        raise ValueError("Write json, or ndjson for all of it, one on each line.")
    return text.lower()


def _words(text: str) -> str | None:
    return " ".join(text.replace("\x00", " ").split())[:100] or None


READERS: dict[str, Callable[[str], Any]] = {
    "search": _words,
    "page": _whole(1, "Write the number of a page, from 1."),
    "per_page": _whole(1, "Write how many you want in a page, from 1."),
    "taxonomy_term_id": _uuid,
    "taxonomy_id": _uuid,
    "minimum_age": _age,
    "maximum_age": _age,
    "start_time": _clock,
    "end_time": _clock,
    "day": _day,
    "organization_id": _uuid,
    "modified_after": _moment,
    "postcode": parse_postcode,
    "proximity": _metres,
    "minimal": _yes_no,
    "full": _yes_no,
    "format": _format,
}
PAGING = ("page", "per_page")
FILTERS = (
    *("search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time"),
    *("day", "organization_id", "modified_after"),
)
SERVICES = (*PAGING, *FILTERS, "minimal", "full", "format")
AT_LOCATIONS = (*PAGING, *FILTERS, "postcode", "proximity", "full", "format")
ORGANIZATIONS = (*PAGING, "search", "full", "format")
TERMS = (*PAGING, "taxonomy_id")
