"""Open Referral JSON, whose records say themselves what everything is."""

from directory.imports.records import Record
from directory.oruk.reading import read_document


def read_records(data: bytes) -> list[Record]:
    """Raises NotASpreadsheet with words for the person."""
    return read_document(data)
