"""What the cells of a column look like, for headings that say little or nothing."""

import re
from collections.abc import Callable

from config import values
from directory.imports import readers
from directory.sheet.telephones import read_phones

_PERSON = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|rev|pc|sgt)\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’.-]*){1,2}$", re.I
)
_NO_PERSON = re.compile(
    r"\b(?:service|team|centre|center|support|school|trust|group|house|project|hub|clinic|health|council|police|"
    r"housing|charity|society|network|foundation|association|line|unit|practice|surgery|club|care|family|families|"
    r"young|youth|advice|access|action|partnership|street|camhs|nhs|mind|relate|start)\b",
    re.IGNORECASE,
)
SAMPLE_ROWS = 200


def is_filled(cells: list[str]) -> bool:
    return any(not readers.is_empty(cell) for cell in cells)


def share(cells: list[str], key: str) -> float:
    """How many of the filled cells can be read as `key`, 0 to 1."""
    filled = [cell for cell in cells[:SAMPLE_ROWS] if not readers.is_empty(cell)]
    return sum(readers.is_readable(key, cell) for cell in filled) / len(filled) if filled else 0.0


def people(cells: list[str]) -> float:
    """How many of the filled cells look like the name of a person."""
    filled = [cell for cell in cells[:SAMPLE_ROWS] if cell]
    names = [cell for cell in filled if _PERSON.match(cell) and not _NO_PERSON.search(cell)]
    return len(names) / len(filled) if filled else 0.0


def shape_of(cells: list[str]) -> str:
    """The column that these cells can only be: telephone, e-mail, website or postcode; "" when they could be many."""
    filled = [cell for cell in cells[:SAMPLE_ROWS] if not readers.is_empty(cell)]
    for key, test in SHAPES.items():
        if filled and sum(bool(test(cell)) for cell in filled) >= 0.6 * len(filled):
            return key
    return ""


def _reads(parse: Callable[[str], str]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            parse(cell)
        except ValueError:
            return False
        return True

    return test


SHAPES: dict[str, Callable[[str], object]] = {
    "email": _reads(values.parse_email),
    "postcode": _reads(values.parse_postcode),
    "website": re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE).match,
    "telephone": lambda cell: len(re.sub(r"\D", "", cell)) >= 10 and bool(read_phones(cell)[0]),
}
