"""Journey 4, from the school's question to the word back: an agency without an account, with script and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import sign_in
from tests.browser.looking import Looker, arrived

NAME = "Fire and Safety Visits"


def open_mail(page: Page, subject: str) -> None:
    page.goto("/demo/outbox/")
    page.get_by_role("link", name=re.compile(subject)).first.click()
    arrived(page)


@pytest.mark.parametrize("has_script", [True, False])
def test_agency_changes_its_sheet_and_hears_what_became_of_it(new_page: NewPage, has_script: bool) -> None:
    school, agency = new_page(), new_page(**PHONE, java_script_enabled=has_script)
    look: Callable[[Page], None] = Looker() if has_script else arrived
    sign_in(school, "coordinator@demo.example")
    school.goto("/s/hillside/directory/true/")
    school.locator("li", has_text=NAME).get_by_role("button", name="Ask again").click()
    expect(school.get_by_text(f"{NAME} is asked by e-mail")).to_be_visible()

    open_mail(agency, f"is this still right. {NAME}")
    look(agency)
    agency.get_by_role("link", name="Change it").click()
    address = agency.url
    look(agency)
    change_times_and_telephone(agency, look)
    agency.get_by_label("Your name").fill("Jo Barker")
    agency.get_by_role("button", name="The rest is right").click()
    expect(agency.get_by_role("heading", name="Thank you")).to_be_visible()
    look(agency)
    assert agency.context.cookies() == []

    school.goto("/s/hillside/directory/suggestions/")
    school.locator("li", has_text="Jo Barker").get_by_role("link").first.click()
    expect(school.get_by_text("Thursday, 9am to 5pm and 2pm to 4pm")).to_be_visible()
    school.get_by_label("A word back").fill("Thank you, Jo.")
    school.get_by_role("button", name="Take both").click()
    expect(school.get_by_text("Taken over into the sheet")).to_be_visible()

    open_mail(agency, f"What became of what you told us: {NAME}")
    look(agency)
    expect(agency.get_by_text("Thank you, Jo.")).to_be_visible()
    agency.goto(address)
    expect(agency.get_by_text("You answered on")).to_be_visible()


def change_times_and_telephone(agency: Page, look: Callable[[Page], None]) -> None:
    """One slip, one row more, and back to the whole sheet each time."""
    agency.get_by_role("link", name=re.compile("How to reach it")).click()
    look(agency)
    agency.get_by_label("Telephone").fill("01632")
    agency.get_by_role("button", name="Send it").click()
    expect(agency.get_by_role("link", name=re.compile("area code"))).to_be_visible()
    agency.get_by_label("Telephone").fill("01632 960 555 (mornings)")
    agency.get_by_role("button", name="Send it").click()
    expect(agency.get_by_text("looks at what you said: Telephone")).to_be_visible()
    look(agency)
    agency.get_by_role("link", name=re.compile("Opening or contact times")).click()
    agency.get_by_label("Or type the times").fill("Thursday 2pm to 4pm")
    agency.get_by_role("button", name="Add another time").click()
    look(agency)
    expect(agency.get_by_label("Thursday").first).to_be_attached()
    agency.get_by_role("button", name="Send it").click()
    expect(agency.get_by_text("Thursday, 9am to 5pm and 2pm to 4pm")).to_be_visible()
