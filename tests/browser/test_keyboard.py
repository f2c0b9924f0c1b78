"""The main forms with the keyboard alone: no pointer, no focus set by the test."""

import re

from playwright.sync_api import expect

from partnerships import demo
from tests.browser.conftest import NewPage
from tests.browser.keys import Keyboard


def signed_in(new_page: NewPage, email: str) -> Keyboard:
    keyboard = Keyboard(new_page())
    page = keyboard.page
    page.goto("/accounts/login/")
    keyboard.type(page.get_by_label("E-mail"), email)
    keyboard.type(page.locator("input[type=password]"), demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/*/")
    return keyboard


def test_coordinator_invites_somebody(new_page: NewPage) -> None:
    keyboard = signed_in(new_page, "coordinator@other.example")
    page = keyboard.page
    keyboard.link("People")
    keyboard.link("Invite people")
    keyboard.type(page.get_by_label("E-mail addresses"), "rowan.hale@demo.example")
    keyboard.tick(page.get_by_label(re.compile("^Practitioner")))
    keyboard.choose(page.get_by_label("The sector they work in"), "Housing")
    keyboard.button("Check the list")
    keyboard.button("Send 1 invitation")
    expect(page.locator("#messages")).to_contain_text("1 invitation sent")


def test_coordinator_adds_a_service_after_a_mistake(new_page: NewPage) -> None:
    keyboard = signed_in(new_page, "coordinator@other.example")
    page = keyboard.page
    keyboard.link("Directory")
    page.goto("/s/riverside/directory/add/")
    keyboard.choose(page.get_by_label("Sector"), "Housing")
    keyboard.button("Add the service")
    summary = page.locator("[data-focus]")
    expect(summary).to_be_focused()
    keyboard.press(summary.get_by_role("link").first)
    page.keyboard.type("Tidewater Homes")
    keyboard.type(page.get_by_label("Telephone"), "0161 496 0400")
    keyboard.button("Add the service")
    expect(page.get_by_role("heading", level=1, name="Tidewater Homes")).to_be_visible()


def test_coordinator_publishes_a_report(new_page: NewPage) -> None:
    keyboard = signed_in(new_page, "coordinator@other.example")
    page = keyboard.page
    keyboard.link("Reports")
    keyboard.button("Start a report")
    keyboard.button("Save and go on")
    keyboard.type(page.get_by_label("In short"), "We know each other better.")
    keyboard.button("Save and go on")
    keyboard.link("Go on to the preview")
    keyboard.link("Check and publish")
    keyboard.button("Publish number 1")
    expect(page.locator("#messages")).to_contain_text("Number 1 is published")


def test_practitioner_answers_a_check_in(new_page: NewPage) -> None:
    keyboard = signed_in(new_page, "kieran.doyle@demo.example")
    page = keyboard.page
    page.goto("/s/hillside/check-ins/")
    keyboard.press(page.locator("main").get_by_role("link", name=re.compile("^Answer")).first)
    levels = page.locator("main fieldset").first.get_by_role("radio")
    keyboard.tick(levels.first)
    page.keyboard.press("ArrowRight")
    expect(levels.nth(1)).to_be_checked()
    keyboard.button("Check my answers")
    keyboard.button("Send my answers")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
