"""Somebody who reads the whole database, and tries to find out who answered what."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from evaluation.models import Round
from partnerships.models import Membership
from toolkits.instruments import instrument

FIRST = instrument("team-building").statements[0].key
Row = dict[str, Any]

SPOKEN: dict[str, str] = {}
"""What somebody wrote → who it was: this test knows, the database does not."""


def words_of(person: Membership) -> str:
    digest = hashlib.sha256(f"of nobody else {person.pk}".encode()).hexdigest()
    words = digest.translate(
        str.maketrans("0123456789", "ghijklmnop")
    )  # no figures: they could look like a number
    SPOKEN[words] = str(person.pk)
    return words


def everything() -> dict[str, list[Row]]:
    """Every row of every table, with what PostgreSQL itself keeps about it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT ctid::text, xmin::text, xmax::text, cmin::text, t.* FROM {name} t")
            columns = [column.name for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def person_in(row: Row, known: dict[str, str]) -> str | None:
    """Whom a row is about, if any of its values is somebody's id or address."""
    return next((known[str(value)] for value in row.values() if str(value) in known), None)


def writer_of(row: Row) -> str:
    """Whose answer it is: what the attacks must not be able to tell."""
    data = row["data"] if isinstance(row["data"], dict) else json.loads(row["data"])
    return SPOKEN[data[FIRST]["evidence"]]


def place(value: Any) -> tuple[bool, str, Any]:
    """Sorts values of one column, whatever they are; "(0,12)" by page and line."""
    text = str(value)
    if text.startswith("(") and text.count(",") == 1:
        return (value is None, "", tuple(int(part) for part in text.strip("()").split(",")))
    return (value is None, "", int(text)) if text.isdigit() else (value is None, text, 0)


def by_order(tables: dict[str, list[Row]], known: dict[str, str], answers: str) -> int:
    """Sorts answers by one column and people's rows by another, forwards and backwards, and puts them side by side."""
    best = 0
    for own_column in {column for row in tables[answers] for column in row}:
        rows = sorted(tables[answers], key=lambda row: place(row[own_column]))
        writers = [writer_of(row) for row in rows]
        for name, people in tables.items():
            if name == answers:
                continue
            for order in orders(people, known):
                for line in (order, order[::-1]):
                    best = max(best, sum(a == b for a, b in zip(writers, line, strict=False)))
    return best


def orders(rows: Sequence[Row], known: dict[str, str]) -> Iterator[list[str]]:
    """The people of a table in the order of each of its columns."""
    about = [(row, person) for row in rows if (person := person_in(row, known))]
    for column in rows[0] if rows else ():
        yield [person for _, person in sorted(about, key=lambda pair: place(pair[0][column]))]


def by_value(tables: dict[str, list[Row]], known: dict[str, str], answers: str) -> int:
    """Joins the answers to every table, on every pair of columns, where that leaves one person for an answer."""
    best = 0
    for column in {column for row in tables[answers] for column in row} - {"data"}:
        for name, people in tables.items():
            if name != answers:
                best = max(
                    best, *(right(tables[answers], column, index) for index in indexes(people, known)), 0
                )
    return best


def indexes(rows: Sequence[Row], known: dict[str, str]) -> Iterator[dict[str, set[str]]]:
    """For each column of a table: its values, and the people they stand beside."""
    about = [(row, person) for row in rows if (person := person_in(row, known))]
    for column in rows[0] if about else ():
        index: dict[str, set[str]] = {}
        for row, person in about:
            index.setdefault(str(row[column]), set()).add(person)
        yield index


def right(answers: Sequence[Row], column: str, index: dict[str, set[str]]) -> int:
    return sum(index.get(str(row[column])) == {writer_of(row)} for row in answers)


def known_people(people: Sequence[Membership], round_: Round) -> dict[str, str]:
    """Every id under which somebody can stand in a row → the person."""
    known = {str(person.pk): str(person.pk) for person in people}
    known |= {str(person.user_id): str(person.pk) for person in people}
    known |= {person.user.email: str(person.pk) for person in people}
    asked = round_.activity.participants.exclude(membership=None)
    return known | {str(one.pk): str(one.membership_id) for one in asked}
