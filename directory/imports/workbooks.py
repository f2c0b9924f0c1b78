"""Workbooks (XLSX, ODS, XLS): the worksheet that looks most like a list of services, its cells as text."""

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from directory.imports import opening, rows
from directory.imports.guess import heading_score
from directory.imports.rows import NO_SPREADSHEET, SAVE_AS, NotASpreadsheet, Row, collect

MAX_UNPACKED = 150 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
PIECE = 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

ZIP = f"This is a zip file. Unpack it first. {SAVE_AS}"
DOCUMENT = f"This is a text document or slides, not a spreadsheet. {SAVE_AS}"
BOMB = (
    "This file unpacks to far more than a list of services would. Save the list as .csv and choose that file."
)
BROKEN = f"This spreadsheet can’t be opened; it may be damaged or have a password. {SAVE_AS}"
LOCKED = f"This spreadsheet has a password. Take the password off. {SAVE_AS}"
FAR = (
    "This spreadsheet takes far more room than a list of services would; often something stands in a cell far "
    "away from the list. Copy the list into a new spreadsheet, or save it as .csv, and choose that file."
)
WORDS = {"memory": FAR, "password": LOCKED, "broken": BROKEN}


def read_workbook(data: bytes) -> list[Row]:
    if not data.startswith(OLD_EXCEL):
        check_archive(data)
    with opened(data) as child:
        heads = [number_rows(rows) for rows in _answer(child)["heads"]]
        at = best(heads)
        if at is None:
            return []
        _write(child, f"{at} {rows.MAX_ROWS + 51}\n".encode())
        return number_rows(_answer(child)["rows"])


def number_rows(rows: list[Any]) -> list[Row]:
    return collect((number, cells) for number, cells in rows)


@contextmanager
def opened(data: bytes) -> Iterator["subprocess.Popen[bytes]"]:
    """The reader at work on the file, in a process of its own that ends with this block."""
    program = [sys.executable, "-I", str(Path(opening.__file__))]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=nowhere) as child:
        try:
            _write(child, b"%d\n" % len(data) + data)
            yield child
        finally:
            child.kill()


def _write(child: "subprocess.Popen[bytes]", data: bytes) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(data)
        child.stdin.flush()
    except BrokenPipeError:
        raise NotASpreadsheet(BROKEN) from None


def _answer(child: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What the reader says; one that was stopped had come to its limit of memory or time."""
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise NotASpreadsheet(FAR)
    found: dict[str, Any] = json.loads(line)
    if problem := found.get("problem"):
        raise NotASpreadsheet(WORDS[problem])
    return found


def check_archive(data: bytes) -> None:
    """Refuses zip bombs, and zip files that are something else, before the reader unpacks anything."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
        names = {part.filename for part in parts}
        most = min(MAX_UNPACKED, MAX_RATIO * len(data))
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most:
            raise NotASpreadsheet(BOMB)
        if "xl/workbook.xml" not in names and not _is_open_document(archive, names):
            raise NotASpreadsheet(_what_it_is(names))
        _count_unpacked(data, parts, most)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as problem:
        if isinstance(problem, NotASpreadsheet):
            raise
        raise NotASpreadsheet(BROKEN) from None


def _is_open_document(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if not {"mimetype", "content.xml"} <= names:
        return False
    return b"opendocument.spreadsheet" in archive.open("mimetype").read(200)


def _count_unpacked(data: bytes, parts: list[zipfile.ZipInfo], most: int) -> None:
    """Unpacks every part into nothing: what a part says of its own size may be a lie."""
    total = 0
    for part in parts:
        if part.compress_type not in METHODS or part.flag_bits & 1:
            raise NotASpreadsheet(LOCKED if part.flag_bits & 1 else BROKEN)
        for size in _sizes(part, _packed(data, part)):
            total += size
            if total > most:
                raise NotASpreadsheet(BOMB)


def _packed(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    """The packed bytes of a part, behind its own header of 30 bytes, name and extra field."""
    at = part.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise NotASpreadsheet(BROKEN)
    name, extra = (int.from_bytes(data[at + here : at + here + 2], "little") for here in (26, 28))
    start = at + 30 + name + extra
    return memoryview(data)[start : start + part.compress_size]


def _sizes(part: zipfile.ZipInfo, packed: memoryview) -> Iterator[int]:
    if part.compress_type == zipfile.ZIP_STORED:
        yield len(packed)
        return
    unpacker, rest = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    while rest and not unpacker.eof:
        yield len(unpacker.decompress(rest, PIECE))
        rest = unpacker.unconsumed_tail


def _what_it_is(names: set[str]) -> str:
    if {"mimetype", "content.xml"} <= names or any(name.startswith(("word/", "ppt/")) for name in names):
        return DOCUMENT
    return NO_SPREADSHEET if "[Content_Types].xml" in names else ZIP


def best(heads: list[list[Row]]) -> int | None:
    """The worksheet whose headings are understood best; the longer one where two are alike."""
    filled = [at for at, rows in enumerate(heads) if rows]
    return max(filled, key=lambda at: (heading_score(heads[at]), len(heads[at])), default=None)
