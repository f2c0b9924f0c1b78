"""What a report says of the check-ins chosen for it. Reads fixed results alone: what they hide is not there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from config.text import listed
from evaluation.charts import PatternChart, PatternRow, TrendChart, TrendLine, level_words
from evaluation.findings import heading_words, sentence
from evaluation.groups import Group
from evaluation.models import Round
from evaluation.paper import DifferenceLine
from evaluation.results import Cell, Results, StatementResult, ThemeResult, read
from evaluation.trends import label_of
from partnerships.paper import day
from toolkits import statistics
from toolkits.checklist import scale_of
from toolkits.instruments.definition import Instrument

DIFFERENCES = 3
LINES = 3
MOST_TO_DO = 2


@dataclass(frozen=True)
class RoundFindings:
    """One closed check-in with what may be told of it."""

    round: Round
    instrument: Instrument
    results: Results
    agreed: dict[str, str]

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(level.text for level in scale_of(self.instrument).levels)

    @property
    def when(self) -> str:
        return label_of(self.round)

    @property
    def themes(self) -> tuple[ThemeResult, ...]:
        """Those of which anything may be told."""
        return tuple(theme for theme in self.results.themes if theme.centre)

    @property
    def statements(self) -> tuple[StatementResult, ...]:
        return tuple(statement for statement in self.results.statements if statement.centre)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Also where people answered by name, governors see no group that is too small to hide in."""
        answered = {each.group.key: each.answered for each in self.results.groups if each.answered}
        large = statistics.suppress(answered, self.results.minimum)
        return tuple(group for group in self.results.shown_groups if group.key in large)

    @property
    def hidden_groups(self) -> tuple[Group, ...]:
        shown = {group.key for group in self.groups}
        return tuple(each.group for each in self.results.groups if each.group.key not in shown)

    def theme_words(self, key: str) -> str:
        return heading_words(self.instrument, key)

    def level_words(self, value: float) -> str:
        return level_words(value, self.levels)

    def cells(self, statement: StatementResult) -> dict[str, Cell]:
        """The groups' middle answers, of groups large enough for governors."""
        cells = ((group.key, statement.by_group.get(group.key)) for group in self.groups)
        return {key: cell for key, cell in cells if cell and self._is_large(cell)}

    def _is_large(self, cell: Cell) -> bool:
        return cell.counts is None or sum(cell.counts.values()) >= self.results.minimum

    def middles(self, statement: StatementResult) -> list[tuple[Group, float]]:
        """The same with the group, the highest first."""
        found = [(self.results.group(key), cell.median) for key, cell in self.cells(statement).items()]
        return sorted(found, key=lambda each: -each[1])

    def gap(self, statement: StatementResult) -> float:
        middles = self.middles(statement)
        return middles[0][1] - middles[-1][1] if middles else 0

    def agreed_level(self, theme: str) -> float | None:
        """The middle of the levels agreed for the statements of a theme."""
        scale = scale_of(self.instrument)
        keys = (each.key for each in self.instrument.statements if each.group in {theme, ""})
        values = [scale.value(self.agreed[key]) for key in keys if key in self.agreed]
        known = [value for value in values if value is not None]
        return statistics.median(known) if known else None


def findings(rounds: Iterable[Round]) -> tuple[RoundFindings, ...]:
    """The newest first; a check-in that too few people answered, by name or not, tells nothing and falls away."""
    found = (
        RoundFindings(
            each, each.instrument, read(each), dict(each.agreed_levels.values_list("statement", "level"))
        )
        for each in rounds
    )
    return tuple(each for each in found if each.results.answered >= each.results.minimum)


def pattern_parts(chosen: Sequence[RoundFindings]) -> dict[str, Any]:
    """The fields of ReportPaper about the newest check-in."""
    if not chosen:
        return {}
    newest, before = chosen[0], chosen[1] if len(chosen) > 1 else None
    return {
        "pattern": _chart(newest, before) if newest.themes else None,
        "pattern_words": pattern_words(newest),
        "pattern_based_on": answered_words(newest),
        "pattern_notes": (f"{answered_words(newest)}.", "“Don’t know” is left out."),
        "differences": tuple(_difference(newest, statement) for statement in most_different(newest)),
        "hidden_words": _hidden_words(newest),
    }


def answered_words(found: RoundFindings) -> str:
    return f"{found.results.answered} of {found.results.invited} people, {found.when}"


def pattern_words(found: RoundFindings) -> str:
    """What carries the partnership, and where most is still to do; nothing where all themes stand level."""
    ordered = by_need(found)
    if len(ordered) < 2 * MOST_TO_DO or _need(ordered[0]) == _need(ordered[-1]):
        return ""
    least, most = ordered[:MOST_TO_DO], ordered[-MOST_TO_DO:][::-1]
    best, worst = (
        listed([f"“{found.theme_words(theme.key)}”" for theme in themes]) for themes in (most, least)
    )
    return f"{best} are where we are strongest. {worst} are where most is still to do."


