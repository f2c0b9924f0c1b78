"""A card from one browser to thirty others, through the real server: how long it takes, and whether any is lost."""

import asyncio
import re
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.figures import Figure
from config import live
from tests import server
from toolkits.models import Activity, Stage

BROWSERS = 30
CARDS = 25
PATIENCE = 10.0
TOKEN = "c" * 32  # of a form: cookie and field agree, as in a browser
VERSION = re.compile(rb"id: (\d+)\nevent: change\n")


@dataclass
class Watcher:
    """A browser that shows the board: when each version arrived."""

    arrived: dict[int, float] = field(default_factory=dict)

    async def watch(self, address: str, path: str, ready: asyncio.Event) -> None:
        host, _, port = address.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
        try:
            while event := await reader.readuntil(b"\n\n"):
                now = perf_counter()
                if b"event: hello" in event:
                    ready.set()
                for version in VERSION.findall(event):
                    self.arrived[int(version)] = now
        finally:
            writer.close()


@dataclass(frozen=True)
class Author:
    """Somebody who adds cards to the board, signed in."""

    address: str
    path: str
    session: str
    zone: str

    def add_cards(self) -> list[tuple[float, float]]:
        """When each was sent, and when its answer was there."""
        http = HTTPConnection(self.address)
        return [self._add(http, number) for number in range(CARDS)]

    def _add(self, http: HTTPConnection, number: int) -> tuple[float, float]:
        fields = {"zone": self.zone, "text": f"Card {number}", "card_id": uuid.uuid4()}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "HX-Request": "true",
        }
        start = perf_counter()
        http.request("POST", self.path, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}), headers)
        answer = http.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"Adding a card was answered with {answer.status}")
        return start, perf_counter()


def run() -> list[Figure]:
    activity = Activity.objects.filter(stage=Stage.DISCUSS, instrument_version__code="swot").first()
    assert activity is not None and activity.facilitator is not None
    client = Client()
    client.force_login(activity.facilitator.user)
    database = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as mail, server.serving(database, Path(mail)) as url:
        author = Author(
            address=urlsplit(url).netloc,
            path=reverse("toolkits:add_card", args=[activity.setting.slug, activity.pk]),
            session=client.cookies["sessionid"].value,
            zone=activity.instrument_version.instrument.zones[0].key,
        )
        path = f"/live/{live.token(activity.pk, 'anybody')}/"
        sent, watchers = asyncio.run(_measure(author, path, activity.live_version))
    return _figures(sent, watchers, activity.live_version)


async def _measure(author: Author, path: str, first: int) -> tuple[list[tuple[float, float]], list[Watcher]]:
    async with _watching(author.address, path) as watchers:
        sent = await asyncio.to_thread(author.add_cards)
        last, deadline = first + CARDS, perf_counter() + PATIENCE
        while perf_counter() < deadline and not all(last in watcher.arrived for watcher in watchers):
            await asyncio.sleep(0.05)
    return sent, watchers


@asynccontextmanager
async def _watching(address: str, path: str) -> AsyncIterator[list[Watcher]]:
    watchers = [Watcher() for _ in range(BROWSERS)]
    ready = [asyncio.Event() for _ in watchers]
    tasks: list[asyncio.Task[Any]] = [
        asyncio.create_task(watcher.watch(address, path, event))
        for watcher, event in zip(watchers, ready, strict=True)
    ]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in ready)), 30)
    yield watchers
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _figures(sent: list[tuple[float, float]], watchers: list[Watcher], first: int) -> list[Figure]:
    starts = {first + 1 + number: start for number, (start, _) in enumerate(sent)}
    times = [
        watcher.arrived[version] - start
        for watcher in watchers
        for version, start in starts.items()
        if version in watcher.arrived
    ]
    return [
        Figure(
            name=f"card from one browser to {BROWSERS} others, 95 of 100 within",
            value=1000 * _percentile(times, 0.95),
            unit="ms",
            reference=1000 * _percentile([end - start for start, end in sent], 0.95),
            reference_name="the author’s own answer",
        ),
        Figure(
            name=f"cards lost, of {len(starts) * len(watchers)}",
            value=len(starts) * len(watchers) - len(times),
            unit="cards",
            limit=0,
        ),
    ]


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
