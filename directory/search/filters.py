"""Finding services in a setting's directory: words, facets, order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.db.models import F, Prefetch
from django.http import QueryDict
from django.utils import timezone

from directory.models import Service
from directory.models.service import ServiceQuerySet
from directory.notices import with_notices
from directory.search.matching import BEST_FIRST, matching
from partnerships.models import Setting
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

SORTS = {"name": "By name", "confirmed": "Longest not confirmed first"}


@dataclass(frozen=True)
class Filter:
    """What is asked for. What can't be read counts as not asked for; the address bar holds it all."""

    words: str = ""
    sectors: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    day: str = ""
    is_due: bool = False
    sort: str = "name"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filter":
        day = query.get("day", "")
        sort = query.get("sort", "")
        return cls(
            words=" ".join(query.get("q", "").replace("\x00", "").split())[:100],
            sectors=tuple(value for value in Sector.values if value in query.getlist("sector")),
            capacities=tuple(value for value in Service.Capacity.values if value in query.getlist("take")),
            day=day if day in Weekday.values else "",
            is_due=query.get("due") == "1",
            sort=sort if sort in SORTS else "name",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.words or self.narrows)

    @property
    def narrows(self) -> int:
        """How many facets are chosen."""
        return len(self.sectors) + len(self.capacities) + bool(self.day) + self.is_due

    def apply(self, setting: Setting) -> ServiceQuerySet:
        found = matching(Service.visible_to(setting), self.words, setting)
        if self.sectors:
            found = found.filter(sector__in=self.sectors)
        if self.capacities:
            found = found.filter(capacity__in=self.capacities)
        if self.day:
            here = setting.partnerships.live().filter(days__contains=[self.day])
            found = found.filter(pk__in=here.values("service"))
        if self.is_due:
            found = found.due_for_confirmation(timezone.localdate(), setting.confirm_months)
        return self._ordered(found)

    def _ordered(self, found: ServiceQuerySet) -> ServiceQuerySet:
        if self.sort == "confirmed":
            return found.order_by(F("confirmed_on").asc(nulls_first=True), "sort_name", "pk")
        return found.order_by(*BEST_FIRST)

    def query(self) -> str:
        """The query string that gives this filter again."""
        pairs = [("q", self.words), *(("sector", each) for each in self.sectors)]
        pairs += [*(("take", each) for each in self.capacities), ("day", self.day)]
        pairs += [("due", "1" if self.is_due else ""), ("sort", self.sort if self.sort != "name" else "")]
        return urlencode([pair for pair in pairs if pair[1]])


@dataclass(frozen=True)
class Option:
    """One box of a facet, and how many services of the whole directory it stands for."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facets:
    total: int
    due: int
    sectors: list[Option] = field(default_factory=list)
    capacities: list[Option] = field(default_factory=list)
    days: list[Option] = field(default_factory=list)


def facets(setting: Setting, chosen: Filter) -> Facets:
    """Counts over the setting's whole directory, in two queries."""
    rows = list(Service.visible_to(setting).values_list("sector", "capacity", "confirmed_on", "pk"))
    pks = {row[3] for row in rows}
    edge = timezone.localdate() - relativedelta(months=setting.confirm_months)
    visits = setting.partnerships.live().exclude(days=[]).values_list("service_id", "days")
    days = Counter(day for service, listed in visits if service in pks for day in listed)
    return Facets(
        total=len(rows),
        due=sum(row[2] is None or row[2] < edge for row in rows),
        sectors=_options(Counter(row[0] for row in rows), Sector.choices, chosen.sectors),
        capacities=_options(Counter(row[1] for row in rows), Service.Capacity.choices, chosen.capacities),
        days=_options(days, Weekday.choices, (chosen.day,)),
    )


def _options(
    counts: Mapping[str, int], choices: list[tuple[str, str]], chosen: tuple[str, ...]
) -> list[Option]:
    """Those that occur, or are chosen."""
    return [
        Option(value, str(label), counts.get(value, 0), value in chosen)
        for value, label in choices
        if counts.get(value) or value in chosen
    ]


def for_list(services: ServiceQuerySet, setting: Setting) -> ServiceQuerySet:
    """With what a line of the list shows: its agency, telephone numbers and, as `ours`, the partnership."""
    ours = Prefetch("partnerships", queryset=setting.partnerships.live(), to_attr="ours")
    return with_notices(services.select_related("agency").prefetch_related("phones", ours), setting)
