"""What every printed sheet has in common: whose it is, what it is about, which edition.

Sheets are plain data: whoever prints fills a dataclass, its template in templates/paper/ does the rest.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.utils.dateformat import format as format_date

from config.pdf import ACCENT, OnPage, Pdf, mixed, render, usable_accent
from partnerships.sectors import Sector

if TYPE_CHECKING:
    from partnerships.models import Setting

LONG = 900
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def day(value: date) -> str:
    """As in "3 March 2026"."""
    return format_date(value, "j F Y")


@dataclass(frozen=True, kw_only=True)
class School:
    """The school's dress, and whom a sheet names. `logo` is a `data:` address, `accent` is #rrggbb."""

    name: str
    logo: str = ""
    accent: str = ""
    team: str = ""
    safeguarding: str = ""
    return_to: str = ""

    @classmethod
    def of(cls, setting: "Setting", *, return_to: str = "") -> Self:
        lead = (setting.safeguarding_name, setting.safeguarding_title, setting.safeguarding_telephone)
        return cls(
            name=setting.name,
            logo=picture(bytes(setting.logo or b"")),
            safeguarding=", ".join(part for part in lead if part) if lead[0] else "",
            return_to=return_to,
        )


def picture(content: bytes) -> str:
    """The picture as a `data:` address; nothing where it is of no kind that paper can show."""
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
    return f"data:{kind};base64,{b64encode(content).decode()}" if kind else ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One of the three to five facts under the title. `stamp`: full, outline or bad."""

    label: str
    text: str
    sector: Sector | None = None
    stamp: str = ""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A finding in words, behind the badges of the sectors that it is about."""

    text: str
    sectors: tuple[Sector, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action as it is printed. `state`: done, late, dropped or open; `origin`: the words it came from."""

    what: str
    who: str
    when: str
    sector: Sector | None = None
    origin: str = ""
    state: str = "open"

    @property
    def stamp(self) -> str:
        return {"done": "full", "late": "bad"}.get(self.state, "outline")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A sheet: its title, the kicker above it, and what stands in head and foot."""

    template: ClassVar[str]

    school: School
    title: str
    kicker: str
    tool: str
    on: date
    version: int = 0
    draft: bool = False
    corner: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def edition(self) -> str:
        parts = (
            "Draft" if self.draft else "",
            day(self.on),
            f"version {self.version}" if self.version else "",
        )
        return " · ".join(part for part in parts if part)

    @property
    def head(self) -> str:
        """What stands at the right of the first page's head."""
        return self.corner or self.school.team

    @property
    def accent(self) -> str:
        """For pictures, which don't see the stylesheet."""
        return usable_accent(self.school.accent) if self.school.accent else ACCENT

    @property
    def accent_tint(self) -> str:
        return mixed(self.accent, 0.57)

    def template_name(self) -> str:
        return self.template

    def pdf(self, *, fillable: bool = False, on_page: OnPage | None = None) -> Pdf:
        """The sheet as an accessible PDF, and the HTML behind it."""
        return render(
            self.template_name(),
            {"paper": self},
            fillable=fillable,
            accent=self.school.accent,
            on_page=on_page,
        )


def is_long(lines: Iterable[str]) -> bool:
    """More than a quarter of a page: such a row may break, others go to the next page as a whole."""
    return sum(map(len, lines)) > LONG


def legend(sectors: set[Sector]) -> tuple[Sector, ...]:
    """Those of the sectors that a sheet shows, in the usual order."""
    return tuple(sector for sector in Sector if sector in sectors)
