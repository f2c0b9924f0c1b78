"""When a service is open next, in words, at one school: with its terms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from config.values import day_words
from directory.models import Service
from directory.sheet.times import DAY_NAMES, Times, clock_words, next_open
from directory.sheet.values import times_of
from partnerships.models import Setting
from partnerships.models.partnership import Weekday
from partnerships.terms import terms_of


@dataclass(frozen=True)
class Clock:
    """The time now, and the school's terms."""

    now: datetime
    in_term: Callable[[date], bool | None]

    @classmethod
    def of(cls, setting: Setting) -> "Clock":
        return cls(timezone.localtime(), terms_of(setting))


def is_open_now(times: Iterable[Times], clock: Clock) -> bool:
    span = next_open(times, clock.now, clock.in_term)
    return span is not None and span[0] <= clock.now


def opening_of(service: Service, clock: Clock) -> tuple[str, str]:
    """("ok", "Open now, until 5pm") or ("", "Opens on Thursday at 9am"); empty where that can't be told."""
    return opening_words((times_of(row) for row in service.opening_times.all()), clock)


def opening_words(times: Iterable[Times], clock: Clock) -> tuple[str, str]:
    span = next_open(times, clock.now, clock.in_term)
    if span is None:
        return "", ""
    opens, closes = span
    if opens <= clock.now:
        return "ok", f"Open now, until {clock_words(closes.time())}"
    return "", f"Opens {day_from(opens.date(), clock.now.date())} at {clock_words(opens.time())}"


def day_from(day: date, today: date) -> str:
    """ "today", "tomorrow", "on Thursday", "on 3 March 2026"."""
    away = (day - today).days
    if away < 2:
        return ("today", "tomorrow")[away]
    return f"on {DAY_NAMES[Weekday.of(day)]}" if away < 7 else f"on {day_words(day)}"
