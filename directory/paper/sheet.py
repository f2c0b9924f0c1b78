"""A service's information sheet as it is printed. Its labels are those of the instrument `agency-sheet`."""

from dataclasses import dataclass
from typing import ClassVar

from config.text import bare_address
from partnerships.paper import Paper, is_long

SHEET_KICKER = "External service or agency information sheet"
SHEET_TOOL = f"{SHEET_KICKER} · agency-sheet 1"


@dataclass(frozen=True, kw_only=True)
class OfferLine:
    """One of the eight offers; `text` carries the words of "other" and "for a particular group"."""

    text: str
    offered: bool


@dataclass(frozen=True, kw_only=True)
class SheetPaper(Paper):
    """All twelve fields, filled or not: what is empty is printed as "not given". The title is the name.

    `referral` is one step or paragraph each; `referral_note` is small print below (ages, level of need). `address` and
    `contact_person` have a line for each place and person. `more` are rows that only some sheets have: label, lines.
    """

    template: ClassVar[str] = "paper/agency-sheet.html"

    kicker: str = SHEET_KICKER
    tool: str = SHEET_TOOL
    profile: tuple[str, ...] = ()
    address: str = ""
    contact_person: str = ""
    contact_note: str = ""
    telephone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    opening_times: tuple[str, ...] = ()
    offers: tuple[OfferLine, ...] = ()
    referral: tuple[str, ...] = ()
    referral_note: str = ""
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()
    other: tuple[str, ...] = ()
    foot: str = ""

    @property
    def first_rows(self) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
        """The labels before the e-mail address, the lines beside each, and whether they may run over a page."""
        contact = (*self.contact_person.split("\n"), self.contact_note)
        rows = (
            ("Profile", self.profile),
            ("Address", tuple(self.address.split("\n"))),
            ("Contact person", contact),
            ("Telephone", (self.telephone,)),
            ("Fax", (self.fax,)),
        )
        return tuple((label, tuple(filter(None, lines)), is_long(lines)) for label, lines in rows)

    @property
    def other_is_long(self) -> bool:
        return is_long(self.other)

    @property
    def website_link(self) -> str:
        """The address to open; nothing unless it is one of the web."""
        return self.website if self.website.startswith(("https://", "http://")) else ""

    @property
    def website_words(self) -> str:
        return bare_address(self.website)
