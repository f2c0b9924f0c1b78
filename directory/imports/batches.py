"""An import between the pages of the browser: uploaded, its headings mapped, the choices on its preview."""

import re
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.imports import guess
from directory.imports.columns import BY_KEY
from directory.imports.documents import read_records
from directory.imports.files import is_json, read_file
from directory.imports.headings import plain
from directory.imports.lists import PROBLEMS
from directory.imports.records import Record, as_cell
from directory.imports.rows import Row
from directory.models import ImportBatch, ImportRow, RememberedHeading
from partnerships.models import Membership, Setting

AT_ONCE = 300
"""So many rows are read and brought in while the person waits; more in the background."""
KEPT_DAYS = 7
CHUNK = 1000
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
"""Of a row, as a page sends it."""
State = ImportBatch.State


@transaction.atomic
def start(name: str, data: bytes, *, by: Membership) -> ImportBatch:
    """Keeps the rows of a file, its headings guessed. Raises what read_file raises."""
    batch = ImportBatch(setting=by.setting, by=by, file_name=name[-255:])
    if is_json(name, data):
        return keep_records(batch, read_records(data))
    rows = read_file(name, data)
    read_headings(batch, rows, guess.find_headings(rows))
    batch.save()
    _keep_rows(batch, rows)
    return batch


@transaction.atomic
def keep_records(batch: ImportBatch, records: list[Record]) -> ImportBatch:
    """The rows are whole sheets already: Open Referral JSON says itself what everything is."""
    batch.has_records, batch.count = True, len(records)
    batch.save()
    _keep_rows(batch, [Row(record.number, [as_cell(record)]) for record in records])
    return batch


def _keep_rows(batch: ImportBatch, rows: list[Row]) -> None:
    ImportRow.objects.bulk_create(
        (ImportRow(batch=batch, number=row.number, cells=row.cells) for row in rows), batch_size=CHUNK
    )


def read_headings(batch: ImportBatch, rows: list[Row], at: int) -> None:
    """Takes the row at this index for the headings (-1: there are none) and guesses what they mean."""
    headings = guess.headings_of(rows, at)
    mapping = guess.guess(headings, rows[at + 1 :])
    guessed = dict(zip(mapping.headings, mapping.keys, strict=True))
    batch.heading_row = rows[at].number if at >= 0 else 0
    batch.headings = list(headings)
    batch.mapping = with_remembered(batch.setting, guessed) if at >= 0 else guessed
    batch.count = len(rows) - at - 1
    batch.state = State.MAPPING


def with_remembered(setting: Setting, guessed: dict[str, str]) -> dict[str, str]:
    """What somebody of this school said before about a heading goes before our guess."""
    said = dict(setting.remembered_headings.values_list("heading", "key"))
    known = {
        heading: said[plain(heading)]
        for heading in guessed
        if plain(heading) in said and (not said[plain(heading)] or said[plain(heading)] in BY_KEY)
    }
    taken = set(known.values()) - {""}
    kept = {
        heading: "" if key in taken and not BY_KEY[key].join else key
        for heading, key in guessed.items()
        if key or heading not in known
    }
    return {**guessed, **kept, **known, **dict.fromkeys(guessed.keys() & {PROBLEMS}, "")}


def _remember(setting: Setting, mapping: dict[str, str]) -> None:
    rows = {
        plain(heading)[:200]: RememberedHeading(setting=setting, heading=plain(heading)[:200], key=key)
        for heading, key in mapping.items()
        if plain(heading)
    }
    RememberedHeading.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["setting", "heading"], update_fields=["key"]
    )


@transaction.atomic
def choose_heading_row(batch: ImportBatch, number: int) -> None:
    rows = [Row(number, cells) for number, cells in batch.rows.values_list("number", "cells")]
    read_headings(batch, rows, next((at for at, row in enumerate(rows) if row.number == number), -1))
    batch.save()


@transaction.atomic
def map_columns(batch: ImportBatch, mapping: dict[str, str], sector: str = "") -> None:
    """Remembers what each column is, for this list and for the next; "not used" only where we had guessed something."""
    if batch.heading_row:
        guessed = batch.mapping
        _remember(batch.setting, {each: key for each, key in mapping.items() if key or guessed.get(each)})
    batch.mapping, batch.sector, batch.choices = mapping, sector, {}
    batch.save(update_fields=["mapping", "sector", "choices"])


@transaction.atomic
def choose(batch: ImportBatch, data: Any) -> None:
    """Keeps what was chosen for the rows that a page of the preview showed; only what was proposed for a row counts."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    shown = {int(number) for number in data.getlist("shown") if NUMBER.fullmatch(number)}
    shown |= {
        int(found[1]) for name in data if (found := re.fullmatch(r"(?:link|leave)_(\d{1,9})", name, re.ASCII))
    }
    links, left_out = dict(batch.choices.get("links", {})), set(batch.choices.get("left_out", []))
    for row in batch.rows.filter(number__in=shown, outcome=ImportRow.Outcome.NEW):
        if row.listed:
            chosen = data.get(f"link_{row.number}", "")
            links[str(row.number)] = chosen if chosen in row.listed else ""
        elif row.only_named:
            left_out.discard(row.number)
            left_out |= {row.number} if f"leave_{row.number}" in data else set()
    batch.choices = {"links": links, "left_out": sorted(left_out)}
    batch.save(update_fields=["choices"])


def chosen_link(batch: ImportBatch, row: ImportRow) -> str:
    """The sheet that the row will use: as somebody chose, else the one that it surely is; "" for a new one."""
    chosen: str = batch.choices.get("links", {}).get(str(row.number), str(row.link_to_id or ""))
    return chosen


@transaction.atomic
def drop(batch: ImportBatch) -> None:
    """Nothing was brought in, and nothing of the file stays."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in DROPPABLE:
        batch.rows.all().delete()
        batch.state = State.DROPPED
        batch.save(update_fields=["state"])


DROPPABLE = (State.MAPPING, State.PREVIEW, State.FAILED)


def forget_unfinished(today: date) -> None:
    """Files that nobody went on with are not kept; the worker calls it."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    for batch in ImportBatch.objects.filter(state__in=DROPPABLE, created_at__lt=before):
        drop(batch)
