"""The English school year as six half terms, for a school to begin with: its own days differ a little."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from partnerships.models import Setting

YEAR_STARTS = (8, 1)  # schools plan the next year in August
HALF_TERMS = [
    ("Autumn 1", (9, 2), (10, 24)),
    ("Autumn 2", (11, 3), (12, 19)),
    ("Spring 1", (1, 5), (2, 13)),
    ("Spring 2", (2, 23), (3, 27)),
    ("Summer 1", (4, 13), (5, 22)),
    ("Summer 2", (6, 1), (7, 22)),
]


@dataclass(frozen=True)
class HalfTerm:
    name: str
    starts: date
    ends: date


def half_terms(day: date) -> list[HalfTerm]:
    """Those of the school year that `day` lies in. They begin and end on weekdays."""
    first_year = day.year if (day.month, day.day) >= YEAR_STARTS else day.year - 1
    return [_half_term(first_year, name, starts, ends) for name, starts, ends in HALF_TERMS]


def _half_term(first_year: int, name: str, starts: tuple[int, int], ends: tuple[int, int]) -> HalfTerm:
    year = first_year if starts[0] >= YEAR_STARTS[0] else first_year + 1
    return HalfTerm(f"{name}, {year}", _weekday(date(year, *starts), 1), _weekday(date(year, *ends), -1))


def _weekday(day: date, step: int) -> date:
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


@transaction.atomic
def add_school_year(setting: Setting, day: date) -> int:
    """Adds the half terms of the school year of `day` whose days and names are free; says how many."""
    setting.hold()
    kept = list(setting.terms.all())
    free = [
        term
        for term in half_terms(day)
        if not any(
            each.name == term.name or (each.starts < term.ends and term.starts < each.ends) for each in kept
        )
    ]
    for term in free:
        setting.terms.create(name=term.name, starts=term.starts, ends=term.ends)
    return len(free)


def terms_of(setting: Setting) -> Callable[[date], bool | None]:
    """Says of a day whether it is in term; None for a day before or after all the terms that are known. They are read
    when somebody asks: most times hold in the holidays too.
    """

    @cache
    def terms() -> list[tuple[date, date]]:
        return list(setting.terms.order_by("starts").values_list("starts", "ends"))

    def in_term(day: date) -> bool | None:
        if not terms() or not terms()[0][0] <= day <= max(ends for _, ends in terms()):
            return None
        return any(starts <= day <= ends for starts, ends in terms())

    return in_term
