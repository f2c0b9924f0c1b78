"""Writes sheets: one with its parts, or many at once. Who may do so is decided before (directory/keeping.py)."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.models import Agency, Service
from directory.places.locating import located, moved
from directory.sheet.parts import parts_of
from directory.sheet.rewriting import CHUNK, PART_MODELS, PART_NAMES, keep_back, rewrite_parts, rewrite_rows
from directory.sheet.values import HERE_FIELDS, WAITING_FIELDS, Values, assign, values_of
from partnerships.models import Partnership, Setting

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def sort_key(name: str) -> str:
    """As the database's sort_key(): lower case, without accents."""
    text = name.translate(_TYPOGRAPHY)
    if text.isascii():
        return text.lower()
    signs = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).lower()


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
    sheets = located(sheets)
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
    if "waiting_on" not in values and any(values.get(name) for name in WAITING_FIELDS):
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


@dataclass
class Rewrite:
    """A sheet that is there, and what of it is written: the values called `names`; the others stay as they are."""

    service: Service
    values: Values
    names: Iterable[str]

    def __post_init__(self) -> None:
        self.wanted = {
            name: self.values[name]
            for name in self.names
            if name in self.values and not name.startswith("here_")
        }
        if self.wanted.keys() & WAITING_FIELDS:
            self.wanted.setdefault("waiting_on", timezone.localdate())

    @property
    def parts(self) -> set[str]:
        return {part for part, names in PART_NAMES.items() if names & self.wanted.keys()}


def update_sheet(setting: Setting | None, service: Service, values: Values, names: Iterable[str]) -> None:
    """Writes the values called `names` to the sheet and its parts; the others stay as they are.

    `setting`: who changes it, among whose sheets an agency of a new name is looked for; None is the agency itself.
    """
    update_sheets(setting, [Rewrite(service, values, names)])


@transaction.atomic
def update_sheets(setting: Setting | None, rewrites: Iterable[Rewrite]) -> None:
    """The same for many: each table is written once for a thousand rows, and its triggers still see every row."""
    wanted = [rewrite for rewrite in rewrites if rewrite.wanted]
    before = [values_of(each.service, whole=True) for each in wanted]
    whole = located([moved(old, {**old, **each.wanted}) for old, each in zip(before, wanted, strict=True)])
    for rewrite in wanted:
        service = rewrite.service
        assign(service, rewrite.wanted)
        if "agency" in rewrite.wanted:
            _move_to_agency(setting, service, rewrite.wanted["agency"] or service.name)
        service.version += 1
    _say_status(wanted)
    rewrite_rows(Service, [rewrite.service for rewrite in wanted])
    rewrite_parts([(each.service, each.parts, values) for each, values in zip(wanted, whole, strict=True)])


def may_name_status(setting: Setting | None, service: Service) -> bool:
    """Of an organisation that others have sheets of too, what it is stays as somebody has said it."""
    return not service.agency.status or not service.agency.services.exclude(steward=setting).exists()


def name_status(setting: Setting | None, service: Service, status: str) -> None:
    """Says anew whether the organisation is public, private or voluntary."""
    if may_name_status(setting, service) and service.agency.status != status:
        service.agency.status = status
        service.agency.save()


def _say_status(rewrites: Iterable[Rewrite]) -> None:
    """What kind an agency is, where nobody had said it."""
    said: dict[str, list[Any]] = {}
    for each in rewrites:
        if each.wanted.get("status") and not each.service.agency.status:
            said.setdefault(each.wanted["status"], []).append(each.service.agency_id)
    for status, agencies in said.items():
        Agency.objects.filter(pk__in=agencies, status="").update(status=status)


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


def update_partnership(partnership: Partnership, values: Values, names: Iterable[str]) -> None:
    update_partnerships([(partnership, values, names)])


@transaction.atomic
def update_partnerships(changes: Iterable[tuple[Partnership, Values, Iterable[str]]]) -> None:
    rows = []
    for partnership, values, names in changes:
        wanted = {name: values[name] for name in names if name in HERE_FIELDS and name in values}
        for name, value in wanted.items():
            setattr(partnership, HERE_FIELDS[name], value)
        if wanted:
            partnership.version += 1
            rows.append(partnership)
    rewrite_rows(Partnership, rows)


def record_confirmation(service: Service, *, who: str, how: str, today: date | None = None) -> None:
    """Somebody said that all of the sheet is right today, the waiting time too. Only these fields are written."""
    service.confirmed_on = today or timezone.localdate()
    service.confirmed_by, service.confirmed_how = who[:120], how[:40]
    if any(getattr(service, name) for name in ("waiting_time", "waiting_weeks", "waiting_on")):
        service.waiting_on = service.confirmed_on
    service.links.asking().update(ended_at=timezone.now())
    service.save(update_fields=["confirmed_on", "confirmed_by", "confirmed_how", "waiting_on", "updated_at"])


def bring_back(setting: Setting, *services: Service) -> None:
    """Puts services that were taken off the list on it again; one that was joined with another stays in that."""
    pks = [service.pk for service in services if service.merged_into_id is None]
    for service in services:
        if service.steward_id == setting.pk and service.pk in pks:
            service.retired_at = None
    retired = Service.objects.filter(pk__in=pks, steward=setting).exclude(retired_at=None)
    retired.update(retired_at=None, updated_at=timezone.now())
    setting.partnerships.filter(service__in=pks).exclude(ended_on=None).update(ended_on=None)


def take_off(partnership: Partnership) -> None:
    """Ends the partnership; a sheet that nobody else uses goes with it."""
    service = Service.objects.select_for_update().get(pk=partnership.service_id)
    partnership.ended_on = timezone.localdate()
    partnership.save(update_fields=["ended_on"])
    others = service.partnerships.live().exclude(pk=partnership.pk)
    if service.steward_id == partnership.setting_id and not others.exists():
        service.retired_at = timezone.now()
        service.save(update_fields=["retired_at", "updated_at"])
