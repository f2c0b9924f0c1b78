"""One row of a spreadsheet as the values of a sheet, and what in it could not be read."""

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from config.values import PHONE_WORDS, parse_postcode
from directory.imports import numbered, readers
from directory.imports.columns import BY_KEY
from directory.imports.headings import plain
from directory.imports.rows import Row
from directory.models import Offer
from directory.sheet.coding import decoded, encoded
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person

PLAIN_OTHER = re.compile(r"\b(?:other|info|information|else)\b")
CONFIRMED_BY = "Spreadsheet"
NUMBERS = {"telephone", "text", "fax"}
LINE = 200  # what a line of an address holds


@dataclass(frozen=True)
class Mapping:
    """What each column is: `keys` beside `headings`, "" for a column that is not used."""

    headings: tuple[str, ...]
    keys: tuple[str, ...]

    def as_report(self) -> dict[str, str | None]:
        return {heading: key or None for heading, key in zip(self.headings, self.keys, strict=True)}

    def has(self, *keys: str) -> bool:
        return any(key in self.keys for key in keys)

    @property
    def is_own(self) -> bool:
        """Of our own export."""
        return "id" in self.keys

    @property
    def unused(self) -> list[str]:
        return [heading for heading, key in zip(self.headings, self.keys, strict=True) if not key]


@dataclass(frozen=True)
class Problem:
    field: str
    value: str
    problem: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "value": self.value, "problem": self.problem}


@dataclass
class Record:
    number: int
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    key: str = ""
    """What whoever wrote the record calls it: the id in a feed."""
    is_row: bool = False
    """Of a spreadsheet, in which an empty cell says nothing."""

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    @property
    def only_named(self) -> bool:
        """Nothing but a name: perhaps a heading between the rows."""
        return set(self.values) == {"name"} and not self.problems


def as_cell(record: Record) -> str:
    """A whole record as one cell of text; `from_cell` is the reverse."""
    problems = [problem.as_json() for problem in record.problems]
    pk = str(record.values.get("id", ""))
    return json.dumps({"id": pk, "values": encoded(record.values), "problems": problems, "key": record.key})


def from_cell(number: int, cell: str) -> Record:
    found = json.loads(cell)
    problems = [Problem(**problem) for problem in found["problems"]]
    values = {"id": UUID(found["id"])} if found["id"] else {}
    return Record(number, values | decoded(found["values"]), problems, found["key"])


def read_row(row: Row, mapping: Mapping) -> Record:
    """A row without a name but with something else in it has the problem `name`, and no more."""
    record = Record(row.number, is_row=True)
    raw: Values = {}
    for key, cell in gather(row.cells, mapping).items():
        reading = readers.read(key, cell, is_own=mapping.is_own)
        for name, value in reading.values.items():
            _put(raw, name, value)
        record.problems += [Problem(key, value[:1000], words) for value, words in reading.problems]
    record.problems += [Problem(key, cell[:1000], PHONE_WORDS) for key, cell in wordy(row.cells, mapping)]
    record.values = assembled(raw, splits_address=not mapping.has("address_2", "city", "county"))
    if not record.name and (record.values or record.problems):
        record.problems = [Problem("name", "", readers.NAME_WORDS)]
    return record


def wordy(cells: list[str], mapping: Mapping) -> list[tuple[str, str]]:
    """(column, cell) of words in one of several columns of numbers: they belong to no number of another cell."""
    return [
        (key, cells[at])
        for at, key in enumerate(mapping.keys)
        if key in NUMBERS
        and mapping.keys.count(key) > 1
        and at < len(cells)
        and not readers.is_empty(cells[at])
        and not re.search(r"\d", cells[at])
    ]


def gather(cells: list[str], mapping: Mapping) -> dict[str, str]:
    """The text of each of our columns: several of theirs are joined as that column joins them."""
    texts: dict[str, list[str]] = {}
    left = wordy(cells, mapping)
    for at, key in enumerate(mapping.keys):
        cell = cells[at] if at < len(cells) else ""
        if not key or (not cell and key not in {"contact_person", "contact_role"}):
            continue
        if (key, cell) in left:
            continue
        if key == "other" and cell and not PLAIN_OTHER.search(plain(mapping.headings[at])):
            cell = "" if readers.is_empty(cell) else f"{mapping.headings[at]}: {cell}"
        texts.setdefault(key, []).append(cell)
    return {key: _joined(key, parts) for key, parts in texts.items()}


def _joined(key: str, parts: list[str]) -> str:
    join = BY_KEY[key].join
    if key in {"contact_person", "contact_role"}:
        return join.join(parts) if any(parts) else ""
    if len(parts) == 1:
        return parts[0]
    filled = [part for part in parts if part and (key == "name" or not readers.is_empty(part))]
    return join.join(dict.fromkeys(filled)) if join else (filled or [""])[0]


