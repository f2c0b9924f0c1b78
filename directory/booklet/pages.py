"""The directory as a booklet: cover, contents by need and by sector, a sheet a page, indexes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.utils import timezone

from config.values import day_words
from directory.booklet.pathways import PathwayPage, pathway_pages
from directory.booklet.people import Person, people_of
from directory.booklet.wanted import Wanted
from directory.freshness import freshness_of
from directory.models import Service
from directory.notices import with_notices
from directory.paper.printing import sheet_paper
from directory.public.families import ForFamilies, SchoolPerson, Today
from partnerships.models import Setting
from partnerships.paper import Fact, Paper, School
from partnerships.sectors import Sector

AT_ONCE = 5
"""So many sheets are printed while the person waits; more in the background."""
AROUND = 4
"""Pages before and after the sheets, about: only for telling how far it is."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sheet, and the place in the booklet that contents and indexes point to.

    `sheet` is a SheetPaper in the edition for the school, `family` a ForFamilies in the one for families.
    """

    anchor: str
    name: str
    agency: str
    sector: Sector
    topics: tuple[str, ...]
    fresh: str
    sheet: Any = None
    family: ForFamilies | None = None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    sector: Sector
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Need:
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class BookletPaper(Paper):
    template: ClassVar[str] = "paper/booklet.html"

    edition_words: str = ""
    is_for_families: bool = False
    chapters: tuple[Chapter, ...] = ()
    needs: tuple[Need, ...] = ()
    pathways: tuple[PathwayPage, ...] = ()
    people: tuple[Person, ...] = ()
    with_index: bool = True
    ask: SchoolPerson | None = None
    safeguarding: tuple[tuple[str, str], ...] = ()

    @property
    def entries(self) -> list[Entry]:
        return [entry for chapter in self.chapters for entry in chapter.entries]

    @property
    def index(self) -> list[tuple[str, str]]:
        """(what people look for, anchor): services and the organisations that they belong to."""
        names = {(entry.name, entry.anchor) for entry in self.entries}
        names |= {
            (f"{entry.agency}: {entry.name}", entry.anchor)
            for entry in self.entries
            if entry.agency and not entry.name.startswith(entry.agency)
        }
        return sorted(names, key=lambda pair: pair[0].casefold())


def booklet_paper(setting: Setting, wanted: Wanted | None = None) -> BookletPaper:
    wanted = wanted or Wanted()
    services = list(with_notices(wanted.services(setting).with_parts(), setting))
    entries = list(_entries(setting, services, wanted))
    parts = wanted.parts
    return BookletPaper(
        school=School.of(setting),
        title="Help for your family" if wanted.is_for_families else "Whom to turn to",
        kicker="Directory of services",
        tool="Directory of services",
        edition_words="For families" if wanted.is_for_families else "For the school: not to be handed out",
        is_for_families=wanted.is_for_families,
        on=timezone.localdate(),
        corner="Directory of services",
        facts=_facts(setting, services),
        chapters=tuple(_chapters(entries)),
        needs=tuple(_needs(entries, wanted)) if "needs" in parts else (),
        pathways=tuple(_pathways(setting, services, wanted)) if "pathways" in parts else (),
        people=tuple(people_of(setting, services, is_public=wanted.is_for_families))
        if "people" in parts
        else (),
        with_index="index" in parts,
        ask=SchoolPerson.of(setting, Today.at(setting).rules),
        safeguarding=_safeguarding(setting),
    )


def _entries(setting: Setting, services: list[Service], wanted: Wanted) -> Iterable[Entry]:
    """Of the edition for families nothing is read that is the school's own."""
    today = Today.at(setting)
    ours = (
        {each.service_id: each for each in setting.partnerships.live()} if not wanted.is_for_families else {}
    )
    for service in services:
        shown: dict[str, Any] = (
            {"family": ForFamilies.of(service, today)}
            if wanted.is_for_families
            else {"sheet": sheet_paper(service, setting, ours.get(service.pk))}
        )
        yield Entry(
            anchor=anchor_of(service),
            name=service.name,
            agency=service.agency.name if service.agency.name != service.name else "",
            sector=Sector(service.sector),
            topics=tuple(service.topics),
            fresh=_fresh_words(service, setting),
            **shown,
        )


def _fresh_words(service: Service, setting: Setting) -> str:
    """With the date, since paper lasts."""
    fresh = freshness_of(service, setting)
    if fresh.is_fresh and service.confirmed_on:
        return f"Confirmed on {day_words(service.confirmed_on)}."
    return f"{fresh.words}."


def anchor_of(service: Service) -> str:
    return f"sheet-{service.pk}"


def _chapters(entries: list[Entry]) -> Iterable[Chapter]:
    """By sector in the usual order; within each by name, as they come."""
    order = {sector: number for number, sector in enumerate(Sector)}
    for sector, group in groupby(
        sorted(entries, key=lambda each: order[each.sector]), lambda each: each.sector
    ):
        yield Chapter(sector=sector, entries=tuple(group))


def _needs(entries: list[Entry], wanted: Wanted) -> Iterable[Need]:
    topics = {topic for entry in entries for topic in entry.topics}
    chosen = topics & set(wanted.needs) if wanted.needs else topics
    for topic in sorted(chosen, key=str.casefold):
        yield Need(name=topic, entries=tuple(entry for entry in entries if topic in entry.topics))


def _pathways(setting: Setting, services: list[Service], wanted: Wanted) -> Iterable[PathwayPage]:
    anchors = {str(service.pk): anchor_of(service) for service in services}
    return pathway_pages(setting, anchors, is_public=wanted.is_for_families)


def _facts(setting: Setting, services: list[Service]) -> tuple[Fact, ...]:
    confirmed = sum(freshness_of(service, setting).is_fresh for service in services)
    return (
        Fact(label="Services", text=str(len(services))),
        Fact(label="Confirmed lately", text=str(confirmed)),
        Fact(label="Telephone of the school", text=setting.telephone or "Not given"),
    )


def _safeguarding(setting: Setting) -> tuple[tuple[str, str], ...]:
    """(whom, number) to ring about a child."""
    lines = [
        (setting.safeguarding_name, setting.safeguarding_telephone),
        ("The council", setting.council_telephone),
        ("Somebody is in danger", "999"),
    ]
    return tuple((who or "The safeguarding lead", number) for who, number in lines if number)
