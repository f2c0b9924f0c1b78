"""What a search can be narrowed down by, as a table, and the counts: AND between groups, OR within one.

The counts of a group are computed under the choices in all the others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from directory.models import Access, Cost, NeedArea, Offer, Referrer, Rules, Service
from directory.places.distance import Point
from directory.search.rows import Row
from directory.sheet.languages import language_words
from partnerships.models import Setting
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

Choices = Mapping[str, frozenset[str]]
Options = Iterable[tuple[str, str]]

AGES: tuple[tuple[str, str, int, int], ...] = (
    *(("0", "Under 5", 0, 4), ("5", "5 to 10", 5, 10), ("11", "11 to 15", 11, 15)),
    *(("16", "16 to 18", 16, 18), ("19", "19 to 25", 19, 25)),
)
OLDEST = 120
UNSAID = "unsaid"
WITHIN_WEEKS = (2, 4, 12)
WITHIN_MILES = (1, 3, 10)
DAY_PARTS = (("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening, after 5"))


@dataclass(frozen=True)
class Asking:
    """For whom, when and from where is asked; `chosen`: the name of a facet → its ticked values."""

    setting: Setting
    rules: Rules
    today: date
    origin: Point | None = None
    chosen: Choices = field(default_factory=dict)

    @cached_property
    def due_before(self) -> date:
        return self.today - relativedelta(months=self.setting.confirm_months)

    @cached_property
    def waits_known_since(self) -> date:
        return self.today - relativedelta(months=self.rules.waiting_months)


@dataclass(frozen=True)
class Facet:
    """`name` stands in the address bar; `keys` are those of its values that a row has; `options` all in their order.

    `joins`: the name of a facet that it is asked together with: open on a Monday *and* in the evening of that day.
    """

    name: str
    label: str
    options: Callable[[Asking, set[str]], Options]
    keys: Callable[[Row, Asking], Iterable[str]]
    joins: str = ""
    is_first: bool = False
    """Shown open: what people ask first."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    facet: Facet
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    @property
    def is_open(self) -> bool:
        return self.facet.is_first or bool(self.chosen)


def _fixed(choices: Options) -> Callable[[Asking, set[str]], Options]:
    listed = [(str(value), str(label)) for value, label in choices]
    return lambda asking, seen: listed


def _takes(row: Row, asking: Asking) -> Iterable[str]:
    return (row.capacity,)


def _waits(row: Row, asking: Asking) -> Iterable[str]:
    """Within so many weeks; not known where nobody has said so lately."""
    if row.capacity == Service.Capacity.OPEN:
        return map(str, WITHIN_WEEKS)
    if row.capacity == Service.Capacity.FULL:
        return ()
    weeks, said_on = (
        row.waiting_weeks,
        row.waiting_on or row.confirmed_on or timezone.localdate(row.created_at),
    )
    if weeks is None or said_on < asking.waits_known_since:  # as freshness.waiting_is_known
        return (UNSAID,)
    return [str(limit) for limit in WITHIN_WEEKS if weeks <= limit] or ("longer",)


def _ages(row: Row, asking: Asking) -> Iterable[str]:
    if row.min_age is None and row.max_age is None:
        return (UNSAID,)
    youngest = row.min_age or 0
    oldest = OLDEST if row.max_age is None else row.max_age
    return (value for value, _, first, last in AGES if youngest <= last and oldest >= first)


def _open_days(row: Row, asking: Asking) -> Iterable[str]:
    parts = asking.chosen.get("at")
    return {day for day, part in row.spans if not parts or part in parts}


def _open_parts(row: Row, asking: Asking) -> Iterable[str]:
    days = asking.chosen.get("open")
    return {part for day, part in row.spans if part and (not days or day in days)}


def _kept(row: Row, asking: Asking) -> Iterable[str]:
    is_due = row.confirmed_on is None or row.confirmed_on < asking.due_before
    return ("1" if is_due else "0",)


def _near(row: Row, asking: Asking) -> Iterable[str]:
    return () if row.miles is None else (str(limit) for limit in WITHIN_MILES if row.miles <= limit)


