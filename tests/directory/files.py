"""Spreadsheets of the kinds that the tests have no writer for, made byte by byte: OpenDocument and old Excel."""

import zipfile
from io import BytesIO
from struct import pack

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="'
    + MIMETYPE
    + b'"/></manifest:manifest>'
)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(rows: list[list[str]], replaced: tuple[str, str] = ("", "")) -> bytes:
    """An OpenDocument spreadsheet with one table; the first place of `replaced[0]` becomes `replaced[1]`."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ["".join(cell.format(words) for words in row) for row in rows]
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).replace(*replaced, 1)
    return zipped({"mimetype": MIMETYPE, "content.xml": content.encode(), "META-INF/manifest.xml": MANIFEST})


def xls(rows: list[list[str]]) -> bytes:
    """An Excel 97 workbook with one worksheet: its records as the only stream of a compound file."""
    kind_of_globals, kind_of_sheet = 5, 0x10
    start = _record(0x809, pack("<HHHHII", 0x600, kind_of_globals, 0, 0, 0, 0))
    end = _record(0x0A)
    name = b"List"
    sheet_at = len(start) + 4 + 8 + len(name) + len(end)
    start += _record(0x85, pack("<IHBB", sheet_at, 0, len(name), 0) + name) + end
    body = _record(0x809, pack("<HHHHII", 0x600, kind_of_sheet, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            text = pack("<HB", len(words), 1) + words.encode("utf-16-le")
            body += _record(0x204, pack("<HHH", at, column, 0) + text)
    return _compound("Workbook", start + body + end)


def _record(kind: int, content: bytes = b"") -> bytes:
    return pack("<HH", kind, len(content)) + content


def _compound(name: str, stream: bytes) -> bytes:
    """One sector for the table of sectors, one for the folder, the rest for the stream."""
    sector, free, last, table = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(4096, b"\0")  # what is smaller would go to a folder of its own
    stream += b"\0" * (-len(stream) % sector)
    many = len(stream) // sector
    chain = [table, last, *(3 + at for at in range(many - 1)), last]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + pack("<I", 0) + pack("<I", free) * 108
    sectors = b"".join(pack("<I", each) for each in chain).ljust(sector, b"\xff")
    folder = _entry("Root Entry", 5, 1, last, 0) + _entry(name, 2, free, 2, len(stream))
    return header + sectors + folder.ljust(sector, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    free = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + pack("<HBBIII", len(text), kind, 1, free, free, child)
        + bytes(36)
        + pack("<IQ", start, size)
    )
