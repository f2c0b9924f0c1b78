"""Counts the answers of a check-in at closing, and leaves out what could point at somebody. Pure.

Without names, fewer than `minimum` answers give nothing but their number. A group is shown only if `minimum` of it
answered and those hidden reach `minimum` together; what is shown of it for each statement, evaluation.disclosure says.
What is hidden goes into nothing but the counts of everyone: a heading's figures are made of shown ones alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random, SystemRandom

from evaluation.disclosure import Ratings, Shown, shown_cells
from evaluation.groups import Group
from evaluation.results import Cell, Centre, GroupResult, Results, StatementResult, ThemeResult
from toolkits import statistics
from toolkits.checklist import ALL, Answers
from toolkits.instruments.definition import Instrument, Scale


@dataclass(frozen=True)
class Answer:
    """What one person answered; `group` is the key of a Group."""

    group: str
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class Count:
    """One check-in while it is counted."""

    scale: Scale
    answers: Sequence[Answer]
    ratings: Ratings
    groups: Sequence[str]
    """Those that may be shown at all."""
    shown: Shown
    minimum: int
    chance: Random

    @property
    def is_anonymous(self) -> bool:
        return self.minimum > 0


def tally(
    *,
    instrument: Instrument,
    groups: Sequence[Group],
    answers: Sequence[Answer],
    minimum: int,
    is_anonymous: bool,
    chance: Random | None = None,
) -> Results:
    """The results to be fixed. `chance` mixes the comments."""
    results = Results(
        invited=sum(group.invited for group in groups),
        answered=len(answers),
        minimum=minimum,
        is_anonymous=is_anonymous,
        is_enough=len(answers) >= (minimum if is_anonymous else 1),
    )
    if not results.is_enough:
        return results
    shown = shown_groups(groups, answers, minimum if is_anonymous else 0)
    count = _count(
        instrument, groups, answers, shown, minimum if is_anonymous else 0, chance or SystemRandom()
    )
    statements = {key: _statement(key, count) for key in count.ratings}
    return replace(
        results,
        groups=tuple(GroupResult(group=group, answered=shown.get(group.key)) for group in groups),
        statements=tuple(statements.values()),
        themes=tuple(
            _theme(theme, [statements[key] for key in keys], count) for theme, keys in themes(instrument)
        ),
    )


def shown_groups(groups: Sequence[Group], answers: Iterable[Answer], minimum: int) -> dict[str, int]:
    """How many answered of each group that may be shown. With a `minimum` of 0 all are."""
    many = Counter(answer.group for answer in answers)
    counts = {group.key: many[group.key] for group in groups}
    if not minimum:
        return counts
    may_show = statistics.suppress(dict(reversed(counts.items())), minimum)
    return {key: count for key, count in counts.items() if key in may_show}


def themes(instrument: Instrument) -> list[tuple[str, list[str]]]:
    """Each heading with the statements under it."""
    if not instrument.groups:
        return [(ALL, [statement.key for statement in instrument.statements])]
    return [(group.key, [statement.key for statement in under]) for group, under in instrument.by_group()]


def _count(
    instrument: Instrument,
    groups: Sequence[Group],
    answers: Sequence[Answer],
    shown: Mapping[str, int],
    minimum: int,
    chance: Random,
) -> Count:
    scale = instrument.scale
    assert scale is not None
    keys = [group.key for group in groups]
    ratings = {
        statement.key: _ratings(statement.key, keys, answers, scale) for statement in instrument.statements
    }
    all_of = {key: frozenset(own) for key, own in ratings.items()}
    cells = shown_cells(ratings, shown, minimum) if minimum else all_of
    return Count(
        scale=scale,
        answers=answers,
        ratings=ratings,
        groups=list(shown),
        shown=cells,
        minimum=minimum,
        chance=chance,
    )


def _ratings(
    statement: str, groups: Sequence[str], answers: Iterable[Answer], scale: Scale
) -> dict[str, list[int]]:
    """The values of the levels that the people of each group chose; groups of which nobody did are left out."""
    found: dict[str, list[int]] = {group: [] for group in groups}
    for answer in answers:
        given = answer.answers.get(statement)
        value = scale.value(given["level"]) if given else None
        if value is not None:
            found[answer.group].append(value)
    return {group: values for group, values in found.items() if values}


def _statement(key: str, count: Count) -> StatementResult:
    given = [answer.answers[key] for answer in count.answers if key in answer.answers]
    if len(given) < count.minimum:
        return StatementResult(key=key, answered=None, counts=None, outside=None, centre=None)
    chosen = Counter(answer["level"] for answer in given)
    values = [value for own in count.ratings[key].values() for value in own]
    outside = {other.key: chosen[other.key] for other in count.scale.outside}
    if values and not _may_count(count.ratings[key], count):
        return StatementResult(key=key, answered=len(given), counts=None, outside=outside, centre=None)
    cells = {
        group: _cell(count.ratings[key][group], count)
        for group in count.ratings[key]
        if group in count.shown[key]
    }
    comments = [answer["evidence"] for answer in given if answer.get("evidence")]
    count.chance.shuffle(comments)
    return StatementResult(
        key=key,
        answered=len(given),
        counts={level.key: chosen[level.key] for level in count.scale.levels},
        outside=outside,
        centre=_centre(values, count.scale),
        by_group=cells,
        gap=_gap(cells),
        comments=tuple(comments),
    )


def _may_count(ratings: Mapping[str, Sequence[int]], count: Count) -> bool:
    """Enough chose a level, and they are not all of one group that is hidden."""
    enough = sum(map(len, ratings.values())) >= count.minimum
    return enough and (len(ratings) > 1 or not count.is_anonymous or set(ratings) <= set(count.groups))


def _theme(key: str, statements: Sequence[StatementResult], count: Count) -> ThemeResult:
    """A group's middle answer is the middle of those shown for the statements: it says nothing new."""
    everyone = [
        value
        for statement in statements
        if statement.counts is not None
        for own in count.ratings[statement.key].values()
        for value in own
    ]
    medians: dict[str, list[float]] = {}
    for statement in statements:
        for group, cell in statement.by_group.items():
            medians.setdefault(group, []).append(cell.median)
    cells = {group: Cell(median=_half(statistics.median(values))) for group, values in medians.items()}
    return ThemeResult(key=key, centre=_centre(everyone, count.scale), by_group=cells, gap=_gap(cells))


def _cell(ratings: Sequence[int], count: Count) -> Cell:
    if count.is_anonymous:
        return Cell(median=statistics.median(ratings))
    many = Counter(ratings)
    counts = {level.key: many[level.value] for level in count.scale.levels}
    return Cell(median=statistics.median(ratings), counts=counts)


def _centre(ratings: Sequence[int], scale: Scale) -> Centre | None:
    if not ratings:
        return None
    low, median, high = statistics.quartiles(ratings)
    return Centre(
        n=len(ratings),
        median=median,
        low=low,
        high=high,
        mean=round(sum(ratings) / len(ratings), 3),
        agreement=round(statistics.rwg(ratings, len(scale.levels)), 3) if len(ratings) > 1 else None,
    )


def _half(value: float) -> float:
    """A middle of middles, no finer than a middle is: to the half, and from a quarter to the whole level."""
    return round(2 * value) / 2


def _gap(cells: Mapping[str, Cell]) -> float:
    found = statistics.gap({group: cell.median for group, cell in cells.items()})
    return found.size if found else 0
