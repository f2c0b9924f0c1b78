"""A check-in without names, of three sectors: asked, answered, closed, shared, talked over, agreed, printed."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from evaluation.answering import Place, send_typed
from evaluation.models import Round
from partnerships.sectors import Sector
from tests.browser.steps_people import NAME, SCHOOL, Look, pdf_text

TITLE = "How well do we work together?"
LEVELS = {Sector.EDUCATION: "in_place", Sector.HEALTH: "not_in_place", Sector.VOLUNTARY: "partly"}
ON_PAPER = [(f"{sector.label} colleague {number}", sector) for sector in LEVELS for number in range(1, 7)]


def inside(database: str, blocker: DjangoDbBlocker, work: Callable[[], None]) -> None:
    """Does `work` in the running site's own database: what would take too long by hand. Browsers hold this thread."""

    def run() -> None:
        connection = connections["default"]
        connection.settings_dict = {**connection.settings_dict, "NAME": database}
        with blocker.unblock():
            try:
                work()
            finally:
                connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def start(page: Page, look: Look) -> None:
    """Asks the practitioner and eighteen people who answer on paper."""
    page.goto(f"{SCHOOL}check-ins/")
    look(page)
    page.get_by_role("link", name=re.compile("Building the multi-agency team")).click()
    look(page)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("People I choose").check()
    page.get_by_label(re.compile(NAME)).check()
    lines = [f"{name}, Service of {name}, {sector.label}" for name, sector in ON_PAPER]
    page.get_by_label("People without an account").fill("\n".join(lines))
    page.get_by_label(re.compile("^Without names")).check()
    page.get_by_role("button", name="Go on: see how it will be shown").click()
    expect(page.get_by_role("heading", name="How answers will be shown")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Open it and ask 19 people").click()
    expect(page.locator("main")).to_contain_text("0 of 19 have answered")
    look(page)


def answer(page: Page, look: Look) -> str:
    """The practitioner answers from the home page; the code of the answers."""
    page.goto(SCHOOL)
    page.locator("main").get_by_role("link", name=re.compile("^Answer")).first.click()
    look(page)
    _choose_all(page)
    page.get_by_role("button", name="Check my answers").click()
    look(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    look(page)
    return page.locator(".join-code").inner_text()


def _choose_all(page: Page) -> None:
    """One question at a time with JavaScript, all on one page without."""
    further = page.get_by_role("button", name="Next")
    for _ in range(10):
        for group in page.locator("main form fieldset:visible").all():
            group.get_by_role("radio").first.check()
        if not further.is_visible():
            return
        further.click()


def type_in_others() -> None:
    """The paper forms of the others: each sector sees it its own way."""
    round_ = Round.objects.with_activity().get(activity__title=TITLE, setting__slug="riverside")
    keys = [statement.key for statement in round_.instrument.statements]
    for participant in round_.activity.participants.filter(membership=None):
        level = LEVELS[Sector(participant.sector)]
        answers = {key: {"level": level, "evidence": ""} for key in keys}
        send_typed(place=Place(round_, participant), answers=answers)


def close(page: Page, look: Look) -> None:
    """Closing fixes the results: sentences first, then the groups."""
    page.get_by_role("link", name="Close it now").click()
    look(page)
    page.get_by_role("button", name="Close it now").click()
    expect(page.get_by_role("heading", name="Where views differ most")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Education says “in place”; health says “not in place”.")
    look(page)


def share_and_agree(page: Page, look: Look) -> str:
    """Shared, the levels recorded, frozen; its PDF as text."""
    page.get_by_role("button", name="Share with everyone who answered").click()
    expect(page.locator("#messages")).to_contain_text("Shared.")
    page.get_by_role("link", name="Record the levels").first.click()
    look(page)
    page.get_by_role("link", name="Begin with the middle answers").click()
    page.get_by_label(re.compile("^What we agreed")).last.fill("We know each other; now we need one form.")
    page.get_by_role("button", name="Save these levels").click()
    expect(page.locator("#messages")).to_contain_text("The levels are saved.")
    page.get_by_role("button", name="This is what we agreed").click()
    link = page.get_by_role("link", name="Print what we agreed")
    expect(link).to_be_visible()
    look(page)
    return pdf_text(page, link.get_attribute("href") or "")


def read_results(page: Page, look: Look) -> None:
    """Somebody who answered sees the results now."""
    page.goto(f"{SCHOOL}check-ins/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name="Where views differ most")).to_be_visible()
    look(page)
