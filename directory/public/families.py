"""A service as a family reads it: plain words, names only with consent, nothing of an address that is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.text import capfirst

from config.text import bare_address, lines, listed, shortened
from directory.freshness import waiting_is_known, weeks_words
from directory.models import (
    Access,
    Cost,
    Notice,
    Offer,
    Phone,
    Place,
    Referrer,
    Rules,
    Service,
    Summary,
    Withheld,
)
from directory.notices import CSS, is_shut, notice_words, place_notice
from directory.sheet.languages import LANGUAGES, language_words
from directory.sheet.opening import Clock, opening_of
from directory.sheet.presenting import age_words, lead_and_rest
from directory.sheet.times import time_lines
from directory.sheet.values import times_of
from directory.sheet.wording import run_on
from partnerships.models import Setting

SHORT = 200
"""So much of a profile that has no short beginning."""
COST_WORDS = {Cost.FREE: "Free", Cost.SOME: "Some things cost money", Cost.PAID: "You pay"}
ASKERS = {
    Referrer.SCHOOL: "the school",
    Referrer.GP: "your GP",
    Referrer.SOCIAL_CARE: "a social worker",
    Referrer.PROFESSIONAL: "another professional",
}
KIND_WORDS = {
    Place.Kind.VISITS: "They come to you",
    Place.Kind.ONLINE: "Online",
    Place.Kind.TELEPHONE: "On the telephone",
}
WITHHELD_WORDS = {
    Withheld.COARSE: "The full address is kept private, to keep people safe. Ring or write, and they will tell you.",
    Withheld.REFUGE: "The address is secret, to keep people safe. Ring, and they will tell you what to do.",
}


@dataclass(frozen=True)
class Today:
    """When and for which school a page is read."""

    setting: Setting
    rules: Rules
    clock: Clock

    @classmethod
    def at(cls, setting: Setting) -> Self:
        return cls(setting, Rules.of(setting), Clock.of(setting))


@dataclass(frozen=True)
class Where:
    """One place. `search` is what a map is asked for; "" where the address is kept back."""

    kind: str
    lines: list[str]
    withheld: str
    access: str
    note: str
    search: str


@dataclass(frozen=True)
class Told:
    """The summary that somebody wrote in another language."""

    code: str
    name: str
    own: str
    direction: str
    words: str

    @classmethod
    def of(cls, summary: Summary) -> Self:
        known = LANGUAGES.get(summary.language)
        own = known.own if known else summary.language
        direction = "rtl" if known and known.is_rtl else "ltr"
        return cls(summary.language, language_words(summary.language), own, direction, summary.words)


@dataclass(frozen=True)
class ForFamilies:
    """What a page for families says of a service. Lists are empty and texts "" where the sheet says nothing."""

    service: Service
    lead: str
    rest: str
    sees: tuple[str, str]
    opens: str
    cost: str
    asks: str
    ages: str
    phones: list[Phone]
    texts: list[Phone]
    told: list[Told]

    @classmethod
    def of(cls, service: Service, today: Today) -> Self:
        """For a service with its parts."""
        lead, rest = lead_and_rest(service.profile)
        return cls(
            service=service,
            lead=lead or shortened(service.profile, SHORT),
            rest=rest,
            sees=seeing(service, today),
            opens="" if is_shut(service, today.setting) else opening_of(service, today.clock)[1],
            cost=cost_words(service),
            asks=asking_words(service.referrers),
            ages=age_words(service),
            phones=service.telephones,
            texts=[phone for phone in service.phones.all() if phone.kind == Phone.Kind.TEXT],
            told=[Told.of(summary) for summary in service.summaries.all()],
        )

    @property
    def terms(self) -> str:
        """ "Free. You can ask yourself, or the school can." """
        return " ".join(f"{words}." for words in (self.cost, self.asks) if words)

    @property
    def offers(self) -> list[str]:
        words = {Offer.OTHER: self.service.offer_other, Offer.PARTICULAR_GROUP: self.service.offer_group}
        chosen = [offer for offer in Offer if offer in self.service.offers]
        return [capfirst(words.get(offer) or str(offer.label)) for offer in chosen]

    @property
    def offers_in_one(self) -> str:
        """In one line, for paper."""
        return run_on(self.offers)

    @property
    def steps(self) -> list[str]:
        return list(lines(self.service.referral))

    @property
    def opening(self) -> list[str]:
        times = time_lines(times_of(row) for row in self.service.opening_times.all())
        return [line[:1].upper() + line[1:] for line in times]

    @property
    def people(self) -> list[tuple[str, str]]:
        """(who, their e-mail address). Name and address only of those who agreed; of the others their role."""
        shown = [
            (who.name if who.is_public else "", who.title, who.email if who.is_public else "")
            for who in self.service.contacts.all()
        ]
        found = [(capfirst(", ".join(filter(None, [name, title]))), email) for name, title, email in shown]
        return [each for each in found if any(each)]

    @property
    def website_words(self) -> str:
        """As people read it out."""
        return bare_address(self.service.website).removeprefix("www.")

    @property
    def places(self) -> list[Where]:
        return [where(place) for place in self.service.places.all()]

    @property
    def languages(self) -> str:
        names = [language_words(code) for code in self.service.languages]
        return ". ".join(filter(None, [", ".join(names), self.service.language_note]))


def seeing(service: Service, today: Today) -> tuple[str, str]:
    """(ok, wait, stop or nothing; the words): whether they can see somebody, and how long that takes.

    What holds for a while goes before what the sheet says, and an old waiting time is not told.
    """
    if held := place_notice(service, today.setting):
        return CSS[Notice.Kind(held.kind)], notice_words(held)
    capacity = service.capacity
    if capacity == Service.Capacity.FULL:
        return "stop", "Full at the moment"
    if capacity == Service.Capacity.UNKNOWN:
        return "", "Ask if they can see you"
    is_known = waiting_is_known(service, today.setting)
    weeks = weeks_words(service.waiting_weeks) if is_known and service.waiting_weeks else ""
    other = service.waiting_time if is_known else ""
    if capacity == Service.Capacity.WAITING:
        wait = weeks or other
        return "wait", f"There is a waiting list: {wait}" if wait else "There is a waiting list"
    if weeks:
        return "ok", f"Can see you in {weeks}"
    return "ok", f"Can see you: {other}" if other else "Can see you now"


def cost_words(service: Service) -> str:
    words = COST_WORDS.get(Cost(service.cost), "")
    return ": ".join(filter(None, [words, service.cost_note]))


def asking_words(referrers: Sequence[str]) -> str:
    """Who may ask: "You can ask yourself, or the school can"."""
    others = listed([words for referrer, words in ASKERS.items() if referrer in referrers], "or")
    if Referrer.FAMILY in referrers:
        myself = "You can ask yourself"
    elif Referrer.YOUNG_PERSON in referrers:
        myself = "Young people can ask for themselves"
    else:
        return f"{others[:1].upper()}{others[1:]} can ask for you" if others else ""
    return f"{myself}, or {others} can" if others else myself


def where(place: Place) -> Where:
    lines = place.lines
    return Where(
        kind=KIND_WORDS.get(Place.Kind(place.kind), ""),
        lines=lines,
        withheld=WITHHELD_WORDS.get(Withheld(place.withheld), ""),
        access=run_on(str(access.label) for access in Access if access in place.access),
        note=place.access_note,
        search=", ".join(lines) if place.postcode and not place.is_withheld else "",
    )


@dataclass(frozen=True)
class SchoolPerson:
    """Whom a family can ask at school: a role, never a name."""

    role: str
    telephone: str

    @classmethod
    def of(cls, setting: Setting, rules: Rules) -> Self:
        role = rules.ask_role or setting.safeguarding_title or "school office"
        return cls(role, rules.ask_telephone or setting.telephone or setting.safeguarding_telephone)
