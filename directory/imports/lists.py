"""Rows to check as a spreadsheet: mended at the desk, and brought again."""

from collections.abc import Iterator
from functools import cache

from django.utils import timezone

from directory.imports import mending
from directory.models import ImportBatch, ImportRow

PROBLEMS = "What to put right"
"""The heading of the column that says it; brought again, it is not used."""


def to_check(batch: ImportBatch) -> Iterator[list[str]]:
    """The headings, then each row that somebody still has to look at, as it was in the list."""
    width = len(batch.headings)
    yield [PROBLEMS, *batch.headings]
    for row in batch.rows.to_check():
        yield [problem_words(row), *_filled(row, width)]


def settle(batch: ImportBatch) -> None:
    """Rows to check that were put right at the desk and come with this list: what is still wrong is now told here."""
    if PROBLEMS not in batch.headings:
        return
    at = batch.headings.index(PROBLEMS)
    headings = [*batch.headings[:at], *batch.headings[at + 1 :]]
    come = [
        cells[:at] + cells[at + 1 :]
        for cells in (_filled(row, len(batch.headings)) for row in batch.rows.all())
    ]
    rest = cache(lambda wrong: {_without(wrong, cells) for cells in come})
    done = []
    for earlier in batch.setting.imports.filter(headings=headings).exclude(pk=batch.pk):
        for row in earlier.rows.to_check():
            wrong = _wrong(earlier, row)
            if _without(wrong, _filled(row, len(headings))) in rest(wrong):
                done.append(row.pk)
    ImportRow.objects.filter(pk__in=done).update(mended_at=timezone.now())


def _filled(row: ImportRow, width: int) -> list[str]:
    return [*row.cells[:width], *[""] * (width - len(row.cells))]


def _wrong(batch: ImportBatch, row: ImportRow) -> frozenset[int]:
    """The columns in which something had to be put right."""
    fields = {problem["field"] for problem in row.problems}
    return frozenset(at for at, heading in enumerate(batch.headings) if batch.mapping.get(heading) in fields)


def _without(wrong: frozenset[int], cells: list[str]) -> tuple[str, ...]:
    return tuple(cell for at, cell in enumerate(cells) if at not in wrong)


def problem_words(row: ImportRow) -> str:
    found = []
    for problem in row.problems:
        label = mending.label(problem["field"])
        said = f" “{problem['value'][:80]}”" if problem["value"] else ""
        found.append(f"{label}{said}: {problem['problem']}")
    return "; ".join(found)
