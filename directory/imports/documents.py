"""Open Referral JSON, whose records say themselves what everything is."""

from directory.imports.records import Record
from directory.oruk import reading


def read_records(data: bytes) -> list[Record]:
    """Raises NotASpreadsheet with words for the person."""
    return reading.read_document(data)


def read_page(data: bytes) -> tuple[list[Record], int]:
    """Also of how many pages it is one. Raises the same."""
    return reading.read_page(data)
