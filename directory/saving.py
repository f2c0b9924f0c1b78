"""Writes sheets: one with its parts, or many at once. Who may do so is decided before (keeping.py)."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from directory.models import (
    Agency,
    Contact,
    OpeningTime,
    Phone,
    Place,
    Service,
    Summary,
    WithheldAddress,
)
from directory.parts import parts_of
from directory.sheet import HERE_FIELDS, PHONE_KINDS, WAITING_FIELDS, Values, assign, values_of
from directory.whereabouts import KEPT_BACK, PLACE_FIELDS
from partnerships.models import Partnership, Setting

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
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def sort_key(name: str) -> str:
    """As the database's sort_key(): lower case, without accents."""
    text = unicodedata.normalize("NFKD", name.translate(_TYPOGRAPHY))
    return "".join(sign for sign in text if not unicodedata.combining(sign)).lower()


class Agencies:
    """The agencies of these names that a setting can see on sheets. A name that is new makes a new one."""

    def __init__(self, setting: Setting | None, names: Iterable[str]) -> None:
        seen = Service.linkable_by(setting).values("agency")
        keys = {sort_key(name) for name in names}
        found = Agency.objects.filter(sort_name__in=keys, pk__in=seen).order_by("-created_at")
        self._by_name = {agency.sort_name: agency for agency in found}
        self._new: list[Agency] = []

    def known(self, name: str) -> Agency | None:
        return self._by_name.get(sort_key(name))

    def called(self, name: str, *, sector: str, status: str = "") -> Agency:
        key = sort_key(name)
        if key not in self._by_name:
            agency = Agency(name=name, sector=sector, status=status)
            self._by_name[key] = agency
            self._new.append(agency)
        return self._by_name[key]

    def save_new(self) -> None:
        Agency.objects.bulk_create(self._new, batch_size=CHUNK)
        self._new = []


@transaction.atomic
def create_sheets(setting: Setting, sheets: Sequence[Values]) -> list[Service]:
    """New private sheets kept by `setting`, each with its partnership."""
    agencies = Agencies(setting, [agency_name(values) for values in sheets])
    services = [new_service(setting, values, agencies) for values in sheets]
    agencies.save_new()
    Service.objects.bulk_create(services, batch_size=CHUNK)
    groups = [parts_of(service, values).groups() for service, values in zip(services, sheets, strict=True)]
    for name, model in PART_MODELS.items():
        rows = [row for group in groups for row in group[name]]
        model._default_manager.bulk_create(rows, batch_size=CHUNK)
    keep_back(row for group in groups for row in group["places"])
    create_partnerships(setting, zip(services, sheets, strict=True))
    return services


def new_service(setting: Setting, values: Values, agencies: Agencies) -> Service:
    service = Service(steward=setting, visibility=Service.Visibility.PRIVATE)
    assign(service, values)
    if service.waiting_on is None and any(values.get(name) for name in WAITING_FIELDS):
        service.waiting_on = service.confirmed_on or timezone.localdate()
    service.agency = agencies.called(
        agency_name(values), sector=service.sector, status=values.get("status", "")
    )
    return service


def agency_name(values: Values) -> str:
    """The organisation that a sheet names; a service that names none is its own."""
    return str(values.get("agency") or values["name"])


def create_partnerships(setting: Setting, sheets: Iterable[tuple[Service, Values]]) -> None:
    Partnership.objects.bulk_create(
        [Partnership(setting=setting, service=service, **_here(values)) for service, values in sheets],
        batch_size=CHUNK,
    )


def _here(values: Values) -> dict[str, Any]:
    return {own: values[name] for name, own in HERE_FIELDS.items() if name in values}


@transaction.atomic
def update_sheet(setting: Setting | None, service: Service, values: Values, names: Iterable[str]) -> None:
    """Writes the values called `names` to the sheet and its parts; the others stay as they are.

    `setting`: who changes it, among whose sheets an agency of a new name is looked for; None is the agency itself.
    """
    wanted = {name: values[name] for name in names if name in values and not name.startswith("here_")}
    if not wanted:
        return
    if wanted.keys() & WAITING_FIELDS:
        wanted.setdefault("waiting_on", timezone.localdate())
    everything = {**values_of(service, whole=True), **wanted}
    assign(service, wanted)
    if "agency" in wanted:
        _move_to_agency(setting, service, wanted["agency"] or service.name)
    if wanted.get("status") and not service.agency.status:
        Agency.objects.filter(pk=service.agency_id).update(status=wanted["status"])
    service.version += 1
    service.save()
    _update_parts(service, everything, {part for part, names in PART_NAMES.items() if names & wanted.keys()})


