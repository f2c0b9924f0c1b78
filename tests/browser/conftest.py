"""Browsers on the real server, each test on a copy of the demo of its own."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests import server

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NewPage = Callable[..., Page]
PATIENCE = 30_000
"""Milliseconds: what is asked for may take this long on a busy machine. A page without streams looks every 6 s."""

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Site:
    """A running server with the demo in it, and the folder that its mail goes to."""

    url: str
    mail: Path

    def last_mail(self) -> str:
        """Its text."""
        message = message_from_bytes(max(self.mail.glob("*.eml")).read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    def last_link(self) -> str:
        """The last address of this site in the last mail."""
        found: list[str] = re.findall(rf"{re.escape(self.url)}\S+", self.last_mail())
        return found[-1]


@pytest.fixture
def site(demo_template: str, tmp_path: Path) -> Iterator[Site]:
    database = demo_template.replace("_demo", "_copy")
    server.create(database, demo_template)
    with server.serving(database, tmp_path) as url:
        yield Site(url, tmp_path)
    server.drop(database)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            chromium_sandbox=False,
            args=ARGUMENTS,
        )
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser, site: Site) -> Iterator[NewPage]:
    """Opens a page of a new person's browser: `new_page()`, `new_page(**PHONE)`, `new_page(java_script_enabled=False)`.

    Whatever any of them complained about on its console, the security policy included, fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            page = message.page.url if message.page else ""
            complaints.append(f"{page}: {message.text} ({message.location['url']})")

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=site.url, locale="en-GB", **options)
        contexts.append(context)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
