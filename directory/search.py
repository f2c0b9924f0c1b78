"""Finding services in a setting's directory: words, facets, order."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Func, Prefetch, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils import timezone

from directory.models import Service
from directory.models.service import ServiceQuerySet
from partnerships.models import Setting
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

LIKE_ENOUGH = 0.4
"""How near a word may be to one in a name, by their trigrams: "therepy" finds "therapy"."""
SPELT_ALIKE = 0.74
"""How near it may be to a word of the directory, letter by letter: "bearevment" finds "bereavement"."""
SHORTEST_SLIP = 4
MOST_WORDS = 8
BEST_FIRST = ("-rank", "sort_name", "pk")
SORTS = {"name": "By name", "confirmed": "Longest not confirmed first"}


def folded(text: str) -> Any:
    """As sort_key() stores names: lower case, without accents."""
    return Func(Value(text), function="sort_key", output_field=TextField())


def matching(services: ServiceQuerySet, words: str) -> ServiceQuerySet:
    """Services in whose name, agency or profile each of the words occurs; if none has, those that have nearly.

    Without a word everything matches. `rank` is higher where the words stand in the name.
    """
    searched = services.alias(
        names=Concat("sort_name", Value(" "), "agency__sort_name", output_field=TextField()),
        about=Func(
            Concat("profile", Value(" "), "offer_group", Value(" "), "offer_other", output_field=TextField()),
            function="sort_key",
            output_field=TextField(),
        ),
    ).annotate(rank=_rank(words) if words else Value(0.0, output_field=FloatField()))
    terms = words.split()[:MOST_WORDS]
    exact = searched
    for term in terms:
        exact = exact.filter(_holds(term))
    return exact if not terms or exact.exists() else _nearly(services, searched, terms)


def _holds(word: str) -> Q:
    return Q(names__contains=folded(word)) | Q(about__contains=folded(word))


def _nearly(services: ServiceQuerySet, searched: ServiceQuerySet, terms: list[str]) -> ServiceQuerySet:
    """Each word as it is, or spelt like one of the directory's own words, or like one in a name by trigrams."""
    known = _vocabulary(services)
    for number, term in enumerate(terms):
        condition = _holds(term)
        if len(term) >= SHORTEST_SLIP:
            near = f"near_{number}"
            searched = searched.alias(**{near: TrigramWordSimilarity(folded(term), "names")})
            condition |= Q(**{f"{near}__gte": LIKE_ENOUGH})
            for meant in get_close_matches(term.lower(), known, n=3, cutoff=SPELT_ALIKE):
                condition |= _holds(meant)
        searched = searched.filter(condition)
    return searched


def _vocabulary(services: ServiceQuerySet) -> set[str]:
    """The words of the directory, of those that a slip can be made in."""
    texts = services.values_list("name", "agency__name", "profile")
    words = {word for row in texts for text in row for word in re.findall(r"\w+", text.lower())}
    return {word for word in words if len(word) >= SHORTEST_SLIP}


def _rank(words: str) -> Case:
    whole = folded(words)
    return Case(
        When(sort_name__startswith=whole, then=Value(3.0)),
        When(sort_name__contains=whole, then=Value(2.0)),
        default=TrigramWordSimilarity(whole, "names"),
        output_field=FloatField(),
    )


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
        found = matching(Service.visible_to(setting), self.words)
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
    return services.select_related("agency").prefetch_related("phones", ours)
