"""Finding services: words, facets, distance, order."""

from directory.search.filters import SORTS, Facets, Filter, facets, for_list
from directory.search.matching import BEST_FIRST, Matched, match, matching

__all__ = ["BEST_FIRST", "SORTS", "Facets", "Filter", "Matched", "facets", "for_list", "match", "matching"]
