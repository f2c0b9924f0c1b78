"""A service as pages show it: in words, nothing of a withheld address, names only as consent allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst

from directory.models import Agency, Contact, Cost, NeedArea, Offer, Phone, Place, Referrer, Rules, Service
from directory.notices import is_shut, place_notice, state_now, wait_words
from directory.sheet.opening import Clock, opening_of
from directory.sheet.times import time_lines
from directory.sheet.values import times_of
from directory.sheet.wording import in_words, language_list, run_on
from partnerships.models import Setting

WITHHELD = "Withheld. Ring or write; they will tell you."


@dataclass(frozen=True)
class OfferShown:
    label: str
    is_offered: bool


@dataclass(frozen=True)
class PlaceShown:
    kind: str
    """"" for a place to go to, else "Online", "They come to you" …"""
    lines: list[str]
    is_withheld: bool
    access: str
    note: str


@dataclass(frozen=True)
class PersonShown:
    name: str
    title: str
    email: str
    phones: list[Phone]
    place: str


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
    places: list[PlaceShown]
    people: list[PersonShown]
    tags: list[str]
    more: dict[str, str] = field(default_factory=dict)
    """Label → words of what the sheet says besides: whom it is not for, languages, who may refer …"""
    opens: tuple[str, str] = ("", "")
    """When it is open next, with the school's terms: (ok or "", the words)."""

    @property
    def own_texts(self) -> list[Phone]:
        return [phone for phone in self.texts if phone.contact_id is None]

    @property
    def own_faxes(self) -> list[Phone]:
        return [phone for phone in self.faxes if phone.contact_id is None]


def present(service: Service, *, setting: Setting | None = None, is_public: bool = False) -> Shown:
    """`setting`: whose rules, notices, words for levels and terms count. `is_public`: for people who are not signed in.

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
        telephones=service.telephones,
        texts=[phone for phone in phones if phone.kind == Phone.Kind.TEXT],
        faxes=[phone for phone in phones if phone.kind == Phone.Kind.FAX],
        opening=time_lines(times_of(row) for row in service.opening_times.all()),
        offers=offers_of(service),
        steps=[line for line in service.referral.splitlines() if line.strip()],
        summary=summary,
        rest=rest,
        status=Agency.Status(service.agency.status).label if service.agency.status else "",
        places=[place_shown(place) for place in places],
        people=_people(contacts, phones, places),
        tags=tags(service, Rules.of(setting).levels if setting else _LEVELS),
        more=more_of(service),
        opens=("", "")
        if setting is None or is_shut(service, setting)
        else opening_of(service, Clock.of(setting)),
    )


_LEVELS: Mapping[str, str] = Rules().levels


def _nameless(contact: Contact) -> Contact:
    """A name is public only with consent; the role stays, and so do the numbers."""
    if contact.is_public:
        return contact
    return Contact(
        pk=contact.pk, name="", title=contact.title, email=contact.email, place_id=contact.place_id
    )


def _people(contacts: list[Contact], phones: list[Phone], places: list[Place]) -> list[PersonShown]:
    named = {place.pk: place.name or place.city or place.council for place in places}
    many = len(places) > 1
    people = [
        PersonShown(
            name=who.name,
            title=who.title,
            email=who.email,
            phones=[phone for phone in phones if phone.contact_id == who.pk],
            place=named.get(who.place_id, "") if many and who.place_id else "",
        )
        for who in contacts
    ]
    return [who for who in people if who.name or who.title or who.email or who.phones]


def place_shown(place: Place) -> PlaceShown:
    return PlaceShown(
        kind="" if place.kind == Place.Kind.PHYSICAL else str(Place.Kind(place.kind).label),
        lines=place.lines,
        is_withheld=place.is_withheld,
        access=in_words("access", place.access),
        note=place.access_note,
    )


def tags(service: Service, levels: Mapping[str, str]) -> list[str]:
    """The quiet facts above the name: "Level: early help, targeted", "Ages 5 to 16"."""
    words = ", ".join(levels[level].lower() for level in levels if level in service.levels)
    return [each for each in (f"Level: {words}" if words else "", age_words(service)) if each]


def age_words(service: Service) -> str:
    young, old = service.min_age, service.max_age
    if young is not None and old is not None:
        return f"Age {young}" if young == old else f"Ages {young} to {old}"
    if young is not None:
        return f"From age {young}"
    return f"Up to age {old}" if old is not None else ""


def more_of(service: Service) -> dict[str, str]:
    """What the sheet says besides, by the words beside which it stands."""
    return {
        "Who it is for": service.who_for,
        "Not for": service.not_for,
        "Helps with": capfirst(", ".join(service.topics)),
        "Needs served (SEND)": _labels(service.need_areas, NeedArea.choices),
        "Who may refer": _labels(service.referrers, Referrer.choices),
        "Languages": "; ".join(filter(None, [language_list(service.languages), service.language_note])),
        "Cost": cost_words(service),
    }


def _labels(chosen: list[str], choices: list[tuple[str, str]]) -> str:
    return run_on(str(label) for value, label in choices if value in chosen)


def cost_words(service: Service) -> str:
    words = "" if service.cost == Cost.UNKNOWN else str(Cost(service.cost).label)
    return ". ".join(filter(None, [words, capfirst(service.cost_note)]))


def tri(service: Service, setting: Setting | None = None) -> list[tuple[str, ...]]:
    """The three facts that decide: can it take someone, how long is the wait, what does it cost."""
    held = place_notice(service, setting)
    kind, words = state_now(service, setting) or ("", "Not known")
    short = {"ok": "Now", "wait": "Waiting list", "stop": "Full"}.get(kind, words)
    waits = wait_words(service, setting)
    return [
        (
            "Can take someone",
            words if held else ", ".join(filter(None, [short, service.capacity_note])),
            kind,
        ),
        ("Waiting time", capfirst(waits) or "Not known"),
        ("Cost to the family", str(Cost(service.cost).label)),
    ]


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
