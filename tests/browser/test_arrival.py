"""Arriving: the front door, signing in, the home page; on a desk, on a phone, without JavaScript."""

import pytest

from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import assert_accessible, no_sideways_scroll, sign_in


@pytest.mark.parametrize(
    "options", [{}, PHONE, {"java_script_enabled": False}], ids=["desk", "phone", "no-script"]
)
def test_coordinator_signs_in_and_sees_the_work(new_page: NewPage, options: dict[str, object]) -> None:
    page = new_page(**options)
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    sign_in(page, "coordinator@demo.example")
    assert page.url.endswith("/s/hillside/")
    assert "Hillside" in page.title()
    assert page.get_by_role("heading", level=1).count() == 1
    assert no_sideways_scroll(page)


def test_front_door_and_home_are_accessible(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    assert_accessible(page)
    page.goto("/accounts/login/")
    assert_accessible(page)
    sign_in(page, "coordinator@demo.example")
    assert_accessible(page)


def test_wrong_password_says_so_and_the_summary_takes_the_focus(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("coordinator@demo.example")
    page.locator("input[type=password]").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    summary = page.locator("[data-focus]")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    assert_accessible(page)


def test_whole_site_is_reached_with_the_keyboard_alone(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    page.get_by_label("E-mail").focus()
    page.keyboard.type("coordinator@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type("everyone round the table")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/hillside/")
