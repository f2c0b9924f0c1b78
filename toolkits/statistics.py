"""The figures behind the tools. Pure: no database, no clock, no chance that is not seeded.

Answers outside a scale ("don't know", "not applicable") and missing ones never come in here.
"""

import statistics
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
DIAMOND_ROWS = 5
FEWEST_JUDGES = 3


def mid_ranks(values: Sequence[float]) -> list[float]:
    """Places from 1, lowest value first; equal values share the mean of their places."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    many = Counter(ordered)
    return [first[value] + (many[value] - 1) / 2 for value in values]


def diamond_ranks(rows: Mapping[K, int | None]) -> dict[K, float]:
    """The mid-rank of each statement from its row (1 on top); what was left out (None) shares the places left."""
    places = [float("inf") if row is None else float(row) for row in rows.values()]
    return dict(zip(rows, mid_ranks(places), strict=True))


def borda(rankings: Iterable[Mapping[K, int | None]], rows: int = DIAMOND_ROWS) -> dict[K, int]:
    """Points of each statement over all rankings: the top row gives `rows` points, the last 1, left out 0."""
    points: dict[K, int] = {}
    for ranking in rankings:
        for key, row in ranking.items():
            points[key] = points.get(key, 0) + (0 if row is None else rows + 1 - row)
    return points


def kendalls_w(ranks: Sequence[Sequence[float]]) -> float | None:
    """Kendall's coefficient of concordance, 0 to 1, with the correction for ties.

    W = 12 S / (m²(n³ − n) − m T) (Kendall and Gibbons, Rank Correlation Methods, 1990, chapter 6).
    A row for each judge, a column for each item. None for fewer than two judges or where every judge ties everything.

    :raises ValueError: the judges ranked different numbers of items
    """
    doubled = _doubled_ranks(ranks)
    if len(doubled) < 2:
        return None
    judges, items = len(doubled), len(doubled[0])
    ties = sum(_tie_term(row) for row in doubled)
    most = judges * judges * (items**3 - items) - judges * ties
    return 3 * _squares(doubled) / most if most else None


def permutation_p(ranks: Sequence[Sequence[float]], *, draws: int = 1999, seed: int = 0) -> float | None:
    """How often judges who rank by chance agree at least as well; None below three judges.

    Each draw shuffles every judge's ranks; the observed ranking counts as one draw, so p is never 0.
    """
    doubled = _doubled_ranks(ranks)
    if len(doubled) < FEWEST_JUDGES or not doubled[0]:
        return None
    chance, observed = Random(seed), _squares(doubled)  # noqa: S311 (the same p every time)
    at_least = 0
    for _ in range(draws):
        for row in doubled:
            chance.shuffle(row)
        at_least += _squares(doubled) >= observed
    return (at_least + 1) / (draws + 1)


def _doubled_ranks(ranks: Sequence[Sequence[float]]) -> list[list[int]]:
    """Mid-ranks times two: whole numbers, so that sums are exact."""
    if len({len(row) for row in ranks}) > 1:
        raise ValueError("Every judge must rank the same items.")
    return [[int(2 * rank) for rank in mid_ranks(row)] for row in ranks]


def _squares(doubled: list[list[int]]) -> int:
    """Four times S: the squared deviations of the rank sums from their mean."""
    mean = len(doubled) * (len(doubled[0]) + 1)
    return sum((sum(column) - mean) ** 2 for column in zip(*doubled, strict=True))


def _tie_term(row: Sequence[float]) -> int:
    return sum(many**3 - many for many in Counter(row).values())


def rwg(ratings: Sequence[float], options: int) -> float:
    """Agreement on one rating, 0 to 1: rWG = 1 − s² / ((A² − 1) / 12), floored at 0; s² with n − 1.

    James, Demaree and Wolf, Journal of Applied Psychology 69 (1984). `options`: how many levels the scale has.

    :raises ValueError: fewer than two ratings or two options
    """
    if len(ratings) < 2 or options < 2:
        raise ValueError("Agreement needs at least two ratings and two options.")
    by_chance = (options**2 - 1) / 12
    return max(0.0, 1 - statistics.variance(ratings) / by_chance)


def median(values: Sequence[float]) -> float:
    """The middle value; between the two middle ones where their number is even."""
    return float(statistics.median(values))


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile.

    Linear interpolation with both ends included (Hyndman and Fan's type 7, as spreadsheets do).
    """
    if len(values) == 1:
        return (float(values[0]),) * 3
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return float(low), float(middle), float(high)


def iqr(values: Sequence[float]) -> float:
    """The width of the middle half of the values."""
    low, _, high = quartiles(values)
    return high - low


class Gap(NamedTuple):
    lowest: str
    highest: str
    size: float


def gap(centres: Mapping[str, float]) -> Gap | None:
    """The two sectors furthest apart, by their medians (ladders, benchmarks) or means (surveys).

    None for fewer than two sectors, or where all are the same. Of equals, the first in `centres`.
    """
    if len(centres) < 2:
        return None
    lowest, highest = min(centres, key=lambda key: centres[key]), max(centres, key=lambda key: centres[key])
    size = centres[highest] - centres[lowest]
    return Gap(lowest, highest, size) if size else None


def share_of_levels(answers: Iterable[str], levels: Sequence[str]) -> dict[str, float]:
    """The share, 0 to 1, of each level among the answers on the scale; others don't count. Empty if there are none."""
    counts = Counter(answer for answer in answers if answer in set(levels))
    total = counts.total()
    return {level: counts[level] / total for level in levels} if total else {}


def suppress(counts: Mapping[K, int], minimum: int) -> set[K]:
    """The groups whose figures may be shown.

    Groups below `minimum` are hidden; as long as what is hidden together stays below it, the next smallest is hidden
    too, since the total is known. Groups of nobody are ignored. Nothing is shown where even the total is too small.
    """
    groups = sorted((key for key, count in counts.items() if count), key=lambda key: counts[key])
    hidden = [key for key in groups if counts[key] < minimum]
    if not hidden:
        return set(groups)
    held = sum(counts[key] for key in hidden)
    shown = groups[len(hidden) :]
    while shown and held < minimum:
        held += counts[shown.pop(0)]
    return set(shown)
