"""Reads the national open files of postcodes and puts them into the table.

Code-Point Open (Ordnance Survey): no headings; postcode, quality, easting, northing, …, district. One file for each
area, in a folder or a zip. ONSPD (Office for National Statistics): headings, one of which is `pcds`; with the day
on which a postcode ended. Rows go through in pieces, so that memory does not grow with the file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.db import connection, transaction

PIECE = 50_000
MOST_TOLD = 5
NO_POSITION = "90"
"""Code-Point's quality of a postcode whose place is not known."""
NOWHERE = 99.0
"""ONSPD's latitude, from this up, of a postcode whose place is not known."""
CODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
CODE_NAMES = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode")
DISTRICT_NAMES = ("laua", "oslaua", "lad", "admin_district_code")

Read = tuple[str, float | None, float | None, int, int, str]
"""The code, latitude and longitude or None, easting and northing, the district."""


class NotPostcodes(ValueError):
    """With words for whoever runs the command."""


@dataclass
class Report:
    kept: int = 0
    ended: int = 0
    placeless: int = 0
    bad: int = 0
    examples: list[str] = field(default_factory=list)
    places: int = 0

    def tell_bad(self, where: str, row: Sequence[str]) -> None:
        self.bad += 1
        if len(self.examples) < MOST_TOLD:
            self.examples.append(f"{where}: {', '.join(row)[:80]}")


def load(path: Path, say: Callable[[str], None] = lambda words: None) -> Report:
    """Loads a file, a folder or a zip. Of the areas in it (M, SW …) the table then holds just these postcodes."""
    report = Report()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOADED)
        is_any = False
        for name, lines in files(path):
            reader = _reader_of(lines)
            if reader is None:
                continue
            is_any = True
            say(name)
            _copy(cursor, reader, name, report)
        if not is_any:
            raise NotPostcodes(
                "This is neither Code-Point Open nor the ONS Postcode Directory. Give the CSV, or its folder or zip"
            )
        for sql in SWAP:
            cursor.execute(sql)
        cursor.execute("SELECT count(DISTINCT code) FROM loaded")
        report.kept = cursor.fetchone()[0]
        cursor.execute("DROP TABLE loaded")
    return report


LOADED = """
CREATE TEMPORARY TABLE loaded (
    code varchar(7), latitude double precision, longitude double precision, district varchar(9)
) ON COMMIT DROP
"""
SWAP = (
    "ANALYZE loaded",
    """
    DELETE FROM directory_postcode old
    WHERE substring(old.code FROM '^[A-Z]+') IN (SELECT DISTINCT substring(code FROM '^[A-Z]+') FROM loaded)
    AND NOT EXISTS (SELECT FROM loaded WHERE loaded.code = old.code)
    """,
    """
    INSERT INTO directory_postcode AS old (code, latitude, longitude, district)
    SELECT DISTINCT ON (code) code, latitude, longitude, district FROM loaded ORDER BY code
    ON CONFLICT (code) DO UPDATE
    SET latitude = excluded.latitude, longitude = excluded.longitude, district = excluded.district
    WHERE (old.latitude, old.longitude, old.district)
        IS DISTINCT FROM (excluded.latitude, excluded.longitude, excluded.district)
    """,
)


def files(path: Path) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """(name, rows) of each CSV."""
    if path.is_dir():
        for each in sorted(path.rglob("*.csv")):
            yield from files(each)
    elif path.suffix.lower() == ".zip":
        yield from _zipped(path)
    else:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield path.name, csv.reader(lines)


def _zipped(path: Path) -> Iterator[tuple[str, Iterator[list[str]]]]:
    try:
        archive = ZipFile(path)
    except BadZipFile:
        raise NotPostcodes("This zip can’t be opened. Download it again") from None
    with archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(".csv"))
        whole = [name for name in names if "multi_csv" not in name]
        for name in whole or names:
            with _text(archive, name) as lines:
                yield name, csv.reader(lines)


@contextmanager
def _text(archive: ZipFile, name: str) -> Iterator[IO[str]]:
    with archive.open(name) as raw:
        yield io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")