def _update_parts(service: Service, values: Values, names: set[str]) -> None:
    """Writes the parts called `names`, each row in place; contacts point to places, and telephones to contacts."""
    new = parts_of(service, values).groups()
    live: dict[Any, models.Model] = {}
    for name in PART_MODELS:
        old = list(getattr(service, name).all())
        if name not in names:
            live |= {wanted.pk: row for row, wanted in zip(old, new[name], strict=False)}
            continue
        for row in new[name]:
            _point(row, live)
        live |= _sync(old, new[name])
        if name == "places":
            keep_back([_with_whole(live[wanted.pk], wanted) for wanted in new[name]])


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
                place=place, **{name: _plain_list(getattr(place.whole, name)) for name in KEPT_BACK}
            )
            for place in withheld
            if place.whole is not None
        ],
        batch_size=CHUNK,
    )
    for place in withheld:
        forget_address(place)


def forget_address(place: Place) -> None:
    """In the history of the place, and of others of the service that were at the same address and are gone."""
    shown = {name: getattr(place, name) for name in (*KEPT_BACK, "latitude", "longitude")}
    place.events.update(**shown)  # type: ignore[attr-defined] # pghistory makes the relation
    whole = place.whole
    if whole is not None and (whole.address_1 or whole.postcode):
        kept = place.events.model._default_manager.filter(service=place.service_id)  # type: ignore[attr-defined]
        gone = kept.exclude(pgh_obj__in=Place.objects.filter(service=place.service_id))
        same = Q(address_1__iexact=whole.address_1) & ~Q(address_1="") | Q(postcode=whole.postcode) & ~Q(
            postcode=""
        )
        gone.filter(same).update(**shown)


def _plain_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _move_to_agency(setting: Setting | None, service: Service, name: str) -> None:
    """The agency of this name. One that stood for this sheet alone, or was only misspelt, is renamed."""
    old = service.agency
    if old.name == name:
        return
    agencies = Agencies(setting, [name])
    found = agencies.known(name)
    others = old.services.exclude(pk=service.pk)
    if found in (None, old) and not (others.exclude(steward=setting) if found else others).exists():
        old.name = name
        old.save()
        return
    service.agency = found or agencies.called(name, sector=service.sector)
    agencies.save_new()
    service.save(update_fields=["agency"])
    if not others.exists():
        old.delete()


def _sync(old: list[Any], new: list[Any]) -> dict[Any, models.Model]:
    """Turns the old rows into the new ones in place, so that their history goes on; new pk → the row that stays."""
    live: dict[Any, models.Model] = {}
    for row, wanted in zip(old, new, strict=False):
        before = _content(row)
        for name, value in _content(wanted).items():
            setattr(row, name, value)
        if _content(row) != before:
            row.save()
        live[wanted.pk] = row
    for row in new[len(old) :]:
        row.save()
        live[row.pk] = row
    for row in old[len(new) :]:
        row.delete()
    return live


def _content(row: models.Model) -> dict[str, Any]:
    skipped = {"id", "service_id"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }


@transaction.atomic
def update_partnership(partnership: Partnership, values: Values, names: Iterable[str]) -> None:
    wanted = {name: values[name] for name in names if name in HERE_FIELDS and name in values}
    if not wanted:
        return
    for name, value in wanted.items():
        setattr(partnership, HERE_FIELDS[name], value)
    partnership.version += 1
    partnership.save()


def record_confirmation(service: Service, *, who: str, how: str, today: date | None = None) -> None:
    """Somebody said that all of the sheet is right today, the waiting time too. Only these fields are written."""
    service.confirmed_on = today or timezone.localdate()
    service.confirmed_by, service.confirmed_how = who[:120], how[:40]
    if any(getattr(service, name) for name in ("waiting_time", "waiting_weeks", "waiting_on")):
        service.waiting_on = service.confirmed_on
    service.save(update_fields=["confirmed_on", "confirmed_by", "confirmed_how", "waiting_on", "updated_at"])


def bring_back(setting: Setting, service: Service) -> None:
    """Puts a service that was taken off the list on it again."""
    if service.retired_at is not None and service.steward_id == setting.pk:
        service.retired_at = None
        service.save()
    setting.partnerships.filter(service=service).exclude(ended_on=None).update(ended_on=None)


def take_off(partnership: Partnership) -> None:
    """Ends the partnership; a sheet that nobody else uses goes with it."""
    service, today = partnership.service, timezone.localdate()
    partnership.ended_on = today
    partnership.save()
    others = service.partnerships.live().exclude(pk=partnership.pk)
    if service.steward_id == partnership.setting_id and not others.exists():
        service.retired_at = timezone.now()
        service.save()
