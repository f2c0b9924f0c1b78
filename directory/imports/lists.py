"""Rows to check as a spreadsheet: mended at the desk, and brought again."""

from collections.abc import Iterator

from directory.imports.columns import BY_KEY
from directory.models import ImportBatch, ImportRow

PROBLEMS = "What to put right"
"""The heading of the column that says it; brought again, it is not used."""


def to_check(batch: ImportBatch) -> Iterator[list[str]]:
    """The headings, then each row that somebody still has to look at, as it was in the list."""
    width = len(batch.headings)
    yield [PROBLEMS, *batch.headings]
    for row in batch.rows.to_check():
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        yield [problem_words(row), *cells]


def problem_words(row: ImportRow) -> str:
    found = []
    for problem in row.problems:
        label = BY_KEY[problem["field"]].label if problem["field"] in BY_KEY else problem["field"]
        said = f" “{problem['value'][:80]}”" if problem["value"] else ""
        found.append(f"{label}{said}: {problem['problem']}")
    return "; ".join(found)
