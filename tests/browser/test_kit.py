"""The kit in a real browser: accessibility, narrow screens, weight, keyboard, and what the script adds."""

import gzip
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page, Response, Route, ViewportSize, expect

FIRST_VISIT_BYTES = 150_000
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
PAGES = ("/kit/", "/kit/public/", "/kit/guest/")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The kit, served without a database."""
    with override_settings(ROOT_URLCONF="tests.kit_urls"):
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a phone; whatever the console complains of fails the test."""
    complaints: list[str] = []
    with browser.new_context(base_url=address, viewport=PHONE) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


@pytest.mark.parametrize(
    ("path", "scheme", "viewport"),
    [
        *(("/kit/", scheme, viewport) for scheme in ("light", "dark") for viewport in (PHONE, DESK)),
        *((path, scheme, PHONE) for path in PAGES[1:] for scheme in ("light", "dark")),
    ],
)
def test_axe_finds_nothing(page: Page, path: str, scheme: Any, viewport: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(viewport)
    page.goto(path)
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_narrowest_phone(page: Page, path: str) -> None:
    page.set_viewport_size(ViewportSize(width=320, height=640))
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PAGES)
def test_first_visit_is_light(page: Page, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    weights = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert len(weights) > 8
    assert sum(weights.values()) < FIRST_VISIT_BYTES, weights


def test_rail_on_a_desk_and_dock_on_a_phone(page: Page) -> None:
    page.goto("/kit/")
    expect(page.locator(".dock")).to_be_visible()
    expect(page.locator(".rail")).to_be_hidden()
    assert page.locator(".dock a").count() == 5
    assert all(
        box["height"] >= 60
        for box in page.locator(".dock a").evaluate_all(
            "all => all.map(a => a.getBoundingClientRect().toJSON())"
        )
    )
    page.set_viewport_size(DESK)
    expect(page.locator(".rail nav a[aria-current]")).to_have_text("Tools")
    expect(page.locator(".dock")).to_be_hidden()


def test_fonts_are_ours(page: Page) -> None:
    page.goto("/kit/", wait_until="networkidle")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight)"
    )
    assert sorted(loaded) == ["Joined Sans400", "Joined Sans600 700", "Joined Serif600"]


def test_first_tab_skips_to_the_page(page: Page) -> None:
    page.goto("/kit/public/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/kit/")
    expect(page.locator(".summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_telephone")).to_be_focused()


def test_theme_is_kept_until_the_device_decides_again(page: Page) -> None:
    page.goto("/kit/guest/")
    page.get_by_role("button", name="Dark").click()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(23, 19, 27)"
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="As my device").click()
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") is None
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_counter_tells_how_many_characters_are_left(page: Page) -> None:
    page.goto("/kit/guest/")
    page.fill("#thought", "x" * 119)
    expect(page.locator(".left-over")).to_have_text("1 character left")
    page.fill("#thought", "x" * 123)
    expect(page.locator(".left-over")).to_have_text("3 characters too many")


def test_draft_outlives_the_page_and_goes_when_it_is_saved(page: Page) -> None:
    page.goto("/kit/guest/")
    page.fill("#thought", "Half a thought")
    page.select_option("#zone", "Threats")
    expect(page.get_by_text("Kept in this browser at")).to_be_visible()
    page.reload()
    expect(page.locator("#thought")).to_have_value("Half a thought")
    expect(page.locator("#zone")).to_have_value("Threats")
    expect(page.locator("form .notice")).to_contain_text("had not saved yet")
    page.get_by_role("button", name="Add the card").click()
    expect(page.locator("#thought")).to_have_value("No shared word for “urgent”")
    expect(page.locator("[data-themes]")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("answer", ["/accounts/login/", "/kit/"])
def test_draft_stays_when_the_answer_is_no_saved_page(page: Page, address: str, answer: str) -> None:
    page.route("**/kit/guest/", lambda route: send_on(route, answer))
    page.goto("/kit/guest/")
    page.fill("#thought", "Half a thought")
    page.get_by_role("button", name="Add the card").click()
    page.wait_for_url(f"**{answer}")
    page.goto("/kit/guest/")
    expect(page.locator("#thought")).to_have_value("Half a thought")


def test_draft_stays_when_the_line_dropped_and_somebody_went_elsewhere(page: Page) -> None:
    page.goto("/kit/guest/")
    page.fill("#thought", "Half a thought")
    page.context.set_offline(True)
    page.get_by_role("button", name="Add the card").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto("/kit/")
    page.goto("/kit/guest/")
    expect(page.locator("#thought")).to_have_value("Half a thought")


def test_draft_of_another_person_is_not_met(page: Page) -> None:
    page.goto("/kit/guest/")
    page.evaluate(
        "localStorage['draft:1:kit-guest'] = JSON.stringify({values: {thought: ['Theirs']}, at: Date.now()})"
    )
    page.reload()
    expect(page.locator("[data-themes]")).to_be_visible()
    expect(page.locator("#thought")).to_have_value("No shared word for “urgent”")


def test_draft_can_be_thrown_away(page: Page) -> None:
    page.goto("/kit/guest/")
    page.fill("#thought", "Half a thought")
    expect(page.get_by_text("Kept in this browser at")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Go back to what is saved").click()
    expect(page.locator("#thought")).to_have_value("No shared word for “urgent”")
    assert page.evaluate("localStorage.length") == 0


def send_on(route: Route, answer: str) -> None:
    """Answers a sent form as a server does that has something else to say."""
    if route.request.method == "POST":
        route.fulfill(status=302, headers={"Location": answer})
    else:
        route.continue_()


@pytest.mark.parametrize("way", ["click", "keys"])
def test_leaving_hides_the_page_and_takes_it_out_of_the_history(page: Page, way: str) -> None:
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto("/kit/guest/")
    page.goto("/kit/public/")
    if way == "click":
        page.get_by_role("link", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    page.wait_for_url("**/kit/guest/")


def test_who_left_is_not_brought_back_by_the_back_button(page: Page) -> None:
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto("/kit/public/")
    page.goto("/kit/public/?q=sleep")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back(wait_until="commit")
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.goto("/kit/public/")
    expect(page.get_by_role("heading", name="Help for your family")).to_be_visible()


def test_a_browser_that_keeps_nothing_leaves_too(page: Page) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto("/kit/")
    expect(page.locator("[data-themes]").first).to_be_visible()
    page.goto("/kit/public/")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_paper_is_white_and_bears_the_name_of_the_school(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/kit/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".print-head")).to_contain_text("Hillside Primary School")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator("main .btn").first).to_be_hidden()


def test_without_script_everything_is_there_but_what_needs_it(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False, color_scheme="dark") as context:
        page = context.new_page()
        page.goto("/kit/")
        expect(page.locator(".summary")).to_be_visible()
        expect(page.get_by_role("button", name="Save and check")).to_be_visible()
        expect(page.locator("[data-themes]")).to_be_hidden()
        assert (
            page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
            == "rgb(23, 19, 27)"
        )
