"""What several browser tests do."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from partnerships import demo

_axe = Axe()
EVERYTHING: dict[str, object] = {"resultTypes": ["violations"]}
COLOURS: dict[str, object] = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
"""What can differ in the dark, where nothing but colours changes."""


def sign_in(page: Page, email: str, password: str = demo.PASSWORD) -> None:
    """Ends on the page that comes after signing in."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form").filter(has=page.locator("input[type=password]")).get_by_role(
        "button"
    ).first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def assert_accessible(page: Page) -> None:
    """No violation that axe finds, in light and in dark."""
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found = _axe.run(page, options=rules)
        assert found.violations_count == 0, f"{page.url} in {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")


def no_sideways_scroll(page: Page) -> bool:
    """Whether the page fits the width of the window."""
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return fits