@dataclass(frozen=True)
class Reader:
    """`read` gives None for a postcode that has ended or has no place, and raises ValueError for a bad row."""

    rows: Iterator[list[str]]
    read: Callable[[list[str]], Read | str]


def _reader_of(rows: Iterator[list[str]]) -> Reader | None:
    first = next(rows, [])
    names = [name.strip().lower() for name in first]
    if any(name in names for name in ("pcds", "doterm")):
        return Reader(rows, _by_headings(names))
    if _is_code_point(first):
        return Reader(_with_first(first, rows), _code_point)
    return None


def _is_code_point(row: list[str]) -> bool:
    return (
        len(row) >= 4 and CODE.fullmatch(_code(row[0])) is not None and row[2].isdigit() and row[3].isdigit()
    )


def _with_first(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


def _code(text: str) -> str:
    return text.replace(" ", "").upper()


ENDED, PLACELESS = "ended", "placeless"


def _code_point(row: list[str]) -> Read | str:
    if row[1] == NO_POSITION or row[2] == "0":
        return PLACELESS
    return _code(row[0]), None, None, int(row[2]), int(row[3]), row[8] if len(row) > 8 else ""


def _by_headings(names: list[str]) -> Callable[[list[str]], Read | str]:
    def at(*wanted: str) -> int | None:
        return next((names.index(name) for name in wanted if name in names), None)

    code, district, ended = at(*CODE_NAMES), at(*DISTRICT_NAMES), at("doterm")
    east, north, up, aside = at("oseast1m"), at("osnrth1m"), at("lat"), at("long")
    if code is None or ((east is None or north is None) and (up is None or aside is None)):
        raise NotPostcodes("The columns pcds, and lat and long or oseast1m and osnrth1m, are missing")

    def read(row: list[str]) -> Read | str:
        if ended is not None and row[ended].strip():
            return ENDED
        where = row[district] if district is not None else ""
        if up is not None and aside is not None and row[up].strip():
            latitude = float(row[up])
            return (
                PLACELESS
                if latitude >= NOWHERE
                else (_code(row[code]), latitude, float(row[aside]), 0, 0, where)
            )
        if east is None or north is None or row[east].strip() in {"", "0"}:
            return PLACELESS
        return _code(row[code]), None, None, int(row[east]), int(row[north]), where

    return read


def _copy(cursor: Any, reader: Reader, name: str, report: Report) -> None:
    piece: list[Read] = []
    for number, row in enumerate(reader.rows, start=1):
        try:
            found = reader.read(row)
            if not isinstance(found, str) and not CODE.fullmatch(found[0]):
                raise ValueError
        except (ValueError, IndexError):
            report.tell_bad(f"{name}, row {number}", row)
            continue
        if found == ENDED:
            report.ended += 1
        elif found == PLACELESS:
            report.placeless += 1
        else:
            assert not isinstance(found, str)
            piece.append(found)
        if len(piece) == PIECE:
            _send(cursor, piece)
            piece = []
    _send(cursor, piece)


def _send(cursor: Any, piece: list[Read]) -> None:
    on_grid = [read for read in piece if read[1] is None]
    lines = [
        f"{code}\t{up}\t{aside}\t{district[:9]}\n"
        for code, up, aside, _, _, district in piece
        if up is not None
    ]
    if on_grid:
        latitudes, longitudes = degrees([read[3] for read in on_grid], [read[4] for read in on_grid])
        lines += [
            f"{read[0]}\t{up:.6f}\t{aside:.6f}\t{read[5][:9]}\n"
            for read, up, aside in zip(on_grid, latitudes, longitudes, strict=True)
        ]
    cursor.copy_expert("COPY loaded FROM STDIN", io.StringIO("".join(lines)))


def degrees(eastings: Sequence[int], northings: Sequence[int]) -> tuple[Sequence[float], Sequence[float]]:
    """Latitudes and longitudes (WGS 84) of points of the British National Grid, all at once."""
    from pyproj import Transformer

    transformer = Transformer.from_crs("EPSG:27700", "EPSG:4326")
    latitudes, longitudes = transformer.transform(eastings, northings)
    return latitudes, longitudes
