"""What is asked for, as the address bar holds it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from directory.search.facets import FACETS

SORTS = {
    "best": "Best match",
    "name": "By name",
    "soonest": "Soonest",
    "near": "Nearest",
    "confirmed": "Longest not confirmed",
}
MOST_VALUES = 60
Chosen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Filter:
    """`chosen`: (name of a facet, its ticked values). What can't be read counts as not asked for."""

    words: str = ""
    chosen: Chosen = ()
    near: str = ""
    sort: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filter":
        sort = query.get("sort", "")
        ticked = ((facet.name, _values(query.getlist(facet.name))) for facet in FACETS)
        return cls(
            words=_line(query.get("q", ""), 100),
            chosen=tuple((name, values) for name, values in ticked if values),
            near=_line(query.get("near", ""), 10).upper(),
            sort=sort if sort in SORTS else "",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.words or self.chosen or self.near)

    @property
    def narrows(self) -> int:
        """How many values are ticked."""
        return sum(len(values) for _, values in self.chosen)

    def without(self, name: str, value: str) -> "Filter":
        """With one tick taken off."""
        rest = (
            (each, tuple(v for v in values if (each, v) != (name, value))) for each, values in self.chosen
        )
        return replace(self, chosen=tuple((each, values) for each, values in rest if values))

    def query(self) -> str:
        """The query string that gives this filter again."""
        ticked = [(name, value) for name, values in self.chosen for value in values]
        pairs = [("q", self.words), ("near", self.near), *ticked, ("sort", self.sort)]
        return urlencode([pair for pair in pairs if pair[1]])


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\x00", "").split())[:most]


def _values(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.replace("\x00", "")[:80] for value in values if value))[:MOST_VALUES]
