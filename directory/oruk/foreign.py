"""A service as Open Referral writes it (UK 3.0, HSDS 3 and its variants) as values of a sheet, not yet checked.

Whatever stands where it should not is passed over here or told by cleaning; nothing raises.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.imports import words
from directory.imports.headings import plain
from directory.models import Access, Cost, Offer, Phone, Place, Rhythm, Season, Withheld
from directory.oruk.cleaning import MOST, is_nothing, plain_text
from directory.oruk.terms import BY_ID, TERMS_BY_ID
from directory.sheet.languages import BY_NAME, LANGUAGES
from directory.sheet.times import APPOINTMENT, ORDINALS, read_times
from partnerships.models.partnership import Weekday

Json = dict[str, Any]
TEXTS = {
    "name": ("name", "alternate_name"),
    "website": ("url", "website"),
    "email": ("email",),
    "referral": ("application_process",),
    "waiting_time": ("wait_time",),
    "language_note": ("interpretation_services",),
}
KINDS = {"fax": Phone.Kind.FAX, "text": Phone.Kind.TEXT, "sms": Phone.Kind.TEXT, "textphone": Phone.Kind.TEXT}
WITHHELD = "The address is withheld"
OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.ASCII)
_WHO = re.compile(r"^(For|Not for): (.*)$", re.MULTILINE)
_BYDAY = re.compile(r"([+-]?\d)?([A-Z]{2})", re.ASCII)
_ACCESS = {str(label).lower(): str(value) for value, label in Access.choices}
_COSTS = {str(label).lower(): str(value) for value, label in Cost.choices}
_VISITS = {str(label): str(value) for value, label in Place.Kind.choices}


def raw_values(service: Json) -> Json:
    organization = part(service, "organization")
    raw = {name: first_text(service, *theirs) for name, theirs in TEXTS.items()}
    if raw["language_note"] == Offer.INTERPRETATION.label:
        raw["language_note"] = ""
    return {
        **raw,
        "agency": first_text(organization, "name"),
        "profile": first_text(service, "description") or first_text(organization, "description"),
        "other_information": "\n".join(_other(service)),
        "min_age": _years(service.get("minimum_age")),
        "max_age": _years(service.get("maximum_age")),
        **_who(first_text(service, "eligibility_description")),
        **_costs(service),
        **_languages(service),
        **_places(service),
        **_phones(service),
        "contacts": [_contact(who) for who in _people(service)],
        "opening_times": [each for row in _schedules(service) for each in _times(row)],
        **_attributes(service),
        "referral_link": _referral_link(service),
        "summaries": {
            first_text(each, "code"): first_text(each, "description")
            for each in parts(service, "translations")
        },
        "confirmed": _confirmed(service, organization),
        "capacity_note": "Temporarily closed" if service.get("status") == "temporarily closed" else "",
    }


# Reaching into what may be anything


def part(found: Json, name: str) -> Json:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def parts(found: Json, *names: str) -> list[Json]:
    """The objects in the lists of these names."""
    lists = [found.get(name) for name in names]
    return [
        each for items in lists if isinstance(items, list) for each in items[:MOST] if isinstance(each, dict)
    ]


def first_text(found: Json, *names: str) -> str:
    for name in names:
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _years(value: Any) -> Any:
    """Ages may come as text or with months as decimals; no age is nought to a hundred."""
    try:
        return int(float(value)) if isinstance(value, str) else value
    except (ValueError, OverflowError):
        return value


# Words


def _other(service: Json) -> Iterator[str]:
    labels = {"accreditations": "Accreditation", "licenses": "Licences", "alert": "To know now"}
    for name, label in labels.items():
        if said := first_text(service, name):
            yield f"{label}: {said}"


def _who(said: str) -> Json:
    """Both halves as we write them; else all of it is who it is for."""
    halves = dict(_WHO.findall(said))
    if halves:
        return {"who_for": halves.get("For", ""), "not_for": halves.get("Not for", "")}
    return {"who_for": said}


def _costs(service: Json) -> Json:
    options = parts(service, "cost_options")
    notes = [first_text(each, "amount_description", "option") for each in options]
    named = next(
        (_COSTS[key] for each in options if (key := first_text(each, "option").lower()) in _COSTS), ""
    )
    amounts = [each["amount"] for each in options if type(each.get("amount")) in (int, float)]
    if not named and amounts:
        named = Cost.PAID if all(amounts) else Cost.SOME if any(amounts) else Cost.FREE
    note = "; ".join(dict.fromkeys(note for note in notes if note and note.lower() not in _COSTS))
    fees = first_text(service, "fees_description", "fees")
    is_free = not named and fees.lower().strip(" .") in {"free", "none", "no cost", "free of charge"}
    return {
        "cost": str(Cost.FREE) if is_free else str(named),
        "cost_note": note or ("" if named or is_free else fees),
    }


def _languages(service: Json) -> Json:
    found = []
    for each in parts(service, "languages"):
        code, name = first_text(each, "code", "language"), first_text(each, "name", "language")
        found.append(code if code in LANGUAGES else BY_NAME.get(name.lower(), code))
    return {"languages": list(dict.fromkeys(found))}


def _referral_link(service: Json) -> str:
    links = [
        each for each in parts(service, "additional_urls") if "refer" in first_text(each, "label").lower()
    ]
    return first_text(links[0], "url") if links else ""


def _confirmed(service: Json, organization: Json) -> list[Any] | None:
    said = first_text(service, "assured_date")
    return (
        [said, first_text(organization, "name")[:120] or "Open Referral", "their own list"] if said else None
    )


# Places


def _at_locations(service: Json) -> Iterator[tuple[Json, Json]]:
    """(the service there, the location)"""
    for each in parts(service, "service_at_locations"):
        yield each, part(each, "location")
    for location in parts(service, "locations"):
        yield location, location


def _places(service: Json) -> Json:
    found = [_place(location) for _, location in _at_locations(service) if location]
    found = [place for place in found if not all(is_nothing(value) for value in place.values())]
    return {"places": found}


def _place(location: Json) -> Json:
    """By the names of a place's own fields."""
    said = first_text(location, "description")
    if said.startswith(WITHHELD):
        return _withheld(said)
    address = next(iter(parts(location, "addresses", "physical_addresses", "postal_addresses")), {})
    access, note = _access(location)
    return {
        "kind": _kind(location, said),
        "name": first_text(location, "name"),
        "address_1": first_text(address, "address_1"),
        "address_2": first_text(address, "address_2"),
        "city": first_text(address, "city"),
        "county": first_text(address, "state_province", "region"),
        "postcode": first_text(address, "postal_code"),
        "latitude": location.get("latitude"),
        "longitude": location.get("longitude"),
        "access": access,
        "access_note": note,
    }


