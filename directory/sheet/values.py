"""A sheet as plain values: what forms, import, export and comparison have in common.

A service is several rows (places, contacts, phones …); here it is one flat dict, in which two sheets
that say the same are equal. `HERE` are the values of the partnership: what is private to one setting.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from config.values import parse_email, parse_phone, parse_postcode, parse_web
from directory.models import Offer, OpeningTime, Phone, Service
from directory.sheet.telephones import Phone as Number
from directory.sheet.times import Times, read_times, write_times
from directory.sheet.whereabouts import (
    NOWHERE,
    PLACE_FIELDS,
    Person,
    Whereabouts,
    carried,
    flat_place,
    located_like,
    plain_list,
    whereabouts,
)
from partnerships.models import Partnership, Setting
from partnerships.models.partnership import Weekday

Values = dict[str, Any]

OWN_FIELDS = (
    *("name", "sector", "profile", "email", "website", "offer_other", "offer_group", "referral"),
    *("other_information", "capacity", "capacity_note", "waiting_time", "waiting_weeks", "waiting_on"),
    *("topics", "who_for", "not_for", "min_age", "max_age", "levels", "need_areas", "referrers"),
    *("referral_link", "cost", "cost_note", "languages", "language_note", "ask_email"),
)
ASK_EMAIL = "ask_email"
"""Read only by those who keep the sheet, or ask whether it is right."""
WAITING_FIELDS = frozenset({"capacity", "capacity_note", "waiting_time", "waiting_weeks"})
CHOICES = frozenset({"access", "levels", "need_areas", "referrers", "offers", "here_days"})
"""Several of what may be chosen, in whatever order."""
PHONE_KINDS = {"telephone": Phone.Kind.VOICE, "text": Phone.Kind.TEXT, "fax": Phone.Kind.FAX}
HERE_FIELDS = {
    "here_days": "days",
    "here_times": "times",
    "here_room": "room",
    "here_contact_name": "contact_name",
    "here_contact_telephone": "contact_telephone",
    "here_contact_email": "contact_email",
    "here_degree": "degree",
    "here_agreement": "agreement",
    "here_notes": "notes",
}
WORDED_OFFERS = {Offer.OTHER: "offer_other", Offer.PARTICULAR_GROUP: "offer_group"}
LABELS = {
    "name": "Name",
    "agency": "Organisation",
    "status": "Public, private or voluntary",
    "sector": "Sector",
    "profile": "Profile",
    "place_name": "Name of the place",
    "address_1": "Address",
    "address_2": "Address, second line",
    "city": "Town or city",
    "county": "County",
    "postcode": "Postcode",
    "place_kind": "Kind of place",
    "council": "Council area",
    "withheld": "Address withheld",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "access": "Access at the place",
    "access_note": "Getting there and getting in",
    "more_places": "Other places",
    "contacts": "Contact person",
    "telephone": "Telephone",
    "text": "Text messages",
    "fax": "Fax",
    "email": "E-mail",
    "website": "Website",
    "opening_times": "Opening or contact times",
    "offers": "Services offered",
    "offer_other": "Other service offered",
    "offer_group": "Particular group",
    "referral": "Referral procedures",
    "other_information": "Other information",
    "capacity": "Can take someone",
    "capacity_note": "About places",
    "waiting_time": "Waiting time",
    "waiting_weeks": "Weeks to wait",
    "waiting_on": "Waiting time said on",
    "topics": "Helps with",
    "who_for": "Who it is for",
    "not_for": "Who it is not for",
    "min_age": "From age",
    "max_age": "To age",
    "levels": "Level of need",
    "need_areas": "Needs served (SEND)",
    "referrers": "Who may refer",
    "referral_link": "Form to refer with",
    "cost": "Cost",
    "cost_note": "About the cost",
    "languages": "Languages",
    "language_note": "About languages",
    "ask_email": "Where to ask if the sheet is right",
    "summaries": "In other languages",
    "confirmed": "Confirmed",
    "here_days": "Days in school",
    "here_times": "Times in school",
    "here_room": "Room",
    "here_contact_name": "Contact here",
    "here_contact_telephone": "Contact here: telephone",
    "here_contact_email": "Contact here: e-mail",
    "here_degree": "Degree of partnership",
    "here_agreement": "Agreement",
    "here_notes": "Notes",
}


def values_of(service: Service, *, whole: bool = False) -> Values:
    """Everything on the sheet; of a withheld address only what may be shown, unless `whole`.

    Uses what with_parts (with_whole_parts) fetched.
    """
    places = [whereabouts(place, whole=whole) for place in service.places.all()]
    first = places[0] if places else NOWHERE
    phones = list(service.phones.all())
    return {
        "id": service.pk,
        **{name: getattr(service, name) for name in OWN_FIELDS},
        "agency": service.agency.name,
        "status": service.agency.status,
        **{name: plain_list(getattr(first, own)) for name, own in PLACE_FIELDS.items()},
        "more_places": places[1:],
        "contacts": _people(service, phones),
        **{name: _numbers(phones, kind) for name, kind in PHONE_KINDS.items()},
        "opening_times": [times_of(row) for row in service.opening_times.all()],
        "offers": in_order(service.offers),
        "summaries": {row.language: row.words for row in service.summaries.all()},
        "confirmed": confirmation_of(service),
    }


def _people(service: Service, phones: list[Phone]) -> list[Person]:
    at = {place.pk: number for number, place in enumerate(service.places.all())}
    return [
        Person(
            who.name,
            who.title,
            who.is_public,
            who.email,
            tuple((phone.kind, phone.number, phone.note) for phone in phones if phone.contact_id == who.pk),
            at.get(who.place_id) if who.place_id else None,
        )
        for who in service.contacts.all()
        if who.name or who.title or who.email
    ]


def times_of(row: OpeningTime) -> Times:
    values = {field.name: getattr(row, field.name) for field in fields(Times)}
    return Times(**{**values, "days": tuple(values["days"])})


def values_here(partnership: Partnership | None) -> Values:
    if partnership is None:
        return {name: [] if name == "here_days" else "" for name in HERE_FIELDS}
    values = {name: getattr(partnership, own) for name, own in HERE_FIELDS.items()}
    return {**values, "here_days": [str(day) for day in Weekday if day in partnership.days]}


def values_to_take(service: Service, partnership: Partnership | None, setting: Setting) -> Values:
    """What a setting takes of a sheet into a file: where is asked only from sheets that it asks about itself."""
    values = {**values_of(service), **values_here(partnership)}
    return values if service.steward_id in (None, setting.pk) else {**values, ASK_EMAIL: ""}


def without_withheld(values: Values) -> Values:
    """What a file carries: nothing of an address that is withheld."""
    first = Whereabouts(**{own: values[name] for name, own in PLACE_FIELDS.items()})
    places = [replace(first, access=tuple(first.access)), *values["more_places"]]
    return {**values, **flat_place([carried(place) for place in places])}


def confirmation_of(service: Service) -> tuple[Any, str, str] | None:
    if service.confirmed_on is None:
        return None
    return service.confirmed_on, service.confirmed_by, service.confirmed_how


def in_order(offers: list[str]) -> list[str]:
    return [str(offer) for offer in Offer if offer in offers]


def _numbers(phones: list[Phone], kind: str) -> list[Number]:
    """The service's own; those of a contact are with the contact."""
    return [(phone.number, phone.note) for phone in phones if phone.kind == kind and phone.contact_id is None]


