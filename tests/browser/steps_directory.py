"""The directory: a spreadsheet with odd headings; a sheet edited, printed and published; a parent’s phone."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps_people import SCHOOL, Look, pdf_text

SERVICE = "Lantern Bereavement Support"
SHEET = """What is it called?;Ring;Mail;Post code;In a nutshell;Our own code
Lantern Bereavement Support;0161 CALL US;hello@lantern.example;M32 0TH;Talks with children after a death;L1
Mosaic Youth Café;0161 496 0301;team@mosaic.example;M33 2AB;A place to be on Fridays;M2
Northgate Speech Therapy;0161 496 0302;;M33 3AB;Assessments and groups;N3
"""
FILE = FilePayload(name="Our list 2026.csv", mimeType="text/csv", buffer=SHEET.encode("cp1252"))


def bring(page: Page, look: Look) -> None:
    """Uploads, maps one column that could not be guessed, previews and brings in."""
    page.goto(f"{SCHOOL}directory/")
    look(page)
    page.goto(f"{SCHOOL}directory/import/")
    look(page)
    page.get_by_label("Your spreadsheet").set_input_files(FILE)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="What is in each column?")).to_be_visible()
    look(page)
    page.get_by_label("What is it called?", exact=True).select_option("Name of organisation or service")
    page.get_by_label("In a nutshell", exact=True).select_option("Profile: what it does, and for whom")
    page.get_by_label("Our own code", exact=True).select_option("Not used")
    page.get_by_label("Sector of services").select_option("Voluntary and community")
    page.get_by_role("button", name="Look at what happens").click()
    expect(page.get_by_role("heading", name="This is what will happen")).to_be_visible()
    expect(page.get_by_text("0161 CALL US").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("main")).to_contain_text("3 new")
    look(page)


def mend(page: Page, look: Look) -> None:
    """Mends the one row whose telephone could not be read."""
    page.get_by_role("link", name=re.compile("^Mend")).click()
    look(page)
    page.get_by_label("Telephone").fill("0161 496 0300")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("All rows are in order.")).to_be_visible()


def edit(page: Page, look: Look) -> None:
    """Opens the sheet and changes three parts of what it says."""
    page.goto(f"{SCHOOL}directory/")
    page.get_by_role("link", name=SERVICE).first.click()
    expect(page.get_by_role("heading", name=SERVICE, level=1)).to_be_visible()
    look(page)
    page.get_by_role("link", name="Change the sheet").click()
    look(page)
    part(page, "How to refer")
    page.get_by_label("Referral procedures").fill("Ring us\nWe call the family within two days")
    save_part(page)
    part(page, "Can it take someone?")
    page.get_by_label("Waiting time").fill("about 3 weeks")
    save_part(page)
    part(page, "What it offers")
    page.get_by_label("One-to-one support").check()
    save_part(page)
    look(page)
    page.get_by_role("link", name="Look at the sheet").click()
    expect(page.get_by_text("We call the family within two days").first).to_be_visible()


def part(page: Page, title: str) -> None:
    page.get_by_role("link", name=re.compile(f": {re.escape(title)}$")).click()


def save_part(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Change the sheet")).to_be_visible()


def print_sheet(page: Page) -> str:
    link = page.get_by_role("link", name="Print the sheet").get_attribute("href")
    assert link
    return pdf_text(page, link)


def publish(page: Page, look: Look) -> str:
    """Makes the sheet public; the school's own page has to be published first. The sheet's public address."""
    page.get_by_role("link", name="Who sees it").click()
    look(page)
    here = page.url
    page.get_by_role("link", name="Do that now").click()
    look(page)
    page.get_by_label("Publish the directory").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).not_to_be_empty()
    page.goto(here)
    page.get_by_label(re.compile("^Everyone")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).not_to_be_empty()
    number = re.search(r"directory/([0-9a-f-]{36})/", here)
    assert number
    return f"/d/riverside/{number[1]}/"


def read_on_phone(page: Page, address: str, look: Look) -> None:
    """A parent, signed out, goes from the school's list to the sheet."""
    page.goto("/d/riverside/")
    look(page)
    page.get_by_role("link", name=SERVICE).first.click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", name=SERVICE)).to_be_visible()
    expect(page.locator("a[href='tel:01614960300']").first).to_be_visible()
    look(page)
