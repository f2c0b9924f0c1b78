"""Limits on attempts: sign-in, codes, public posts. Counted in PostgreSQL in one atomic statement."""

import hashlib
import time
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Network, ip_address

from django.db import connection
from django.http import HttpRequest

_COUNT = """
    INSERT INTO partnerships_attempt (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
    ON CONFLICT (key, "window") DO UPDATE SET count = partnerships_attempt.count + 1
    RETURNING count
"""


_SEEN = 'SELECT count FROM partnerships_attempt WHERE key = %s AND "window" = %s'


def reached(key: str, limit: int, window_seconds: int) -> bool:
    """Whether `limit` attempts at `key` were counted in this window of time; counts nothing itself."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [digest, int(time.time() // window_seconds)])
        row = cursor.fetchone()
    return row is not None and row[0] >= limit


def hit(key: str, limit: int, window_seconds: int) -> bool:
    """Counts one attempt at `key`; True while it is within `limit` for this window of time."""
    window = int(time.time() // window_seconds)
    expires = datetime.fromtimestamp((window + 1) * window_seconds, tz=UTC)
    digest = hashlib.sha256(key.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [digest, window, expires])
        (count,) = cursor.fetchone()
    return bool(count <= limit)


def network(address: str) -> str:
    """An IPv6 customer has a whole /64 to ask from, however its addresses are written."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address) or found.ipv4_mapped:
        return address
    return str(IPv6Network((found, 64), strict=False))


def place_of(request: HttpRequest) -> str:
    """From where a request comes, as limits count it."""
    return network(request.META.get("REMOTE_ADDR", ""))


def clear_expired() -> None:
    """Forgets the windows that are over; the worker calls it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_attempt WHERE expires_at < now()")
