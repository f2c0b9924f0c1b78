"""Reads a pasted list of people, as mail programs and spreadsheets give them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from config.values import EMAIL_WORDS, parse_email

MOST_AT_ONCE = 200

_PART = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^",<>])+')
_NAMED = re.compile(r'^"?(?P<name>[^"<>]*?)"?\s*<\s*(?P<email>[^<>]*?)\s*>$')
_SPACED = re.compile(r"^(?P<name>.*\S)[\s:]+(?P<email>\S+@\S+)$")


@dataclass(frozen=True)
class Address:
    email: str
    name: str = ""


@dataclass(frozen=True)
class Unreadable:
    """A part of the list as it was typed, and what to do about it."""

    typed: str
    problem: str


@dataclass
class Pasted:
    addresses: list[Address] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def read_addresses(text: str) -> Pasted:
    """Each address once, in the order of the list; an address given twice keeps the first name."""
    found: dict[str, Address] = {}
    unreadable: list[Unreadable] = []
    for part in _parts(text):
        try:
            address = read_address(part)
        except ValueError as problem:
            unreadable.append(Unreadable(part, str(problem)))
        else:
            known = found.get(address.email)
            found[address.email] = known if known and known.name else address
    return Pasted(list(found.values()), unreadable)


def read_address(part: str) -> Address:
    """One address with or without a name. Raises ValueError with words for the person."""
    plain = re.sub(r"\bmailto:", "", part, flags=re.IGNORECASE)
    match = _NAMED.match(plain) or _SPACED.match(plain)
    name, email = (match["name"], match["email"]) if match else ("", plain)
    if "@" not in email:
        raise ValueError(EMAIL_WORDS)
    return Address(parse_email(email.strip("'\"()")).lower(), "" if "<" in name else _in_order(name))


def _parts(text: str) -> Iterator[str]:
    for line in re.split(r"[\r\n;]+", text):
        if "\t" in line:
            yield from _from_cells([cell.strip() for cell in line.split("\t") if cell.strip()])
        else:
            yield from _rejoined(part for match in _PART.finditer(line) if (part := match[0].strip()))


def _from_cells(cells: list[str]) -> list[str]:
    """A line out of a spreadsheet: the cell with the address, behind the first of the others."""
    emails = [cell for cell in cells if "@" in cell]
    names = [cell for cell in cells if "@" not in cell]
    return [" ".join([*names[:1], *emails[:1]])] if cells else []


def _rejoined(parts: Iterable[str]) -> Iterator[str]:
    """Puts "Smith" and "Jo <jo@example.org>" together again."""
    waiting = ""
    for part in parts:
        if waiting and "@" in part and "<" in part:
            yield f"{waiting}, {part}"
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = "" if "@" in part else part
        if not waiting:
            yield part
    if waiting:
        yield waiting


def _in_order(name: str) -> str:
    """ "Smith, Jo" becomes "Jo Smith"."""
    last, comma, first = name.strip(" '\"-–").partition(",")
    return " ".join(f"{first} {last}".split()) if comma else " ".join(last.split())
