"""Which row is which service: by our number, by name with postcode or telephone, by website, by the name alone.

Two branches of one charity share a name, a telephone number and a website; what tells them apart is the
postcode. So rows that contradict each other are two services, and a service that has moved is only taken
for the same when nothing else in the list can be meant.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit
from uuid import UUID

from directory.imports.headings import plain
from directory.sheet.values import Values

_SUFFIX = re.compile(r"\s(?:ltd|limited|cic|cio|llp|plc|inc)$")
SIMILAR = 0.6
MANY = 50
"""A name, number or website that so many share tells none of them apart: it is the council's, or a list's."""


@dataclass(frozen=True)
class Traits:
    """What a service is known by."""

    name: str
    postcode: str = ""
    phones: frozenset[str] = frozenset()
    website: str = ""
    pk: UUID | None = None

    @classmethod
    def of(cls, values: Values) -> "Traits":
        numbers = [number for key in ("telephone", "text") for number, _ in values.get(key, [])]
        return cls(
            name=name_key(values.get("name", "")),
            postcode=values.get("postcode", ""),
            phones=frozenset(re.sub(r"\D", "", number.split(" ext ")[0]) for number in numbers),
            website=web_key(values.get("website", "")),
            pk=values.get("id"),
        )

    def same_place(self, other: "Traits") -> bool:
        return bool(self.postcode) and self.postcode == other.postcode

    def elsewhere(self, other: "Traits") -> bool:
        return bool(self.postcode and other.postcode) and self.postcode != other.postcode

    def contradicts(self, other: "Traits") -> bool:
        other_number = bool(self.phones and other.phones) and not self.phones & other.phones
        return self.elsewhere(other) or (other_number and not self.same_place(other))


def name_key(name: str) -> str:
    text = plain(name).removeprefix("the ")
    return _SUFFIX.sub("", text) or " ".join(name.lower().split())


def web_key(address: str) -> str:
    parts = urlsplit(address.lower())
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}{query}" if address else ""


class Index:
    """Services by what they are known by; each is named by its place in the list that it was made from."""

    def __init__(self, traits: Iterable[Traits] = ()) -> None:
        self.traits: list[Traits] = []
        self._names: dict[str, list[int]] = defaultdict(list)
        self._known: dict[tuple[str, str], list[int]] = defaultdict(
            list
        )  # by name with postcode or telephone
        self._websites: dict[str, list[int]] = defaultdict(list)
        self._phones: dict[str, list[int]] = defaultdict(list)
        for each in traits:
            self.add(each)

    def add(self, traits: Traits) -> int:
        at = len(self.traits)
        self.traits.append(traits)
        self._names[traits.name].append(at)
        for sign in filter(None, (traits.postcode, *traits.phones)):
            self._known[traits.name, sign].append(at)
        if traits.website:
            self._websites[traits.website].append(at)
        for phone in traits.phones:
            self._phones[phone].append(at)
        return at

    def named(self, row: Traits) -> list[int]:
        return self._names.get(row.name, [])

    def same(self, row: Traits) -> int | None:
        """The service that this row surely is."""
        phones = [at for phone in row.phones for at in self._known.get((row.name, phone), [])]
        rules: tuple[tuple[Rule, list[int]], ...] = (
            (Traits.same_place, self._known.get((row.name, row.postcode), [])),
            (_by_phone, sorted(phones)),
            (_by_name, telling(self.named(row))),
            (_by_website, self._of_website(row)),
        )
        return next((at for rule, found in rules for at in found if rule(row, self.traits[at])), None)

    def alike(self, row: Traits) -> Iterator[int]:
        """Those that could be meant: the same name, telephone or website."""
        phones = [at for phone in sorted(row.phones) for at in telling(self._phones.get(phone, []))]
        yield from dict.fromkeys([*telling(self.named(row)), *self._of_website(row), *phones])

    def _of_website(self, row: Traits) -> list[int]:
        return telling(self._websites.get(row.website, [])) if row.website else []


Rule = Callable[[Traits, Traits], bool]


def telling(found: list[int]) -> list[int]:
    return found if len(found) <= MANY else []


def _by_phone(row: Traits, other: Traits) -> bool:
    return bool(row.phones & other.phones) and not row.elsewhere(other)


def _by_name(row: Traits, other: Traits) -> bool:
    return not row.contradicts(other)


def _by_website(row: Traits, other: Traits) -> bool:
    """The same page, and a name that is nearly the same: renamed, not a sister service."""
    if row.elsewhere(other) or not (row.same_place(other) or row.phones & other.phones):
        return False
    return SequenceMatcher(None, row.name, other.name).ratio() >= SIMILAR


def match(rows: Sequence[Traits], existing: Sequence[Traits]) -> list[int | None]:
    """For each row the index in `existing` of the service that it is."""
    index = Index(existing)
    numbered = {traits.pk: at for at, traits in enumerate(existing) if traits.pk}
    found = [numbered[row.pk] if row.pk in numbered else index.same(row) for row in rows]
    claimed = {at for at in found if at is not None}
    left: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if found[number] is None:
            left[row.name].append(number)
    for numbers in left.values():
        free = [at for at in index.named(rows[numbers[0]]) if at not in claimed]
        if len(numbers) == len(free) == 1:
            found[numbers[0]] = free[0]
    return found
