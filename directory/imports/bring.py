"""Writes a plan to the directory, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from directory.imports import guess
from directory.imports.files import Row, read_file
from directory.imports.plan import Outcome, Plan, Sheet, make_plan
from directory.imports.records import Mapping, read_row
from directory.models import Service
from directory.saving import (
    bring_back,
    create_partnerships,
    create_sheets,
    update_partnership,
    update_sheet,
)
from directory.sheet import changed, values_here, values_of
from partnerships.models import Setting


@dataclass
class Choices:
    """What the person chose on the preview, by row number."""

    links: dict[int, UUID] = field(default_factory=dict)
    left_out: Collection[int] = ()


def plan_file(setting: Setting, name: str, data: bytes) -> Plan:
    """A plan for a whole file, its headings guessed. Raises what read_file raises."""
    rows = read_file(name, data)
    at = guess.find_headings(rows)
    body = rows[at + 1 :]
    return plan_rows(setting, body, guess.guess(guess.headings_of(rows, at), body))


def plan_rows(setting: Setting, body: list[Row], mapping: Mapping) -> Plan:
    return make_plan(setting, (read_row(row, mapping) for row in body), mapping)


@transaction.atomic
def bring_in(setting: Setting, plan: Plan, choices: Choices | None = None) -> None:
    """Creates, links and updates. Afterwards each sheet of the plan has its service."""
    choices = choices or Choices()
    Setting.objects.select_for_update().get(pk=setting.pk)  # two imports at once wait for each other
    first = {id(step.sheet): step for step in reversed(plan.steps)}
    new: list[Sheet] = []
    for sheet in plan.sheets:
        step = first[id(sheet)]
        if step.record.number in choices.left_out:
            continue
        if step.outcome is not Outcome.NEW:
            _update(setting, sheet)
        elif link := choices.links.get(step.record.number):
            _link(setting, sheet, link)
        else:
            new.append(sheet)
    services = create_sheets(setting, [sheet.values for sheet in new])
    for sheet, service in zip(new, services, strict=True):
        sheet.service = service


def _update(setting: Setting, sheet: Sheet) -> None:
    assert sheet.service is not None
    if sheet.comes_back:
        bring_back(setting, sheet.service)
    if sheet.partnership is None:
        create_partnerships(setting, [(sheet.service, sheet.values)])
    elif sheet.touched:
        update_partnership(sheet.partnership, sheet.values, sheet.touched)
    if sheet.is_kept and sheet.touched:
        update_sheet(setting, sheet.service, sheet.values, sheet.touched)


def _link(setting: Setting, sheet: Sheet, pk: UUID) -> None:
    """The row is about a sheet that is there: of ours it is brought up to date, of others what is private here."""
    service = Service.linkable_by(setting).with_whole_parts().get(pk=pk)
    partnership = setting.partnerships.filter(service=service).first()
    if partnership is not None and service.steward_id == setting.pk:
        known = {**values_of(service, whole=True), **values_here(partnership)}
        names = set(changed(known, sheet.values)) - {"id", "name", "agency", "status"}
        _update(setting, Sheet(sheet.values, service, partnership, touched=names))
    elif partnership is None:
        create_partnerships(setting, [(service, sheet.values)])
    bring_back(setting, service)
    sheet.service, sheet.is_kept = service, service.steward_id == setting.pk
