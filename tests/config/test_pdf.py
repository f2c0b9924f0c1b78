"""The one way to a PDF: what it declares, what it refuses, that nothing is logged."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from config import pdf

PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>A title</title><meta name="author" content="A school"></head>'
    '<body><div class="brand">A school</div>'
    '<h1 data-doc="A title" data-team="T" data-tool="SWOT · swot 1" data-edition="1 May 2026">'
    "A title</h1>{}<h2>A heading</h2><p>Śródmieście ✔ “quoted” 5 → 6</p></body></html>"
)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


class Kept(logging.Handler):
    """Keeps what is logged, from warnings up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that WeasyPrint, fontTools and we log."""
    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield kept.messages
    logging.getLogger().removeHandler(kept)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def catalog(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def test_a_sheet_logs_nothing(logged: list[str]) -> None:
    text = read(pdf.write(PAGE.format(f'<img alt="Logo" src="{PIXEL}">'))).pages[0].extract_text()
    assert "Śródmieście ✔ “quoted” 5 → 6" in text
    assert logged == []


def test_a_sheet_declares_what_readers_need() -> None:
    reader = read(pdf.write(PAGE.format("")))
    root = catalog(reader)
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert (reader.metadata.title, reader.metadata.author) == ("A title", "A school")  # type: ignore[union-attr]
    first: Any = reader.outline[0]
    assert first["/Title"] == "A title"


def test_the_foot_says_tool_version_date_and_page() -> None:
    text = read(pdf.write(PAGE.format(""))).pages[0].extract_text()
    assert "SWOT · swot 1 · 1 May 2026" in text
    assert "Page 1 of 1" in text


def test_fonts_are_our_own_and_embedded() -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in read(pdf.write(PAGE.format(""))).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert names
    assert all("Joined-S" in name for name in names)


SCRIPTS = {
    "Polish": "Poradnia Łączność, Żółta 5",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Ukrainian": "Центр підтримки «Їжак»",
    "Greek": "Κέντρο Στήριξης",
    "Arabic": "مركز دعم الأسرة",
    "Urdu": "بچوں کے لیے ٹیڈ ڑ",
    "Pashto": "د کورنۍ ملاتړ ښځې",
    "Hebrew": "מרכז תמיכה",
    "Hindi": "परिवार केंद्र क्षेत्र",
    "Bengali": "পরিবার সহায়তা কেন্দ্র",
    "Gujarati": "પરિવાર સહાય કેન્દ્ર",
    "Punjabi": "ਪਰਿਵਾਰ ਸਹਾਇਤਾ ਕੇਂਦਰ",
    "Tamil": "குடும்ப ஆதரவு மையம்",
    "Telugu": "కుటుంబ కేంద్రం",
    "Thai": "ศูนย์ช่วยเหลือ",
    "Tigrinya": "ማእከል ደገፍ ስድራቤት",
    "Chinese": "家庭支持中心 家庭支援中心 嘅咗",
    "Japanese": "家族支援センター さくら",
    "Korean": "가족 지원 센터",
}


FONTS = ("wqy-microhei.ttc", "NotoNaskhArabicUI-Regular.ttf", "AbyssinicaSIL-Regular.ttf")


def are_installed() -> bool:
    return all(any(Path("/usr/share/fonts").rglob(name)) for name in FONTS)


@pytest.mark.skipif(not are_installed(), reason="the fonts of requirements/debian could not be installed")
@pytest.mark.parametrize("language", SCRIPTS)
def test_names_in_the_scripts_of_our_families_print_without_boxes(language: str, logged: list[str]) -> None:
    """In each of our fonts; WeasyPrint warns of a letter that no font has."""
    said = SCRIPTS[language]
    pdf.write(PAGE.format(f"<h2>{said}</h2><p>{said} <b>{said}</b> <i>{said}</i></p>"))
    assert logged == []


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png",
        "http://127.0.0.1/logo.png",
        "//example.org/logo.png",
        "ftp://example.org/logo.png",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "/etc/passwd",
        "paper:../../config/settings.py",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="x" src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<style>p {{ background: url("{}") }}</style>',
        '<style>@import "{}";</style>',
        '<object data="{}">x</object>',
        '<link rel="attachment" href="{}">',
        '<svg><image href="{}" width="9" height="9"/></svg>',
        '<base href="{}"><img alt="x" src="x.png">',
    ],
)
def test_every_other_address_is_refused(
    markup: str, address: str, logged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_file(path: Path) -> bytes:
        pytest.fail(f"{path} was read")

    pdf.write(PAGE.format(""))
    monkeypatch.setattr(Path, "read_bytes", read_file)
    content = pdf.write(PAGE.format(markup.format(address)))
    assert logged
    assert b"root:" not in content
    assert not read(content).attachments


def test_a_refusal_names_the_address(logged: list[str]) -> None:
    pdf.write(PAGE.format('<img alt="x" src="https://example.org/logo.png">'))
    assert any("https://example.org/logo.png" in message for message in logged)


def test_a_picture_can_not_fetch_either(logged: list[str]) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd' width='9' height='9'/></svg>"
    pdf.write(
        PAGE.format(f'<img alt="x" src="data:image/svg+xml,{svg.replace("<", "%3C").replace(">", "%3E")}">')
    )
    assert any("file:///etc/passwd" in message for message in logged)


def test_the_same_html_gives_the_same_bytes() -> None:
    assert pdf.write(PAGE.format("")) == pdf.write(PAGE.format(""))
    assert pdf.write(PAGE.format("")) != pdf.write(PAGE.format("<p>other</p>"))


def test_sheets_made_at_the_same_time_are_whole(logged: list[str]) -> None:
    pages = [PAGE.format(f"<p>Number {number}</p>") for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(pdf.write, pages))
    texts = [read(content).pages[0].extract_text() for content in made]
    assert [f"Number {number}" in text for number, text in enumerate(texts)] == [True] * 8
    assert logged == []


def test_a_school_may_bring_a_colour_that_can_be_read() -> None:
    assert pdf.usable_accent("#0B5A63") == "#0b5a63"
    assert b".0431" in drawn(pdf.write(PAGE.format('<p class="kicker">K</p>'), accent="#0b5a63"))


@pytest.mark.parametrize("accent", ["", "#ffee00", "red", "#12345", "#7b1e57; } * { display: none"])
def test_a_colour_that_can_not_be_read_is_replaced_by_our_own(accent: str) -> None:
    assert pdf.usable_accent(accent) == pdf.ACCENT


def drawn(content: bytes) -> bytes:
    """What the first page draws, as operators."""
    contents = read(content).pages[0].get_contents()
    assert contents is not None
    return contents.get_data()


def test_tints_of_a_school_are_mixed_from_its_colour() -> None:
    assert pdf.mixed("#000000", 0.21) == "#c9c9c9"
    assert round(pdf.contrast_on_white(pdf.ACCENT), 1) == 9.7
    assert all(tint in pdf.STYLESHEET.read_text() for tint in (pdf.ACCENT, *pdf.SHADES))


def test_each_page_is_told_while_it_is_laid_out_and_what_that_raises_ends_it() -> None:
    pages = '<p style="break-after: page">One</p><p>Two</p>'
    told: list[int] = []
    pdf.write(pages, on_page=told.append)
    assert told[:2] == [1, 2]

    def stop(number: int) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        pdf.write(pages, on_page=stop)
    pdf.write(pages)
    assert told[:2] == [1, 2]
