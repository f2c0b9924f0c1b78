"""Reads Open Referral JSON as records of an import: our own export whole, our API's answers, and those of others.

One list, a page, a package or lines of JSON; services, services at locations, or organisations with their services.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from directory.imports.files import decode
from directory.imports.readers import NAME_WORDS
from directory.imports.records import Problem, Record
from directory.imports.rows import EMPTY, MAX_BYTES, MAX_ROWS, TOO_BIG, NotASpreadsheet, too_long
from directory.oruk import foreign
from directory.oruk.cleaners import FIRST_PLACE, PLACE, cleaned, place
from directory.oruk.cleaning import Told, is_nothing, plain_text
from directory.oruk.foreign import Json, parts, uuid_of
from directory.sheet.whereabouts import Whereabouts, flat_place

OURS = "joined_up"
"""What our own export adds to each service: everything on the sheet, and the format's number."""
NOT_JSON = "This file is not JSON that can be read. Ask for it again from where it comes."
NO_SERVICES = (
    "There are no services in this file. It should hold Open Referral JSON: a list of services, or a page."
)
CLOSED_WORDS = "This service is marked as {}, and is not brought in"
NO_SERVICE_WORDS = "This is not a service"
LISTS = (
    "contents",
    "services",
    "service",
    "service_at_locations",
    "organizations",
    "data",
    "items",
    "results",
)
CLOSED = {"defunct", "inactive"}
LONGEST_KEY = 100
PARTS, MOST_PARTS = (b"{", b"[", b","), 2_500_000
"""Each becomes something in memory: more of them than any list needs is a small file that grows to a gigabyte."""


def read_document(data: bytes) -> list[Record]:
    """A record for each service. Raises NotASpreadsheet with words for the person."""
    return read_page(data)[0]


def read_page(data: bytes) -> tuple[list[Record], int]:
    """The records, and of how many pages they are one."""
    if len(data) > MAX_BYTES or sum(map(data.count, PARTS)) > MOST_PARTS:
        raise NotASpreadsheet(TOO_BIG)
    if not data.strip():
        raise NotASpreadsheet(EMPTY)
    said = _loaded(data)
    found = list(_merged(_services_in(said)))
    if not found:
        raise NotASpreadsheet(NO_SERVICES)
    if len(found) > MAX_ROWS:
        raise NotASpreadsheet(too_long())
    pages = said.get("total_pages") if isinstance(said, dict) else None
    records = [read_service(each, number) for number, each in enumerate(found, 1)]
    return records, pages if isinstance(pages, int) else 1


def _loaded(data: bytes) -> Any:
    text = decode(data)
    try:
        return _parse(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [_parse(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        raise NotASpreadsheet(NOT_JSON) from None


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=lambda _: None)


def _services_in(found: Any) -> Iterator[Any]:
    """What a document lists, however it is wrapped."""
    if isinstance(found, list):
        for each in found:
            yield from _of_item(each)
        return
    if not isinstance(found, dict):
        return
    is_one = isinstance(found.get("name"), str)
    wrapped = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    if wrapped is not None and not is_one:
        yield from _services_in(wrapped)
    elif is_one or isinstance(found.get("service"), dict):
        yield from _of_item(found)


def _of_item(item: Any) -> Iterator[Any]:
    if not isinstance(item, dict):
        yield item
    elif isinstance(item.get("services"), list):
        organization = {name: value for name, value in item.items() if name != "services"}
        for service in item["services"]:
            yield {"organization": organization, **service} if isinstance(service, dict) else service
    elif isinstance(item.get("service"), dict):
        here = {name: value for name, value in item.items() if name != "service"}
        yield {**item["service"], "service_at_locations": [here]}
    else:
        yield item


def _merged(services: Iterable[Any]) -> Iterator[Any]:
    """A service that is listed at each of its locations is one."""
    known: dict[str, Json] = {}
    for each in services:
        key = each.get("id") if isinstance(each, dict) else None
        if isinstance(key, str) and key in known:
            known[key]["service_at_locations"] = [
                *parts(known[key], "service_at_locations"),
                *parts(each, "service_at_locations"),
            ]
            continue
        if isinstance(key, str):
            known[key] = each
        yield each


def read_service(found: Any, number: int) -> Record:
    """A service without a name has the problem `name`, and no more."""
    if not isinstance(found, dict):
        told = Told()
        told.tell("name", found, NO_SERVICE_WORDS)
        return Record(number, {}, list(told))
    key = _key(found)
    status = found.get("status")
    if isinstance(status, str) and status in CLOSED:
        closed = Problem(
            "name", plain_text(foreign.first_text(found, "name"))[:200], CLOSED_WORDS.format(status)
        )
        return Record(number, {}, [closed], key)
    told = Told()
    values = cleaned(_values(found, told), told)
    if not values.get("name"):
        return Record(number, {}, [Problem("name", "", NAME_WORDS)], key)
    pk = uuid_of(key)
    return Record(number, {**({"id": pk} if pk != UUID(int=0) else {}), **values}, list(told), key)


def _key(found: Json) -> str:
    """What its writer calls it; of a key that is longer than we keep, a mark."""
    key = plain_text(foreign.first_text(found, "id"))
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def marks(standard: Json) -> dict[str, str]:
    """A short mark of each part of a service as we wrote it: by these it shows what another system has changed."""
    return {name: _mark(value) for name, value in standard.items()}


def _mark(value: Any) -> str:
    try:
        return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]
    except RecursionError:
        return ""


def _values(found: Json, told: Told) -> Json:
    """Our own values where there are any, but for what somebody has changed since in the standard's own words."""
    ours = foreign.part(found, OURS)
    own, written = foreign.part(ours, "values"), foreign.part(ours, "marks")
    if not own:
        return _foreign_values(found, told)
    standard = {name: value for name, value in found.items() if name != OURS}
    now = marks(standard) if written else {}
    changed = {name for name in now if now[name] != written.get(name)}
    return own | _said_in(changed, standard, told) if changed else own


def _said_in(changed: set[str], standard: Json, told: Told) -> Json:
    """The values that these parts say, and the problems in them."""
    before, after = Told(), Told()
    without = _foreign_values(
        {name: value for name, value in standard.items() if name not in changed}, before
    )
    values = _foreign_values(standard, after)
    told.extend(problem for problem in after if problem not in before)
    return {name: value for name, value in values.items() if value != without.get(name)}


def _foreign_values(found: Json, told: Told) -> Json:
    raw = foreign.raw_values(found)
    places = [
        place("more_places" if at else FIRST_PLACE, each, told) for at, each in enumerate(raw.pop("places"))
    ]
    flat = flat_place([each for each in places if each is not None and each != Whereabouts()])
    more = [{own: getattr(each, own) for own in PLACE} for each in flat.pop("more_places")]
    return {
        **raw,
        **{name: value for name, value in flat.items() if not is_nothing(value)},
        "more_places": more,
    }
