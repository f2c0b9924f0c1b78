"""The streams of `/live/<token>/`: an asynchronous application without ORM, so that an open stream costs no thread
and no database connection."""

import asyncio
import random
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from config.listener import Listener
from config.live import Change, read_token

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = re.compile(r"/live/([A-Za-z0-9_:-]{1,400})/")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
WAITING_CHANGES = 64  # a browser that falls further behind is cut off, and catches up when it comes back
STILL_HERE_SECONDS = 15.0
STREAM_SECONDS = (480.0, 600.0)  # then the browser must ask again, and its right to see is looked at again
STILL_HERE = b": still here\n\n"


@dataclass(eq=False)
class Browser:
    """One open stream. None in the queue ends it."""

    activity: str
    audience: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(WAITING_CHANGES))

    def put(self, event: bytes) -> None:
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        while self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """The browsers of this process, and the versions known for certain since the listener connected."""

    def __init__(self) -> None:
        self._browsers: defaultdict[str, set[Browser]] = defaultdict(set)
        self._versions: dict[str, int] = {}
        self._listener = Listener(self._on_change, self._on_connect)
        self._listening: asyncio.Task[None] | None = None
        self._greetings: set[asyncio.Task[None]] = set()
        self._asking = asyncio.Lock()
        self.is_closed = False

    def __len__(self) -> int:
        return sum(map(len, self._browsers.values()))

    def enter(self, browser: Browser) -> None:
        if self._listening is None:
            self._listening = asyncio.create_task(self._listener.run())
        self._browsers[browser.activity].add(browser)
        browser.put(b"retry: 2000\n\n")
        self._greet_soon(browser.activity, {browser})

    def leave(self, browser: Browser) -> None:
        group = self._browsers[browser.activity]
        group.discard(browser)
        if not group:
            del self._browsers[browser.activity]
            self._versions.pop(browser.activity, None)

    def close(self) -> None:
        """End every stream; the server is stopping."""
        self.is_closed = True
        for group in self._browsers.values():
            for browser in group:
                browser.end()
        if self._listening is not None:
            self._listening.cancel()

    def _on_change(self, change: Change) -> None:
        group = self._browsers.get(change.activity)
        if not group:
            return
        self._versions[change.activity] = max(change.version, self._versions.get(change.activity, 0))
        event = change_event(change)
        for browser in group:
            if change.is_for(browser.audience):
                browser.put(event)

    def _on_connect(self) -> None:
        """Changes may have been missed: say the version again, so that browsers catch up."""
        self._versions.clear()
        for activity, group in self._browsers.items():
            self._greet_soon(activity, set(group))

    def _greet_soon(self, activity: str, group: set[Browser]) -> None:
        task = asyncio.create_task(self._greet(activity, group))
        self._greetings.add(task)
        task.add_done_callback(self._greetings.discard)

    async def _greet(self, activity: str, group: set[Browser]) -> None:
        version = await self._version_of(activity)
        if version is not None:  # else the listener is not connected, and greets everybody when it is
            for browser in group:
                browser.put(event_bytes("hello", version, ""))

    async def _version_of(self, activity: str) -> int | None:
        async with self._asking:
            if activity in self._versions:
                return self._versions[activity]
            version = await self._listener.version_of(activity)
            if version is not None and activity in self._browsers:  # nobody there: changes are not followed
                self._versions[activity] = max(version, self._versions.get(activity, 0))
            return self._versions.get(activity, version)


def change_event(change: Change) -> bytes:
    kind = "stale" if change.html is None else "change" if change.html else "moved"
    return event_bytes(kind, change.version, change.html or "")


def event_bytes(kind: str, version: int, data: str) -> bytes:
    lines = [f"id: {version}", f"event: {kind}", *(f"data: {line}" for line in data.splitlines() or [""])]
    return ("\n".join(lines) + "\n\n").encode()


hub = Hub()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    found = PATH.fullmatch(scope["path"])
    opened = read_token(found[1]) if found else None
    if scope["method"] != "GET":
        await _refuse(send, 405)
    elif opened is None:
        await _refuse(send, 403)
    elif hub.is_closed or len(hub) >= settings.LIVE_STREAMS:
        await _refuse(send, 503)
    else:
        await _stream(Browser(*opened), receive, send)


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _stream(browser: Browser, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    gone = asyncio.create_task(_until_gone(browser, receive))
    try:
        hub.enter(browser)
        async with asyncio.timeout(random.uniform(*STREAM_SECONDS)):  # noqa: S311 - spreads the reconnecting
            await _send_events(browser, send)
    except TimeoutError:
        pass
    finally:
        gone.cancel()
        hub.leave(browser)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_events(browser: Browser, send: Send) -> None:
    while True:
        try:
            event = await asyncio.wait_for(browser.queue.get(), STILL_HERE_SECONDS)
        except TimeoutError:
            event = STILL_HERE
        if event is None:
            return
        await send({"type": "http.response.body", "body": event, "more_body": True})


async def _until_gone(browser: Browser, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    browser.end()
