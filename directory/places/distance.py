"""How far it is: between points in degrees, in miles, in plain words."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from config.values import parse_postcode
from directory.models import Place, Postcode, Rules
from partnerships.models import Setting

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

EARTH_MILES = 3958.8
METRES = 1609.344


def where_is(postcode: str) -> Point | None:
    """From the national file if it is loaded; else from a place of a sheet that says its postcode and coordinates."""
    try:
        written = parse_postcode(postcode)
    except ValueError:
        return None
    found = Postcode.objects.filter(pk=written.replace(" ", "")).values_list("latitude", "longitude").first()
    if found is None:
        places = Place.objects.filter(postcode=written, withheld="", latitude__isnull=False)
        return next(
            ((row.latitude, row.longitude) for row in places[:1] if row.latitude and row.longitude), None
        )
    return found


def where_are(postcodes: Iterable[str]) -> dict[str, Point]:
    """Those of many postcodes, written with their space, that the national file knows."""
    codes = {postcode.replace(" ", ""): postcode for postcode in postcodes if postcode}
    rows = Postcode.objects.filter(pk__in=codes).values_list("code", "latitude", "longitude")
    return {codes[code]: (latitude, longitude) for code, latitude, longitude in rows}


def where_school_is(setting: Setting) -> Point | None:
    """As its rules say, or as its postcode does."""
    rules = Rules.of(setting)
    if rules.latitude is not None and rules.longitude is not None:
        return rules.latitude, rules.longitude
    return where_is(setting.postcode)


def has_postcodes() -> bool:
    """Whether the national file is loaded."""
    return Postcode.objects.exists()


def miles_between(one: Point, other: Point) -> float:
    """By the haversine formula, on a sphere: right to half a percent."""
    latitudes = radians(one[0]), radians(other[0])
    across, along = radians(other[0] - one[0]), radians(other[1] - one[1])
    chord = sin(across / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(along / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(min(1.0, chord)))


def metres_between(one: Point, other: Point) -> float:
    return miles_between(one, other) * METRES


def box_around(point: Point, miles: float) -> tuple[float, float, float, float]:
    """(south, north, west, east): what lies outside is farther than so many miles. For the index on coordinates."""
    up = miles / 69.0
    aside = up / max(0.1, cos(radians(point[0])))
    return point[0] - up, point[0] + up, point[1] - aside, point[1] + aside


def miles_words(miles: float) -> str:
    """ "less than half a mile away", "1.5 miles away", "12 miles away"."""
    if miles < 0.5:
        return "less than half a mile away"
    rounded = round(miles * 2) / 2 if miles < 5 else round(miles)
    return f"{rounded:g} mile{'' if rounded == 1 else 's'} away"
