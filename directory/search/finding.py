"""One search of a setting's directory: what fits, in its order, with the counts to narrow it down further."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from directory.models import Rules, Service
from directory.places.distance import has_postcodes, where_is, where_school_is
from directory.search.facets import FACETS, Asking, Facet, Group, narrow
from directory.search.filters import SORTS, Filter
from directory.search.matching import match
from directory.search.rows import COLUMNS, Row, rows_of, with_facts
from directory.sheet.saving import sort_key
from partnerships.models import Setting

SOON = {"open": 0, "waiting": 1, "unknown": 2, "full": 3}
IN_NAME, IN_TOPICS = 0.5, 0.2
"""Ranks from which the words stand in the name, or among the topics."""
LONG = 10_000
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class Tag:
    """Something that is chosen, and the filter without it."""

    group: str
    label: str
    rest: Filter


@dataclass(frozen=True)
class Found:
    """`every`: how many there were to narrow down. `asked` is as it was understood: unknown values are gone."""

    asked: Filter
    rows: list[Row]
    groups: list[Group]
    every: int
    due: int
    meant: str = ""
    is_loose: bool = False
    has_origin: bool = False
    knows_postcodes: bool = True

    @cached_property
    def pks(self) -> list[UUID]:
        return [row.pk for row in self.rows]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def tags(self) -> list[Tag]:
        return [
            Tag(group.facet.label, option.label, self.asked.without(group.facet.name, option.value))
            for group in self.groups
            for option in group.chosen
        ]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """(value, words, is it the present one)."""
        hidden = {"best" if not self.asked.words else "", "near" if not self.has_origin else ""}
        now = self.asked.sort or ("best" if self.asked.words else "name")
        return [(value, words, value == now) for value, words in SORTS.items() if value not in hidden]

    @property
    def nowhere(self) -> bool:
        """A postcode was typed that nobody knows."""
        return bool(self.asked.near) and not self.has_origin

    def own(self, setting: Setting) -> list[UUID]:
        """What the school does itself, under its own name: it comes first when somebody looks for help."""
        names = {sort_key(setting.name), sort_key(setting.called)}
        return [row.pk for row in self.rows if row.steward_id == setting.pk and row.agency in names]


def find(setting: Setting, asked: Filter) -> Found:
    today = timezone.localdate()
    origin = where_is(asked.near) if asked.near else where_school_is(setting)
    services = with_facts(Service.visible_to(setting).order_by(), setting, today)
    matched = match(services, asked.words, setting, columns=COLUMNS)
    rows = rows_of(matched.services, origin, today)
    asking = Asking(setting, Rules.of(setting), today, origin)
    asked = _understood(asked, asking, rows)
    asking = replace(asking, chosen={name: frozenset(values) for name, values in asked.chosen})
    kept, groups = narrow(rows, asking)
    due = sum("1" in row.keys["due"] for row in rows)
    order = ORDERS[asked.sort or ("best" if asked.words else "name")]
    kept.sort(key=lambda row: (order(row), row.sort_name, row.pk))
    return Found(
        asked,
        kept,
        [group for group in groups if group.options],
        every=len(rows),
        due=due,
        meant=matched.meant,
        is_loose=matched.is_loose,
        has_origin=origin is not None,
        knows_postcodes=origin is not None or has_postcodes(),
    )


def _understood(asked: Filter, asking: Asking, rows: list[Row]) -> Filter:
    """Without the values that no option has."""
    facets = {facet.name: facet for facet in FACETS}
    known = ((name, _known(facets[name], values, asking, rows)) for name, values in asked.chosen)
    return replace(asked, chosen=tuple((name, values) for name, values in known if values))


def _known(facet: Facet, values: tuple[str, ...], asking: Asking, rows: list[Row]) -> tuple[str, ...]:
    seen = {key for row in rows for key in facet.keys(row, asking)}
    options = [value for value, _ in facet.options(asking, seen)]
    return tuple(value for value in options if value in values)


def in_order(rows: QuerySet[AnyModel], pks: list[UUID]) -> list[AnyModel]:
    """The rows with these keys, in this order."""
    by_pk = rows.order_by().in_bulk(pks)
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _tier(row: Row) -> int:
    return -2 if row.rank >= IN_NAME else -1 if row.rank >= IN_TOPICS else 0


def _best(row: Row) -> Any:
    """What it stands in counts first, then who can take someone, then how often it stands there."""
    return _tier(row), SOON[row.capacity], -row.rank


def _soonest(row: Row) -> Any:
    return SOON[row.capacity], LONG if row.waiting_weeks is None else row.waiting_weeks


def _nearest(row: Row) -> Any:
    return LONG if row.miles is None else row.miles


def _by_name(row: Row) -> Any:
    return row.sort_name


def _longest(row: Row) -> Any:
    return row.confirmed_on or date.min


ORDERS: dict[str, Callable[[Row], Any]] = {
    "best": _best,
    "name": _by_name,
    "soonest": _soonest,
    "near": _nearest,
    "confirmed": _longest,
}
