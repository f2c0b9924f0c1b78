"""The services of a setting as the search narrows them down: one small row each, in a handful of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from directory.models import Notice, OpeningTime, Place, Service, Withheld
from directory.notices import holding
from directory.places.distance import Point, miles_between
from partnerships.models import Setting

COLUMNS = (
    *(
        "pk",
        "sort_name",
        "rank",
        "sector",
        "steward_id",
        "offers",
        "levels",
        "min_age",
        "max_age",
        "need_areas",
    ),
    *("referrers", "capacity", "waiting_weeks", "waiting_on", "cost", "languages", "confirmed_on"),
)
NOON, EVENING = time(12), time(17)
SAID = {
    Notice.Kind.FULL: Service.Capacity.FULL,
    Notice.Kind.CLOSED: Service.Capacity.FULL,
    Notice.Kind.WAITING: Service.Capacity.WAITING,
}
"""What a notice says about places, for as long as it holds."""


@dataclass(slots=True)
class Row:
    pk: UUID
    sort_name: str
    rank: float
    sector: str
    steward_id: UUID | None
    offers: list[str]
    levels: list[str]
    min_age: int | None
    max_age: int | None
    need_areas: list[str]
    referrers: list[str]
    capacity: str
    waiting_weeks: int | None
    waiting_on: date | None
    cost: str
    languages: list[str]
    confirmed_on: date | None
    days: list[str] = field(default_factory=list)
    """In this school."""
    outcomes: list[str] = field(default_factory=list)
    access: set[str] = field(default_factory=set)
    spans: set[tuple[str, str]] = field(default_factory=set)
    """(day, part of the day) on which it is open."""
    miles: float | None = None
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    """By the name of each facet (facets.py)."""


def rows_of(
    found: Iterable[tuple[Any, ...]], setting: Setting, origin: Point | None, today: date
) -> list[Row]:
    """`found`: the COLUMNS of what fits the words (matching.py); distances are from `origin`."""
    rows = {values[0]: Row(*values) for values in found}
    here = setting.partnerships.live()
    for pk, days, outcomes in here.values_list("service_id", "days", "outcomes"):
        if row := rows.get(pk):
            row.days, row.outcomes = days, outcomes
    ours = here.values("service")
    _add_places(rows, ours, origin)
    _add_times(rows, ours)
    _add_notices(rows, ours, setting, today)
    return list(rows.values())


def _add_places(rows: dict[UUID, Row], ours: Any, origin: Point | None) -> None:
    """A refuge has no distance: its coordinates are empty, and are not looked at."""
    places = Place.objects.filter(service__in=ours).exclude(withheld=Withheld.REFUGE)
    for pk, access, latitude, longitude in places.values_list(
        "service_id", "access", "latitude", "longitude"
    ):
        if row := rows.get(pk):
            row.access.update(access)
            if origin and latitude is not None and longitude is not None:
                miles = miles_between(origin, (latitude, longitude))
                row.miles = miles if row.miles is None else min(miles, row.miles)


def _add_times(rows: dict[UUID, Row], ours: Any) -> None:
    times = OpeningTime.objects.filter(service__in=ours).exclude(days=[])
    for pk, days, opens, closes in times.values_list("service_id", "days", "opens", "closes"):
        if row := rows.get(pk):
            row.spans.update((day, part) for day in days for part in parts_of_day(opens, closes))


def parts_of_day(opens: time | None, closes: time | None) -> Iterator[str]:
    """Morning until noon, afternoon until 5, evening after; nothing where the hours are not known."""
    if opens is None and closes is None:
        yield ""
        return
    start, end = opens or time(0), closes or time(23, 59)
    if start < NOON:
        yield "morning"
    if start < EVENING and end > NOON:
        yield "afternoon"
    if end > EVENING:
        yield "evening"


def _add_notices(rows: dict[UUID, Row], ours: Any, setting: Setting, today: date) -> None:
    """What was said last counts."""
    current = holding(setting, today).filter(service__in=ours)
    for pk, kind, weeks in current.order_by("said_at").values_list("service_id", "kind", "weeks"):
        if (row := rows.get(pk)) and kind in SAID:
            row.capacity, row.waiting_weeks, row.waiting_on = SAID[Notice.Kind(kind)].value, weeks, today
