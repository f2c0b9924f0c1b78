"""The governors' report as it is printed: plain data, drawn by templates/paper/report.html."""

from dataclasses import dataclass
from typing import ClassVar

from evaluation.charts import PatternChart, TrendChart
from partnerships.paper import ActionLine, Paper, legend
from partnerships.sectors import Sector


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One of up to four figures on page one, as in "9 of 13" with "actions of number 2 are done"."""

    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """Where views differ: the theme, a sentence, and the middle answers of the sectors furthest apart."""

    theme: str
    sentence: str
    middles: tuple[tuple[Sector, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartnerWords:
    """What the report says about a partner, and the up to fifty words that it adds."""

    agency: str
    words: str = ""
    passage: str = ""


@dataclass(frozen=True, kw_only=True)
class ServicesLine:
    """The services of one sector that work with the school."""

    sector: Sector
    services: int
    in_school: int
    confirmed: int


@dataclass(frozen=True, kw_only=True)
class TopCard:
    """One of the cards of a session that stood out; nobody's name is on it."""

    zone: str
    text: str
    votes: int = 0


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """What a session agreed: what it was about, with which tool, when and by how many."""

    title: str
    tool: str
    when: str
    people: str
    agreed: tuple[str, ...] = ()
    cards: tuple[TopCard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A line of the contents: its anchor, its name, the question it answers, what it rests on."""

    anchor: str
    name: str
    question: str
    based_on: str


@dataclass(frozen=True, kw_only=True)
class ReportPaper(Paper):
    """Sections without content are left out, contents and all. `number` 0 is a draft."""

    template: ClassVar[str] = "paper/report.html"

    kicker: str = ""
    tool: str = ""
    number: int = 0
    figures: tuple[Figure, ...] = ()
    in_short: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    worries: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    small_print: str = ""
    services: tuple[ServicesLine, ...] = ()
    services_words: str = ""
    services_based_on: str = ""
    pattern: PatternChart | None = None
    pattern_words: str = ""
    pattern_based_on: str = ""
    pattern_notes: tuple[str, ...] = ()
    differences: tuple[DifferenceLine, ...] = ()
    hidden_words: str = ""
    trend: TrendChart | None = None
    trend_words: str = ""
    trend_based_on: str = ""
    sessions: tuple[SessionLine, ...] = ()
    sessions_based_on: str = ""
    actions: tuple[ActionLine, ...] = ()
    actions_title: str = "What we said we would do"
    actions_note: str = ""
    actions_based_on: str = ""
    partner_words: tuple[PartnerWords, ...] = ()
    questions: tuple[str, ...] = ()
    method: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        edition = f"number {self.number}" if self.number else "draft"
        object.__setattr__(self, "kicker", self.kicker or f"Report to the governing body · {edition}")
        object.__setattr__(self, "tool", self.tool or f"Report to governors · {edition}")

    @property
    def edition(self) -> str:
        return super().edition if self.draft else f"Published {super().edition}"

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return legend({sector for line in self.differences for sector, _ in line.middles})

    @property
    def sections(self) -> tuple[Section, ...]:
        services = Section(
            anchor="services",
            name="Who works with us",
            question="Which services do our children have, and is what we know about them still right?",
            based_on=self.services_based_on,
        )
        pattern = Section(
            anchor="pattern",
            name="The pattern",
            question="How well do we work together, and who sees it differently?",
            based_on=self.pattern_based_on,
        )
        trend = Section(
            anchor="trend", name="Over time", question="Is it getting better?", based_on=self.trend_based_on
        )
        sessions = Section(
            anchor="sessions",
            name="What we agreed",
            question="What did we talk about together, and what came of it?",
            based_on=self.sessions_based_on,
        )
        actions = Section(
            anchor="actions",
            name="Actions, questions",
            question="Did we do what we said? What should you ask?",
            based_on=self.actions_based_on,
        )
        shown = (
            (services, self.services),
            (pattern, self.pattern or self.differences),
            (trend, self.trend),
            (sessions, self.sessions),
            (actions, self.actions or self.questions),
        )
        return tuple(section for section, content in shown if content)