def _kind(location: Json, said: str) -> str:
    if location.get("location_type") != "virtual":
        return ""
    return next(
        (value for label, value in _VISITS.items() if said.startswith(label)), Place.Kind.ONLINE.value
    )


def _withheld(said: str) -> Json:
    """As we write it: the outward postcode, or the council area of a refuge."""
    area = said.partition("Area:")[2].strip(" .")
    if OUTWARD.fullmatch(area):
        return {"withheld": Withheld.COARSE.value}
    return {"withheld": Withheld.REFUGE.value, "council": area}


def _access(location: Json) -> tuple[list[str], str]:
    """(those of our list, the rest in words)"""
    rows = parts(location, "accessibility", "accessibility_for_disabilities")
    said = [first_text(row, "description", "accessibility", "details") for row in rows]
    known = [_ACCESS[each.lower()] for each in said if each.lower() in _ACCESS]
    return known, "; ".join(dict.fromkeys(each for each in said if each and each.lower() not in _ACCESS))


# Telephones and people


def _phones(service: Json) -> Json:
    places = [found for here, location in _at_locations(service) for found in (here, location)]
    rows = [row for each in (service, *places) for row in parts(each, "phones")]
    found: dict[str, list[list[str]]] = {"telephone": [], "text": [], "fax": []}
    names = {Phone.Kind.FAX: "fax", Phone.Kind.TEXT: "text"}
    for row in rows:
        said = [_number(row), first_text(row, "description")]
        numbers = found[names.get(_phone_kind(row), "telephone")]
        numbers += [said] if said not in numbers else []
    return found


def _phone_kind(row: Json) -> Phone.Kind:
    return KINDS.get(first_text(row, "type").lower(), Phone.Kind.VOICE)


def _number(row: Json) -> str:
    number, extension = row.get("number"), row.get("extension")
    text = plain_text(number) if isinstance(number, str | int) else ""
    return f"{text} ext {extension}" if text and isinstance(extension, str | int) and extension else text


def _people(service: Json) -> Iterable[Json]:
    places = [found for here, location in _at_locations(service) for found in (here, location)]
    return [who for each in (service, *places) for who in parts(each, "contacts")]


def _contact(who: Json) -> Json:
    """Whether the person agrees that we publish the name nobody has said."""
    return {
        "name": first_text(who, "name"),
        "title": first_text(who, "title"),
        "email": first_text(who, "email"),
        "phones": [
            [_phone_kind(row).value, _number(row), first_text(row, "description")]
            for row in parts(who, "phones")
        ],
    }