def _put(raw: Values, name: str, value: Any) -> None:
    """Lists from several columns grow; of other values the first stays."""
    if isinstance(value, list) and isinstance(raw.get(name), list):
        raw[name] = raw[name] + [item for item in value if item not in raw[name]]
    else:
        raw.setdefault(name, value)


def assembled(raw: Values, *, splits_address: bool) -> Values:
    """The values of a sheet from those of single cells."""
    values = {name: value for name, value in raw.items() if name not in INNER and name not in numbered.LIKE}
    if numbered.are_in(raw):
        values |= {"more_places": numbered.more_places(raw), "summaries": numbered.summaries(raw)}
    values |= _contacts(raw) | _offers(raw) | _address(raw, splits=splits_address) | _confirmed(raw)
    if raw.get("also"):
        lines = [raw.get("other_information", ""), *raw["also"]]
        values["other_information"] = "\n".join(filter(None, lines))[:4000]
    if ("latitude" in values) != ("longitude" in values):
        values.pop("latitude", None), values.pop("longitude", None)
    if raw.get("here_times_too"):
        values.setdefault("here_times", raw["here_times_too"])
    return {name: value for name, value in values.items() if value not in ("", [], {})} | _kept_blank(values)


INNER = {
    *(
        "contact_names",
        "contact_titles",
        "contact_public",
        "contact_first",
        "contact_last",
        "also",
        "address",
    ),
    *("offers", "ticks", "unticked", "offer_other", "offer_group", "here_times_too"),
    *("confirmed_on", "confirmed_by", "confirmed_how"),
}


def _kept_blank(values: Values) -> Values:
    """An address read from one cell replaces the whole old one, its second line and town as well."""
    return {name: "" for name in ("address_2", "city") if values.get(name) == ""}


def _contacts(raw: Values) -> Values:
    first, last = raw.get("contact_first", ""), raw.get("contact_last", "")
    names = raw.get("contact_names") or ([f"{first} {last}".strip()] if first or last else [])
    titles, public = raw.get("contact_titles", []), raw.get("contact_public", [])
    more = _details(raw)
    people = [
        Person(_at(names, at, ""), _at(titles, at, ""), _at(public, at, False), **_at(more, at, {}))
        for at in range(max(len(names), len(titles), len(more)))
    ]
    if any(names) or any(titles):
        people = [who for who in people if replace(who, is_public=False) != Person()]
    return {"contacts": people} if people else {}


def _details(raw: Values) -> list[dict[str, Any]]:
    """What the numbered columns say of each person."""
    if not numbered.are_in(raw):
        return []
    found = [numbered.details(raw, number) for number in range(1, numbered.MOST_PEOPLE + 1)]
    while found and not found[-1]:
        found.pop()
    return found


def _at(items: list[Any], index: int, default: Any) -> Any:
    return items[index] if index < len(items) else default


def _offers(raw: Values) -> Values:
    named = set(raw.get("offers", [])) | set(raw.get("ticks", []))
    which = {name: raw[name] for name in ("offer_other", "offer_group") if raw.get(name)}
    if "offer_other" in which:
        named.add(Offer.OTHER)
    if "offer_group" in which:
        named.add(Offer.PARTICULAR_GROUP)
    offers = [str(offer) for offer in Offer if offer in named]
    return which | ({"offers": offers} if offers else {})


def _address(raw: Values, *, splits: bool) -> Values:
    """ "The Space, 87 Ancoats Street, Manchester M4 5AG" in lines, town and postcode.

    Where the town has a column of its own, the address stays as it was written.
    """
    text = re.sub(r"\s*\n\s*", ", ", raw.get("address", ""))
    if not text:
        return {}
    if not splits:
        return {"address_1": " ".join(text.split())[:LINE]}
    lines = [part.strip(" .") for part in text.split(",") if part.strip(" .")]
    values: Values = {}
    if "postcode" not in raw and lines:
        lines[-1], values = _postcode_off(lines[-1])
        lines = [line for line in lines if line]
    town = lines.pop() if len(lines) > 1 and not re.search(r"\d", lines[-1]) else ""
    return values | {
        "address_1": lines[0][:LINE] if lines else "",
        "address_2": ", ".join(lines[1:])[:LINE],
        "city": town[:100],
    }


def _postcode_off(line: str) -> tuple[str, Values]:
    words = line.split()
    for many in (2, 1):
        try:
            return " ".join(words[:-many]), {"postcode": parse_postcode("".join(words[-many:]))}
        except ValueError:
            continue
    return line, {}


def _confirmed(raw: Values) -> Values:
    if "confirmed_on" not in raw:
        return {}
    by, how = raw.get("confirmed_by", CONFIRMED_BY), raw.get("confirmed_how", "")
    return {"confirmed": (raw["confirmed_on"], by, how)}
