"""Which groups may be shown for which statement, so that no hidden group's answers can be worked out. Pure.

Shown are everyone's counts for a statement, and the middle answer of a group. Two rules decide about the groups, and
they look at nothing but how many of each group chose a level and at everyone's counts. So what is hidden, and why,
tells nothing either, not even to somebody who knows the rules and how many of each group chose a level.

1. `minimum` of a group chose a level, and those who are hidden reach `minimum` together (toolkits.statistics.suppress).
2. There are always two ways at least to have answered with the same figures, in which a hidden group differs. That
   could fail only if all who are hidden chose one level, and each shown group's middle answer hangs on who chose it.
   Where everyone's counts allow that, the statement is shown for everyone only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkits.statistics import suppress

Ratings = Mapping[str, Mapping[str, Sequence[int]]]
"""Statement, group, the values of the levels that its people chose."""
Shown = Mapping[str, frozenset[str]]
"""Statement, the groups that may be shown."""


def shown_cells(ratings: Ratings, groups: Iterable[str], minimum: int) -> dict[str, frozenset[str]]:
    """For each statement, those of `groups` whose middle answer may be shown."""
    candidates = frozenset(groups)
    return {key: _shown(own, candidates, minimum) for key, own in ratings.items()}


def _shown(ratings: Mapping[str, Sequence[int]], groups: frozenset[str], minimum: int) -> frozenset[str]:
    """Of groups of one size the last is hidden first."""
    sizes = {group: len(values) for group, values in ratings.items() if values}
    shown = frozenset(suppress(dict(reversed(sizes.items())), minimum)) & groups
    hidden = [size for group, size in sizes.items() if group not in shown]
    everyone = [value for values in ratings.values() for value in values]
    if hidden and (len(hidden) == 1 or gives_away(everyone, [sizes[group] for group in shown], sum(hidden))):
        return frozenset()
    return shown


def gives_away(everyone: Sequence[int], shown: Sequence[int], hidden: int) -> bool:
    """Whether these answers could be shared out so that the middle answers of the shown groups fix the hidden ones.

    :param shown: the sizes of the groups whose middle answers are shown
    :param hidden: how many are hidden; they are of two groups at least
    """
    return any(_fixes(level, everyone, shown, hidden) for level in set(everyone))


def _fixes(level: int, everyone: Sequence[int], shown: Sequence[int], hidden: int) -> bool:
    """Whether all who are hidden could have chosen `level`, and nobody of a shown group have chosen it instead."""
    below = sum(value < level for value in everyone)
    equal = sum(value == level for value in everyone) - hidden
    reached = {(0, 0)}
    for size in shown:
        reached = {(b + low, e + same) for b, e in reached for low, same in tight_splits(size)}
    return (below, equal) in reached


def tight_splits(size: int) -> Iterator[tuple[int, int]]:
    """How many of a group are below a level and how many on it, where its median hangs on each of the others.

    In such a group nobody can move to the level without moving the median. (b, e) leaves size − b − e above it.
    """
    half = size // 2
    yield 0, size
    for equal in {half} if size % 2 else {half - 1, half}:
        yield 0, equal
        yield size - equal, equal
    if size % 2 == 0:
        yield half, 0
