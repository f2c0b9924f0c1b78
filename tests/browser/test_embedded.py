"""The search stands in a page of the school's own website, on the smallest phone."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewPage, Site
from tests.browser.helpers import assert_accessible, no_sideways_scroll
from tests.config.test_fetching import sends, serving

SMALLEST = {**PHONE, "viewport": {"width": 320, "height": 640}}
THEIRS = """<!doctype html><html lang="en"><title>Hillside</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><h1>Hillside</h1>
<iframe src="{}/d/hillside/embed/" title="Find help for your family" width="100%" height="340"></iframe>"""


def test_family_finds_help_from_the_schools_own_website(new_page: NewPage, site: Site) -> None:
    """What is found opens beside it: whole, without a cookie, and within the width of the screen."""
    page = new_page(**SMALLEST)
    with serving(sends(THEIRS.format(site.url).encode(), Content_Type="text/html")) as theirs:
        page.goto(theirs)
        frame = page.frame_locator("iframe")
        frame.get_by_label("What would help?").fill("bearevment")
        with page.context.expect_page() as opened:
            frame.get_by_role("button", name="Find").click()
        found = opened.value
        expect(found.get_by_text("We looked for “bereavement”.")).to_be_visible()
        expect(page.get_by_role("heading", name="Hillside")).to_be_visible()
    found.goto("/d/hillside/")
    assert no_sideways_scroll(found)
    assert_accessible(found)
    found.get_by_role("link", name="Harbour: bereavement support for children", exact=True).click()
    expect(found.get_by_role("link", name="Call 01632 960 233")).to_have_attribute("href", "tel:01632960233")
    assert no_sideways_scroll(found)
    assert page.context.cookies() == []
