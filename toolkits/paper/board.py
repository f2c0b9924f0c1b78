"""A completed board: zones with cards, what is done about it, who agreed."""

from dataclasses import dataclass

from partnerships.paper import ActionLine, legend
from partnerships.sectors import Sector
from toolkits.paper.base import InstrumentPaper

ROOM = 190
"""Millimetres that the zones of a board have on the first page."""
LETTERS_A_LINE, LINE, CARD, HEAD = 38, 4.9, 9.5, 15.0
MARKS_A_LINE = 10


@dataclass(frozen=True, kw_only=True)
class CardLine:
    text: str
    sectors: tuple[Sector, ...] = ()
    votes: int = 0

    @property
    def height(self) -> float:
        return CARD + LINE * (len(self.text) // LETTERS_A_LINE + len(self.sectors) // MARKS_A_LINE)


@dataclass(frozen=True, kw_only=True)
class ZonePaper:
    text: str
    hint: str
    cards: tuple[CardLine, ...] = ()

    @property
    def height(self) -> float:
        """About how high it gets, in millimetres."""
        return HEAD + sum(card.height for card in self.cards)


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Who agreed: the agency with its sector, the name and role, the day or a reservation."""

    agency: str
    sector: Sector
    name: str
    when: str
    but: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardPaper(InstrumentPaper):
    """A completed board. The cards of a zone come by votes, most first; that is the caller's to sort."""

    zones: tuple[ZonePaper, ...]
    actions: tuple[ActionLine, ...] = ()
    actions_note: str = ""
    agreed_words: str = ""
    differences: tuple[str, ...] = ()
    people: tuple[PersonLine, ...] = ()

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return legend({sector for zone in self.zones for card in zone.cards for sector in card.sectors})

    @property
    def pairs(self) -> tuple[tuple[ZonePaper, ...], ...]:
        return tuple(self.zones[start : start + 2] for start in range(0, len(self.zones), 2))

    @property
    def is_crowded(self) -> bool:
        """Too much for two zones side by side on one page: they stand one below the other."""
        rows = ([zone.height for zone in pair] for pair in self.pairs)
        return sum(map(max, rows)) > ROOM

    @property
    def has_votes(self) -> bool:
        return any(card.votes for zone in self.zones for card in zone.cards)

    @property
    def has_second_page(self) -> bool:
        return bool(self.actions or self.agreed_words or self.differences or self.people)
