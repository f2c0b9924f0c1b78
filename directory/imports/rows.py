"""Rows of a list that somebody brings: what one is, how large a list may be, and how its cells are cleaned."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 250
MAX_CELL = 32_767  # what a cell of Excel holds

SAVE_AS = (
    "Open your list in Excel, LibreOffice, Numbers or Google Sheets, save it as .xlsx, .ods or .csv, and choose "
    "that file."
)
NO_SPREADSHEET = f"This file is not a spreadsheet. {SAVE_AS}"
EMPTY = "This file is empty. Choose the file that has your list of services."
TOO_BIG = (
    f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Split the list, and bring the parts one after the "
    "other."
)
TOO_LONG = (
    "This list has more than {most:,} rows, the most that can be brought at once. Split it, and bring the parts one "
    "after the other."
)

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (the wide ones where Japanese is written). Our export puts
an apostrophe before these, and before apostrophes that stand before them already.
"""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


class NotASpreadsheet(ValueError):
    """The file can't be read; the words tell the person what to do."""


class Row(NamedTuple):
    number: int  # as the spreadsheet counts: its first row is 1
    cells: list[str]


def too_long() -> str:
    return TOO_LONG.format(most=MAX_ROWS)


def collect(table: Iterable[tuple[int, list[str]]]) -> list[Row]:
    """The rows that are not blank, their cells cleaned; of a list that is too long no more than that is read."""
    rows: list[Row] = []
    for number, cells in table:
        row = Row(number, _cells(cells))
        if any(row.cells):
            rows.append(row)
        if len(rows) > MAX_ROWS + 50:  # room for the title lines above the headings
            raise NotASpreadsheet(too_long())
    return rows


def _cells(cells: list[str]) -> list[str]:
    """Clean, and without the empty ones at the end."""
    cleaned = [clean(cell) for cell in cells[:MAX_COLUMNS]]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return cleaned


def clean(cell: str) -> str:
    """Without control characters and odd spaces; composed, so that the same word is the same text."""
    if cell[:1] == "'" and cell.lstrip("'")[:1] in SIGNS:
        cell = cell[1:]
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", CONTROL.sub("", text)).strip()
