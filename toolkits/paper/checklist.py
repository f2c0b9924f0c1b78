"""A closed check-in: how answers spread, where views differ, the levels that were agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.pdf import mixed
from partnerships.paper import ActionLine, Sentence
from toolkits.instruments.definition import Instrument, Level
from toolkits.paper.base import InstrumentPaper

STRIP = 45.7
INK, MUTED = "#231a2b", "#5d5365"
TINTS = {"v0": 0.0, "v1": 0.21, "v2": 0.57, "v3": 1.0, "vx": 0.0}
"""How much of the accent is in each shade: even steps on a grey printer."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """One piece of a strip: how many chose an answer, where it stands (mm of 46), and its colours."""

    count: int
    x: str
    width: str
    middle: str
    fill: str
    ink: str
    edge: str
    is_outside: bool


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
            (
                question,
                tuple(
                    CriterionRow(line=line, instrument=self.instrument, accent=self.accent)
                    for line in question.lines
                ),
            )
            for question in self.questions
        )


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """A criterion as the table draws it."""

    line: CriterionLine
    instrument: Instrument
    accent: str

    @property
    def is_hidden(self) -> bool:
        return self.line.counts is None

    @property
    def shares(self) -> tuple[Share, ...]:
        counts, scale = self.line.counts or {}, self.instrument.scale
        assert scale is not None
        total, at, found = sum(counts.values()), 0.0, []
        for answer in scale.answers:
            if count := counts.get(answer.key, 0):
                width = STRIP * count / total
                found.append(self._share(answer.key, count, at, width))
                at += width
        return tuple(found)

    def _share(self, key: str, count: int, at: float, width: float) -> Share:
        name = shade(key, self.instrument)
        return Share(
            count=count,
            x=f"{at + 0.15:.2f}",
            width=f"{width:.2f}",
            middle=f"{at + 0.15 + width / 2:.2f}",
            fill=tint(self.accent, name),
            ink="#ffffff" if name == "v3" else INK,
            edge=MUTED if name == "vx" else self.accent,
            is_outside=name == "vx",
        )

    @property
    def spoken(self) -> str:
        """The counts in words, for those who hear the sheet."""
        counts, scale = self.line.counts or {}, self.instrument.scale
        assert scale is not None
        return ", ".join(f"{answer.text} {counts.get(answer.key, 0)}" for answer in scale.answers)

    @property
    def agreed_shade(self) -> str:
        return shade(self.line.agreed, self.instrument)

    @property
    def agreed_text(self) -> str:
        scale = self.instrument.scale
        assert scale is not None
        return scale.text(self.line.agreed)


def tint(accent: str, name: str) -> str:
    """The colour of a shade, for pictures: they don't see the stylesheet."""
    return mixed(accent, TINTS[name])


def shade(key: str, instrument: Instrument) -> str:
    """The class of an answer: v0 (white) to v3 (dark) over the scale's levels, vx outside it."""
    assert instrument.scale is not None
    levels: tuple[Level, ...] = instrument.scale.levels
    place = next((place for place, level in enumerate(levels) if level.key == key), None)
    if place is None:
        return "vx"
    shades = {2: (0, 3), 3: (0, 1, 3)}.get(len(levels), (0, 1, 2, 3))
    return f"v{shades[min(place, len(shades) - 1)]}"