def with_details(known: list[Person], said: list[Person]) -> list[Person]:
    """People as a spreadsheet names them, with the telephones, address and place that we know of the same name."""
    by_name = {plain("", who.name or who.title): who for who in reversed(known)}
    people = []
    for who in said:
        old = by_name.get(plain("", who.name or who.title))
        bare = old is not None and not (who.email or who.phones)
        people.append(
            replace(who, email=old.email, phones=old.phones, place=old.place) if bare and old else who
        )
    return people


def assign(service: Service, values: Values) -> None:
    """Sets the fields of the service's own row; its agency and parts are rows of their own."""
    for name in OWN_FIELDS:
        if name in values:
            setattr(service, name, values[name])
    _assign_offers(service, values)
    if values.get("confirmed"):
        service.confirmed_on, service.confirmed_by, service.confirmed_how = values["confirmed"]


def _assign_offers(service: Service, values: Values) -> None:
    """The words of "other" and "for a particular group" stand beside their ticks, or not at all."""
    offers = set(values.get("offers", service.offers))
    for offer, name in WORDED_OFFERS.items():
        if values.get(name):
            offers.add(offer)
        elif offer not in offers:
            setattr(service, name, "")
    service.offers = in_order(list(offers))


def changed(old: Values, new: Values) -> list[str]:
    """The names in `new` that say something else than `old`; an older confirmation is no change."""
    names = [
        name
        for name, value in new.items()
        if name in old
        and value != old[name]
        and plain(name, located_like(old[name], value)) != plain(name, old[name])
    ]
    if "confirmed" in names and old["confirmed"] and old["confirmed"][0] >= new["confirmed"][0]:
        names.remove("confirmed")
    return names


def plain(name: str, value: Any) -> Any:
    """A value as it is compared: a double space or another way to write one telephone number is no change."""
    if isinstance(value, str):
        text = " ".join(unicodedata.normalize("NFC", value).split())
        return _parsed(PARSERS[name], text) if text and name in PARSERS else text
    if isinstance(value, Person):
        return (
            plain("", value.name.replace(";", ",")),
            plain("", value.title.replace(";", ",")),
            value.is_public,
            plain("email", value.email),
            sorted((kind, *plain("telephone", (number, note))) for kind, number, note in value.phones),
            value.place,
        )
    if isinstance(value, Whereabouts):
        return [plain(name, plain_list(getattr(value, name))) for name in PLACE_FIELDS.values()]
    if isinstance(value, dict):
        return {key: plain("", each) for key, each in value.items()}
    if name == "opening_times" and isinstance(value, list):
        return plain("", write_times(understood(value)).replace("\n", "; "))
    if isinstance(value, tuple) and name in PHONE_KINDS:
        return _parsed(parse_phone, value[0]), plain("", value[1])
    if name in CHOICES and isinstance(value, list):
        return sorted(value)
    return [plain(name, each) for each in value] if isinstance(value, list) else value


def understood(times: list[Times]) -> list[Times]:
    """With the words read where they are plain."""
    return [
        each for row in times for each in ([row] if row.is_understood else read_times(row.words) or [row])
    ]


def _parsed(parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except ValueError:
        return text


PARSERS: dict[str, Callable[[str], str]] = {
    "postcode": parse_postcode,
    "email": parse_email,
    "website": parse_web,
    "here_contact_telephone": parse_phone,
    "here_contact_email": parse_email,
}
