"""What is kept of a sheet before and after an import, so that the import can be taken back."""

from collections.abc import Collection
from typing import Any

from directory.sheet.coding import encoded
from directory.sheet.values import Values
from directory.sheet.whereabouts import ADDRESS_FIELDS

PLACES = frozenset({*ADDRESS_FIELDS, "more_places"})


def kept_values(values: Values, names: Collection[str]) -> dict[str, Any]:
    """The values called `names`; of a sheet that withholds its address nothing of any place."""
    return encoded({name: values.get(name) for name in names if not (is_withheld(values) and name in PLACES)})


def is_withheld(values: Values) -> bool:
    return bool(values.get("withheld")) or any(place.withheld for place in values.get("more_places") or [])
