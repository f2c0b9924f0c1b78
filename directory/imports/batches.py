"""An import between the pages of the browser: uploaded, its headings mapped, looked at, brought in, mended."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.case_data import find_case_data
from directory.imports import guess
from directory.imports.bring import Choices, bring_in, plan_rows
from directory.imports.files import NotASpreadsheet, Row, read_file
from directory.imports.plan import Outcome, Plan, Sheet, Step
from directory.imports.records import Mapping
from directory.models import ImportBatch, ImportRow
from directory.sheet import LABELS
from directory.wording import in_words
from partnerships.models import Membership
from partnerships.sectors import Sector

MAX_ROWS = 5_000
KEPT_DAYS = 7
FREE_TEXT = {"profile", "referral", "other", "notes", "agreement"}
TOO_LONG = (
    "This list has {rows:,} rows; here up to {most:,} can be brought at once. "
    "Split it, or ask whoever runs Joined Up for you to bring it."
)
CHUNK = 2000


@transaction.atomic
def start(name: str, data: bytes, *, by: Membership) -> ImportBatch:
    """Keeps the rows of a file, its headings guessed. Raises what read_file raises."""
    rows = read_file(name, data)
    if len(rows) > MAX_ROWS:
        raise NotASpreadsheet(TOO_LONG.format(rows=len(rows), most=MAX_ROWS))
    batch = ImportBatch(setting=by.setting, by=by, file_name=name[-255:])
    read_headings(batch, rows, guess.find_headings(rows))
    batch.save()
    ImportRow.objects.bulk_create(
        [ImportRow(batch=batch, number=row.number, cells=row.cells) for row in rows], batch_size=CHUNK
    )
    return batch


def read_headings(batch: ImportBatch, rows: list[Row], at: int) -> None:
    """Takes the row at this index for the headings (-1: there are none) and guesses what they mean."""
    headings = guess.headings_of(rows, at)
    mapping = guess.guess(headings, rows[at + 1 :])
    batch.heading_row = rows[at].number if at >= 0 else 0
    batch.headings = list(headings)
    batch.mapping = dict(zip(mapping.headings, mapping.keys, strict=True))
    batch.state = ImportBatch.State.MAPPING


def rows_of(batch: ImportBatch) -> list[Row]:
    return [Row(number, cells) for number, cells in batch.rows.values_list("number", "cells")]


def body_of(batch: ImportBatch) -> list[Row]:
    """The rows below the headings."""
    return [row for row in rows_of(batch) if row.number > batch.heading_row]


@transaction.atomic
def choose_heading_row(batch: ImportBatch, number: int) -> None:
    rows = rows_of(batch)
    read_headings(batch, rows, next((at for at, row in enumerate(rows) if row.number == number), -1))
    batch.save()


def plan_of(batch: ImportBatch) -> Plan:
    mapping = Mapping(tuple(batch.headings), tuple(batch.mapping.get(each, "") for each in batch.headings))
    plan = plan_rows(batch.setting, body_of(batch), mapping)
    for sheet in plan.sheets:
        if sheet.service is None and batch.sector:
            sheet.values.setdefault("sector", Sector(batch.sector))
    return plan


@transaction.atomic
def preview(batch: ImportBatch, mapping: dict[str, str], sector: str = "") -> None:
    """Remembers what each column is, and what each row would do."""
    batch.mapping, batch.sector = mapping, sector
    batch.state = ImportBatch.State.PREVIEW
    plan = plan_of(batch)
    batch.report = summary(plan)
    batch.save()
    rows = {row.number: row for row in batch.rows.all()}
    for row in rows.values():
        row.outcome, row.problems, row.changes, row.listed = "", [], [], []
        row.link_to_id, row.only_named, row.earlier = None, False, None
    for step in plan.steps:
        _remember(rows[step.record.number], step)
    for record in plan.nameless:
        rows[record.number].outcome = ImportRow.Outcome.NAMELESS
        rows[record.number].problems = [problem.as_json() for problem in record.problems]
    ImportRow.objects.bulk_update(rows.values(), REMEMBERED, batch_size=CHUNK)


REMEMBERED = [
    *("outcome", "problems", "changes", "listed", "name", "link_to", "only_named"),
    *("earlier", "service"),
]


def _remember(row: ImportRow, step: Step) -> None:
    row.name = step.record.name
    row.outcome = step.outcome.value
    row.earlier = step.earlier
    row.service = step.sheet.service
    row.only_named = step.record.only_named and step.outcome is Outcome.NEW
    row.problems = [problem.as_json() for problem in step.record.problems]
    row.changes = [
        [LABELS[name], in_words(name, step.before.get(name)), in_words(name, step.record.values[name])]
        for name in step.changes
    ]
    row.listed = [str(service.pk) for service in step.listed]
    row.link_to = step.listed[0] if step.listed_surely else None


def about_children(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[tuple[ImportRow, str]]:
    """(row, words) of free text that looks like data about one child: it does not belong here."""
    columns = [at for at, heading in enumerate(batch.headings) if batch.mapping.get(heading) in FREE_TEXT]
    found = []
    for row in rows:
        texts = "\n".join(row.cells[at] for at in columns if at < len(row.cells))
        if findings := find_case_data(texts):
            found.append((row, "; ".join(f"“{each.words}” looks like {each.kind}" for each in findings)))
    return found


def summary(plan: Plan) -> dict[str, Any]:
    """What the pages count: without the rows themselves."""
    report = plan.report()
    bad = report.pop("bad")
    assert isinstance(bad, list)
    linked = sum(step.listed_surely for step in plan.steps)
    return {**report, "bad": len(bad), "unused": plan.mapping.unused, "linked": linked}


@transaction.atomic
def finish(batch: ImportBatch, choices: Choices) -> bool:
    """Brings the rows in. False when that was done before: a second click changes nothing."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.PREVIEW:
        return False
    plan = plan_of(batch)
    bring_in(batch.setting, plan, choices)
    report, left_out = summary(plan), len(set(choices.left_out))
    batch.report = report | {
        "new": report["new"] - left_out,
        "linked": len(choices.links),
        "left_out": left_out,
    }
    batch.state, batch.done_at = ImportBatch.State.DONE, timezone.now()
    batch.save()
    _keep_rows_to_check(batch, plan, set(choices.left_out))
    return True


