"""The one LISTEN connection of a server process."""

import asyncio
import logging
import random
from collections.abc import Callable

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, parse_dsn
from psycopg2.extensions import connection as Link

from config.live import CHANNEL, Change

logger = logging.getLogger("joined_up.live")
LONGEST_PAUSE = 10.0
KEEP_ALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}


def connect() -> Link:
    """A connection past Django's, and past a pooler if LIVE_DATABASE_URL says so."""
    parameters = connections.create_connection("default").get_connection_params()
    parameters.pop("cursor_factory", None)
    if settings.LIVE_DATABASE_URL:
        parameters = parse_dsn(settings.LIVE_DATABASE_URL)
    link: Link = psycopg2.connect(**(parameters | KEEP_ALIVE))
    link.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with link.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    return link


class Listener:
    """Calls `on_change` for each change, and `on_connect` whenever changes may have been missed."""

    def __init__(self, on_change: Callable[[Change], None], on_connect: Callable[[], None]) -> None:
        self._on_change = on_change
        self._on_connect = on_connect
        self._link: Link | None = None
        self._lost = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled: connect, listen, and connect again when the server went away."""
        pause = 0.1
        while True:
            try:
                self._link = await asyncio.to_thread(connect)
            except psycopg2.Error as error:
                logger.warning("Live updates wait for the database: %s", str(error).strip())
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = 0.1
            await self._listen(self._link)

    async def _listen(self, link: Link) -> None:
        loop, number = asyncio.get_running_loop(), link.fileno()
        self._lost.clear()
        loop.add_reader(number, self._read)
        try:
            self._on_connect()
            await self._lost.wait()
        finally:
            loop.remove_reader(number)
            self._link = None
            link.close()

    async def version_of(self, activity: str) -> int | None:
        """The activity's version now; None if there is none, or no connection. One call at a time."""
        link = self._link
        if link is None:
            return None
        loop, number = asyncio.get_running_loop(), link.fileno()
        loop.remove_reader(number)
        try:
            version = await asyncio.to_thread(_version, link, activity)
        except psycopg2.Error:
            self._lost.set()
            return None
        loop.add_reader(number, self._read)
        self._hand_over(link)
        return version

    def _read(self) -> None:
        if self._link is None:
            return
        try:
            self._link.poll()
        except psycopg2.Error:
            self._lost.set()
        self._hand_over(self._link)

    def _hand_over(self, link: Link) -> None:
        while link.notifies:
            self._on_change(Change.read(link.notifies.pop(0).payload))


def _version(link: Link, activity: str) -> int | None:
    with link.cursor() as cursor:
        cursor.execute(settings.LIVE_VERSION_QUERY, [activity])
        row = cursor.fetchone()
        return int(row[0]) if row else None
