"""The services of a setting as the search narrows them down: one small row each, all facts of it in one query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from directory.models import Notice, OpeningTime, Place, Service, Withheld
from directory.models.service import ServiceQuerySet
from directory.notices import holding
from directory.places.distance import Point, miles_between
from directory.sheet.times import Times
from partnerships.models import Setting

COLUMNS = (
    *("pk", "sort_name", "agency__sort_name", "rank", "sector", "steward_id", "offers", "levels"),
    *(
        "min_age",
        "max_age",
        "need_areas",
        "referrers",
        "capacity",
        "waiting_weeks",
        "waiting_on",
        "cost",
        "languages",
    ),
    *("confirmed_on", "created_at", "facts"),
)
NOON, EVENING = "12:00:00", "17:00:00"
SAID = {
    Notice.Kind.ENDED: Service.Capacity.FULL,
    Notice.Kind.FULL: Service.Capacity.FULL,
    Notice.Kind.CLOSED: Service.Capacity.FULL,
    Notice.Kind.WAITING: Service.Capacity.WAITING,
}
"""What a notice says about places, for as long as it holds."""
SAYING = ("kind", "weeks", "words", "starts_on", "ends_on")
Facts = list[dict[str, Any]]


@dataclass(slots=True)
class Row:
    pk: UUID
    sort_name: str
    agency: str
    """As it is sorted."""
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
    created_at: datetime
    here: dict[str, Any] = field(default_factory=dict)
    """Of the partnership: its days, times, contact_name and outcomes."""
    said: Facts = field(default_factory=list)
    """The notices that hold, what was said last first: SAYING of each."""
    times: Facts = field(default_factory=list)
    """When it is open, for `times_from`."""
    access: set[str] = field(default_factory=set)
    spans: set[tuple[str, str]] = field(default_factory=set)
    """(day, part of the day) on which it is open."""
    miles: float | None = None
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    """By the name of each facet (facets.py)."""


def with_facts(services: ServiceQuerySet, setting: Setting, today: date) -> ServiceQuerySet:
    """With what hangs on each service, as lists. A refuge has no distance: its place is not looked at."""
    here = setting.partnerships.live()
    places = Place.objects.exclude(withheld=Withheld.REFUGE).order_by()
    facts = JSONObject(
        here=_each(here, "days", "outcomes", "times", "contact_name"),
        places=_each(places, "access", "latitude", "longitude"),
        times=_each(OpeningTime.objects.all(), *(field.name for field in fields(Times))),
        said=_each(holding(setting, today).order_by("-said_at"), *SAYING),
    )
    return services.annotate(facts=facts)


def _each(parts: QuerySet[Any], *names: str) -> ArraySubquery:
    fields = JSONObject(**{name: name for name in names})
    return ArraySubquery(parts.filter(service=OuterRef("pk")).values(fact=fields))


def rows_of(found: Iterable[tuple[Any, ...]], origin: Point | None, today: date) -> list[Row]:
    """`found`: the COLUMNS of what fits the words (matching.py); distances are from `origin`."""
    return [_row(values, origin, today) for values in found]


def _row(values: tuple[Any, ...], origin: Point | None, today: date) -> Row:
    *own, facts = values
    row = Row(*own)
    row.here, row.said, row.times = facts["here"][0], facts["said"], facts["times"]
    row.access.update(*(place["access"] for place in facts["places"]))
    row.miles = _miles(facts["places"], origin)
    for time in row.times:
        parts = parts_of_day(time["opens"], time["closes"])
        row.spans.update((day, part) for part in parts for day in time["days"])
    _hear(row, today)
    return row


def _miles(places: Facts, origin: Point | None) -> float | None:
    """To the nearest."""
    if origin is None:
        return None
    points = ((place["latitude"], place["longitude"]) for place in places)
    return min((miles_between(origin, point) for point in points if None not in point), default=None)


def parts_of_day(opens: str | None, closes: str | None) -> Iterator[str]:
    """Morning until noon, afternoon until 5, evening after; nothing where the hours are not known."""
    if opens is None and closes is None:
        yield ""
        return
    start, end = opens or "00:00:00", closes or "23:59:00"
    if start < NOON:
        yield "morning"
    if start < EVENING and end > NOON:
        yield "afternoon"
    if end > EVENING:
        yield "evening"


def _hear(row: Row, today: date) -> None:
    """What was said last counts, before it that the service has ended."""
    begun = [each for each in row.said if each["kind"] in SAID and each["starts_on"] <= today.isoformat()]
    last = min(begun, key=lambda each: each["kind"] != Notice.Kind.ENDED, default=None)
    if last is not None:
        row.capacity, row.waiting_weeks, row.waiting_on = SAID[last["kind"]].value, last["weeks"], today
