"""The long work of an import: reading its rows, bringing them in, taking them back.

It may be done in the background: by one worker at a time, again from the start when a worker died, and each step is
written in one transaction, so that it is done once and whole or not at all.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from config.case_data import find_case_data
from config.errors import DATABASE_DOWN
from directory.imports import feeding, lists
from directory.imports.batches import CHUNK, chosen_link
from directory.imports.bring import Choices, alone_in, bring_in
from directory.imports.plan import Outcome, Plan, Sheet, Step, make_plan
from directory.imports.records import Mapping, Record, from_cell, read_row
from directory.imports.rows import Row
from directory.imports.taking_back import take_back
from directory.models import ImportBatch, ImportRow, Service
from directory.sheet.rewriting import rewrite_rows
from directory.sheet.values import LABELS
from directory.sheet.wording import in_words
from partnerships.audit import Actor, acting
from partnerships.models import Setting
from partnerships.sectors import Sector

logger = logging.getLogger(__name__)

TELL_EVERY = 250
SHOWN = 100
LOST = timedelta(minutes=2)
FREE_TEXT = ("profile", "referral", "other_information", "here_notes", "here_agreement")
REMEMBERED = (
    *("outcome", "problems", "changes", "listed", "name", "link_to", "only_named"),
    *("earlier", "service"),
)
State = ImportBatch.State


def carry_on(pk: UUID) -> None:
    """Does what the import waits for. Doing it twice, or two at once, changes nothing."""
    with alone(pk) as is_mine:
        found = ImportBatch.objects.select_related("setting", "by", "feed").filter(pk=pk, state__in=WORK)
        batch = found.first() if is_mine else None
        if batch is None:
            return
        try:
            with _as_whoever_asked(batch):
                _work(batch)
        except DATABASE_DOWN:
            raise
        except Exception:
            logger.exception("The import %s failed while it was %s", pk, batch.state)
            _move(batch, state=State.DONE if batch.state == State.UNDOING else State.FAILED)


def _as_whoever_asked(batch: ImportBatch) -> AbstractContextManager[Any]:
    if batch.feed or batch.by is None:
        return acting(Actor.TASK, "fetch_feed")
    return acting(Actor.USER, str(batch.by.user_id), route="directory:bring_in")


def _work(batch: ImportBatch) -> None:
    """What takes long but writes nothing comes first; then the rest, once it is sure that nobody else has done it."""
    state = batch.state
    records = [] if state == State.UNDOING else list(records_of(batch))
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("setting").get(pk=batch.pk)
        if batch.state == state:
            WORK[State(state)](batch, records)


@contextmanager
def alone(pk: UUID) -> Iterator[bool]:
    """Whether nobody else is at it. The lock ends with the connection, so that a dead worker holds none."""
    key = pk.int % 2**63
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _move(batch: ImportBatch, **values: Any) -> None:
    """Changes the import, unless it has gone on to another state meanwhile."""
    found = ImportBatch.objects.filter(pk=batch.pk, state=batch.state)
    found.update(moved_at=timezone.now(), **values)


def lost(today: date) -> list[ImportBatch]:
    """Imports on which nobody has worked for a while: their worker died, or the queue is long."""
    return list(ImportBatch.objects.filter(state__in=WORK, moved_at__lt=timezone.now() - LOST))


def records_of(batch: ImportBatch) -> Iterator[Record]:
    """Each row below the headings, read; how far it has come is told as it goes."""
    mapping = mapping_of(batch)
    rows = batch.rows.filter(number__gt=batch.heading_row).values_list("number", "cells")
    for many, (number, cells) in enumerate(rows.iterator(CHUNK), 1):
        yield from_cell(number, cells[0]) if batch.has_records else read_row(Row(number, cells), mapping)
        if many % TELL_EVERY == 0:
            _move(batch, progress=many)


def mapping_of(batch: ImportBatch) -> Mapping:
    return Mapping(tuple(batch.headings), tuple(batch.mapping.get(each, "") for each in batch.headings))


def plan_of(batch: ImportBatch, records: list[Record]) -> tuple[Plan, feeding.Weighing | None]:
    """What the import would do now; of a feed also who wins."""
    weighing = feeding.prepare(batch, records) if batch.feed else None
    weigh = weighing.weigh if weighing else None
    plan = make_plan(batch.setting, records, mapping_of(batch), weigh)
    for sheet in plan.sheets:
        if sheet.service is None and batch.sector:
            sheet.values.setdefault("sector", Sector(batch.sector))
    return plan, weighing


def preview(batch: ImportBatch, records: list[Record]) -> None:
    """Remembers what each row would do."""
    plan, _ = plan_of(batch, records)
    rows = {row.number: row for row in batch.rows.all()}
    for row in rows.values():
        row.outcome, row.problems, row.changes, row.listed = "", [], [], []
        row.link_to_id, row.only_named, row.earlier = None, False, None
    for step in plan.steps:
        _remember(rows[step.record.number], step)
    for record in plan.nameless:
        rows[record.number].outcome = ImportRow.Outcome.NAMELESS
        rows[record.number].problems = [problem.as_json() for problem in record.problems]
    rewrite_rows(ImportRow, list(rows.values()), REMEMBERED)
    batch.report = summary(plan) | {"children": about_children(plan)}
    batch.state = State.PREVIEW
    batch.save(update_fields=["report", "state"])


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


def about_children(plan: Plan) -> list[tuple[int, str, str]]:
    """(row, name, words) of free text that looks like data about one child: it does not belong here."""
    found = []
    for record in [*(step.record for step in plan.steps), *plan.nameless]:
        texts = "\n".join(str(record.values.get(name, "")) for name in FREE_TEXT)
        if findings := find_case_data(texts):
            words = "; ".join(f"“{each.words}” looks like {each.kind}" for each in findings)
            found.append((record.number, record.name, words))
    return found[:SHOWN]


def summary(plan: Plan) -> dict[str, Any]:
    """What the pages count: without the rows themselves."""
    report = plan.report()
    bad = report.pop("bad")
    assert isinstance(bad, list)
    report.pop("headings")
    linked = sum(step.listed_surely for step in plan.steps)
    return {**report, "bad": len(bad), "unused": plan.mapping.unused, "linked": linked}


def bring(batch: ImportBatch, records: list[Record]) -> None:
    """Brings the rows in as the directory is now; what differs from the preview is told."""
    alone_in(batch.setting)
    plan, weighing = plan_of(batch, records)
    choices, gone = choices_of(batch)
    bring_in(batch.setting, plan, choices, batch)
    if weighing is not None:
        feeding.remember(batch, plan, weighing)
    report, left_out = summary(plan), len(set(choices.left_out))
    batch.report = report | {
        "new": report["new"] - left_out,
        "linked": len(choices.links),
        "left_out": left_out,
        "differs": [*differences(batch, plan), *gone][:SHOWN],
    }
    batch.state, batch.done_at = State.DONE, timezone.now()
    batch.save(update_fields=["report", "state", "done_at"])
    lists.settle(batch)
    _keep_rows_to_check(batch, plan, set(choices.left_out))


@transaction.atomic
def bring_file(setting: Setting, plan: Plan, name: str) -> None:
    """What the command brings is kept like what comes through the pages, so that it can be taken back there."""
    batch = ImportBatch.objects.create(
        setting=setting,
        file_name=name[-255:],
        state=State.DONE,
        done_at=timezone.now(),
        count=len(plan.steps),
    )
    bring_in(setting, plan, batch=batch)
    ImportBatch.objects.filter(pk=batch.pk).update(report=summary(plan) | {"linked": 0})


def choices_of(batch: ImportBatch) -> tuple[Choices, list[str]]:
    """What was chosen on the preview, and the words for choices that can't be kept any more."""
    new = batch.rows.filter(outcome=ImportRow.Outcome.NEW).exclude(listed=[])
    wanted = {row: chosen for row in new if (chosen := chosen_link(batch, row))}
    found = Service.linkable_by(batch.setting).filter(pk__in=set(wanted.values()))
    there = {str(pk) for pk in found.values_list("pk", flat=True)}
    gone = [
        f"Row {row.number}, {row.name}: the sheet you chose is no longer listed, so a new one was made"
        for row, chosen in wanted.items()
        if chosen not in there
    ]
    links = {row.number: UUID(chosen) for row, chosen in wanted.items() if chosen in there}
    return Choices(links, batch.choices.get("left_out", [])), gone


