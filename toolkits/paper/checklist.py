"""A closed check-in: how answers spread, where views differ, the levels that were agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from partnerships.paper import ActionLine, Sentence
from toolkits.instruments.definition import Instrument, Level
from toolkits.paper.base import InstrumentPaper


@dataclass(frozen=True, kw_only=True)
class Share:
    """One piece of a strip: a level, how many chose it, and its width in per cent."""

    shade: str
    count: int
    width: int


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """A statement with its counts by answer key (levels and what stands outside), and the level agreed.

    No counts: hidden to protect people.
    """

    text: str
    counts: Mapping[str, int] | None = None
    agreed: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionPaper:
    text: str
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True, kw_only=True)
class ChecklistPaper(InstrumentPaper):
    """A closed check-in: how answers spread, where views differ, the level that was agreed."""

    answered: int
    questions: tuple[QuestionPaper, ...]
    differences: tuple[Sentence, ...] = ()
    most_to_do: tuple[str, ...] = ()
    agreed_words: str = ""
    actions: tuple[ActionLine, ...] = ()
    small_print: str = ""

    def __post_init__(self) -> None:
        headings, criteria = len(self.instrument.groups), len(self.instrument.statements)
        kicker = self.kicker or f"Checklist · {headings} questions, {criteria} criteria"
        object.__setattr__(self, "kicker", kicker)
        super().__post_init__()

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The shade and the words of each answer."""
        scale = self.instrument.scale
        assert scale is not None
        return tuple((shade(answer.key, self.instrument), answer.text) for answer in scale.answers)

    @property
    def rows(self) -> tuple[tuple[QuestionPaper, tuple["CriterionRow", ...]], ...]:
        return tuple(
            (question, tuple(CriterionRow(line=line, instrument=self.instrument) for line in question.lines))
            for question in self.questions
        )


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """A criterion as the table draws it."""

    line: CriterionLine
    instrument: Instrument

    @property
    def shares(self) -> tuple[Share, ...]:
        counts, scale = self.line.counts or {}, self.instrument.scale
        assert scale is not None
        total = sum(counts.values())
        return tuple(
            Share(
                shade=shade(answer.key, self.instrument),
                count=counts[answer.key],
                width=max(5, counts[answer.key] * 94 // total),
            )
            for answer in scale.answers
            if counts.get(answer.key)
        )

    @property
    def spoken(self) -> str:
        """The counts in words, for those who hear the sheet."""
        counts, scale = self.line.counts or {}, self.instrument.scale
        assert scale is not None
        return ", ".join(f"{counts.get(answer.key, 0)} {answer.text}" for answer in scale.answers)

    @property
    def agreed_shade(self) -> str:
        return shade(self.line.agreed, self.instrument)

    @property
    def agreed_text(self) -> str:
        scale = self.instrument.scale
        assert scale is not None
        return scale.text(self.line.agreed)


def shade(key: str, instrument: Instrument) -> str:
    """The class of an answer: v0 (white) to v3 (dark) over the scale's levels, vx outside it."""
    assert instrument.scale is not None
    levels: tuple[Level, ...] = instrument.scale.levels
    place = next((place for place, level in enumerate(levels) if level.key == key), None)
    if place is None:
        return "vx"
    shades = {2: (0, 3), 3: (0, 1, 3)}.get(len(levels), (0, 1, 2, 3))
    return f"v{shades[min(place, len(shades) - 1)]}"
