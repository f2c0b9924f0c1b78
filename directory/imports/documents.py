"""Open Referral JSON, whose records say themselves what everything is."""

from directory.imports.files import JSON_LATER, NotYetAvailable
from directory.imports.records import Record


def read_records(data: bytes) -> list[Record]:
    raise NotYetAvailable(JSON_LATER)
