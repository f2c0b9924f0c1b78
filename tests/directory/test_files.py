"""Opening what people upload: encodings, delimiters, worksheets, and files that are no spreadsheet."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import BytesIO
from random import Random
from string import ascii_letters
from typing import Any

import openpyxl
import pytest

from directory.imports import rows as limits
from directory.imports.files import is_json, read_file
from directory.imports.rows import NotASpreadsheet, Row
from tests.directory.files import MIMETYPE, ods, xls, zipped
from tests.directory.kit import workbook

TEXT = "Name,Town\nCafé Élan,Sale\n"
ROWS = [Row(1, ["Name", "Town"]), Row(2, ["Café Élan", "Sale"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_is_recognised(encoding: str) -> None:
    assert read_file("list.csv", TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_recognised(delimiter: str) -> None:
    text = TEXT.replace(",", delimiter) + f'"A{delimiter} B; c, d"{delimiter}Sale\n'
    assert read_file("list.csv", text.encode())[:2] == ROWS
    assert len(read_file("list.csv", text.encode())[2].cells) == 2


def test_separator_line_of_excel_is_no_row() -> None:
    assert read_file("list.csv", b"sep=;\r\nName;Town\r\nHarbour;Sale\r\n")[1] == Row(2, ["Harbour", "Sale"])


def test_rows_are_counted_as_the_spreadsheet_counts_them() -> None:
    data = b'Name,Town\n\n"Two\nlines",Sale\n,,\nLast,Sale\n'
    assert [row.number for row in read_file("list.csv", data)] == [1, 3, 5]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(line_end: str) -> None:
    assert read_file("list.csv", TEXT.replace("\n", line_end).encode()) == ROWS


def test_control_characters_and_odd_spaces_are_taken_out() -> None:
    rows = read_file("list.csv", "Name,Town\nHar\x00bour\x07,\u00a0Sale \n".encode() + b"Kite,Sale\n" * 20)
    assert rows[1].cells == ["Harbour", "Sale"]


def test_apostrophe_before_a_formula_sign_is_taken_off() -> None:
    assert read_file("list.csv", b"Name\n'=Club\n'tis\n")[1:] == [Row(2, ["=Club"]), Row(3, ["'tis"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"%PDF-1.7\nrest", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(600), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"{\\rtf1 hello}", "text document"),
        (bytes(range(256)) * 20, "not a spreadsheet"),
        (b'Name,Town\n"Harbour,Sale\n' + b"x,y\n" * 40_000, "quotation mark"),
        (b"PK\x03\x04 not really a zip", "damaged"),
    ],
)
def test_file_that_is_no_spreadsheet_says_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(NotASpreadsheet, match=words):
        read_file("list.csv", data)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["mimetype", "content.xml"], "text document"),
        (["word/document.xml", "[Content_Types].xml"], "text document"),
        (["photo.jpg"], "zip file"),
    ],
)
def test_zip_that_is_something_else_is_named(names: list[str], words: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(NotASpreadsheet, match=words):
        read_file("list.xlsx", out.getvalue())


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with pytest.raises(NotASpreadsheet, match="far more"):
        read_file("list.xlsx", out.getvalue())


def test_zip_bomb_as_open_document_is_refused() -> None:
    data = zipped({"mimetype": MIMETYPE, "content.xml": b"0" * 40_000_000})
    with pytest.raises(NotASpreadsheet, match="far more"):
        read_file("list.ods", data)


def test_size_that_is_a_lie_is_found_out() -> None:
    """The list of contents says ten bytes; unpacked it is forty million."""
    data = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 40_000_000})
    lying = data.replace((40_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(NotASpreadsheet, match="far more"):
        read_file("list.xlsx", lying)


def test_cell_at_the_far_end_of_a_worksheet_does_no_harm() -> None:
    """A reader that makes room for everything between would need hundreds of gigabytes."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Name", "x"
    out = BytesIO()
    book.save(out)
    with pytest.raises(NotASpreadsheet, match="far away from the list"):
        read_file("list.xlsx", out.getvalue())


@pytest.mark.parametrize("what", ["cell", "row"])
def test_cell_that_is_repeated_without_end_does_no_harm(what: str) -> None:
    kind = "columns" if what == "cell" else "rows"
    replaced = (f"<table:table-{what}", f'<table:table-{what} table:number-{kind}-repeated="2000000000"')
    with suppress(NotASpreadsheet):
        rows = read_file("list.ods", ods([["Name", "Town"], ["Harbour", "Sale"]], replaced))
        assert len(rows[0].cells) <= limits.MAX_COLUMNS


@pytest.mark.parametrize("make", [ods, xls])
def test_open_document_and_old_excel_are_read(make: Callable[[list[list[str]]], bytes]) -> None:
    assert read_file("list", make([["Name", "Town"], ["Café Élan", "Sale"]])) == ROWS


def test_long_text_that_is_stored_once_and_stands_in_every_cell_does_no_harm() -> None:
    text = "".join(Random(1).choices(ascii_letters, k=32_000))
    data = workbook([[text] * 50 for _ in range(60)])
    assert len(data) < limits.MAX_BYTES
    with pytest.raises(NotASpreadsheet, match="far more room"):
        read_file("list.xlsx", data)


@pytest.mark.parametrize(
    ("start", "is_one"),
    [('[\n  {\n    "name"', True), ('\ufeff{ "name"', True), ("[{name", False), ("Name,Town", False)],
)
def test_json_is_recognised_however_it_is_laid_out(start: str, is_one: bool) -> None:
    assert is_json("list.txt", start.encode()) is is_one


def test_too_large_and_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotASpreadsheet, match="20 MB"):
        read_file("list.csv", b"x" * (limits.MAX_BYTES + 1))
    monkeypatch.setattr(limits, "MAX_ROWS", 10)
    with pytest.raises(NotASpreadsheet, match="rows"):
        read_file("list.csv", b"Name\n" + b"Harbour\n" * 80)
    with pytest.raises(NotASpreadsheet, match="more than 10 rows"):
        read_file("list.xlsx", workbook([["Name"], *[["Harbour"]] * 80]))


def test_cells_of_a_workbook_are_read_as_people_see_them() -> None:
    cells: list[Any] = ["Harbour", 1632960318, date(2026, 3, 3), 5.0, True]
    rows: list[list[Any]] = [["Name", "Tel", "Checked", "Ages", "Free"], [None], cells]
    assert read_file("list.xlsx", workbook(rows))[1] == Row(
        3, ["Harbour", "1632960318", "2026-03-03", "5", "Yes"]
    )


def test_formula_gives_its_value_never_itself() -> None:
    rows = read_file("list.xlsx", workbook([["Name", "Sum"], ["Harbour", '=HYPERLINK("http://x","y")']]))
    assert rows[1].cells[0] == "Harbour"
    assert "HYPERLINK" not in "".join(rows[1].cells)


def test_worksheet_with_the_headings_is_taken() -> None:
    book = openpyxl.load_workbook(
        BytesIO(workbook([["Read me first"], ["This list is kept by the office"]] * 9))
    )
    second = book.create_sheet("Services")
    for row in (["Organisation", "Telephone"], ["Harbour", "01632 960318"]):
        second.append(row)
    out = BytesIO()
    book.save(out)
    assert read_file("list.xlsx", out.getvalue())[0].cells == ["Organisation", "Telephone"]
