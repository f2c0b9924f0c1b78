"""Report number 1, from the button that starts it to the governor who reads it."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.steps_people import SCHOOL, Look, pdf_text

IN_SHORT = "We know each other better than a year ago."


def write(page: Page, look: Look) -> None:
    """Everything that is ready is chosen; the coordinator adds words and looks at the preview."""
    page.goto(f"{SCHOOL}reports/")
    look(page)
    page.get_by_role("button", name="Start a report").click()
    expect(page.get_by_role("heading", name="What goes in")).to_be_visible()
    look(page)
    for box in page.get_by_role("checkbox").all():
        expect(box).to_be_checked()
    page.get_by_role("button", name="Save and go on").click()
    look(page)
    page.get_by_label("In short").fill(IN_SHORT)
    page.get_by_label("What got better").fill("One list of services\nA referral form for all")
    page.get_by_label("What we ask of you").fill("Name a governor who joins the meeting")
    page.get_by_role("button", name="Save and go on").click()
    look(page)
    page.get_by_role("link", name="Go on to the preview").click()
    expect(page.get_by_text(IN_SHORT)).to_be_visible()
    look(page)


def publish(page: Page, look: Look) -> str:
    """Its file as text."""
    page.get_by_role("link", name="Check and publish").click()
    look(page)
    page.get_by_role("button", name="Publish number 1").click()
    expect(page.locator("#messages")).to_contain_text("Number 1 is published")
    look(page)
    link = page.get_by_role("link", name="Open as PDF").get_attribute("href")
    assert link
    return pdf_text(page, link)


def read_as_governor(page: Page, look: Look) -> None:
    """From home to the report and its file; the directory is open, the rest is not there."""
    page.goto(SCHOOL)
    look(page)
    for place in ("People", "Tools", "Check-ins", "Actions"):
        expect(page.get_by_role("link", name=place, exact=True)).to_have_count(0)
    page.get_by_role("link", name="How well we work together").first.click()
    expect(page.get_by_text(IN_SHORT)).to_be_visible()
    look(page)
    link = page.get_by_role("link", name="Open as PDF").get_attribute("href")
    file = PdfReader(BytesIO(page.request.get(link or "").body()))
    root = file.trailer["/Root"].get_object()
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    page.get_by_role("link", name=re.compile("^Directory")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page)
    for place in ("people", "tools", "check-ins", "actions"):
        assert page.request.get(f"{SCHOOL}{place}/").status == 403
