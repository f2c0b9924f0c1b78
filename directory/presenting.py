"""A service as pages show it: in words, nothing of a withheld address, names only as consent allows."""

from dataclasses import dataclass

from django.utils.text import capfirst

from directory.freshness import waiting_words, weeks_words
from directory.models import Agency, Contact, Offer, Phone, Place, Service
from directory.notices import place_notice, state_now
from directory.sheet import times_of
from directory.times import time_lines
from partnerships.models import Setting

WITHHELD = "Withheld. Ring or write; they will tell you."


@dataclass(frozen=True)
class OfferShown:
    label: str
    is_offered: bool


@dataclass(frozen=True)
class Shown:
    """What a page says of a service; lists are empty and texts "" where the sheet says nothing."""

    facts: list[tuple[str, ...]]
    address: list[str]
    is_withheld: bool
    contacts: list[Contact]
    telephones: list[Phone]
    texts: list[Phone]
    faxes: list[Phone]
    opening: list[str]
    offers: list[OfferShown]
    steps: list[str]
    summary: str
    rest: str
    status: str


def present(service: Service, *, setting: Setting | None = None, is_public: bool = False) -> Shown:
    """`setting`: whose rules and notices count. `is_public`: for people who are not signed in.

    Uses what with_parts fetched.
    """
    places = list(service.places.all())
    contacts = [_nameless(who) if is_public else who for who in service.contacts.all()]
    phones = list(service.phones.all())
    summary, rest = lead_and_rest(service.profile)
    return Shown(
        facts=tri(service, setting),
        address=[line for place in places for line in place.lines],
        is_withheld=any(place.is_withheld for place in places),
        contacts=[who for who in contacts if who.name or who.title],
        telephones=[phone for phone in phones if phone.kind == Phone.Kind.VOICE],
        texts=[phone for phone in phones if phone.kind == Phone.Kind.TEXT],
        faxes=[phone for phone in phones if phone.kind == Phone.Kind.FAX],
        opening=time_lines(times_of(row) for row in service.opening_times.all()),
        offers=offers_of(service),
        steps=[line for line in service.referral.splitlines() if line.strip()],
        summary=summary,
        rest=rest,
        status=Agency.Status(service.agency.status).label if service.agency.status else "",
    )


def _nameless(contact: Contact) -> Contact:
    """A name is public only with consent; the role stays."""
    return contact if contact.is_public else Contact(name="", title=contact.title)


def tri(service: Service, setting: Setting | None = None) -> list[tuple[str, ...]]:
    """The three facts that decide: can it take someone, how long is the wait, what kind of support."""
    held = place_notice(service, setting)
    kind, words = state_now(service, setting) or ("", "Not known")
    short = {"ok": "Now", "wait": "Waiting list", "stop": "Full"}.get(kind, words)
    waits = weeks_words(held.weeks) if held else waiting_words(service, setting)
    return [
        ("Can take someone", words if held else short, kind),
        ("Waiting time", capfirst(waits) or "Not known"),
        ("Support", ", ".join(_kinds_of_support(service)) or "Not said"),
    ]


def _kinds_of_support(service: Service) -> list[str]:
    """The first two of what is offered, so that the line stays short."""
    short = {Offer.ONE_TO_ONE: "One-to-one", Offer.GROUP: "groups", Offer.OUTREACH: "outreach"}
    labels = [short.get(offer, offer.label.lower()) for offer in Offer if offer in service.offers]
    labels = [label for label in labels if label not in {"other", "for a particular group"}][:2]
    return [labels[0][0].upper() + labels[0][1:], *labels[1:]] if labels else []


def offers_of(service: Service) -> list[OfferShown]:
    """All eight, with the words of "other" and "for a particular group" beside them."""
    words = {Offer.OTHER: service.offer_other, Offer.PARTICULAR_GROUP: service.offer_group}
    return [
        OfferShown(
            f"{offer.label}: {words[offer]}" if words.get(offer) else offer.label, offer in service.offers
        )
        for offer in Offer
    ]


def lead_and_rest(profile: str) -> tuple[str, str]:
    """The first paragraph if it is short, or its first sentence; and what follows."""
    first, _, rest = profile.strip().partition("\n")
    if len(first) <= 240:
        return first, rest.strip()
    end = first.find(". ", 40, 240)
    cut = end + 1 if end > 0 else 0
    return (first[:cut], f"{first[cut:].strip()}\n{rest}".strip()) if cut else ("", profile.strip())


def envelope(place: Place | None) -> str:
    """The address in one line; what to do where it is withheld."""
    if place is None:
        return ""
    lines = ", ".join(place.lines)
    return ". ".join(filter(None, [lines, WITHHELD])) if place.is_withheld else lines
