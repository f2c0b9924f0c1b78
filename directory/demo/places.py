"""Where the demo's invented postcodes are, so that distances can be told there. No real postcode begins with WX."""

from zlib import crc32

from directory.models import Place, Postcode, WithheldAddress
from directory.places.locating import fill_places
from partnerships.models import Setting

TOWN_HALL = (53.4620, -2.2890)
SPREAD = 0.055
"""In degrees: the town is about eight miles across."""


def seed_postcodes() -> None:
    listed = (
        *Setting.objects.filter(postcode__startswith="WX").values_list("postcode", flat=True),
        *Place.objects.filter(postcode__startswith="WX", withheld="").values_list("postcode", flat=True),
        *WithheldAddress.objects.filter(postcode__startswith="WX").values_list("postcode", flat=True),
    )
    codes = sorted({postcode.replace(" ", "") for postcode in listed})
    Postcode.objects.bulk_create([_invented(code) for code in codes], ignore_conflicts=True)
    fill_places()


def _invented(code: str) -> Postcode:
    """Always the same, somewhere around the town hall."""
    number = crc32(code.encode())
    up, aside = (number % 1000) / 500 - 1, (number // 1000 % 1000) / 500 - 1
    return Postcode(
        code=code,
        latitude=round(TOWN_HALL[0] + SPREAD * up, 6),
        longitude=round(TOWN_HALL[1] + SPREAD * 1.6 * aside, 6),
    )
