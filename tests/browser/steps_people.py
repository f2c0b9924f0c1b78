"""An invitation from the coordinator's form to the practitioner's printed profile."""

from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

Look = Callable[[Page], None]
SCHOOL = "/s/riverside/"
"""A school of the demo that has little yet: what is there at the end, the path has made."""
NAME, EMAIL = "Ines Moreau", "ines.moreau@demo.example"
PASSWORD = "seven herons in the reeds"


def pdf_text(page: Page, url: str) -> str:
    """The words of a PDF that the person at `page` may open."""
    response = page.request.get(url)
    assert response.headers["content-type"] == "application/pdf", response.status
    reader = PdfReader(BytesIO(response.body()))
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def invite(page: Page, look: Look) -> None:
    """The coordinator invites one practitioner of the health sector."""
    page.goto(f"{SCHOOL}people/")
    look(page)
    page.get_by_role("link", name="Invite people").first.click()
    look(page)
    page.get_by_label("E-mail addresses").fill(f"{NAME} <{EMAIL}>")
    page.get_by_label("Practitioner. Works").check()
    page.get_by_label("The sector they work in").select_option("Health")
    page.get_by_label("Job title").fill("Health visitor")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="Check before you send")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Send 1 invitation").click()
    expect(page.locator("#messages")).to_contain_text("sent")


def accept(page: Page, look: Look) -> None:
    """The practitioner reads the mail in the demo's outbox, opens its link and joins."""
    page.goto("/demo/outbox/")
    look(page)
    page.get_by_role("link", name="You are invited to Riverside High School").first.click()
    expect(page.locator("main")).to_contain_text(EMAIL)
    look(page)
    page.locator("main a[href*='/invite/']").click()
    look(page)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Join Riverside").click()
    page.wait_for_url(f"**{SCHOOL}")
    look(page)


def fill_profile(page: Page, look: Look) -> None:
    """The practitioner fills in the profile, checks it and saves it."""
    page.get_by_role("link", name=NAME).first.click()
    look(page)
    page.get_by_role("link", name="My page at this school").click()
    look(page)
    page.get_by_role("link", name="Begin").click()
    look(page)
    fields = page.locator("main form textarea:visible, main form input[type=text]:visible")
    for number in range(fields.count()):
        if not fields.nth(number).input_value():
            fields.nth(number).fill(f"What I say about this, {number}")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_role("link", name="Print")).to_be_visible()
    look(page)


def print_profile(page: Page) -> str:
    url = page.get_by_role("link", name="Print").get_attribute("href")
    assert url
    return pdf_text(page, url)