def _outcomes(asking: Asking, seen: set[str]) -> Options:
    names = [*asking.setting.outcomes, *sorted(seen - set(asking.setting.outcomes))]
    return [(name, name) for name in names]


def _languages(asking: Asking, seen: set[str]) -> Options:
    return sorted(((code, language_words(code)) for code in seen), key=lambda pair: pair[1])


CAPACITY_WORDS = {
    "open": "Now",
    "waiting": "Waiting list",
    "full": "List full or closed",
    "unknown": "Not known",
}
FACETS: tuple[Facet, ...] = (
    Facet("take", "Can take someone", _fixed(CAPACITY_WORDS.items()), _takes, is_first=True),
    Facet(
        "wait",
        "Waiting time",
        _fixed(
            [
                *((str(weeks), f"Within {weeks} weeks") for weeks in WITHIN_WEEKS),
                ("longer", "Longer"),
                (UNSAID, "Not known"),
            ]
        ),
        _waits,
    ),
    Facet(
        "level",
        "Level of need",
        lambda asking, seen: asking.rules.levels.items(),
        lambda row, asking: row.levels,
        is_first=True,
    ),
    Facet(
        "refer", "Who can refer", _fixed(Referrer.choices), lambda row, asking: row.referrers, is_first=True
    ),
    Facet("sector", "Sector", _fixed(Sector.choices), lambda row, asking: (row.sector,), is_first=True),
    Facet(
        "miles",
        "How far",
        _fixed((str(limit), f"Within {limit} mile{'' if limit == 1 else 's'}") for limit in WITHIN_MILES),
        _near,
    ),
    Facet(
        "age",
        "Age",
        _fixed([*((value, label) for value, label, *_ in AGES), (UNSAID, "Not said")]),
        _ages,
    ),
    Facet("need", "Needs served (SEND)", _fixed(NeedArea.choices), lambda row, asking: row.need_areas),
    Facet("offer", "What is offered", _fixed(Offer.choices), lambda row, asking: row.offers),
    Facet("outcome", "Outcome", _outcomes, lambda row, asking: row.here["outcomes"]),
    Facet("day", "In school on", _fixed(Weekday.choices), lambda row, asking: row.here["days"]),
    Facet("open", "Open on", _fixed(Weekday.choices), _open_days, joins="at"),
    Facet("at", "Open in the", _fixed(DAY_PARTS), _open_parts, joins="open"),
    Facet("cost", "Cost", _fixed(Cost.choices), lambda row, asking: (row.cost,)),
    Facet("language", "Language", _languages, lambda row, asking: row.languages),
    Facet("access", "Access at the place", _fixed(Access.choices), lambda row, asking: row.access),
    Facet("due", "Kept up to date", _fixed([("0", "Confirmed lately"), ("1", "To confirm again")]), _kept),
)


def narrow(rows: list[Row], asking: Asking) -> tuple[list[Row], list[Group]]:
    """The rows that fit all that is chosen, and every group with its counts."""
    for row in rows:
        row.keys = {facet.name: frozenset(facet.keys(row, asking)) for facet in FACETS}
    tests = {
        name: values
        for name, values in asking.chosen.items()
        if not (name == "at" and "open" in asking.chosen)
    }
    failures = [(row, {name for name in tests if tests[name].isdisjoint(row.keys[name])}) for row in rows]
    kept = [row for row, failed in failures if not failed]
    groups = []
    for facet in FACETS:
        counted = [row for row, failed in failures if not failed or failed <= {facet.name, facet.joins}]
        groups.append(_group(facet, rows, counted, asking))
    return kept, groups


def _group(facet: Facet, rows: list[Row], counted: list[Row], asking: Asking) -> Group:
    """The values that occur in `rows`, or are chosen, and how many of `counted` have each."""
    chosen = asking.chosen.get(facet.name, frozenset())
    counts = _counts(facet, counted)
    seen = {*chosen, *(counts if len(counted) == len(rows) else _counts(facet, rows))}
    return Group(
        facet,
        [
            Option(value, label, counts[value], value in chosen)
            for value, label in facet.options(asking, seen)
            if value in seen
        ],
    )


def _counts(facet: Facet, rows: list[Row]) -> Counter[str]:
    return Counter(chain.from_iterable(row.keys[facet.name] for row in rows))
