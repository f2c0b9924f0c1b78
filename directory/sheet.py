"""A sheet as plain values: what forms, import, export and comparison have in common.

A service is several rows (places, contacts, phones …); here it is one flat dict, in which two sheets
that say the same are equal. `HERE` are the values of the partnership: what is private to one setting.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.values import parse_email, parse_phone, parse_postcode, parse_web
from directory.models import Contact, Offer, OpeningTime, Phone, Place, Service
from directory.telephones import Phone as Number
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday

Values = dict[str, Any]

OWN_FIELDS = (
    "name",
    "sector",
    "profile",
    "email",
    "website",
    "offer_other",
    "offer_group",
    "referral",
    "other_information",
    "capacity",
    "waiting_time",
)
PLACE_FIELDS = {
    "place_name": "name",
    "address_1": "address_1",
    "address_2": "address_2",
    "city": "city",
    "county": "county",
    "postcode": "postcode",
    "is_withheld": "is_withheld",
}
ADDRESS_FIELDS = tuple(name for name in PLACE_FIELDS if name != "is_withheld")
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
    "is_withheld": "Address withheld",
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
    "waiting_time": "Waiting time",
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


@dataclass(frozen=True)
class Person:
    """A contact of the service."""

    name: str = ""
    title: str = ""
    is_public: bool = False


def values_of(service: Service) -> Values:
    """Everything on the sheet, a withheld address too. Uses what with_parts fetched."""
    place = service.part("places")
    phones = list(service.phones.all())
    return {
        "id": service.pk,
        **{name: getattr(service, name) for name in OWN_FIELDS},
        "agency": service.agency.name,
        "status": service.agency.status,
        **{name: getattr(place, own) if place else "" for name, own in PLACE_FIELDS.items()},
        "is_withheld": bool(place and place.is_withheld),
        "contacts": [
            Person(who.name, who.title, who.is_public)
            for who in service.contacts.all()
            if who.name or who.title
        ],
        **{name: _numbers(phones, kind) for name, kind in PHONE_KINDS.items()},
        "opening_times": "; ".join(time.words for time in service.opening_times.all() if time.words),
        "offers": in_order(service.offers),
        "confirmed": confirmation_of(service),
    }


def values_here(partnership: Partnership | None) -> Values:
    if partnership is None:
        return {name: [] if name == "here_days" else "" for name in HERE_FIELDS}
    values = {name: getattr(partnership, own) for name, own in HERE_FIELDS.items()}
    return {**values, "here_days": [str(day) for day in Weekday if day in partnership.days]}


def without_withheld(values: Values) -> Values:
    """What may leave the setting: nothing of an address that is withheld."""
    if not values["is_withheld"]:
        return values
    return {**values, **dict.fromkeys(ADDRESS_FIELDS, "")}


def confirmation_of(service: Service) -> tuple[Any, str, str] | None:
    if service.confirmed_on is None:
        return None
    return service.confirmed_on, service.confirmed_by, service.confirmed_how


def in_order(offers: list[str]) -> list[str]:
    return [str(offer) for offer in Offer if offer in offers]


def _numbers(phones: list[Phone], kind: str) -> list[Number]:
    return [(phone.number, phone.note) for phone in phones if phone.kind == kind]


@dataclass
class Parts:
    """The rows that hang on one service, made from its values, not yet saved."""

    places: list[Place]
    contacts: list[Contact]
    phones: list[Phone]
    opening_times: list[OpeningTime]

    def groups(self) -> dict[str, list[Any]]:
        return {
            "places": self.places,
            "contacts": self.contacts,
            "phones": self.phones,
            "opening_times": self.opening_times,
        }


def parts_of(service: Service, values: Values) -> Parts:
    place = {own: values[name] for name, own in PLACE_FIELDS.items() if values.get(name)}
    words = values.get("opening_times", "")
    return Parts(
        places=[Place(service=service, **place)] if place else [],
        contacts=[
            Contact(service=service, position=at, name=who.name, title=who.title, is_public=who.is_public)
            for at, who in enumerate(values.get("contacts", []))
        ],
        phones=[
            Phone(service=service, position=at, kind=kind, number=number, note=note)
            for name, kind in PHONE_KINDS.items()
            for at, (number, note) in enumerate(values.get(name, []))
        ],
        opening_times=[OpeningTime(service=service, words=words)] if words else [],
    )


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
        if name in old and value != old[name] and plain(name, value) != plain(name, old[name])
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
        )
    if isinstance(value, tuple) and name in PHONE_KINDS:
        return _parsed(parse_phone, value[0]), plain("", value[1])
    return [plain(name, each) for each in value] if isinstance(value, list) else value


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
