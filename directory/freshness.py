"""How far a sheet can be trusted, in words: the one source for lists, pages, print and the API.

A sheet falls due after the months that the setting chooses. One that nobody has confirmed for long is marked
everywhere and, by rule, leaves the public page (Service.published). A waiting time ages faster than the rest.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from config.values import day_words
from directory.models import Rules, Service
from directory.models.rules import STALE_MONTHS, WAITING_MONTHS
from partnerships.models import Setting
from partnerships.templatetags.joined_up import ago, number_word

BY_LINK = "by a link we sent"
BY_TELEPHONE = "by telephone"
HOW = {
    BY_TELEPHONE: "They told me on the telephone",
    "by e-mail": "They wrote to me",
    "on a visit": "I visited them",
    "in person": "They told me in person",
    "own knowledge": "It is my service, or I know it well",
}
"""How somebody of the setting knows: as it is kept, and as it is asked."""
RING_FIRST = "Ring before you rely on it"


@dataclass(frozen=True)
class Periods:
    """The months of a setting's rules; where no setting is known, those that hold unless it chooses others."""

    due: int = 6
    waiting: int = WAITING_MONTHS
    stale: int = STALE_MONTHS

    @classmethod
    def of(cls, setting: Setting | None) -> "Periods":
        if setting is None:
            return cls()
        rules = Rules.of(setting)
        return cls(setting.confirm_months, rules.waiting_months, rules.stale_months)


@lru_cache(maxsize=1000)
def months_from(day: date, months: int) -> date:
    """The lines of a list ask for the same few days."""
    return day + relativedelta(months=months)


class State(StrEnum):
    FRESH = "fresh"
    DUE = "due"
    LONG = "long"
    NEVER = "never"


@dataclass(frozen=True)
class Freshness:
    state: State
    words: str
    by: str = ""
    """Who said so and how: "Tom Whitlock, by telephone"."""
    due_on: date | None = None
    """When it is to be confirmed again; None for what never was."""

    @property
    def is_fresh(self) -> bool:
        return self.state is State.FRESH

    @property
    def is_long(self) -> bool:
        return self.state is State.LONG


def freshness_of(
    service: Any, setting: Setting | None = None, today: date | None = None, periods: Periods | None = None
) -> Freshness:
    """By the rules of `setting`. `service` is a Service, or what has its confirmed_… and created_at."""
    today = today or timezone.localdate()
    periods = periods or Periods.of(setting)
    day: date | None = service.confirmed_on
    is_long = (day or _made_on(service)) < months_from(today, -periods.stale)
    if day is None:
        words = f"Never confirmed. {RING_FIRST}" if is_long else "Not confirmed yet"
        return Freshness(State.LONG if is_long else State.NEVER, words)
    by = ", ".join(filter(None, [service.confirmed_by, service.confirmed_how]))
    due_on = months_from(day, periods.due)
    if is_long:
        return Freshness(
            State.LONG, f"Not confirmed since {day_words(day)}. {RING_FIRST}", by=by, due_on=due_on
        )
    if day < months_from(today, -periods.due):  # as ServiceQuerySet.due_for_confirmation
        return Freshness(State.DUE, f"Not confirmed since {day_words(day)}", by=by, due_on=due_on)
    return Freshness(State.FRESH, f"Confirmed {ago(day)}", by=by, due_on=due_on)


def _made_on(service: Any) -> date:
    return timezone.localtime(service.created_at).date()


def waiting_is_known(service: Service, setting: Setting | None = None, today: date | None = None) -> bool:
    """Whether what the sheet says of the waiting time is young enough to be told."""
    today = today or timezone.localdate()
    said_on = service.waiting_on or service.confirmed_on or _made_on(service)
    return said_on >= months_from(today, -Periods.of(setting).waiting)


def waiting_words(service: Service, setting: Setting | None = None, today: date | None = None) -> str:
    """ "about 6 weeks"; "" where the sheet does not say, or said it too long ago."""
    if not waiting_is_known(service, setting, today):
        return ""
    return service.waiting_time or weeks_words(service.waiting_weeks)


def weeks_words(weeks: int | None) -> str:
    if weeks is None:
        return ""
    return "no wait" if weeks == 0 else f"about {number_word(weeks)} week{'' if weeks == 1 else 's'}"


def state_of(
    service: Service, setting: Setting | None = None, today: date | None = None
) -> tuple[str, str] | None:
    """(ok, wait or stop; the words) of whether it can take someone, as the sheet says; None when nobody knows."""
    capacity = Service.Capacity(service.capacity)
    kinds = {Service.Capacity.OPEN: "ok", Service.Capacity.WAITING: "wait", Service.Capacity.FULL: "stop"}
    if capacity not in kinds:
        return None
    waits = capacity == Service.Capacity.WAITING and waiting_words(service, setting, today)
    return kinds[capacity], f"Waiting: {waits}" if waits else str(capacity.label)
