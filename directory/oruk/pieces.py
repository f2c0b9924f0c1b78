"""The parts of a sheet in Open Referral: places, times, telephones, people. A field without a value is left out.

Of a withheld address nothing leaves but words: no address, no coordinates, no access. A person's name and own
address leave only with their consent.
"""

import re
from datetime import time
from typing import Any

from directory.models import Access, Contact, Cost, OpeningTime, Phone, Place, Rhythm, Service, Withheld
from directory.oruk.terms import fixed_term_json, named_id, terms_of
from directory.sheet.languages import language_words
from directory.sheet.times import time_lines
from directory.sheet.values import times_of

Json = dict[str, Any]
COUNTRY = "GB"
ROLE_MAILBOXES = frozenset(
    """
    admin advice adviceline appointments ask bookings business care centre clinic contact contactus contacts
    duty early enquiries enquiry familyhub feedback frontdoor general hello help helpdesk helpline hub inbox info
    information intake mail manager office post reception referral referrals safeguarding schools secretary
    service services single spa support team triage volunteers welcome
    """.split()
)
_EXTENSION = re.compile(r"^(.*) ext (\d{1,6})$")


def told(**fields: Any) -> Json:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def is_role_mailbox(address: str) -> bool:
    """Whether an e-mail address is of a role and not of a person."""
    words = re.split(r"[._\-+\d]+", address.partition("@")[0].lower())
    return any(word in ROLE_MAILBOXES for word in words)


# Places


def place_json(place: Place) -> Json:
    """A service at one of its locations."""
    return {
        "id": str(place.pk),
        "service_id": str(place.service_id),
        "location_id": str(named_id("location", place.pk)),
        "location": location_json(place),
    }


def location_json(place: Place) -> Json:
    brief = brief_location(place)
    if place.is_withheld:
        return brief
    return brief | told(addresses=addresses_of(place), accessibility=accessibility_of(place))


def brief_location(place: Place) -> Json:
    """Without the lists of addresses and access."""
    start = {"id": str(named_id("location", place.pk)), "location_type": location_type(place)}
    if place.is_withheld:
        return start | {"description": withheld_words(place)}
    return start | told(
        name=place.name,
        description=_place_words(place),
        latitude=place.latitude,
        longitude=place.longitude,
    )


def location_type(place: Place) -> str:
    is_physical = place.kind == Place.Kind.PHYSICAL and not place.is_withheld
    return "physical" if is_physical else "virtual"


def withheld_words(place: Place) -> str:
    """The council area of a refuge at most; else the outward postcode."""
    area = place.council if place.withheld == Withheld.REFUGE else place.postcode or place.council
    return f"The address is withheld. Area: {area}." if area else "The address is withheld."


def _place_words(place: Place) -> str:
    """What is known of an address that is too little for one, and how the service comes to people."""
    words = [] if place.kind == Place.Kind.PHYSICAL else [str(Place.Kind(place.kind).label)]
    if not _is_whole(place):
        words += [place.address_1, place.address_2, place.city, place.county, place.postcode]
    return ", ".join(filter(None, words))


def _is_whole(place: Place) -> bool:
    """Whether it has what Open Referral asks of an address."""
    return bool((place.address_1 or place.name) and place.postcode and (place.city or _province(place)))


def _province(place: Place) -> str:
    return place.county or place.council


def addresses_of(place: Place) -> list[Json]:
    if not _is_whole(place):
        return []
    return [
        {
            "id": str(named_id("address", place.pk)),
            "location_id": str(named_id("location", place.pk)),
            "address_1": ", ".join(filter(None, [place.address_1 or place.name, place.address_2])),
            "city": place.city or _province(place),
            "state_province": _province(place) or place.city,
            "postal_code": place.postcode,
            "country": COUNTRY,
            "address_type": "physical",
        }
    ]


def accessibility_of(place: Place) -> list[Json]:
    found = [(str(each), str(Access(each).label)) for each in place.access]
    rows = [
        {"id": str(named_id("access", place.pk, value)), "description": label, "accessibility": label}
        for value, label in found
    ]
    if place.access_note:
        rows.append({"id": str(named_id("access", place.pk, "note")), "details": place.access_note})
    return rows


# Times


