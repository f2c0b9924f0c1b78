"""Gives places the coordinates of their postcodes, as far as these may be known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection

from directory.models import Withheld
from directory.places.distance import Point, where_are
from directory.sheet.values import Values
from directory.sheet.whereabouts import Whereabouts, flat_place, places_of

FILL = """
UPDATE directory_place place SET latitude = code.latitude, longitude = code.longitude
FROM directory_postcode code
WHERE place.latitude IS NULL AND place.withheld = '' AND code.code = replace(place.postcode, ' ', '')
"""
FILL_COARSE = """
UPDATE directory_place place
SET latitude = round(code.latitude::numeric, 2), longitude = round(code.longitude::numeric, 2)
FROM directory_postcode code, directory_withheldaddress kept
WHERE place.latitude IS NULL AND place.withheld = 'coarse' AND kept.place_id = place.id
AND code.code = replace(kept.postcode, ' ', '')
"""


def located(sheets: Sequence[Values]) -> list[Values]:
    """The sheets with coordinates for each place that has a postcode and none. A refuge gets none."""
    listed = [places_of(values) for values in sheets]
    known = where_are(place.postcode for places in listed for place in places if _is_unknown(place))
    return [
        {**values, **flat_place([_with_point(place, known) for place in places])}
        if any(_is_unknown(place) and place.postcode in known for place in places)
        else values
        for values, places in zip(sheets, listed, strict=True)
    ]


def _is_unknown(place: Whereabouts) -> bool:
    return bool(place.postcode) and place.latitude is None and place.withheld != Withheld.REFUGE


def _with_point(place: Whereabouts, known: dict[str, Point]) -> Whereabouts:
    if not _is_unknown(place) or place.postcode not in known:
        return place
    latitude, longitude = known[place.postcode]
    return replace(place, latitude=latitude, longitude=longitude)


def moved(before: Values, after: Values) -> Values:
    """`after`, without the coordinates of places whose postcode is another one than before."""
    old = places_of(before)
    places = [
        replace(place, latitude=None, longitude=None) if _has_moved(old[at], place) else place
        for at, place in enumerate(places_of(after))
        if at < len(old)
    ]
    return {**after, **flat_place([*places, *places_of(after)[len(old) :]])}


def _has_moved(old: Whereabouts, new: Whereabouts) -> bool:
    same_point = (old.latitude, old.longitude) == (new.latitude, new.longitude)
    return same_point and old.postcode != new.postcode


def fill_places() -> int:
    """Coordinates for the places that have a postcode and none; says how many."""
    with connection.cursor() as cursor:
        return sum(_rows_of(cursor, sql) for sql in (FILL, FILL_COARSE))


def _rows_of(cursor: "Iterable[object]", sql: str) -> int:
    cursor.execute(sql)  # type: ignore[attr-defined]
    return int(cursor.rowcount)  # type: ignore[attr-defined]
