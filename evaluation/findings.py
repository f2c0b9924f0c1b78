"""What the results of a check-in say, in sentences. Nothing here knows more than evaluation.results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.text import listed
from evaluation.groups import OTHERS, Group
from evaluation.results import Cell, Results, StatementResult
from partnerships.sectors import Sector
from partnerships.templatetags.joined_up import number_word
from toolkits.checklist import ALL, scale_of
from toolkits.instruments.definition import Instrument, Scale, Statement

MANY_UNSURE, FEWEST_UNSURE = 1 / 4, 3
"""From this share, and this many, of "don't know" on, the page says so."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where groups see it differently: `middles` are the groups furthest apart, with their middle answers in words."""

    statement: Statement
    heading: str
    sentence: str
    size: float
    middles: tuple[tuple[Sector, str], ...]

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return tuple(sector for sector, _ in self.middles)


@dataclass(frozen=True, kw_only=True)
class Finding:
    statement: Statement
    heading: str
    sentence: str


def differences(instrument: Instrument, results: Results) -> list[Difference]:
    """Every statement that groups see differently, the biggest difference first."""
    found = [
        _difference(instrument, results, result)
        for result in results.statements
        if result.gap and results.compares_groups
    ]
    return sorted(found, key=lambda one: -one.size)


def most_to_do(
    instrument: Instrument, results: Results, agreed: Mapping[str, str], limit: int = 3
) -> list[Finding]:
    """What is furthest from its top level: by the level agreed where there is one, else by the mean of the answers."""
    scale = scale_of(instrument)
    top = max(level.value for level in scale.levels)
    ranked = [
        (standing, result.centre.mean if result.centre else standing, place, result)
        for place, result in enumerate(results.statements)
        if (standing := _standing(result, agreed, scale)) is not None and standing < top - 0.5
    ]
    ranked.sort(key=lambda one: one[:3])
    return [
        _finding(instrument, result.key, _standing_words(result, agreed, scale))
        for _, _, _, result in ranked[:limit]
    ]


def unsure(instrument: Instrument, results: Results) -> list[Finding]:
    """Statements that many could not answer, the most first."""
    found = [
        (many, result)
        for result in results.statements
        if result.answered
        and (many := sum((result.outside or {}).values()))
        >= max(FEWEST_UNSURE, MANY_UNSURE * result.answered)
    ]
    found.sort(key=lambda one: -one[0])
    words = scale_of(instrument).outside
    return [
        _finding(instrument, result.key, f"{many} of {result.answered} say “{words[0].text}”.")
        for many, result in found
    ]


def sentence(results: Results, cells: Mapping[str, Cell], scale: Scale) -> str:
    """As in: Education says “in place”; health and social care say “partly”."""
    top, bottom = _ends(results, cells)
    parts = (_says(groups, cells[groups[0].key].median, scale) for groups in (top, bottom))
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def level_words(scale: Scale, value: float) -> str:
    """A middle answer: “partly”, or between “partly” and “in place”."""
    around = _levels_around(scale, value)
    quoted = [f"“{text}”" for text in around]
    return quoted[0] if len(quoted) == 1 else f"between {quoted[0]} and {quoted[1]}"


def level_short(scale: Scale, value: float) -> str:
    """The same where room is short: "partly", or "partly to in place"."""
    return " to ".join(_levels_around(scale, value))


def agreement_words(agreement: float | None) -> str:
    """rWG as a figure, since no cut-off makes it a word."""
    return "–" if agreement is None else f"{agreement:.2f}"


