"""Puts a service on paper: what its information sheet says, for one school."""

from django.utils import timezone

from directory.freshness import freshness_of, waiting_words
from directory.keeping import keeper_words
from directory.models import Phone, Service
from directory.notices import state_now
from directory.paper import OfferLine, SheetPaper
from directory.presenting import Shown, envelope, present
from partnerships.models import Partnership, Setting
from partnerships.paper import Fact, School, day
from partnerships.sectors import Sector


def sheet_paper(service: Service, setting: Setting, partnership: Partnership | None) -> SheetPaper:
    """`service` comes with its parts. A withheld address is not printed."""
    sheet = present(service, setting=setting)
    return SheetPaper(
        school=School.of(setting),
        title=service.name,
        on=timezone.localdate(),
        version=service.version,
        corner=setting.name,
        facts=_facts(service, setting),
        profile=_lines(service.profile),
        address="; ".join(envelope(place) for place in service.places.all()),
        contact_person="; ".join(str(who) for who in sheet.contacts),
        contact_note=_here(partnership),
        telephone=_numbers(sheet.telephones) or _numbers(sheet.texts),
        fax=_numbers(sheet.faxes),
        email=service.email,
        website=service.website,
        opening_times=tuple(sheet.opening),
        offers=_offers(sheet),
        referral=tuple(sheet.steps),
        other=_lines(service.other_information),
        foot=_foot(service, setting, partnership),
    )


def _facts(service: Service, setting: Setting) -> tuple[Fact, ...]:
    facts = [
        Fact(label="Sector", text=Sector(service.sector).label, sector=Sector(service.sector)),
        Fact(label="Can take someone now?", text=_take_words(service, setting)),
    ]
    fresh = freshness_of(service, setting)
    if service.confirmed_on is None or fresh.due_on is None:
        return (*facts, Fact(label="Confirmed", text="Not yet"))
    if fresh.is_long:
        return (*facts, Fact(label="Confirmed", text=fresh.words))
    return (
        *facts,
        Fact(label="Confirmed", text=day(service.confirmed_on)),
        Fact(label="Ask again by", text=day(fresh.due_on)),
    )


def _take_words(service: Service, setting: Setting) -> str:
    waits = waiting_words(service, setting)
    state = state_now(service, setting)
    if state is None:
        return waits or "Not known: ask"
    kind, words = state
    if kind == "ok":
        return f"Yes, {waits}" if waits else "Yes"
    return words


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _numbers(phones: list[Phone]) -> str:
    return "; ".join(f"{each.number} ({each.note})" if each.note else each.number for each in phones)


def _here(partnership: Partnership | None) -> str:
    """When somebody of the service is in this school."""
    if partnership is None or not partnership.days:
        return ""
    return ", ".join(
        filter(None, [f"in school on {partnership.day_words}", partnership.times, partnership.room])
    )


def _offers(sheet: Shown) -> tuple[OfferLine, ...]:
    return tuple(OfferLine(text=offer.label, offered=offer.is_offered) for offer in sheet.offers)


def _foot(service: Service, setting: Setting, partnership: Partnership | None) -> str:
    parts = [f"Kept up to date by {keeper_words(service, setting)}."]
    if partnership is not None and partnership.contact_name:
        number = f", {partnership.contact_telephone}" if partnership.contact_telephone else ""
        parts.append(f"For {setting.called}: {partnership.contact_name}{number}.")
    return " ".join(parts)
