"""What may stand in each value of a sheet that comes as JSON: `CLEANERS`; and the people, places and times in it."""

from dataclasses import fields
from datetime import date
from typing import Any

from config.values import parse_email, parse_phone, parse_postcode, parse_web
from directory.imports.reading import CUT_WORDS
from directory.imports.records import CONFIRMED_BY
from directory.models import (
    Access,
    Agency,
    Cost,
    Level,
    NeedArea,
    Offer,
    Phone,
    Place,
    Referrer,
    Rhythm,
    Season,
    Service,
    Withheld,
)
from directory.oruk.cleaning import (
    LIST_WORDS,
    MOST,
    SUMMARY,
    Cleaner,
    Told,
    choice,
    clock,
    day,
    degrees,
    each_of,
    is_nothing,
    language,
    number,
    pair_of_phone,
    parsed,
    past_day,
    phone_number,
    plain_text,
    some_of,
    text,
    truth,
)
from directory.sheet.times import WORDS_LENGTH, Times
from directory.sheet.values import HERE_FIELDS, PHONE_KINDS, Values
from directory.sheet.whereabouts import PLACE_FIELDS, Person, Whereabouts
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector


def cleaned(values: dict[str, Any], told: Told) -> Values:
    """Those that say something, by our names; a name that we don't know is passed over."""
    found = {
        name: CLEANERS[name](name, value, told)
        for name, value in values.items()
        if name in CLEANERS and not is_nothing(value)
    }
    return _consistent({name: value for name, value in found.items() if not is_nothing(value)}, told)


def _consistent(values: Values, told: Told) -> Values:
    """Without what contradicts itself."""
    if values.get("min_age", 0) > values.get("max_age", 150):
        told.tell("max_age", values["max_age"], "Write a higher age than the lowest")
        del values["min_age"], values["max_age"]
    if not _has_both(values, "latitude", "longitude"):
        values.pop("latitude", None), values.pop("longitude", None)
    return values


def person(name: str, value: Any, told: Told) -> Person | None:
    if not isinstance(value, dict):
        told.tell(name, value, LIST_WORDS)
        return None
    said: dict[str, Any] = {
        field: PERSON[field](f"{name}: {field}", value[field], told) or ""
        for field in PERSON
        if not is_nothing(value.get(field))
    }
    phones = value.get("phones")
    kept = [
        _phone_of_person(f"{name}: telephone", each, told)
        for each in (phones if isinstance(phones, list) else [])[:MOST]
    ]
    place = value.get("place")
    return Person(
        **said,
        is_public=truth(value.get("is_public")),
        phones=tuple(each for each in kept if each),
        place=place if type(place) is int and 0 <= place < MOST else None,
    )


def _phone_of_person(name: str, value: Any, told: Told) -> tuple[str, str, str] | None:
    """[kind, number, note]"""
    if not isinstance(value, list | tuple) or len(value) < 2:
        told.tell(name, value, LIST_WORDS)
        return None
    kind, said, note = [*value, ""][:3]
    found = phone_number(name, said, told)
    known = kind if isinstance(kind, str) and kind in Phone.Kind.values else Phone.Kind.VOICE.value
    return (known, found, plain_text(note)[:80].strip()) if found else None


FIRST_PLACE = "place"
"""Its values have columns of their own; problems of other places can't be put right by the name of the value alone."""


def place(name: str, value: Any, told: Told) -> Whereabouts | None:
    if not isinstance(value, dict):
        told.tell(name, value, LIST_WORDS)
        return None
    said = {
        own: PLACE[own](flat if name == FIRST_PLACE else f"{name}: {own}", value[own], told)
        for flat, own in PLACE_FIELDS.items()
        if not is_nothing(value.get(own))
    }
    said = {own: found for own, found in said.items() if not is_nothing(found)}
    if not _has_both(said, "latitude", "longitude"):
        said.pop("latitude", None), said.pop("longitude", None)
    return Whereabouts(**{**said, "access": tuple(said.get("access", ()))})


def _has_both(said: dict[str, Any], one: str, other: str) -> bool:
    return (one in said) == (other in said)