def by_need(found: RoundFindings) -> list[ThemeResult]:
    """The themes, where most is to do first."""
    return sorted(found.themes, key=_need)


def _need(theme: ThemeResult) -> tuple[float, float]:
    assert theme.centre is not None
    return theme.centre.median, theme.centre.mean


def most_different(found: RoundFindings) -> list[StatementResult]:
    """The statements on which groups are furthest apart, one of a theme."""
    different = sorted(found.statements, key=lambda statement: -found.gap(statement))
    first: dict[str, StatementResult] = {}
    for statement in different:
        if found.gap(statement):
            first.setdefault(found.instrument.statement(statement.key).group, statement)
    return list(first.values())[:DIFFERENCES]


def difference_words(found: RoundFindings, statement: StatementResult) -> str:
    """As in “Education says “in place”; health says “not in place”.”"""
    return sentence(found.results, found.cells(statement), scale_of(found.instrument))


def _difference(found: RoundFindings, statement: StatementResult) -> DifferenceLine:
    asked = found.instrument.statement(statement.key)
    return DifferenceLine(
        theme=found.theme_words(asked.group),
        sentence=f"“{asked.text}”: {difference_words(found, statement)}",
        middles=tuple((group.sector, found.level_words(value)) for group, value in _ends(found, statement)),
    )


def _ends(found: RoundFindings, statement: StatementResult) -> list[tuple[Group, float]]:
    """The groups with the highest and with the lowest middle answer."""
    middles = found.middles(statement)
    ends = {middles[0][1], middles[-1][1]}
    return [(group, value) for group, value in middles if value in ends]


def _hidden_words(found: RoundFindings) -> str:
    hidden = [group.words for group in found.hidden_groups]
    if not hidden:
        return ""
    names = listed(hidden)
    return (
        f"{names[:1].upper()}{names[1:]}: hidden to protect people, since fewer than "
        f"{found.results.minimum} answered or since it could be worked out. They count in the whole."
    )


def _chart(newest: RoundFindings, before: RoundFindings | None) -> PatternChart:
    return PatternChart(
        levels=newest.levels,
        rows=tuple(_row(newest, theme, before) for theme in newest.themes),
        before=before.when if before else "",
    )


def _row(found: RoundFindings, theme: ThemeResult, before: RoundFindings | None) -> PatternRow:
    assert theme.centre is not None
    return PatternRow(
        theme=found.theme_words(theme.key),
        middle=theme.centre.median,
        low=theme.centre.low,
        high=theme.centre.high,
        agreed=found.agreed_level(theme.key),
        before=_before(before, theme.key),
    )


def _before(before: RoundFindings | None, key: str) -> str:
    centre = next((theme.centre for theme in before.themes if theme.key == key), None) if before else None
    return before.level_words(centre.median) if before and centre else ""


def trend_parts(chosen: Sequence[RoundFindings]) -> dict[str, Any]:
    """The fields of ReportPaper about the way there: the themes that moved most over the check-ins chosen."""
    if len(chosen) < 2:
        return {}
    in_time = tuple(reversed(chosen))
    values = {theme.key: tuple(_mean(found, theme.key) for found in in_time) for theme in chosen[0].themes}
    keys = sorted(values, key=lambda key: -abs(_moved(values[key])))[:LINES]
    names = chosen[0].theme_words
    return {
        "trend": TrendChart(
            levels=chosen[0].levels,
            terms=tuple(found.when for found in in_time),
            lines=tuple(TrendLine(name=names(key), values=values[key]) for key in keys),
        ),
        "trend_words": "The themes that moved most, by the mean of their answers. Each time everyone who answered "
        "is counted, and they are not always the same people.",
        "trend_based_on": f"{len(chosen)} check-ins since {in_time[0].when}",
    }


def _mean(found: RoundFindings, key: str) -> float | None:
    means = (round(theme.centre.mean, 1) for theme in found.themes if theme.key == key and theme.centre)
    return next(means, None)


def _moved(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return known[-1] - known[0] if known else 0


def pattern_method(found: RoundFindings) -> tuple[str, ...]:
    """How the pattern was worked out; the only place for words of statistics."""
    instrument, results = found.instrument, found.results
    assert found.round.closed_at is not None
    how = "without names" if results.is_anonymous else "by name"
    return (
        f"Check-in “{instrument.title}”, {instrument.code} version {instrument.version}: "
        f"{len(instrument.groups)} questions, {len(instrument.statements)} criteria; asked of {results.invited}, "
        f"answered {how} by {results.answered}, closed on {day(found.round.closed_at.date())}.",
        "A middle answer is the median; the band is the middle half of the answers. Answers outside the scale and "
        "missing ones are left out, never filled in.",
        f"No group with fewer than {results.minimum} answers is shown, nor another one with it where it could be "
        "worked out from the total.",
    )
