"""Live updates between two real browsers: what one does the other sees, and nobody loses what they are typing."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.helpers import sign_in

TALKING = "Sharing information between agencies"  # the demo's session that is at the talk


@pytest.fixture
def coordinator(new_page: NewPage) -> Page:
    page = new_page()
    sign_in(page, "coordinator@demo.example")
    open_session(page)
    return page


@pytest.fixture
def practitioner(new_page: NewPage) -> Page:
    page = new_page()
    sign_in(page, "practitioner@demo.example")
    return page


def open_session(page: Page) -> None:
    page.goto("/s/hillside/tools/")
    page.locator("main").get_by_role("link", name=TALKING).first.click()
    expect(page.get_by_role("heading", name=TALKING)).to_be_visible()


def status_is(page: Page, status: str) -> None:
    expect(page.locator("#session")).to_have_attribute("data-live-status", status)


def card(page: Page, text: str) -> Locator:
    return page.locator("#session .cards > li").filter(has_text=text)


def add_card(page: Page, text: str) -> None:
    page.get_by_label("One thought").fill(text)
    page.get_by_role("button", name="Add the card").click()
    expect(card(page, text)).to_have_count(1)


def test_card_of_one_browser_appears_in_the_other(coordinator: Page, practitioner: Page) -> None:
    open_session(practitioner)
    status_is(coordinator, "live")
    status_is(practitioner, "live")
    add_card(practitioner, "A shared list of first contacts")
    expect(card(coordinator, "A shared list of first contacts")).to_have_count(1)
    add_card(coordinator, "One meeting for three schools")
    expect(card(practitioner, "One meeting for three schools")).to_have_count(1)


def test_what_somebody_is_typing_stays_while_the_stage_moves(coordinator: Page, practitioner: Page) -> None:
    open_session(practitioner)
    status_is(practitioner, "live")
    field = practitioner.get_by_label("One thought")
    field.press_sequentially("Half a though")
    coordinator.get_by_role("button", name="“what we agreed”").click()
    expect(coordinator.get_by_role("button", name="Open it again")).to_be_visible()
    add_nothing_to_history = practitioner.evaluate("history.length")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a though")
    field.fill("")
    expect(practitioner.get_by_label("One thought")).to_have_count(0)
    assert practitioner.evaluate("history.length") == add_nothing_to_history


def test_where_streams_are_blocked_the_page_keeps_up_by_itself(
    coordinator: Page, practitioner: Page, new_page: NewPage
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=204)

    practitioner.route("**/live/**", refuse)
    open_session(practitioner)
    status_is(practitioner, "polling")
    add_card(coordinator, "Seen without a stream")
    expect(card(practitioner, "Seen without a stream")).to_have_count(1)


def test_page_catches_up_on_what_it_missed_while_it_was_away(coordinator: Page, practitioner: Page) -> None:
    open_session(practitioner)
    status_is(practitioner, "live")
    practitioner.context.set_offline(True)
    practitioner.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    add_card(coordinator, "Missed at first")
    practitioner.context.set_offline(False)
    practitioner.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(card(practitioner, "Missed at first")).to_have_count(1)
