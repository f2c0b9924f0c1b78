"""Puts a service on paper: what its information sheet says, for one school."""

from django.utils import timezone
from django.utils.text import capfirst

from config.text import bare_address, lines
from directory.freshness import freshness_of, waiting_words
from directory.keeping import keeper_words
from directory.models import Phone, Place, Service
from directory.notices import state_now
from directory.paper.sheet import OfferLine, SheetPaper
from directory.sheet.presenting import PersonShown, Shown, envelope, place_shown, present
from directory.sheet.telephones import with_note
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
        corner="Directory of services",
        facts=_facts(service, setting),
        profile=lines(service.profile),
        address="\n".join(filter(None, (_place(place) for place in service.places.all()))),
        contact_person="\n".join(_person(who) for who in sheet.people),
        contact_note=_here(partnership),
        telephone=_telephones(sheet),
        fax=_numbers(sheet.own_faxes),
        email=service.email,
        website=service.website,
        opening_times=tuple(capfirst(words) for words in sheet.opening),
        offers=_offers(sheet),
        referral=tuple(sheet.steps),
        referral_note=_note(service, sheet),
        more=_more(sheet),
        other=lines(service.other_information),
        foot=_foot(service, setting, partnership),
    )


def _place(place: Place) -> str:
    shown = place_shown(place)
    return ". ".join(
        filter(None, [shown.kind, envelope(place).rstrip("."), shown.access, capfirst(shown.note)])
    )


def _person(who: PersonShown) -> str:
    numbers = [f"{PHONES[phone.kind]}{with_note(phone.number, phone.note)}" for phone in who.phones]
    place = f"at {who.place}" if who.place else ""
    return ", ".join(filter(None, [who.name, who.title, place, *numbers, who.email]))


PHONES: dict[str, str] = {Phone.Kind.VOICE: "", Phone.Kind.TEXT: "text ", Phone.Kind.FAX: "fax "}


def _telephones(sheet: Shown) -> str:
    """The service's own; of one that has none, those of the people stand beside them."""
    own = [phone for phone in sheet.telephones if phone.contact_id is None]
    texts = f"text {_numbers(sheet.own_texts)}" if sheet.own_texts else ""
    return "; ".join(filter(None, [_numbers(own), texts]))


def _note(service: Service, sheet: Shown) -> str:
    """The small print below how to refer: level of need and ages, who may refer, where the form is."""
    referrers = ", ".join(uncapped(words) for words in sheet.more["Who may refer"].split(", ") if words)
    parts = [*sheet.tags, f"Who may refer: {referrers}" if referrers else ""]
    form = bare_address(service.referral_link)
    return "".join(f"{part}. " for part in [*parts, f"Form: {form}" if form else ""] if part).strip()


def uncapped(words: str) -> str:
    """As within a sentence; an abbreviation stays as it is."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


ON_PAPER = ("Who it is for", "Not for", "Helps with", "Needs served (SEND)", "Languages", "Cost")


def _more(sheet: Shown) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((label, (sheet.more[label],)) for label in ON_PAPER if sheet.more[label])


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


def _numbers(phones: list[Phone]) -> str:
    return "; ".join(with_note(phone.number, phone.note) for phone in phones)


def _here(partnership: Partnership | None) -> str:
    """When somebody of the service is in this school."""
    if partnership is None or not partnership.days:
        return ""
    return ", ".join(filter(None, [f"In school on {partnership.when_words}", partnership.room]))


def _offers(sheet: Shown) -> tuple[OfferLine, ...]:
    return tuple(OfferLine(text=offer.label, offered=offer.is_offered) for offer in sheet.offers)


def _foot(service: Service, setting: Setting, partnership: Partnership | None) -> str:
    parts = [f"Kept up to date by {keeper_words(service, setting)}."]
    if partnership is not None and partnership.contact_name:
        number = f", {partnership.contact_telephone}" if partnership.contact_telephone else ""
        parts.append(f"For {setting.called}: {partnership.contact_name}{number}.")
    return " ".join(parts)
