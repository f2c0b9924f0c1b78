"""A completed board: zones with cards, what is done about it, who agreed."""

from dataclasses import dataclass

from partnerships.paper import ActionLine, legend
from partnerships.sectors import Sector
from toolkits.paper.base import InstrumentPaper

CROWDED = 8
"""Cards in one zone from which zones stand one below the other instead of side by side."""


@dataclass(frozen=True, kw_only=True)
class CardLine:
    text: str
    sectors: tuple[Sector, ...] = ()
    votes: int = 0


@dataclass(frozen=True, kw_only=True)
class ZonePaper:
    text: str
    hint: str
    cards: tuple[CardLine, ...] = ()


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
        return any(len(zone.cards) >= CROWDED for zone in self.zones)

    @property
    def has_votes(self) -> bool:
        return any(card.votes for zone in self.zones for card in zone.cards)

    @property
    def has_second_page(self) -> bool:
        return bool(self.actions or self.agreed_words or self.differences or self.people)