def _keep_rows_to_check(batch: ImportBatch, plan: Plan, left_out: set[int]) -> None:
    """Of what was uploaded only the rows that somebody still has to look at stay."""
    open_rows: dict[int, tuple[Sheet | None, list[Any]]] = {}
    for step in plan.steps:
        problems = [problem for problem in step.record.problems if _concerns(step.sheet, problem.field)]
        if problems and step.record.number not in left_out:
            open_rows[step.record.number] = (step.sheet, problems)
    for record in plan.nameless:
        open_rows[record.number] = (None, record.problems)
    batch.rows.exclude(number__in=open_rows).delete()
    rows = list(batch.rows.all())
    for row in rows:
        sheet, problems = open_rows[row.number]
        row.service = sheet.service if sheet else None
        row.problems = [problem.as_json() for problem in problems]
    ImportRow.objects.bulk_update(rows, ["service", "problems"], batch_size=CHUNK)


def _concerns(sheet: Sheet, key: str) -> bool:
    """On a sheet that others keep, only what is private here could be mended."""
    return sheet.is_kept or key in {"days", "times", "room", "degree", "local_telephone", "local_email"}


@transaction.atomic
def drop(batch: ImportBatch) -> None:
    """Nothing was brought in, and nothing of the file stays."""
    if batch.state in {ImportBatch.State.MAPPING, ImportBatch.State.PREVIEW}:
        batch.rows.all().delete()
        batch.state = ImportBatch.State.DROPPED
        batch.save()


def forget_unfinished(today: Any) -> None:
    """Files that nobody went on with are not kept; the worker calls it."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    for batch in ImportBatch.objects.unfinished().filter(created_at__lt=before):
        drop(batch)


def links_from(data: Any, rows: list[ImportRow]) -> dict[int, UUID]:
    """The chosen sheets, by row number; only those that were proposed for that row."""
    chosen = {row.number: data.get(f"link_{row.number}", "") for row in rows}
    offered = {row.number: set(row.listed) for row in rows}
    return {number: UUID(pk) for number, pk in chosen.items() if pk in offered[number]}