# Times


def _schedules(service: Json) -> Iterator[Json]:
    """Those that are not over."""
    today = timezone.localdate().isoformat()
    for each in (service, *(here for here, _ in _at_locations(service))):
        for row in parts(each, "schedules", "regular_schedules", "regular_schedule"):
            if (first_text(row, "valid_to") or today) >= today:
                yield row


def _times(row: Json) -> list[Json]:
    """A schedule; where its days are not said as calendars say them, what its words say."""
    said = first_text(row, "description")
    days, week = _days(first_text(row, "byday"))
    if not days:
        return [_as_json(each) for each in read_times(plain_text(said)[:2000])]
    is_monthly = row.get("freq") == "MONTHLY"
    is_second = not is_monthly and row.get("interval") in (2, "2")
    rhythm = Rhythm.MONTHLY if is_monthly else Rhythm.FORTNIGHTLY if is_second else Rhythm.WEEKLY
    lower = said.lower()
    season = Season.TERM if "term time" in lower else Season.HOLIDAYS if "holidays only" in lower else ""
    return [
        {
            "words": first_text(row, "notes") or ("" if _is_ours(said, row) else said),
            "days": days,
            "opens": _clock(row.get("opens_at")),
            "closes": _clock(row.get("closes_at")),
            "rhythm": rhythm.value,
            "week": week if is_monthly else None,
            "starts_on": first_text(row, "dtstart")[:10] if is_second else None,
            "season": str(season),
            "by_appointment": APPOINTMENT in lower,
        }
    ]


def _is_ours(said: str, row: Json) -> bool:
    """Whether the description only repeats what the row says, as ours do."""
    read = read_times(plain_text(said)[:2000])
    return len(read) == 1 and read[0].is_understood and bool(row.get("byday"))


def _as_json(times: Any) -> Json:
    return {
        **{name: getattr(times, name) for name in ("words", "rhythm", "week", "season", "by_appointment")},
        "days": list(times.days),
        "opens": times.opens.isoformat() if times.opens else None,
        "closes": times.closes.isoformat() if times.closes else None,
        "starts_on": times.starts_on.isoformat() if times.starts_on else None,
    }


def _days(byday: str) -> tuple[list[str], int | None]:
    """ "2TU" is (["TU"], 2): the days, and the week of the month (5: the last)."""
    found = [match for each in byday.upper().split(",") if (match := _BYDAY.fullmatch(each.strip()))]
    days = [match[2] for match in found if match[2] in Weekday.values]
    week = int(found[0][1]) if found and found[0][1] else None
    return days, 5 if week == -1 else week if week in ORDINALS else None


def _clock(value: Any) -> str | None:
    """ "9:00", "09:00:00Z"."""
    found = re.match(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    return f"{int(found[1]):02}:{found[2]}" if found else None


# Terms


def _attributes(service: Json) -> Json:
    """Our own terms by their ids; of others the kind of help and the sector, by their words; the rest are topics."""
    raw: dict[str, Any] = {"offers": [], "levels": [], "need_areas": [], "referrers": [], "topics": []}
    for attribute in parts(service, "attributes"):
        term = part(attribute, "taxonomy_term")
        name, value = first_text(term, "name", "term"), first_text(attribute, "value")
        known = TERMS_BY_ID.get(uuid_of(term.get("id")))
        if known is None:
            _put_foreign(raw, term, name)
        elif known.taxonomy.is_list:
            raw[known.taxonomy.key].append(known.value)
            if value and known.value in {"other", "particular_group"}:
                raw["offer_other" if known.value == "other" else "offer_group"] = value
        else:
            raw[known.taxonomy.key] = known.value
    return {name: list(dict.fromkeys(said)) if isinstance(said, list) else said for name, said in raw.items()}


def _put_foreign(raw: Json, term: Json, name: str) -> None:
    is_topic = getattr(BY_ID.get(uuid_of(term.get("taxonomy_id"))), "key", "") == "topics"
    offer, sector = words.OFFER_WORDS.get(plain(name)), words.SECTORS.get(plain(name))
    if offer and not is_topic:
        raw["offers"].append(offer)
    elif sector and not is_topic and "sector" not in raw:
        raw["sector"] = sector
    elif name:
        raw["topics"].append(plain_text(name)[:60])


def uuid_of(value: Any) -> UUID:
    """The nil UUID for what is none."""
    try:
        return UUID(value) if isinstance(value, str) else UUID(int=0)
    except ValueError:
        return UUID(int=0)
