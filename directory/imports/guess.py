"""Finds the row of headings, and guesses what each column is: by its heading, then by what its cells look like."""

import difflib
from functools import lru_cache

from directory.imports import shapes
from directory.imports.columns import BY_KEY
from directory.imports.headings import BY_HEADING, KEYWORDS, plain
from directory.imports.records import Mapping
from directory.imports.rows import Row

TITLE_LINES = 25  # how far down the headings may stand
HALF = 0.5
MOST = 0.75


def find_headings(rows: list[Row]) -> int:
    """The index of the row of headings in `rows`; -1 when the list has none."""
    for forgives in (False, True):  # looking for slips is slow: only where nothing is written right
        scores = [_score(row, forgives=forgives) for row in rows[:TITLE_LINES]]
        best = max(range(len(scores)), key=lambda at: (scores[at], -at))
        if scores[best] >= 2:
            return best
    if scores[best] == 1 and not _has_data(rows[best]):
        return best
    if _has_data(rows[0]):
        return -1
    has_columns = len(rows[0].cells) > 1 or any(_has_data(row) for row in rows[1:TITLE_LINES])
    return 0 if has_columns else -1  # a bare list of names begins with a name


def heading_score(rows: list[Row]) -> int:
    return max((_score(row, forgives=False) for row in rows[:TITLE_LINES]), default=0)


def _score(row: Row, *, forgives: bool) -> int:
    """How many of our columns the cells of a row name; `forgives`: also with a slip of the pen."""
    return len({key for cell in row.cells if len(cell) < 60 and (key := understood(cell, forgives)[0])})


def _has_data(row: Row) -> bool:
    return any(shapes.shape_of([cell]) for cell in row.cells if cell)


def headings_of(rows: list[Row], at: int) -> tuple[str, ...]:
    """Their headings, each once: "Telephone (2)" for a second one, "Column C" for none."""
    width = max(len(row.cells) for row in rows)
    cells = rows[at].cells if at >= 0 else []
    names: list[str] = []
    for index in range(width):
        cell = " ".join(cells[index].split())[:120] if index < len(cells) else ""
        name = base = cell or f"Column {letters(index)}"
        count = 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return tuple(names)


def letters(index: int) -> str:
    """0 is A, 26 is AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


EXACT, SLIP, WORD, NONE = range(4)


def by_heading(heading: str) -> str:
    """The column that a heading names; "" for none."""
    return understood(heading)[0]


@lru_cache(maxsize=4096)
def understood(heading: str, forgives: bool = True) -> tuple[str, int]:
    """(the column, how it was understood): exactly, with a slip of the pen, or by a word in it."""
    text = plain(heading)
    for whole in (text, text.rstrip(" 0123456789")):
        if whole in BY_HEADING:
            return BY_HEADING[whole], EXACT
    if forgives and len(text) >= 5 and (close := _slip(text)):
        return BY_HEADING[close], SLIP
    words = text.split() if len(text.split()) <= 6 else []
    key = next((key for word, key in KEYWORDS if word in words), "")
    return key, WORD if key else NONE


def _slip(text: str) -> str:
    """The known heading of which each word is written nearly so."""
    words = text.split()
    for known in difflib.get_close_matches(text, BY_HEADING, n=3, cutoff=0.85):
        pairs = list(zip(words, known.split(), strict=False))
        same_length = len(words) == len(known.split())
        if same_length and all(difflib.SequenceMatcher(None, *pair).ratio() >= 0.8 for pair in pairs):
            return known
    return ""


def guess(headings: tuple[str, ...], body: list[Row]) -> Mapping:
    sample = body[: shapes.SAMPLE_ROWS]
    columns = [
        [row.cells[at] if at < len(row.cells) else "" for row in sample] for at in range(len(headings))
    ]
    ranks = [understood(heading)[1] for heading in headings]
    keys = [by_heading(heading) for heading in headings]
    keys = [_checked(key, cells) for key, cells in zip(keys, columns, strict=True)]
    keys = _by_shape(keys, columns)
    keys = _people_apart(keys, columns)
    keys = _named(_once(keys, ranks), columns)
    return Mapping(headings, tuple(keys))


def _checked(key: str, cells: list[str]) -> str:
    """A heading that could mean something else holds only when its cells can be read that way."""
    if key == "contact_person" and (shape := shapes.shape_of(cells)):
        return shape
    if key and not BY_KEY[key].sure and shapes.is_filled(cells) and shapes.share(cells, key) < MOST:
        return ""
    return key


def _by_shape(keys: list[str], columns: list[list[str]]) -> list[str]:
    taken = set(keys)
    found = list(keys)
    for at, key in enumerate(keys):
        if not key and (shape := shapes.shape_of(columns[at])) and shape not in taken:
            found[at] = shape
            taken.add(shape)
    return found


def _people_apart(keys: list[str], columns: list[list[str]]) -> list[str]:
    """ "Organisation, Name, Role": there the name is a person's."""
    if "contact_person" in keys or not {"agency", "name"} <= set(keys):
        return keys
    here, agencies = (shapes.people(columns[keys.index(key)]) for key in ("name", "agency"))
    limit, lead = (0.4, 0.01) if "contact_role" in keys else (0.7, 0.3)
    if here < limit or here - agencies < lead:
        return keys
    return [("contact_person" if key == "name" else key) for key in keys]


def _named(keys: list[str], columns: list[list[str]]) -> list[str]:
    """There must be a name: the organisation's, else the first column of words."""
    if "name" in keys:
        return keys
    if "agency" in keys:
        at = keys.index("agency")
    else:
        at = next((at for at, key in enumerate(keys) if not key and _is_naming(columns[at])), -1)
        if at < 0 and "contact_person" in keys:
            at = keys.index("contact_person")
    return [("name" if index == at else key) for index, key in enumerate(keys)]


def _is_naming(cells: list[str]) -> bool:
    """Short words, mostly filled, mostly different."""
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if any(sign.isalpha() for sign in cell) and len(cell) <= 120]
    return len(words) >= HALF * len(cells) and len(set(words)) >= HALF * len(words) > 0


def _once(keys: list[str], ranks: list[int]) -> list[str]:
    """A second column for what has room for one only is not used, unless the person says so."""
    best: dict[str, int] = {}
    for at, key in enumerate(keys):
        if key not in best or ranks[at] < ranks[best[key]]:
            best[key] = at
    return [key if key and (BY_KEY[key].join or best[key] == at) else "" for at, key in enumerate(keys)]
