"""Finding services: words, facets, distance, order."""

from directory.places.distance import box_around, metres_between, where_is
from directory.search.filters import SORTS, Filter
from directory.search.finding import Found, find, in_order
from directory.search.lines import Line, lines_of
from directory.search.matching import BEST_FIRST, Matched, match, matching

__all__ = [
    "BEST_FIRST",
    "SORTS",
    "Filter",
    "Found",
    "Line",
    "Matched",
    "box_around",
    "find",
    "in_order",
    "lines_of",
    "match",
    "matching",
    "metres_between",
    "where_is",
]
