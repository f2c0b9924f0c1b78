"""Rows to check as a spreadsheet: mended at the desk, and brought again."""

from collections.abc import Iterator

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
    done = [
        row.pk
        for earlier in batch.setting.imports.filter(headings=headings).exclude(pk=batch.pk)
        for row in earlier.rows.to_check()
        if _is_among(come, _filled(row, len(headings)), _wrong(earlier, row))
    ]
    ImportRow.objects.filter(pk__in=done).update(mended_at=timezone.now())


def _filled(row: ImportRow, width: int) -> list[str]:
    return [*row.cells[:width], *[""] * (width - len(row.cells))]


def _wrong(batch: ImportBatch, row: ImportRow) -> set[int]:
    """The columns in which something had to be put right."""
    fields = {problem["field"] for problem in row.problems}
    return {at for at, heading in enumerate(batch.headings) if batch.mapping.get(heading) in fields}


def _is_among(come: list[list[str]], cells: list[str], wrong: set[int]) -> bool:
    right = [(at, cell) for at, cell in enumerate(cells) if at not in wrong]
    return any(all(row[at] == cell for at, cell in right) for row in come)


def problem_words(row: ImportRow) -> str:
    found = []
    for problem in row.problems:
        label = mending.label(problem["field"])
        said = f" “{problem['value'][:80]}”" if problem["value"] else ""
        found.append(f"{label}{said}: {problem['problem']}")
    return "; ".join(found)
