"""Looks at every page once: axe in light and dark, and whether it fits its window."""

from playwright.sync_api import Page, expect

from tests.browser.helpers import assert_accessible, no_sideways_scroll


def arrived(page: Page) -> None:
    """The page is there, with its one heading."""
    page.wait_for_load_state()
    expect(page.locator("h1").first).to_be_visible()


class Looker:
    """Remembers what it has seen: a page with the same headings at the same kind of address is looked at once."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, ...]] = set()

    def __call__(self, page: Page) -> None:
        arrived(page)
        kind = (
            *(part for part in page.url.split("?")[0].split("/")[3:] if len(part) < 30),
            *page.locator("h1, h2").all_inner_texts(),
            page.viewport_size and page.viewport_size["width"],
        )
        if kind not in self.seen:
            self.seen.add(kind)
            assert no_sideways_scroll(page), page.url
            assert_accessible(page)