def schedule_json(row: OpeningTime) -> Json:
    """One row of opening times. `description` has all of it in words; fortnightly is every second week."""
    times = times_of(row)
    start = told(id=str(row.pk), service_id=str(row.service_id), description="; ".join(time_lines([times])))
    if not row.days:
        return start
    is_monthly = row.rhythm == Rhythm.MONTHLY
    return start | told(
        freq="MONTHLY" if is_monthly else "WEEKLY",
        interval=2 if row.rhythm == Rhythm.FORTNIGHTLY else 1,
        byday=",".join(_by_week(day, row.week) if is_monthly else day for day in row.days),
        dtstart=row.starts_on.isoformat() if row.starts_on else None,
        opens_at=_clock(row.opens),
        closes_at=_clock(row.closes),
        notes=row.words,
    )


def _by_week(day: str, week: int | None) -> str:
    """As calendars write it: "2TU" is the second Tuesday of the month, "-1TU" the last."""
    return day if week is None else f"{-1 if week == 5 else week}{day}"


def _clock(at: time | None) -> str | None:
    return at.strftime("%H:%M:%S") if at else None


# Telephones and people


def phone_json(phone: Phone) -> Json:
    found = _EXTENSION.match(phone.number)
    number, extension = (found[1], int(found[2])) if found else (phone.number, None)
    return told(
        id=str(phone.pk), number=number, extension=extension, type=str(phone.kind), description=phone.note
    )


def phones_of(service: Service) -> list[Json]:
    """The service's own; where it has none to speak to, those of its contacts, without their names."""
    phones = sorted(service.phones.all(), key=lambda phone: Phone.Kind.values.index(phone.kind))
    own = [phone for phone in phones if phone.contact_id is None]
    if any(phone.kind == Phone.Kind.VOICE for phone in own):
        return [phone_json(phone) for phone in own]
    return [phone_json(phone) for phone in phones]


def contacts_of(service: Service) -> list[Json]:
    phones = list(service.phones.all())
    found = [
        contact_json(who, [phone for phone in phones if phone.contact_id == who.pk])
        for who in service.contacts.all()
    ]
    return [contact for contact in found if contact.keys() & {"name", "title", "email"}]


def contact_json(who: Contact, phones: list[Phone]) -> Json:
    """The role first. What is the person's own needs their consent."""
    consents = who.is_public
    return told(
        id=str(who.pk),
        title=who.title,
        name=who.name if consents else "",
        email=who.email if consents or is_role_mailbox(who.email) else "",
        phones=[phone_json(phone) for phone in phones] if consents else [],
    )


# Choices


def attributes_of(service: Service) -> list[Json]:
    rows = [
        {
            "id": str(named_id("attribute", service.pk, taxonomy.key, value)),
            "link_id": str(service.pk),
            "link_entity": "service",
            "link_type": taxonomy.link_type,
            "taxonomy_term": fixed_term_json(taxonomy.key, value)
            if taxonomy.choices
            else taxonomy.term(value).as_json(),
            **_value(service, taxonomy.key, value),
        }
        for taxonomy, value in terms_of(service)
    ]
    if service.offer_group:
        rows.append(
            {
                "id": str(named_id("attribute", service.pk, "intended_audience")),
                "link_id": str(service.pk),
                "link_entity": "service",
                "link_type": "intended_audience",
                "value": service.offer_group,
                "taxonomy_term": fixed_term_json("offers", "particular_group"),
            }
        )
    return rows


def _value(service: Service, key: str, value: str) -> Json:
    if key != "offers":
        return {}
    return told(value={"other": service.offer_other, "particular_group": service.offer_group}.get(value))


def costs_of(service: Service) -> list[Json]:
    is_known = service.cost != Cost.UNKNOWN
    if not is_known and not service.cost_note:
        return []
    return [
        told(
            id=str(named_id("cost", service.pk)),
            option=str(Cost(service.cost).label) if is_known else "",
            amount=0 if service.cost == Cost.FREE else None,
            amount_description=service.cost_note,
        )
    ]


def languages_of(service: Service) -> list[Json]:
    return [
        {"id": str(named_id("language", service.pk, code)), "name": language_words(code), "code": code}
        for code in service.languages
    ]


def translations_of(service: Service) -> list[Json]:
    """Beyond the standard: what somebody wrote in another language."""
    return [
        {
            "id": str(row.pk),
            "code": row.language,
            "name": language_words(row.language),
            "description": row.words,
        }
        for row in service.summaries.all()
    ]
