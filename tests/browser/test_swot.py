"""The board in real browsers: guests on phones, votes and words that travel, the keyboard alone, and no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.helpers import assert_accessible, no_sideways_scroll, sign_in

TALKING = "Sharing information between agencies"  # the demo's session that is at the talk
CODE = "k4t 9pm"
MINUTES = "Minutes reach partners after ten days"
TOOLS = "/s/hillside/tools/"


def join(page: Page) -> None:
    page.goto("/join/")
    page.get_by_label("The code on the screen").fill(CODE)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name").fill("Gwen Guest")
    page.get_by_label("Your agency or service").fill("Castle Homes")
    page.get_by_label("Where do you work?").select_option("Housing")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name=TALKING)).to_be_visible()


def open_session(page: Page, title: str = TALKING) -> None:
    page.goto(TOOLS)
    page.locator("main").get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def live(page: Page) -> None:
    expect(page.locator("#session")).to_have_attribute("data-live-status", "live")


def vote(page: Page, votes: int, text: str = MINUTES) -> None:
    words = f"Vote, {votes} vote{'' if votes == 1 else 's'}: {text}"
    page.get_by_role("button", name=words, exact=True).click()


def has_votes(page: Page, votes: int, *, mine: bool, text: str = MINUTES) -> None:
    words = f"Vote, {votes} vote{'' if votes == 1 else 's'}: {text}"
    expect(page.get_by_role("button", name=words, exact=True, pressed=mine)).to_be_visible()


@pytest.fixture
def coordinator(new_page: NewPage) -> Page:
    page = new_page()
    sign_in(page, "coordinator@demo.example")
    open_session(page)
    live(page)
    return page


def test_vote_travels_and_ones_own_stays_pressed_when_the_card_changes(
    coordinator: Page, new_page: NewPage
) -> None:
    guest = new_page(**PHONE)
    join(guest)
    live(guest)
    vote(guest, 0)
    has_votes(guest, 1, mine=True)
    expect(guest.get_by_text("You have 2 of 3 votes left.")).to_be_visible()
    has_votes(coordinator, 1, mine=False)
    coordinator.get_by_role("link", name=re.compile(f"^Open ?: {MINUTES}")).click()
    coordinator.get_by_label("One thought").fill("Minutes come late")
    coordinator.get_by_label("Where does it belong?").select_option("Threats")
    coordinator.get_by_role("button", name="Save the card").click()
    has_votes(guest, 1, mine=True, text="Minutes come late")
    expect(guest.locator("#cards-threats")).to_contain_text("Minutes come late")
    expect(guest.locator("#count-threats")).to_contain_text("3")
    vote(guest, 1, "Minutes come late")
    has_votes(guest, 0, mine=False, text="Minutes come late")
    assert no_sideways_scroll(guest)


def test_card_that_comes_from_another_can_be_voted_for_and_opened(
    coordinator: Page, new_page: NewPage
) -> None:
    guest = new_page(**PHONE)
    join(guest)
    live(guest)
    coordinator.get_by_label("One thought").fill("Share one calendar")
    coordinator.get_by_role("button", name="Add the card").click()
    expect(coordinator.get_by_text("Share one calendar", exact=True)).to_have_count(1)
    expect(coordinator.get_by_label("One thought")).to_be_focused()
    vote(guest, 0, "Share one calendar")
    has_votes(guest, 1, mine=True, text="Share one calendar")
    guest.get_by_role("link", name=re.compile("Open ?: Share one calendar")).click()
    expect(guest.get_by_role("heading", name="One card")).to_be_visible()
    guest.reload()
    guest.get_by_role("link", name="Back to the session").click()
    has_votes(guest, 1, mine=True, text="Share one calendar")


def test_words_typed_on_an_old_version_are_shown_beside_the_new_ones(
    coordinator: Page, new_page: NewPage
) -> None:
    other = new_page()
    sign_in(other, "ruth.adeyemi@demo.example")
    open_session(other)
    live(other)
    words = "What we agreed, in words"
    coordinator.get_by_label(words).fill("Typed by the first")
    coordinator.get_by_label(words).blur()
    other.get_by_label(words).fill("Saved by the second")
    other.get_by_role("button", name="Save, and ask everyone").click()
    expect(coordinator.locator("#session")).to_contain_text("has not said")
    expect(coordinator.get_by_label(words)).to_have_value("Typed by the first")
    coordinator.get_by_role("button", name="Save, and ask everyone").click()
    expect(coordinator.get_by_role("heading", name="Two versions of this page")).to_be_visible()
    expect(coordinator.get_by_text("Saved by the second").first).to_be_visible()


def test_guest_takes_part_by_keyboard_alone(new_page: NewPage) -> None:
    guest = new_page()
    guest.goto("/join/")
    guest.get_by_label("The code on the screen").focus()
    guest.keyboard.type(CODE)
    guest.keyboard.press("Enter")
    expect(guest.get_by_label("Your name")).to_be_visible()
    guest.get_by_label("Your name").focus()
    for words in ("Gwen Guest", "Castle Homes"):
        guest.keyboard.type(words)
        guest.keyboard.press("Tab")
    guest.keyboard.type("Hou")
    guest.keyboard.press("Tab")
    guest.keyboard.press("Enter")
    live(guest)
    guest.get_by_role("button", name=re.compile(f": {MINUTES}$")).focus()
    guest.keyboard.press("Space")
    has_votes(guest, 1, mine=True)
    guest.get_by_label("One thought").focus()
    guest.keyboard.type("Typed without a mouse")
    guest.keyboard.press("Tab")
    guest.keyboard.press("Enter")
    expect(guest.get_by_text("Typed without a mouse", exact=True)).to_have_count(1)


def test_guest_takes_part_without_script(new_page: NewPage) -> None:
    guest = new_page(java_script_enabled=False, **PHONE)
    join(guest)
    guest.get_by_label("One thought").fill("Added without script")
    guest.get_by_role("button", name="Add the card").click()
    expect(guest.get_by_text("Added without script", exact=True)).to_be_visible()
    vote(guest, 0, "Added without script")
    has_votes(guest, 1, mine=True, text="Added without script")
    guest.get_by_role("link", name=re.compile("Open ?: Added without script")).click()
    guest.get_by_role("button", name="Remove the card").click()
    expect(guest.get_by_text("is off the board")).to_be_visible()
    guest.get_by_role("button", name="Put it back").click()
    has_votes(guest, 1, mine=True, text="Added without script")
    guest.get_by_role("button", name="Leave the session").click()
    expect(guest.get_by_text("You have left the session")).to_be_visible()


def test_profile_is_kept_as_it_is_typed(new_page: NewPage) -> None:
    page = new_page(**PHONE)
    sign_in(page, "kieran.doyle@demo.example")
    page.goto(TOOLS)
    page.get_by_role("link", name=re.compile("Fill in mine ?: Practitioner profile")).click()
    page.get_by_label("My role in brief").fill("Youth club on Fridays")
    expect(page.locator("#kept")).to_contain_text("Kept at")
    page.reload()
    expect(page.get_by_label("My role in brief")).to_have_value("Youth club on Fridays")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Youth club on Fridays")).to_be_visible()
    assert_accessible(page)


def follow(page: Page, link: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=re.compile(link)).first.click()


PAGES = (
    ("", "Tools"),
    ("^SWOT analysis", "SWOT analysis"),
    ("Moving from nursery", "Moving from nursery into reception"),
    ("See or invite more", "Who takes part"),
    ("<", "Commissioning from public, private and voluntary providers"),
    ("<", "Building services around schools and children’s centres"),
    ("<", TALKING),
    ("^Code on the screen", "Join this session"),
    ("Back to the session", TALKING),
    ("^Merge two cards", "Merge two cards"),
    ("<", "Practitioner profile"),
    ("See the team’s", "Practitioner profile: the team’s"),
    ("^What people want to learn", "What the team wishes for"),
    ("^Practitioner profile", "Practitioner profile: the team’s"),
    ("^Priya Raman", "Priya Raman"),
    ("^Version", "Versions"),
)
"""The link to follow and the heading that is then there; "<" goes from the tools page to what the heading names."""


@pytest.mark.parametrize("phone", [False, True])
def test_pages_of_tools_fit_and_are_accessible(new_page: NewPage, phone: bool) -> None:
    """axe looks at the wide ones; a phone shows the same page."""
    page = new_page(**(PHONE if phone else {}))
    sign_in(page, "coordinator@demo.example")
    for link, heading in PAGES:
        if link in ("", "<"):
            page.goto(TOOLS)
        if link:
            follow(page, f"^{heading}" if link == "<" else link)
        expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        assert no_sideways_scroll(page), heading
        if not phone:
            assert_accessible(page)
