"""Rows in which something could not be read: each thing is typed again, and goes to where it belongs."""

from django.db import transaction
from django.utils import timezone

from directory.imports import readers
from directory.imports.bring import bring_in
from directory.imports.columns import BY_KEY
from directory.imports.notes import kept_values
from directory.imports.numbered import LIKE, with_known
from directory.imports.plan import make_plan
from directory.imports.records import Mapping, Record, assembled, from_cell, read_row
from directory.imports.rows import Row
from directory.models import ImportedSheet, ImportRow, Service
from directory.sheet.saving import update_partnership, update_sheet
from directory.sheet.values import HERE_FIELDS, LABELS, Values, values_of
from partnerships.models import Membership


def field_name(index: int) -> str:
    """The name of the form's field for the problem at this place."""
    return f"problem_{index}"


def label(key: str) -> str:
    """Also of a value of whole records, like "contacts: email"."""
    name, _, part = key.partition(": ")
    words = BY_KEY[key].label if key in BY_KEY else LABELS.get(name, name)
    return f"{words}, {PARTS.get(part) or BY_KEY[part].label.lower()}" if part else words


PARTS = {"name": "name", "title": "role", "kind": "kind", "address_1": "address"}


def is_mendable(key: str) -> bool:
    """Whether what is typed goes to where it belongs by this alone; else it is put right on the sheet."""
    return key in readers.READERS


def check(key: str, text: str) -> None:
    """Raises ValueError with words for the person when `text` still can't be read."""
    if is_mendable(key) and (problems := readers.read(key, text).problems):
        raise ValueError(problems[0][1])


@transaction.atomic
def mend(row: ImportRow, answers: dict[int, str], *, by: Membership) -> None:
    """Takes what was typed for each problem, by its place; what was left empty is left out for good."""
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row.pk)
    if row.mended_at is not None:
        return
    fields = [(row.problems[at]["field"], text) for at, text in answers.items() if text]
    typed = [(key, text) for key, text in fields if is_mendable(key)]
    if row.service is None:
        _bring_whole_row(row, dict(typed).get("name", ""), by=by)
    else:
        _put_right(row, row.service, typed, by=by)
    row.mended_at = timezone.now()
    row.save()


@transaction.atomic
def leave(row: ImportRow) -> None:
    """Nothing to mend: the rest of the row stays as it was brought in."""
    row.mended_at = timezone.now()
    row.save(update_fields=["mended_at"])


def _bring_whole_row(row: ImportRow, name: str, *, by: Membership) -> None:
    """A row that had no name now has one."""
    if not name:
        return
    record, mapping = _whole_record(row, name)
    plan = make_plan(by.setting, [record], mapping)
    bring_in(by.setting, plan, batch=row.batch)
    row.service = plan.sheets[0].service
    row.name = name[:200]


def _whole_record(row: ImportRow, name: str) -> tuple[Record, Mapping]:
    if row.batch.has_records:
        record = from_cell(row.number, row.cells[0])
        record.values["name"], record.problems = name, []
        return record, Mapping((), ())
    headings = [*row.batch.headings, "name"]
    keys = [
        "" if key == "name" else key for key in (row.batch.mapping.get(each, "") for each in headings[:-1])
    ]
    cells = [*row.cells, *[""] * (len(headings) - 1 - len(row.cells)), name]
    mapping = Mapping(tuple(headings), (*keys, "name"))
    return read_row(Row(row.number, cells), mapping), mapping


def _put_right(row: ImportRow, service: Service, typed: list[tuple[str, str]], *, by: Membership) -> None:
    service = Service.objects.with_whole_parts().get(pk=service.pk)
    numbered, others = _values(typed, numbered=True), _values(typed, numbered=False)
    new = with_known(values_of(service, whole=True), numbered)
    new |= _added({**values_of(service), **new}, others)
    if service.steward_id == by.setting_id:
        update_sheet(by.setting, service, new, new)
    partnership = by.setting.partnerships.filter(service=service).first()
    if partnership is not None:
        update_partnership(partnership, new, HERE_FIELDS.keys() & new.keys())
    _note(row, service, new)


def _note(row: ImportRow, service: Service, new: Values) -> None:
    """What is mended belongs to the import, and is taken back with it."""
    note = ImportedSheet.objects.filter(batch=row.batch, service=service).first()
    if note is not None and note.did == ImportedSheet.Did.MADE:
        note.after = note.after | kept_values({**values_of(service), **new}, new)
        note.version = service.version
        note.save(update_fields=["after", "version"])


def _values(typed: list[tuple[str, str]], *, numbered: bool) -> Values:
    """What the answers say, of the numbered columns or of the others; lists of several answers are one."""
    found: Values = {}
    for key, text in typed:
        read = readers.read(key, text).values if (key in LIKE) == numbered else {}
        for name, value in read.items():
            before = found.get(name)
            found[name] = [*before, *value] if isinstance(before, list) else value
    return assembled(found, splits_address=True)


def _added(old: Values, new: Values) -> Values:
    """Telephone numbers and contacts come to those that are there; other values replace."""
    growing = {"telephone", "text", "fax", "contacts"}
    return {
        name: [*old[name], *(each for each in value if each not in old[name])] if name in growing else value
        for name, value in new.items()
    }
