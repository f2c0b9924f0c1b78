"""Writes a plan to the directory, in one transaction."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from directory.imports import guess
from directory.imports.documents import read_records
from directory.imports.files import is_json, read_file
from directory.imports.notes import PLACES, is_withheld, kept_values
from directory.imports.plan import Outcome, Plan, Sheet, completed, make_plan
from directory.imports.records import Mapping, read_row
from directory.imports.rows import Row
from directory.models import ImportBatch, ImportedSheet, Service
from directory.sheet.rewriting import CHUNK, hold
from directory.sheet.saving import (
    Rewrite,
    bring_back,
    create_partnerships,
    create_sheets,
    update_partnerships,
    update_sheets,
)
from directory.sheet.values import HERE_FIELDS, WAITING_FIELDS, changed, values_here, values_of
from partnerships.models import Setting

Did = ImportedSheet.Did


@dataclass
class Choices:
    """What the person chose on the preview, by row number."""

    links: dict[int, UUID] = field(default_factory=dict)
    left_out: Collection[int] = ()


def plan_file(setting: Setting, name: str, data: bytes) -> Plan:
    """A plan for a whole file, its headings guessed. Raises what read_file raises."""
    if is_json(name, data):
        return make_plan(setting, read_records(data), Mapping((), ()))
    rows = read_file(name, data)
    at = guess.find_headings(rows)
    body = rows[at + 1 :]
    return plan_rows(setting, body, guess.guess(guess.headings_of(rows, at), body))


def plan_rows(setting: Setting, body: list[Row], mapping: Mapping) -> Plan:
    return make_plan(setting, (read_row(row, mapping) for row in body), mapping)


@transaction.atomic
def bring_in(
    setting: Setting, plan: Plan, choices: Choices | None = None, batch: ImportBatch | None = None
) -> None:
    """Creates, links and updates. Afterwards each sheet of the plan has its service.

    With `batch`, what was done to each sheet is kept, so that all of it can be taken back.
    """
    choices = choices or Choices()
    alone_in(setting)
    first = {id(step.sheet): step for step in reversed(plan.steps)}
    sheets = [sheet for sheet in plan.sheets if first[id(sheet)].record.number not in choices.left_out]
    new, linked, known = list[Sheet](), list[tuple[Sheet, UUID, bool]](), list[Sheet]()
    for sheet in sheets:
        step = first[id(sheet)]
        link = choices.links.get(step.record.number)
        if step.outcome is not Outcome.NEW:
            known.append(sheet)
        elif link:
            linked.append((sheet, link, step.record.is_row))
        else:
            new.append(sheet)
    notes = _create(setting, new)  # takes longest, and nobody else has these sheets
    hold(
        [
            *(sheet.service.pk for sheet in known if sheet.service and sheet.is_written),
            *(pk for _, pk, _ in linked),
        ]
    )
    notes += _update(setting, known)
    for sheet, link, is_row in linked:
        notes += _link(setting, sheet, link, is_row=is_row)
    if batch is not None:
        kept = {note.service_id: note for note in notes}  # the first thing done to a sheet is what is kept
        ImportedSheet.objects.bulk_create(_of(batch, kept.values()), batch_size=CHUNK, ignore_conflicts=True)


def alone_in(setting: Setting) -> None:
    """Two imports of one setting at once wait for each other; whatever else is done there does not."""
    setting.hold()


def _create(setting: Setting, sheets: list[Sheet]) -> list[ImportedSheet]:
    services = create_sheets(setting, [sheet.values for sheet in sheets])
    for sheet, service in zip(sheets, services, strict=True):
        sheet.service = service
    return [
        ImportedSheet(service=service, did=Did.MADE, after=kept_values(sheet.values, sheet.values))
        for sheet, service in zip(sheets, services, strict=True)
    ]


def _update(setting: Setting, sheets: list[Sheet]) -> list[ImportedSheet]:
    """Brings sheets up to date that are there, each in what it differs."""
    found = [(sheet, sheet.service) for sheet in sheets if sheet.service is not None]
    bring_back(setting, *(service for sheet, service in found if sheet.comes_back))
    create_partnerships(
        setting, [(service, sheet.values) for sheet, service in found if sheet.partnership is None]
    )
    update_partnerships(
        (sheet.partnership, sheet.values, sheet.touched)
        for sheet, _ in found
        if sheet.partnership and sheet.touched
    )
    _rewrite(setting, [sheet for sheet, _ in found if sheet.is_kept and sheet.touched])
    return [_note(sheet, service) for sheet, service in found if sheet.is_written]


def _rewrite(setting: Setting, sheets: list[Sheet]) -> None:
    """A thousand at a time, as they are in the directory now."""
    by_pk = {sheet.service.pk: sheet for sheet in sheets if sheet.service}
    for start in range(0, len(sheets), CHUNK):
        keys = list(by_pk)[start : start + CHUNK]
        services = Service.objects.with_whole_parts().filter(pk__in=keys)
        update_sheets(
            setting, [Rewrite(each, by_pk[each.pk].values, by_pk[each.pk].touched) for each in services]
        )


def _note(sheet: Sheet, service: Service) -> ImportedSheet:
    """Written after the change, so that the versions are those that it left."""
    before = {**sheet.values, **sheet.before}
    names = {name for name in sheet.touched if not (is_withheld(before) and name in PLACES)}
    after = dict(sheet.values)
    if names & WAITING_FIELDS:
        names, after["waiting_on"] = names | {"waiting_on"}, timezone.localdate()
    return ImportedSheet(
        service=service,
        did=Did.LINKED if sheet.partnership is None else Did.CHANGED,
        came_back=sheet.comes_back and sheet.partnership is not None,
        before=kept_values(before, names),
        after=kept_values(after, names),
    )


def _link(setting: Setting, sheet: Sheet, pk: UUID, *, is_row: bool) -> list[ImportedSheet]:
    """The row is about a sheet that is there: of ours it is brought up to date, of others what is private here."""
    service = Service.linkable_by(setting).with_whole_parts().get(pk=pk)
    partnership = setting.partnerships.filter(service=service).first()
    is_ours = service.steward_id == setting.pk
    values = {name: value for name, value in sheet.values.items() if is_ours or name in HERE_FIELDS}
    known = {**values_of(service, whole=True), **values_here(partnership)}
    values = completed(known, values, is_row=is_row)
    sheet.service, sheet.is_kept = service, is_ours
    names = set(changed(known, values)) - {"id", "name", "agency", "status"}
    if partnership is not None and not is_ours:
        names = set()
    before = {name: known[name] for name in names}
    is_off = partnership is not None and not Service.visible_to(setting).filter(pk=pk).exists()
    return _update(setting, [Sheet(values, service, partnership, is_ours, is_off, names, before)])


def _of(batch: ImportBatch, notes: Iterable[ImportedSheet]) -> Iterator[ImportedSheet]:
    for note in notes:
        note.batch = batch
        yield note
