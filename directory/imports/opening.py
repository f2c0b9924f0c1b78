"""Opens a workbook in a process of its own, which may use only so much memory and time.

Run as a program by workbooks.py: length and bytes of the file come in, one line of JSON goes out for each question.
Whatever a hostile file makes the reader do, it does to this process.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, BinaryIO

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
MOST_SHEETS = 30
HEAD_ROWS = 60
MOST_COLUMNS = 250
MOST_CELL = 32_767  # what a cell of Excel holds
MOST_TEXT = 64 * 1024 * 1024  # of one worksheet; a long text that is stored once may stand in every cell


def main(source: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data = source.read(int(source.readline()))
    try:
        answer(data, source)
    except MemoryError:
        say({"problem": "memory"})
    except Exception as problem:  # calamine raises whatever its zip, XML and date parts raise
        say({"problem": "password" if type(problem).__name__ == "PasswordError" else "broken"})


def answer(data: bytes, source: BinaryIO) -> None:
    """First the beginning of each worksheet; then all of the one that is asked for, up to so many rows."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    names = book.sheet_names[:MOST_SHEETS]
    say({"heads": [list(rows_of(book, at, HEAD_ROWS)) for at in range(len(names))]})
    asked = source.readline().split()
    if asked:
        say({"rows": list(rows_of(book, int(asked[0]), int(asked[1])))})


def rows_of(book: Any, at: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of the first `most` rows that are not blank, numbered as the spreadsheet does."""
    try:
        sheet = book.get_sheet_by_index(at)
    except Exception as problem:
        if at == 0 or type(problem).__name__ != "WorksheetNotFound":
            raise
        return  # a chart or a macro has no cells
    filled = size = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [cell_text(cell) for cell in cells[:MOST_COLUMNS]]
        if any(texts):
            filled += 1
            size += sum(map(len, texts))
            if size > MOST_TEXT:
                raise MemoryError
            yield number, texts
        if filled >= most:
            return


def cell_text(value: Any) -> str:
    """A cell as a person sees it. A formula gives the value that was stored with it."""
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
    return str(value)[:MOST_CELL]


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer)
