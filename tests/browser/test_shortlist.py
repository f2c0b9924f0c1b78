"""Journey 2 on a phone, with script and without: find, put aside, compare; later one tap says what came of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import assert_accessible, no_sideways_scroll, sign_in


@pytest.mark.parametrize("has_script", [True, False])
def test_teacher_puts_aside_compares_and_tells_what_came_of_it(new_page: NewPage, has_script: bool) -> None:
    page = new_page(**PHONE, java_script_enabled=has_script)
    sign_in(page, "staff@demo.example")
    for words in ("bereavement", "debt"):
        page.goto(f"/s/hillside/directory/?q={words}")
        page.locator("button.shortlist").first.click()
        expect(page.locator("button.shortlist").first).to_have_attribute("aria-pressed", "true")
        assert words in page.url
    page.get_by_role("link", name=re.compile("Your shortlist: two")).click()
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    if has_script:
        assert no_sideways_scroll(page)
        assert_accessible(page)
    page.goto("/s/hillside/directory/?q=bereavement")
    page.get_by_role("link", name="Harbour: bereavement support for children").first.click()
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_text("Counted: put on the waiting list.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is not counted any more.")).to_be_visible()