def hidden_words(results: Results) -> list[str]:
    """What the page does not show, and why."""
    if not results.is_anonymous:
        return [NAMED_WORDS]
    minimum = number_word(results.minimum)
    together = [
        each.group for each in results.groups if each.group.key == OTHERS and len(each.group.sectors) > 1
    ]
    hidden = [group for group in results.hidden_groups if group not in together]
    words = []
    if together and len(results.groups) > 1:
        names = listed(_sector_words(together[0]))
        words.append(
            f"{names} count together as “others”: of some of them, fewer than {minimum} people were asked."
        )
    if hidden or (together and together[0] in results.hidden_groups):
        names = listed([group.words for group in results.hidden_groups])
        words.append(f"{names} count under “all” only: too few of them answered, or it could be worked out.")
    words.append(
        f"“–” means that fewer than {minimum} of the group chose a level, or that it could be worked out from the rest."
    )
    words.append(
        "What people wrote is shown without their group, in no order. Nobody sees more than this, you neither."
    )
    return [f"{line[:1].upper()}{line[1:]}" for line in words]


NAMED_WORDS = (
    "Nothing: everyone knew that answers are kept with names. Groups are shown however small they are."
)


def too_few_words(results: Results) -> str:
    people = "person" if results.answered == 1 else "people"
    many = "Nobody" if not results.answered else f"Only {number_word(results.answered)} {people}"
    return (
        f"{many} answered. Of fewer than {number_word(results.minimum)} nothing is shown, so that nobody can be "
        "recognised, and what they answered was not kept."
    )


def heading_words(instrument: Instrument, key: str) -> str:
    return instrument.title if key in ("", ALL) else instrument.group_text(key)


def _difference(instrument: Instrument, results: Results, result: StatementResult) -> Difference:
    scale = scale_of(instrument)
    statement = instrument.statement(result.key)
    ends = [group for groups in _ends(results, result.by_group) for group in groups]
    return Difference(
        statement=statement,
        heading=heading_words(instrument, statement.group),
        sentence=sentence(results, result.by_group, scale),
        size=result.gap,
        middles=tuple(
            (group.sector, level_short(scale, result.by_group[group.key].median)) for group in ends
        ),
    )


def _ends(results: Results, cells: Mapping[str, Cell]) -> tuple[list[Group], list[Group]]:
    """The groups with the highest middle answer, and those with the lowest."""
    medians = {key: cell.median for key, cell in cells.items()}
    shown = [group for group in results.shown_groups if group.key in medians]
    high, low = max(medians.values()), min(medians.values())
    return (
        [group for group in shown if medians[group.key] == high],
        [group for group in shown if medians[group.key] == low],
    )


def _says(groups: Sequence[Group], value: float, scale: Scale) -> str:
    verb = "say" if len(groups) > 1 or groups[0].plural else "says"
    where = level_words(scale, value)
    words = f"{verb} {where}" if where.startswith("“") else f"{'are' if verb == 'say' else 'is'} {where}"
    return f"{listed([group.words for group in groups])} {words}"


def _levels_around(scale: Scale, value: float) -> list[str]:
    below = max((level for level in scale.levels if level.value <= value), key=lambda level: level.value)
    above = min((level for level in scale.levels if level.value >= value), key=lambda level: level.value)
    return [below.text] if below == above else [below.text, above.text]


def _standing(result: StatementResult, agreed: Mapping[str, str], scale: Scale) -> float | None:
    if result.key in agreed:
        return scale.value(agreed[result.key])
    return result.centre.mean if result.centre else None


def _standing_words(result: StatementResult, agreed: Mapping[str, str], scale: Scale) -> str:
    if result.key in agreed:
        return f"We agreed: “{scale.text(agreed[result.key])}”."
    assert result.centre is not None
    return f"The middle answer is {level_words(scale, result.centre.median)}."


def _finding(instrument: Instrument, key: str, words: str) -> Finding:
    statement = instrument.statement(key)
    return Finding(statement=statement, heading=heading_words(instrument, statement.group), sentence=words)


def _sector_words(group: Group) -> list[str]:
    from evaluation.groups import NAMES

    return [NAMES[sector].words for sector in group.sectors]


def capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def all_words(lines: Iterable[str]) -> str:
    return " ".join(lines)
