"""What is read from one cell, and the readers that several columns share."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from directory.imports import words
from directory.sheet.telephones import read_phones

CHOICE_WORDS = "Choose one of: {}"
CUT_WORDS = "Shorten this: {} characters fit, and only those were kept"


@dataclass
class Reading:
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(the piece of text, what to do)"""


Reader = Callable[[str], Reading]


def line(name: str, limit: int) -> Reader:
    """One line of text, cut where it is longer than what fits."""

    def reader(cell: str) -> Reading:
        text = " ".join(cell.split())
        return Reading(
            {name: text[:limit].strip()}, [(cell, CUT_WORDS.format(limit))] if len(text) > limit else []
        )

    return reader


def paragraphs(name: str, limit: int) -> Reader:
    def reader(cell: str) -> Reading:
        return Reading(
            {name: cell[:limit].strip()}, [(cell, CUT_WORDS.format(limit))] if len(cell) > limit else []
        )

    return reader


def parsed(name: str, parse: Callable[[str], Any]) -> Reader:
    def reader(cell: str) -> Reading:
        try:
            return Reading({name: parse(cell)})
        except ValueError as problem:
            return Reading(problems=[(cell, str(problem))])

    return reader


def first_of(name: str, parse: Callable[[str], str], also: str) -> Reader:
    """The first address in a cell that may hold several; the others go to the other information."""

    def reader(cell: str) -> Reading:
        reading = Reading()
        for piece in _pieces(cell, parse):
            try:
                found = parse(piece)
            except ValueError as problem:
                reading.problems.append((piece, str(problem)))
            else:
                _keep(reading.values, name, found, also)
        return reading

    return reader


def _pieces(cell: str, parse: Callable[[str], str]) -> list[str]:
    try:
        parse(cell)
        return [cell]
    except ValueError:
        pieces = re.split(r"\s*(?:[;,|\n]|\s/\s|\s+or\s+|\s+and\s+|\s+&\s+)\s*", cell)
        return [piece for piece in pieces if piece]


def _keep(into: dict[str, Any], name: str, found: str, also: str) -> None:
    if name not in into:
        into[name] = found
    elif found != into[name]:
        into.setdefault("also", []).append(f"{also}: {found}")


def telephone(name: str) -> Reader:
    def reader(cell: str) -> Reading:
        phones, problems = read_phones(cell)
        return Reading({name: phones} if phones else {}, problems)

    return reader


def several(name: str, limit: int) -> Reader:
    """A list: "Jane Doe; Tom Roe". Gaps stay, so that names and roles keep their places."""

    def reader(cell: str) -> Reading:
        items = [" ".join(item.split()) for item in re.split(r"[;\n]", cell)]
        long = [(item, CUT_WORDS.format(limit)) for item in items if len(item) > limit]
        return Reading({name: [item[:limit].strip() for item in items]}, long)

    return reader


def choice(name: str, table: dict[str, str], labels: list[str]) -> Reader:
    def reader(cell: str) -> Reading:
        found = words.look_up(cell, table)
        if found is None:
            return Reading(problems=[(cell, CHOICE_WORDS.format(", ".join(labels)))])
        return Reading({name: found})

    return reader
