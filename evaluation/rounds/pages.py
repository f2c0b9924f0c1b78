"""The page of a closed check-in: its results as a template draws them, and the picture of a trend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluation import findings
from evaluation.findings import Difference, Finding
from evaluation.groups import Group
from evaluation.models import Round
from evaluation.results import Cell, Centre, Results, StatementResult, read
from evaluation.rounds.paper import Levels, levels_of
from evaluation.strips import Strip, shade_of, strip
from evaluation.trend_chart import Chart, chart_of
from evaluation.trends import Trend, trend_of
from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.templatetags.joined_up import day
from toolkits.checklist import pages, scale_of
from toolkits.instruments.definition import Instrument, Scale, Statement

CARDS = 3


@dataclass(frozen=True)
class HeatCell:
    """`figure` empty: hidden."""

    shade: str = "hid"
    figure: str = ""
    words: str = "hidden to protect people"


@dataclass(frozen=True)
class HeatRow:
    text: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatColumn:
    group: Group
    answered: int


@dataclass(frozen=True)
class Heat:
    """Middle answers by group: columns for the groups shown, the last for everyone."""

    caption: str
    heading: str
    columns: tuple[HeatColumn, ...]
    answered: int
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """One statement: how answers spread, the middle, what people wrote, the level agreed."""

    statement: Statement
    result: StatementResult
    strip: Strip | None
    middle: str
    agreed: str
    agreed_shade: str
    note: str
    dissent: str

    @property
    def unsure(self) -> int:
        return sum((self.result.outside or {}).values())


@dataclass(frozen=True)
class QuestionBlock:
    key: str
    number: int
    text: str
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True)
class Working:
    """The figures behind one statement, for "how we worked this out"."""

    text: str
    centre: Centre
    agreement: str


@dataclass(frozen=True)
class LevelKey:
    shade: str
    figure: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ResultsPage:
    """Everything that the page of a closed check-in shows."""

    results: Results
    lead: str
    has_levels: bool
    differences: tuple[Difference, ...]
    most_to_do: tuple[Finding, ...]
    unsure: tuple[Finding, ...]
    heat: Heat | None
    heat_statements: Heat | None
    questions: tuple[QuestionBlock, ...]
    workings: tuple[Working, ...]
    levels: tuple[LevelKey, ...]
    strip_key: tuple[LevelKey, ...]
    hidden: tuple[str, ...]
    too_few: str
    trend: Trend | None
    chart: Chart | None

    @property
    def cards(self) -> tuple[Difference, ...]:
        return self.differences[:CARDS]

    @property
    def more_differences(self) -> tuple[Difference, ...]:
        return self.differences[CARDS:]


def results_page(round_: Round, viewer: Membership) -> ResultsPage:
    instrument, results = round_.instrument, read(round_)
    lead = lead_words(round_, results, runs=viewer.may(Permission.ROUND_RUN))
    if not results.is_enough:
        return _empty_page(results, lead)
    scale, levels = scale_of(instrument), levels_of(round_)
    chosen = {key: level["level"] for key, level in levels.items()}
    trend = trend_of(round_, viewer)
    return ResultsPage(
        results=results,
        lead=lead,
        has_levels=bool(levels or round_.agreed_words),
        differences=tuple(findings.differences(instrument, results)),
        most_to_do=tuple(findings.most_to_do(instrument, results, chosen)),
        unsure=tuple(findings.unsure(instrument, results)),
        heat=_themes_heat(instrument, results),
        heat_statements=_statements_heat(instrument, results),
        questions=tuple(questions(instrument, results, levels)),
        workings=tuple(_workings(instrument, results)),
        levels=tuple(
            LevelKey(shade_of(level.key, scale), str(level.value), level.text) for level in scale.levels
        ),
        strip_key=tuple(LevelKey(shade_of(answer.key, scale), "", answer.text) for answer in scale.answers),
        hidden=tuple(findings.hidden_words(results)),
        too_few="",
        trend=trend,
        chart=chart_of(trend) if trend else None,
    )


def lead_words(round_: Round, results: Results, *, runs: bool) -> str:
    """Under the title: how many answered, how, until when, and who sees it."""
    names = "without names" if results.is_anonymous else "with names"
    who = "Only you see this." if runs and not round_.shared_at else "Shared with everyone who answered."
    return (
        f"{results.answered} of {results.invited} answered, {names}. Closed on {day(round_.closed_at)}. {who}"
    )


def _empty_page(results: Results, lead: str) -> ResultsPage:
    return ResultsPage(
        results=results,
        lead=lead,
        has_levels=False,
        differences=(),
        most_to_do=(),
        unsure=(),
        heat=None,
        heat_statements=None,
        questions=(),
        workings=(),
        levels=(),
        strip_key=(),
        hidden=(),
        too_few=findings.too_few_words(results),
        trend=None,
        chart=None,
    )


def _themes_heat(instrument: Instrument, results: Results) -> Heat | None:
    rows = [
        (findings.heading_words(instrument, theme.key), theme.by_group, theme.centre)
        for theme in results.themes
    ]
    return _heat("Middle answer, by question and group", "Question", rows, instrument, results)


def _statements_heat(instrument: Instrument, results: Results) -> Heat | None:
    rows = [(instrument.statement(one.key).text, one.by_group, one.centre) for one in results.statements]
    return _heat("Middle answer, by statement and group", "Statement", rows, instrument, results)


def _heat(
    caption: str,
    heading: str,
    rows: Iterable[tuple[str, Mapping[str, Cell], Centre | None]],
    instrument: Instrument,
    results: Results,
) -> Heat | None:
    if not results.compares_groups:
        return None
    scale = scale_of(instrument)
    columns = tuple(HeatColumn(one.group, one.answered) for one in results.groups if one.answered)
    drawn = tuple(
        HeatRow(
            text,
            (
                *(_cell(cells.get(column.group.key), column.answered, scale) for column in columns),
                _cell(Cell(median=centre.median) if centre else None, results.answered, scale),
            ),
        )
        for text, cells, centre in rows
    )
    return Heat(caption, heading, columns, results.answered, drawn)


def _cell(cell: Cell | None, answered: int, scale: Scale) -> HeatCell:
    if not answered:
        return HeatCell(shade="nobody", words="nobody answered")
    if cell is None:
        return HeatCell()
    below = max((level for level in scale.levels if level.value <= cell.median), key=lambda one: one.value)
    words = findings.level_short(scale, cell.median)
    return HeatCell(shade_of(below.key, scale), f"{cell.median:g}", words)


def questions(instrument: Instrument, results: Results, levels: Levels) -> Iterable[QuestionBlock]:
    """Each heading with its statements as they are shown."""
    scale = scale_of(instrument)
    for page in pages(instrument):
        rows = tuple(
            _statement_row(statement, results.statement(statement.key), levels.get(statement.key, {}), scale)
            for statement in page.statements
        )
        yield QuestionBlock(page.group.key, page.number, page.group.text, rows)


def _statement_row(
    statement: Statement, result: StatementResult, level: Mapping[str, str], scale: Scale
) -> StatementRow:
    agreed = level.get("level", "")
    return StatementRow(
        statement=statement,
        result=result,
        strip=strip(result.all_counts, scale) if result.all_counts is not None else None,
        middle=findings.level_short(scale, result.centre.median) if result.centre else "",
        agreed=scale.text(agreed) if agreed else "",
        agreed_shade=shade_of(agreed, scale) if agreed else "",
        note=level.get("note", ""),
        dissent=level.get("dissent", ""),
    )


def _workings(instrument: Instrument, results: Results) -> Iterable[Working]:
    for result in results.statements:
        if result.centre:
            text = instrument.statement(result.key).text
            yield Working(text, result.centre, findings.agreement_words(result.centre.agreement))
