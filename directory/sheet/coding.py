"""Values of a sheet as JSON: what suggestions, imports that can be taken back, and feeds keep."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from typing import Any

from directory.sheet.times import Times
from directory.sheet.values import PHONE_KINDS, Values
from directory.sheet.whereabouts import Person, Whereabouts


def encoded(values: Values) -> dict[str, Any]:
    """Values as JSON can carry them; `decoded` is the reverse."""
    return {name: _encode(value) for name, value in values.items() if name != "id"}


def _encode(value: Any) -> Any:
    if isinstance(value, Person | Whereabouts | Times):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [_encode(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def decoded(values: dict[str, Any]) -> Values:
    return {name: DECODERS[name](value) if name in DECODERS else value for name, value in values.items()}


def _person(found: dict[str, Any]) -> Person:
    return Person(**{**found, "phones": tuple(tuple(each) for each in found["phones"])})


def _whereabouts(found: dict[str, Any]) -> Whereabouts:
    return Whereabouts(**{**found, "access": tuple(found["access"])})


def times_from(found: dict[str, Any]) -> Times:
    clock = {name: time.fromisoformat(found[name]) if found[name] else None for name in ("opens", "closes")}
    return Times(**{**found, **clock, "days": tuple(found["days"]), "starts_on": _date(found["starts_on"])})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _confirmed(found: list[str] | None) -> tuple[Any, str, str] | None:
    return (_date(found[0]), found[1], found[2]) if found else None


def _each(decode: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda found: [decode(each) for each in found]


DECODERS: dict[str, Callable[[Any], Any]] = {
    "contacts": _each(_person),
    "more_places": _each(_whereabouts),
    "opening_times": _each(times_from),
    **{name: _each(tuple) for name in PHONE_KINDS},
    "waiting_on": _date,
    "confirmed": _confirmed,
}
