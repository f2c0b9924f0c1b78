"""Live updates on a real database: what is published arrives, in order, at those whom it is for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.core import signing
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from config import live, stream
from config.live import EVERYONE, LARGEST_PAYLOAD, Change
from config.stream import Browser, Hub

BOARD = "5f0c7f1e-3a0b-4b52-9a53-2f6a5c0d1e2f"


@pytest.fixture(autouse=True)
def version_seven(settings: Any) -> None:
    settings.LIVE_VERSION_QUERY = "SELECT 7 WHERE %s <> ''"


def in_database(work: Callable[..., object], *args: object) -> Awaitable[None]:
    """In a thread, as a view would."""

    def run() -> None:
        try:
            work(*args)
        finally:
            connections.close_all()

    return asyncio.to_thread(run)


async def next_event(browser: Browser) -> str:
    event = await asyncio.wait_for(browser.queue.get(), 10)
    return (event or b"the end").decode()


@asynccontextmanager
async def watching(hub: Hub, *audiences: str) -> AsyncIterator[list[Browser]]:
    """Browsers whose streams are open and greeted."""
    browsers = [Browser(BOARD, audience) for audience in audiences]
    for browser in browsers:
        hub.enter(browser)
    for browser in browsers:
        assert await next_event(browser) == "retry: 2000\n\n"
        assert await next_event(browser) == "id: 7\nevent: hello\ndata: \n\n"
    yield browsers
    hub.close()


@given(html=st.text(max_size=9000), audience=st.text(max_size=40))
def test_payload_always_fits_and_says_what_it_was_given(html: str, audience: str) -> None:
    change = Change(BOARD, 8, audience, html)
    payload = change.payload()
    assert len(payload.encode()) <= LARGEST_PAYLOAD
    back = Change.read(payload)
    assert (back.activity, back.version, back.audience) == (BOARD, 8, audience)
    assert back.html in (html, None)


def test_change_too_large_to_send_asks_browsers_to_fetch() -> None:
    assert Change.read(Change(BOARD, 8, "members", "é" * 4000).payload()).html is None
    assert Change.read(Change(BOARD, 8, "members", "e" * 4000).payload()).html == "e" * 4000


def test_token_opens_one_activity_to_one_audience() -> None:
    assert live.read_token(live.token(BOARD, "participant:7")) == (BOARD, "participant:7")


@pytest.mark.parametrize("spoilt", ["", "made-up", signing.dumps([BOARD, "members"], salt="another")])
def test_token_that_is_not_ours_opens_nothing(spoilt: str) -> None:
    assert live.read_token(spoilt) is None


def test_token_opens_nothing_once_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    token = live.token(BOARD, "members")
    monkeypatch.setattr(live, "TOKEN_SECONDS", -1)
    assert live.read_token(token) is None


@pytest.mark.django_db(transaction=True)
def test_change_reaches_its_audience_and_others_only_hear_the_version() -> None:
    async def scenario() -> None:
        hub = Hub()
        async with watching(hub, "members", "guests") as (member, guest):
            await in_database(live.publish, BOARD, 8, {"members": '<li id="card-1">\nWarm\n</li>'})
            assert await next_event(member) == (
                'id: 8\nevent: change\ndata: <li id="card-1">\ndata: Warm\ndata: </li>\n\n'
            )
            assert await next_event(guest) == "id: 8\nevent: moved\ndata: \n\n"
            await in_database(live.publish, BOARD, 9, {EVERYONE: None})
            assert await next_event(member) == await next_event(guest) == "id: 9\nevent: stale\ndata: \n\n"

    asyncio.run(scenario())


@pytest.mark.django_db(transaction=True)
def test_change_that_is_rolled_back_reaches_nobody() -> None:
    def publish_and_take_back() -> None:
        with transaction.atomic():
            live.publish(BOARD, 8, {EVERYONE: "<p>never</p>"})
            transaction.set_rollback(True)

    async def scenario() -> None:
        hub = Hub()
        async with watching(hub, "members") as (member,):
            await in_database(publish_and_take_back)
            await in_database(live.publish, BOARD, 8, {EVERYONE: "<p>kept</p>"})
            assert "kept" in await next_event(member)

    asyncio.run(scenario())


@pytest.mark.django_db(transaction=True)
def test_after_the_connection_was_lost_browsers_hear_the_version_again() -> None:
    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%%' OR query LIKE 'SELECT 7%%'"
            )

    async def scenario() -> None:
        hub = Hub()
        async with watching(hub, "members") as (member,):
            await in_database(cut)
            assert await next_event(member) == "id: 7\nevent: hello\ndata: \n\n"
            await in_database(live.publish, BOARD, 8, {"members": "<p>on</p>"})
            assert "event: change" in await next_event(member)

    asyncio.run(scenario())


def test_browser_that_falls_behind_is_cut_off_and_not_waited_for() -> None:
    browser = Browser(BOARD, "members")
    for number in range(stream.WAITING_CHANGES + 1):
        browser.put(b"%d" % number)
    waiting = [browser.queue.get_nowait() for _ in range(browser.queue.qsize())]
    assert waiting[-1] is None
    assert len(waiting) <= stream.WAITING_CHANGES


async def answer(path: str, method: str = "GET") -> tuple[int, bytes]:
    """What the streams' application answers to somebody who hangs up at once."""
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await stream.application({"type": "http", "path": path, "method": method}, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/live/made-up/", "GET", 403),
        ("/live/", "GET", 403),
        (f"/live/{live.token(BOARD, 'm')}/", "POST", 405),
    ],
)
def test_stream_is_refused(path: str, method: str, status: int) -> None:
    assert asyncio.run(answer(path, method)) == (status, b"")


def test_more_streams_than_allowed_are_sent_to_polling(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "hub", Hub())
    settings.LIVE_STREAMS = 0
    assert asyncio.run(answer(f"/live/{live.token(BOARD, 'm')}/")) == (503, b"")
