"""Every place of a school fits a phone, and so does what stands first in each."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import no_sideways_scroll, sign_in

PLACES = {
    "": (),
    "directory/": ("Harbour: bereavement support for children",),
    "people/": ("Priya Raman",),
    "check-ins/": ("How well do we work together?", "The nine of us who meet each week"),
    "actions/": (),
    "reports/": ("Number 1: How well we work together",),
    "settings/": (),
    "more/": (),
}
"""Where to go, and the links to follow from there."""


def test_pages_of_a_school_fit_a_phone(new_page: NewPage) -> None:
    page = new_page(**PHONE)
    sign_in(page, "coordinator@demo.example")
    for place, links in PLACES.items():
        url = f"/s/hillside/{place}"
        page.goto(url)
        assert no_sideways_scroll(page), url
        for link in links:
            page.goto(url)
            page.locator("main").get_by_role("link", name=link).first.click()
            expect(page).not_to_have_url(re.compile(f"{url}$"))
            assert no_sideways_scroll(page), page.url
