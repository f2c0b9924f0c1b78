"""A value of a sheet as a person reads it: beside the present one in imports, suggestions and history."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.text import capfirst

from config.values import day_words
from directory.models import Access, Agency, Cost, Level, NeedArea, Offer, Place, Referrer, Service, Withheld
from directory.sheet.languages import language_words
from directory.sheet.telephones import write_phones
from directory.sheet.times import write_times
from directory.sheet.values import PHONE_KINDS
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

CHOICES: dict[str, dict[str, str]] = {
    name: {str(value): str(label) for value, label in choices}
    for name, choices in {
        "sector": Sector.choices,
        "status": Agency.Status.choices,
        "capacity": Service.Capacity.choices,
        "offers": Offer.choices,
        "levels": Level.choices,
        "need_areas": NeedArea.choices,
        "referrers": Referrer.choices,
        "cost": Cost.choices,
        "access": Access.choices,
        "withheld": Withheld.choices,
        "place_kind": Place.Kind.choices,
        "here_days": Weekday.choices,
        "here_degree": Partnership.Degree.choices,
    }.items()
}


def in_words(name: str, value: Any) -> str:
    if value in (None, "", [], {}, ()):
        return ""
    if name in WRITERS:
        return WRITERS[name](value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_words(value)
    labels = CHOICES.get(name, {})
    if isinstance(value, list | tuple):
        words = [labels.get(each, str(each)) for each in value]
        return capfirst(", ".join(words)) if name in NAMES else run_on(words)
    return labels.get(value, str(value))


NAMES = ("here_days", "levels", "topics")
"""Lists of names, and of words that people chose themselves."""


def run_on(labels: Iterable[str]) -> str:
    """Labels one after another: "Step-free, bus stop close by", but "School, GP"."""
    first, *rest = [*labels] or [""]
    return ", ".join(
        [first, *(each if each[1:2].isupper() else each[:1].lower() + each[1:] for each in rest)]
    )


def person_words(who: Person) -> str:
    numbers = [f"{KINDS[kind]} {number}" for kind, number, _ in who.phones]
    consent = "the public sees the name" if who.is_public and who.name else ""
    return ", ".join(filter(None, [who.name, who.title, who.email, *numbers, consent]))


KINDS = {"voice": "telephone", "text": "text", "fax": "fax"}


def place_words(place: Whereabouts) -> str:
    lines = [place.name, place.address_1, place.address_2, place.city, place.county, place.postcode]
    said = [line for line in lines if line] or [place.council]
    withheld = CHOICES["withheld"].get(place.withheld, "") if place.withheld else ""
    kind = CHOICES["place_kind"].get(place.kind, "") if place.kind != Place.Kind.PHYSICAL else ""
    return ", ".join(
        filter(None, [kind, *said, withheld, in_words("access", place.access), place.access_note])
    )


def language_list(codes: Iterable[str]) -> str:
    return ", ".join(language_words(code) for code in codes)


WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(PHONE_KINDS, write_phones),
    "confirmed": lambda value: f"{day_words(value[0])}, {value[1]}",
    "contacts": lambda value: "; ".join(person_words(who) for who in value),
    "more_places": lambda value: "; ".join(place_words(place) for place in value),
    "opening_times": write_times,
    "languages": language_list,
    "summaries": lambda value: "\n".join(f"{language_words(code)}: {words}" for code, words in value.items()),
}
