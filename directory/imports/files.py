"""Opens what somebody uploads: CSV in any of the usual encodings, or the best worksheet of a workbook."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from directory.imports.rows import (
    CONTROL,
    EMPTY,
    MAX_BYTES,
    MAX_CELL,
    NO_SPREADSHEET,
    SAVE_AS,
    TOO_BIG,
    NotASpreadsheet,
    Row,
    collect,
)
from directory.imports.workbooks import read_workbook

SAMPLE = 64 * 1024

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", f"This is a PDF, not a spreadsheet. {SAVE_AS}"),
    (b"\x89PNG", f"This is a picture, not a spreadsheet. {SAVE_AS}"),
    (b"\xff\xd8\xff", f"This is a picture, not a spreadsheet. {SAVE_AS}"),
    (b"GIF8", f"This is a picture, not a spreadsheet. {SAVE_AS}"),
    (b"{\\rtf", f"This is a text document, not a spreadsheet. {SAVE_AS}"),
    (b"<!doctype", f"This is a web page, not a spreadsheet. {SAVE_AS}"),
    (b"<html", f"This is a web page, not a spreadsheet. {SAVE_AS}"),
    (b"<?xml", f"This is an XML file, not a spreadsheet. {SAVE_AS}"),
)
OPEN_QUOTE = (
    "A quotation mark is opened and never closed. Look in or after row {row}, close it and try again."
)

WORKBOOKS = {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}
"""How XLSX and ODS begin, which are zip files, and XLS."""

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)


def read_file(name: str, data: bytes) -> list[Row]:
    """Every row that is not blank. Raises NotASpreadsheet with words for the person."""
    if len(data) > MAX_BYTES:
        raise NotASpreadsheet(TOO_BIG)
    if not data.strip():
        raise NotASpreadsheet(EMPTY)
    rows = read_workbook(data) if data[:4] in WORKBOOKS else read_csv(data)
    if not rows:
        raise NotASpreadsheet(EMPTY)
    return rows


def is_json(name: str, data: bytes) -> bool:
    return name.lower().endswith(".json") or bool(_JSON.match(data[:1000]))


def read_csv(data: bytes) -> list[Row]:
    start = data[:64].lower().lstrip()
    for magic, words in MAGIC:
        if start.startswith(magic.lower()):
            raise NotASpreadsheet(words)
    text = decode(data)
    if not _looks_like_text(text[:SAMPLE]):
        raise NotASpreadsheet(NO_SPREADSHEET)
    named = _SEPARATOR_LINE.match(text)
    delimiter = named[1] if named else sniff(text[:SAMPLE])
    return collect(csv_rows(text[named.end() :] if named else text, delimiter))


def decode(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, or else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if (wide := _wide_encoding(data[:1000])) is not None:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English text is nought."""
    if len(start) < 4:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) / 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else None


def _looks_like_text(sample: str) -> bool:
    return len(CONTROL.findall(sample)) <= len(sample) * 0.05


def sniff(sample: str) -> str:
    """The delimiter that gives the most rows the same number of cells."""
    return max(",;\t|", key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> int:
    try:
        widths = [len(cells) for cells in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)]
    except csv.Error:
        return 0
    common = Counter(width for width in widths if width > 1).most_common(1)
    return common[0][0] * common[0][1] if common else 0


def csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(len(cell) > MAX_CELL for cell in cells):
                raise NotASpreadsheet(OPEN_QUOTE.format(row=number))
            yield number, cells
    except csv.Error:
        raise NotASpreadsheet(OPEN_QUOTE.format(row=number + 1)) from None
