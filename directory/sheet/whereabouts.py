"""The people and places of a sheet as plain values; of a withheld address, what may be shown and what is kept back."""

from dataclasses import dataclass, fields, replace
from typing import Any

from directory.models import Place, Withheld

PLACE_FIELDS = {
    "place_kind": "kind",
    "place_name": "name",
    "address_1": "address_1",
    "address_2": "address_2",
    "city": "city",
    "county": "county",
    "postcode": "postcode",
    "council": "council",
    "withheld": "withheld",
    "latitude": "latitude",
    "longitude": "longitude",
    "access": "access",
    "access_note": "access_note",
}
"""The first place of a sheet, flat, as a row of a spreadsheet has it; the others are in `more_places`."""
ADDRESS_FIELDS = tuple(name for name in PLACE_FIELDS if name not in {"place_kind", "withheld", "council"})


@dataclass(frozen=True)
class Person:
    """A contact of the service. `phones`: (kind, number, note); `place`: the number of their place, the first is 0."""

    name: str = ""
    title: str = ""
    is_public: bool = False
    email: str = ""
    phones: tuple[tuple[str, str, str], ...] = ()
    place: int | None = None


@dataclass(frozen=True)
class Whereabouts:
    """A place of the service, with its whole address where whoever asks may read it."""

    kind: str = Place.Kind.PHYSICAL.value
    name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    county: str = ""
    postcode: str = ""
    council: str = ""
    withheld: str = Withheld.NO.value
    latitude: float | None = None
    longitude: float | None = None
    access: tuple[str, ...] = ()
    access_note: str = ""


LONGEST_OUTWARD = 4
NOWHERE = Whereabouts(kind="")
"""A sheet without a place."""


def whereabouts(place: Place, *, whole: bool = False) -> Whereabouts:
    values = {field.name: getattr(place, field.name) for field in fields(Whereabouts)}
    if whole and place.is_withheld:
        kept = getattr(place, "withheld_address", None)
        values |= {name: getattr(kept, name) for name in KEPT_BACK} if kept else {}
    return Whereabouts(**{**values, "access": tuple(values["access"])})


KEPT_BACK = ("name", "address_1", "address_2", "city", "county", "postcode", "access", "access_note")


def shown_of(place: Whereabouts) -> Whereabouts:
    """What may be shown of a place: all of it, the outward postcode and rough coordinates, or its council area."""
    if place.withheld == Withheld.REFUGE:
        return Whereabouts(kind=place.kind, council=place.council, withheld=place.withheld)
    if place.withheld == Withheld.COARSE:
        return replace(
            place,
            name="",
            address_1="",
            address_2="",
            postcode=outward(place.postcode),
            latitude=None if place.latitude is None else round(place.latitude, 2),
            longitude=None if place.longitude is None else round(place.longitude, 2),
            access_note="",
        )
    return place


def carried(place: Whereabouts) -> Whereabouts:
    """What a file carries of a place: of a withheld address the town and the council area, of a refuge that alone."""
    if not place.withheld:
        return place
    shown = shown_of(place)
    return replace(shown, postcode="", latitude=None, longitude=None, access=())


def outward(postcode: str) -> str:
    """The first half; nothing of what is not written as a postcode."""
    first = postcode.partition(" ")[0]
    return first if len(first) <= LONGEST_OUTWARD else ""


def plain_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def located_like(old: Any, new: Any) -> Any:
    """Places that say no coordinates with those that were looked up for the same postcode: they are no change."""
    if not (isinstance(old, list) and isinstance(new, list) and new and isinstance(new[0], Whereabouts)):
        return new
    known = {place.postcode: place for place in old if place.postcode}
    return [
        replace(place, latitude=known[place.postcode].latitude, longitude=known[place.postcode].longitude)
        if place.latitude is None and place.postcode in known
        else place
        for place in new
    ]


def places_of(values: dict[str, Any]) -> list[Whereabouts]:
    """The first place, unless nothing is said of it, and the others."""
    said = {own: values[name] for name, own in PLACE_FIELDS.items() if values.get(name) not in (None, "", [])}
    first = (
        [Whereabouts(**{**said, "access": tuple(said.get("access", ()))})] if said.keys() - {"kind"} else []
    )
    if not first and said.get("kind") not in (None, Place.Kind.PHYSICAL):
        first = [Whereabouts(kind=said["kind"])]
    return [*first, *values.get("more_places", [])]


def flat_place(places: list[Whereabouts]) -> dict[str, Any]:
    """The reverse: the names of PLACE_FIELDS and `more_places`."""
    first = places[0] if places else NOWHERE
    flat = {name: plain_list(getattr(first, own)) for name, own in PLACE_FIELDS.items()}
    return {**flat, "more_places": places[1:]}
