"""Bringing ten thousand rows: the time beside reading the file and copying its rows bare, and the memory at its peak.

Each import runs as a command in a process of its own, so that its peak is its own.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import connection

from benchmarks.figures import Figure
from benchmarks.memory import COMMAND, peak
from directory.exports import as_xlsx
from directory.imports.files import read_file
from directory.imports.rows import MAX_ROWS, NotASpreadsheet
from partnerships.models import Setting

ROWS = 10_000
SECONDS, MEGABYTES = 60.0, 400.0
HEADINGS = (
    *("Service", "Organisation", "Sector", "What it does", "Address", "Town", "Postcode", "Contact", "Role"),
    *(
        "Telephone",
        "E-mail",
        "Website",
        "Opening times",
        "Services offered",
        "How to refer",
        "Days in school",
    ),
)


def rows(count: int, *, changed: int = 0) -> Iterator[list[str]]:
    """Invented services; every `changed`-th says something new."""
    yield list(HEADINGS)
    for at in range(count):
        words = "Has moved on. " if changed and at % changed == 0 else ""
        yield [
            *(f"Service {at:05}", f"Agency {at % 900}", ("Health", "Charity", "Housing")[at % 3]),
            words + "Helps families of the neighbourhood with many things, at home and in school. " * 3,
            *(f"{at % 200 + 1} Quay Lane", "Wexcombe", f"M{at % 40 + 1} {at % 9 + 1}AB"),
            *(f"Person {at}; Other Person", "worker; lead", f"01632 960 {at % 1000:03}"),
            *(f"hello{at}@example.org", f"https://www.service{at}.example.org", "Mon-Fri 9am-5pm"),
            *("One-to-one support; Group support", "Ring and ask for the form", "Mon; Thu"),
        ]


def as_csv(table: Iterator[list[str]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode()


def run() -> Iterator[Figure]:
    Setting.objects.create(slug="bench-imports", name="School that brings a long list")
    with TemporaryDirectory() as folder:
        for words, name, data in (
            ("10,000 new rows, CSV", "new.csv", as_csv(rows(ROWS))),
            (
                "10,000 rows, half of them changed, XLSX",
                "changed.xlsx",
                as_xlsx(rows(ROWS, changed=2), "List"),
            ),
        ):
            file = Path(folder) / name
            file.write_bytes(data)
            yield from figures_of(words, file)
        yield exported(Path(folder) / "out.xlsx")
        yield refusal()


def figures_of(words: str, file: Path) -> Iterator[Figure]:
    bare = bare_time(file)
    start = perf_counter()
    memory = peak(COMMAND, "import_services", str(file), "--setting", "bench-imports")
    took = perf_counter() - start
    yield Figure(name=f"{words}: the command", value=took, unit="s", limit=SECONDS)
    yield Figure(
        name=f"{words}: beside reading and copying bare",
        value=took,
        unit="s",
        reference=bare,
        reference_name="read_file and COPY of its cells",
    )
    yield Figure(name=f"{words}: memory at its peak", value=memory, unit="MB", limit=MEGABYTES)


def bare_time(file: Path) -> float:
    """Reading the same file and copying its cells to one table without indexes, history or search."""
    start = perf_counter()
    found = read_file(file.name, file.read_bytes())
    columns = ", ".join(f"c{at} text" for at in range(len(HEADINGS)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        lines = StringIO()
        csv.writer(lines).writerows([*row.cells, *[""] * (len(HEADINGS) - len(row.cells))] for row in found)
        lines.seek(0)
        cursor.copy_expert("COPY bare FROM STDIN WITH (FORMAT csv)", lines)
        cursor.execute("DROP TABLE bare")
    return perf_counter() - start


def exported(file: Path) -> Figure:
    """The way out again: the same ten thousand as a workbook."""
    memory = peak(
        COMMAND, "export_services", "--setting", "bench-imports", "--format", "xlsx", "--out", str(file)
    )
    return Figure(
        name="10,000 services out again, XLSX: memory at its peak", value=memory, unit="MB", limit=MEGABYTES
    )


def refusal() -> Figure:
    """A list that is far too long is refused before all of it is read."""
    data = as_csv(rows(30_000))
    start = perf_counter()
    try:
        read_file("long.csv", data)
    except NotASpreadsheet:
        pass
    else:
        raise AssertionError(f"A list of 30,000 rows was read, though {MAX_ROWS} is the most")
    return Figure(name="30,000 rows: refused", value=perf_counter() - start, unit="s", limit=5.0)
