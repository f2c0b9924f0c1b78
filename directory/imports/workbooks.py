"""XLSX files: the worksheet that looks most like a list of services, its cells as the text a person sees."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from directory.imports.files import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    NO_SPREADSHEET,
    SAVE_AS,
    TOO_LONG,
    NotASpreadsheet,
    Row,
    collect,
)

MAX_UNPACKED = 150 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
MAX_SHEETS = 30
LAST_ROW = 5 * MAX_ROWS  # a list may have gaps; a stray cell in row 1,048,576 is not part of it

ODS = f"This is an OpenDocument file, not .xlsx. {SAVE_AS}"
ZIP = f"This is a zip file. Unpack it first. {SAVE_AS}"
DOCUMENT = f"This is a text document or slides, not a spreadsheet. {SAVE_AS}"
BOMB = (
    "This file unpacks to far more than a list of services would. Save the list as .csv and choose that file."
)
BROKEN = f"This Excel file can’t be opened; it may be damaged or have a password. {SAVE_AS}"


def read_workbook(data: bytes) -> list[Row]:
    check_archive(data)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
            )
            tables = [collect(list(table_rows(sheet))) for sheet in book.worksheets[:MAX_SHEETS]]
            book.close()
    except NotASpreadsheet:
        raise
    except Exception:  # openpyxl raises whatever its XML, zip and date parts raise
        raise NotASpreadsheet(BROKEN) from None
    return best(tables)


def check_archive(data: bytes) -> None:
    """Refuses zip bombs, and zip files that are something else, before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise NotASpreadsheet(BROKEN) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise NotASpreadsheet(_what_it_is(names))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data):
        raise NotASpreadsheet(BOMB)


def _what_it_is(names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return ODS
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return DOCUMENT
    return NO_SPREADSHEET if "[Content_Types].xml" in names else ZIP


def table_rows(sheet: Any) -> Iterator[list[str]]:
    """The cells of each row as text. Formulas give the value that was stored with them."""
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        if number > LAST_ROW:
            return
        row = [cell_text(cell) for cell in cells]
        filled += any(row)
        if filled > MAX_ROWS + 50:
            raise NotASpreadsheet(TOO_LONG)
        yield row


def cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)[:MAX_CELL]


def best(tables: list[list[Row]]) -> list[Row]:
    """The worksheet whose headings are understood best; the longer one where two are alike."""
    from directory.imports.guess import heading_score

    filled = [rows for rows in tables if rows]
    return max(filled, key=lambda rows: (heading_score(rows), len(rows)), default=[])