def times(name: str, value: Any, told: Told) -> Times | None:
    if not isinstance(value, dict):
        told.tell(name, value, LIST_WORDS)
        return None
    said = {
        field.name: TIMES[field.name](name, value[field.name], told)
        for field in fields(Times)
        if field.name in TIMES and not is_nothing(value.get(field.name))
    }
    said = {field: found for field, found in said.items() if not is_nothing(found)}
    opens, closes = said.get("opens"), said.get("closes")
    if opens and closes and closes <= opens:
        told.tell(name, f"{opens} {closes}", "Write a closing time after the opening time")
        del said["opens"], said["closes"]
    if said.get("rhythm") != Rhythm.MONTHLY or not 1 <= said.get("week", 0) <= 5:
        said.pop("week", None)
    found = Times(
        **{**said, "days": tuple(said.get("days", ())), "by_appointment": truth(value.get("by_appointment"))}
    )
    return None if found == Times() else found


def summaries(name: str, value: Any, told: Told) -> dict[str, str]:
    if not isinstance(value, dict):
        told.tell(name, value, LIST_WORDS)
        return {}
    found: dict[str, str] = {}
    for code, words in list(value.items())[:MOST]:
        if language(name, code, told) and isinstance(words, str) and words.strip():
            found[code] = plain_text(words)[:SUMMARY]
            if len(words) > SUMMARY:
                told.tell(name, words, CUT_WORDS.format(SUMMARY))
    return found


def confirmed(name: str, value: Any, told: Told) -> tuple[date, str, str] | None:
    """[day, by whom, how]"""
    if not isinstance(value, list | tuple) or len(value) != 3:
        told.tell(name, value, LIST_WORDS)
        return None
    found = past_day(name, value[0], told)
    by = text(120)(name, value[1], told) if value[1] else CONFIRMED_BY
    how = text(40)(name, value[2], told) if value[2] else ""
    return (found, by or CONFIRMED_BY, how or "") if found else None


PERSON: dict[str, Cleaner] = {"name": text(120), "title": text(120), "email": parsed(parse_email, 254)}
PLACE: dict[str, Cleaner] = {
    "kind": choice(Place.Kind.choices),
    "name": text(120),
    "address_1": text(200),
    "address_2": text(200),
    "city": text(100),
    "county": text(100),
    "postcode": parsed(parse_postcode, 8),
    "council": text(100),
    "withheld": choice(Withheld.choices),
    "latitude": degrees(90),
    "longitude": degrees(180),
    "access": some_of(Access.choices),
    "access_note": text(200),
}
TIMES: dict[str, Cleaner] = {
    "words": text(WORDS_LENGTH),
    "days": some_of(Weekday.choices),
    "opens": clock,
    "closes": clock,
    "rhythm": choice(Rhythm.choices),
    "week": number(5),
    "starts_on": day,
    "season": choice(Season.choices),
}


def _own_texts() -> dict[str, Cleaner]:
    """The texts of a sheet's own row and of the partnership, as long as their columns."""
    names = (
        *("name", "profile", "offer_other", "offer_group", "referral", "other_information", "capacity_note"),
        *("waiting_time", "who_for", "not_for", "cost_note", "language_note"),
    )
    here = ("here_times", "here_room", "here_contact_name", "here_agreement", "here_notes")
    rows: list[tuple[str, Any]] = [(name, Service._meta.get_field(name)) for name in names]
    rows += [(name, Partnership._meta.get_field(HERE_FIELDS[name])) for name in here]
    return {
        name: text(field.max_length or 4000, is_long=field.get_internal_type() == "TextField")
        for name, field in rows
    }


CLEANERS: dict[str, Cleaner] = {
    **_own_texts(),
    "agency": text(200),
    "status": choice(Agency.Status.choices),
    "sector": choice(Sector.choices),
    "email": parsed(parse_email, 254),
    "ask_email": parsed(parse_email, 254),
    "website": parsed(parse_web, 500),
    "referral_link": parsed(parse_web, 500),
    "capacity": choice(Service.Capacity.choices),
    "cost": choice(Cost.choices),
    "waiting_weeks": number(520),
    "min_age": number(150),
    "max_age": number(150),
    "waiting_on": past_day,
    "topics": each_of(text(60)),
    "languages": each_of(language),
    "offers": some_of(Offer.choices),
    "levels": some_of(Level.choices),
    "need_areas": some_of(NeedArea.choices),
    "referrers": some_of(Referrer.choices),
    **dict.fromkeys(PHONE_KINDS, each_of(pair_of_phone)),
    "contacts": each_of(person),
    "more_places": each_of(place),
    "opening_times": each_of(times),
    "summaries": summaries,
    "confirmed": confirmed,
    **{flat: PLACE[own] for flat, own in PLACE_FIELDS.items()},
    "here_days": some_of(Weekday.choices),
    "here_degree": choice(Partnership.Degree.choices),
    "here_contact_telephone": parsed(parse_phone, 30),
    "here_contact_email": parsed(parse_email, 254),
}
