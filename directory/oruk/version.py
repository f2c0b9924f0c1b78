"""The newest change of what the API shows: one cheap query that says whether an answer is still the same.

Every change writes an event (pghistory), so the largest event of each table names the state of them all. While
somebody is writing, an event with a smaller number can still appear: such a moment gets a version of its own.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from directory.models import (
    Agency,
    Contact,
    Notice,
    OpeningTime,
    Phone,
    Place,
    Rules,
    Service,
    Summary,
)
from partnerships.models import Partnership, Setting

SHOWN = (Service, Agency, Place, Contact, Phone, OpeningTime, Summary, Notice, Rules, Partnership, Setting)


@dataclass(frozen=True)
class Version:
    """`is_settled`: nobody was writing, so that the same tag always means the same answer."""

    tag: str
    changed_at: datetime | None
    is_settled: bool


@cache
def _code() -> str:
    """A new release may write the same rows differently."""
    files = sorted(Path(__file__).parent.parent.rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


_NEWEST = "(SELECT coalesce(max(pgh_id), 0) FROM {table})"
_TIME = "(SELECT pgh_created_at FROM {table} ORDER BY pgh_id DESC LIMIT 1)"
_STATE = """
    SELECT concat_ws('.', {newest}), greatest({times}), EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND relation IN ({tables})
    )
"""


@cache
def _query() -> str:
    names = [model._meta.get_field("events").related_model._meta.db_table for model in SHOWN]
    return _STATE.format(
        newest=", ".join(_NEWEST.format(table=name) for name in names),
        times=", ".join(_TIME.format(table=name) for name in names),
        tables=", ".join(f"'{name}'::regclass" for name in names),
    )


def current() -> Version:
    with connection.cursor() as cursor:
        cursor.execute(_query())
        newest, changed_at, is_writing = cursor.fetchone()
    moment = uuid4().hex if is_writing else ""
    tag = hashlib.sha256(f"{newest}|{timezone.localdate()}|{_code()}|{moment}".encode()).hexdigest()[:32]
    return Version(tag, changed_at, not is_writing)
