"""The directory as a booklet: cover, contents, a sheet a page by sector, and an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from django.utils import timezone

from directory.models import Service
from directory.paper import SheetPaper
from directory.printing import sheet_paper
from partnerships.models import Setting
from partnerships.paper import Fact, Paper, School
from partnerships.sectors import Sector

AT_ONCE = 5
"""So many sheets are printed while the person waits; more in the background."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sheet, and the place in the booklet that contents and index point to."""

    anchor: str
    sheet: SheetPaper
    agency: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    sector: Sector
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class BookletPaper(Paper):
    template: ClassVar[str] = "paper/booklet.html"

    chapters: tuple[Chapter, ...] = ()
    lead: str = ""

    @property
    def index(self) -> list[tuple[str, str]]:
        """(what people look for, anchor): services and the organisations that they belong to."""
        entries = [entry for chapter in self.chapters for entry in chapter.entries]
        names = {(entry.sheet.title, entry.anchor) for entry in entries}
        names |= {(f"{entry.agency}: {entry.sheet.title}", entry.anchor) for entry in entries if entry.agency}
        return sorted(names, key=lambda pair: pair[0].casefold())


def booklet_paper(setting: Setting) -> BookletPaper:
    partnerships = {each.service_id: each for each in setting.partnerships.live()}
    services = list(Service.visible_to(setting).with_parts())
    sheets = [(service, sheet_paper(service, setting, partnerships.get(service.pk))) for service in services]
    return BookletPaper(
        school=School.of(setting),
        title=f"Directory of services for {setting.name}",
        kicker="Whom to turn to",
        tool="Directory of services",
        on=timezone.localdate(),
        corner=setting.name,
        facts=_facts(setting, services),
        chapters=tuple(_chapters(sheets)),
        lead=f"Worried about a child? Tell {School.of(setting).safeguarding}." if setting.may_publish else "",
    )


def _chapters(sheets: Iterable[tuple[Service, SheetPaper]]) -> Iterable[Chapter]:
    """By sector in the usual order; within each by name, as they come."""
    order = {str(sector): number for number, sector in enumerate(Sector)}
    ordered = sorted(sheets, key=lambda pair: order[pair[0].sector])
    for sector, group in groupby(ordered, key=lambda pair: pair[0].sector):
        entries = tuple(
            Entry(
                anchor=f"sheet-{service.pk}",
                sheet=sheet,
                agency=service.agency.name if service.agency.name != service.name else "",
            )
            for service, sheet in group
        )
        yield Chapter(sector=Sector(sector), entries=entries)


def _facts(setting: Setting, services: list[Service]) -> tuple[Fact, ...]:
    confirmed = sum(service.confirmed_on is not None and not service.is_stale for service in services)
    return (
        Fact(label="Services", text=str(len(services))),
        Fact(label="Confirmed in the last six months", text=str(confirmed)),
        Fact(label="Telephone of the school", text=setting.telephone or "Not given"),
    )