def differences(batch: ImportBatch, plan: Plan) -> list[str]:
    """Rows that did something else than the preview said: the directory has changed meanwhile."""
    labels = dict(ImportRow.Outcome.choices)
    before = dict(batch.rows.values_list("number", "outcome"))
    return [
        f"Row {step.record.number}, {step.record.name}: {labels[step.outcome.value].lower()}, "
        f"not {labels[was].lower()} as the preview said"
        for step in plan.steps
        if (was := before.get(step.record.number, "")) and was != step.outcome.value
    ]


def _keep_rows_to_check(batch: ImportBatch, plan: Plan, left_out: set[int]) -> None:
    """Of what was uploaded only the rows that somebody still has to look at stay; a feed is mended by its owner."""
    if batch.feed:
        batch.rows.all().delete()
        return
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
    rewrite_rows(ImportRow, rows, ["service", "problems"])


def _concerns(sheet: Sheet, key: str) -> bool:
    """On a sheet that others keep, only what is private here could be mended."""
    return sheet.is_kept or key in {"days", "times", "room", "degree", "local_telephone", "local_email"}


def undo(batch: ImportBatch, records: list[Record]) -> None:
    alone_in(batch.setting)
    batch.report = batch.report | {"undone": take_back(batch)}
    batch.rows.all().delete()
    feeding.pause_after_undo(batch)
    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save(update_fields=["report", "state", "undone_at"])


WORK: dict[str, Callable[[ImportBatch, list[Record]], None]] = {
    State.READING: preview,
    State.BRINGING: bring,
    State.UNDOING: undo,
}
