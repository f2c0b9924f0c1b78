"""What a coordinator puts right again: a text, an import, a sheet that is there twice; and whose sheet it is."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.helpers import sign_in
from tests.browser.steps_directory import part, save_part
from tests.browser.steps_people import Look

HOME = "/s/hillside/"
OLD_WORDS = "Children ask themselves through the worry box, or staff do."
LIST = """Name;Telephone;Sector
Lantern Family Support;01632 960 301;Voluntary
Mosaic Youth Café;01632 960 302;Voluntary
"""
FILE = FilePayload(name="spring.csv", mimeType="text/csv", buffer=LIST.encode())


def directory(page: Page, link: str) -> None:
    """From the home page to something of the directory."""
    page.goto(HOME)
    page.get_by_role("link", name="Directory", exact=True).first.click()
    page.get_by_role("link", name=link).first.click()


def sheet(page: Page, name: str) -> None:
    page.goto(f"{HOME}directory/?q={name}")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def change(page: Page, title: str, label: str, words: str) -> None:
    page.get_by_role("link", name="Change the sheet").click()
    part(page, title)
    page.get_by_label(label).fill(words)
    save_part(page)
    page.get_by_role("link", name="Look at the sheet").click()
    expect(page.get_by_text(words).first).to_be_visible()


def put_back(page: Page, look: Look) -> None:
    """A text that was overwritten, from the history of the sheet."""
    sheet(page, "Kite Counselling")
    change(page, "How to refer", "Referral procedures", "Nobody may ask any more.")
    page.get_by_role("link", name="What changed").click()
    look(page)
    page.get_by_role("link", name=re.compile("^Put back ?: Referral procedures")).click()
    look(page)
    page.get_by_role("button", name="Put back what is ticked").click()
    expect(page.get_by_text(OLD_WORDS)).to_be_visible()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("main li").first).to_contain_text("Nobody may ask any more.")


def take_import_back(page: Page, look: Look) -> None:
    """All of it but the sheet on which somebody has worked since."""
    directory(page, "Bring a spreadsheet")
    page.get_by_label("Your spreadsheet").set_input_files(FILE)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Look at what happens").click()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("main")).to_contain_text("2 new")
    sheet(page, "Mosaic Youth Café")
    change(page, "Can it take someone?", "Waiting time", "about 3 weeks")
    directory(page, "Bring a list")
    page.get_by_role("link", name="spring.csv").click()
    page.get_by_role("link", name="Take the whole import back").click()
    expect(page.get_by_text("Mosaic Youth Café: changed since")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="The import is taken back")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 new sheet removed")
    look(page)
    page.goto(f"{HOME}directory/?q=Lantern")
    expect(page.get_by_role("link", name="Lantern Family Support")).to_have_count(0)


def join(page: Page, look: Look) -> None:
    """A second sheet of the same service goes into the first; its address leads there."""
    directory(page, "Add a service by hand")
    page.get_by_label("Name of organisation or service").fill("Kite Councelling")
    page.get_by_label("Sector").select_option("Independent provider")
    page.get_by_label("Telephone").fill("01632 960 243")
    page.get_by_role("button", name="Add the service").click()
    look(page)
    page.get_by_role("button", name="None of these: add a new sheet").click()
    expect(page.get_by_role("heading", name="Kite Councelling", level=1)).to_be_visible()
    address = page.url
    directory(page, "Sheets that may be the same")
    look(page)
    page.get_by_role("link", name="Look at both").first.click()
    look(page)
    page.get_by_role("button", name="Join them").click()
    expect(page.locator("#messages")).to_contain_text("Kite Councelling leads to this sheet from now on.")
    page.goto(address)
    expect(page.get_by_role("heading", name="Kite Counselling", level=1)).to_be_visible()


def hand_over(page: Page, phone: Page, look: Look) -> None:
    """The agency's practitioner says yes from the home page, on a telephone."""
    sheet(page, "Harbour: bereavement support for children")
    page.get_by_role("link", name="Hand over the keeping").click()
    page.get_by_label(re.compile("^Harbour itself")).check()
    look(page)
    page.get_by_role("button", name="Offer it").click()
    expect(page.get_by_text("They have not answered yet.")).to_be_visible()
    sign_in(phone, "tom.whitlock@demo.example")
    phone.get_by_role("link", name=re.compile("^Look ?: Will you look after the sheet of Harbour")).click()
    look(phone)
    phone.get_by_role("button", name="Yes, we look after it").click()
    expect(phone.locator("#messages")).to_contain_text("From now on you look after the sheet")
    page.reload()
    expect(page.get_by_text(re.compile("^Harbour said yes on"))).to_be_visible()
    look(page)
