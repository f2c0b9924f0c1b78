"""The blank form, and what completed sheets of an instrument have in common."""

from dataclasses import dataclass
from datetime import date

from partnerships.paper import Paper, School, day
from partnerships.sectors import Sector
from toolkits.instruments.definition import Instrument, Zone


@dataclass(frozen=True)
class Layout:
    """The templates of a layout."""

    blank: str
    done: str


LAYOUTS = {
    "quadrants": Layout("paper/quadrants-blank.html", "paper/quadrants.html"),
    "criteria": Layout("paper/criteria-blank.html", "paper/criteria.html"),
    "profile": Layout("paper/sheet-blank.html", "paper/profile.html"),
    "agency-sheet": Layout("paper/sheet-blank.html", "paper/agency-sheet.html"),
    "horizons": Layout("paper/horizons-blank.html", "paper/horizons.html"),
}


def tool_words(instrument: Instrument) -> str:
    """What the foot says: the title, the code and its version."""
    return f"{instrument.title} · {instrument.code} {instrument.version}"


@dataclass(frozen=True, kw_only=True)
class InstrumentPaper(Paper):
    """A completed sheet of an instrument. `kicker` and `tool` follow from it."""

    instrument: Instrument
    kicker: str = ""
    tool: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kicker", self.kicker or self.instrument.title)
        object.__setattr__(self, "tool", self.tool or tool_words(self.instrument))

    def template_name(self) -> str:
        return LAYOUTS[self.instrument.layout].done


@dataclass(frozen=True, kw_only=True)
class BlankPaper(InstrumentPaper):
    """An empty form. `how_back` says how it comes back: the person, the address, the code."""

    how_back: str = ""

    @property
    def edition(self) -> str:
        return f"Blank form · {day(self.on)}"

    @property
    def zone_pairs(self) -> tuple[tuple[Zone, ...], ...]:
        zones = self.instrument.zones
        return tuple(zones[start : start + 2] for start in range(0, len(zones), 2))

    @property
    def columns(self) -> int:
        """Enough for a heading across the table of a checklist."""
        return 2 + len(self.instrument.scale.answers if self.instrument.scale else ())

    @property
    def outcomes(self) -> tuple[tuple[str, str], ...]:
        return outcomes(self.instrument)

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return tuple(Sector)

    def template_name(self) -> str:
        return LAYOUTS[self.instrument.layout].blank


def outcomes(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """What can be said of a row when it is looked at again: key and words."""
    choices = (column.choices for field in instrument.fields for column in field.columns)
    return tuple((choice.key, choice.text) for choice in next(filter(None, choices), ()))


def blank_paper(
    instrument: Instrument, *, school: School, on: date, title: str = "", how_back: str = ""
) -> BlankPaper:
    """The empty form of an instrument."""
    return BlankPaper(
        instrument=instrument,
        school=school,
        title=title or instrument.title,
        kicker="To fill in, on paper or on screen",
        on=on,
        how_back=how_back,
    )
