"""Writes rows again, many at once: a thousand cost one statement, and the triggers that keep history see each row."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from directory.models import (
    Contact,
    OpeningTime,
    Phone,
    Place,
    Service,
    SuggestedChange,
    Summary,
    WithheldAddress,
)
from directory.sheet.parts import parts_of
from directory.sheet.values import PHONE_KINDS, Values
from directory.sheet.whereabouts import ADDRESS_FIELDS, KEPT_BACK, PLACE_FIELDS, plain_list

CHUNK = 1000
PART_NAMES = {
    "places": {*PLACE_FIELDS, "more_places"},
    "contacts": {"contacts"},
    "phones": {*PHONE_KINDS, "contacts"},
    "opening_times": {"opening_times"},
    "summaries": {"summaries"},
}
PART_MODELS: dict[str, type[models.Model]] = {
    "places": Place,
    "contacts": Contact,
    "phones": Phone,
    "opening_times": OpeningTime,
    "summaries": Summary,
}


def hold(pks: Iterable[UUID]) -> None:
    """Keeps others from writing to these sheets until the transaction ends. Whoever writes to many holds them first,
    all in one order: else two wait for each other. Rows that point to a sheet may still be written.
    """
    list(Service.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def rewrite_rows(model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str] = ()) -> None:
    """Writes rows as they are, the new ones and those that are there already; of those only `names`, if given."""
    every = [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated and not getattr(field, "auto_now_add", False)
    ]
    model._default_manager.bulk_create(
        rows, batch_size=CHUNK, update_conflicts=True, unique_fields=["pk"], update_fields=names or every
    )


Rewritten = Sequence[tuple[Service, set[str], Values]]
"""(a service with its parts, the kinds of part that are written, everything that the sheet says afterwards)"""


def rewrite_parts(rewritten: Rewritten) -> None:
    """Writes parts, each row in place; contacts point to places, and telephones to contacts."""
    new = [parts_of(service, values).groups() for service, _, values in rewritten]
    live: dict[Any, models.Model] = {}
    gone: list[tuple[type[models.Model], Any]] = []
    for name, model in PART_MODELS.items():
        differ: list[models.Model] = []
        touched: list[Any] = []
        old = [list(getattr(service, name).all()) for service, _, _ in rewritten]
        for (_, written, _), before, parts in zip(rewritten, old, new, strict=True):
            after = parts[name]
            if name not in written:
                live |= {wanted.pk: row for row, wanted in zip(before, after, strict=False)}
                continue
            for row in after:
                _point(row, live)
            differ += _turned_into(before, after, live)
            touched += after
            gone += [(model, row.pk) for row in before[len(after) :]]
        rewrite_rows(model, differ)
        if name == "places":
            keep_back([_with_whole(live[wanted.pk], wanted) for wanted in touched])
    for model in PART_MODELS.values():
        keys = [key for kind, key in gone if kind is model]
        if keys:
            model._default_manager.filter(pk__in=keys).delete()


def _turned_into(old: list[Any], new: list[Any], live: dict[Any, models.Model]) -> list[models.Model]:
    """Turns the old rows into the new ones in place, so that their history goes on; gives those that differ.

    `live`: new pk → the row that stays.
    """
    differ = list(new[len(old) :])
    for row, wanted in zip(old, new, strict=False):
        before = _content(row)
        for name, value in _content(wanted).items():
            setattr(row, name, value)
        if _content(row) != before:
            differ.append(row)
        live[wanted.pk] = row
    live |= {row.pk: row for row in new[len(old) :]}
    return differ


def _content(row: models.Model) -> dict[str, Any]:
    skipped = {"id", "service_id"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }


def _point(row: Any, live: dict[Any, models.Model]) -> None:
    """Makes a new row point to the row that is kept in the place of the one that it was made with."""
    for name in ("place", "contact"):
        if getattr(row, f"{name}_id", None):
            setattr(row, name, live[getattr(row, f"{name}_id")])


def _with_whole(row: models.Model, wanted: Any) -> Place:
    assert isinstance(row, Place)
    row.whole = wanted.whole
    return row


def keep_back(places: Iterable[Place]) -> None:
    """Keeps the whole of each withheld address apart, and takes it out of the history of its place."""
    places = list(places)
    withheld = [place for place in places if place.is_withheld]
    WithheldAddress.objects.filter(place__in=[place.pk for place in places]).delete()
    WithheldAddress.objects.bulk_create(
        [
            WithheldAddress(
                place=place, **{name: plain_list(getattr(place.whole, name)) for name in KEPT_BACK}
            )
            for place in withheld
            if place.whole is not None
        ],
        batch_size=CHUNK,
    )
    for place in withheld:
        forget_address(place)


def forget_address(place: Place) -> None:
    """In the history of the place, of others of the service that were at the same address and are gone, and in what
    was suggested.
    """
    shown = {name: getattr(place, name) for name in (*KEPT_BACK, "latitude", "longitude")}
    place.events.update(**shown)  # type: ignore[attr-defined] # pghistory makes the relation
    said = SuggestedChange.objects.filter(
        suggestion__service=place.service_id, name__in=[*ADDRESS_FIELDS, "more_places"]
    )
    said.update(before=None)
    said.exclude(suggestion__closed_at=None).update(value=None)
    whole = place.whole
    if whole is not None and (whole.address_1 or whole.postcode):
        kept = place.events.model._default_manager.filter(service=place.service_id)  # type: ignore[attr-defined]
        gone = kept.exclude(pgh_obj__in=Place.objects.filter(service=place.service_id))
        street = Q(address_1__iexact=whole.address_1) & ~Q(address_1="")
        gone.filter(street | Q(postcode=whole.postcode) & ~Q(postcode="")).update(**shown)
