"""A SWOT with a second browser and a guest: on your own, show everyone’s, talk, what we agreed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.steps_people import NAME, SCHOOL, Look, pdf_text

TITLE = "One referral form for all"
WORDS = "We try one referral form for a term."
ACTION = "Draft the form with two services"
CARDS = {
    "coordinator": ("Strengths", "Reception knows everybody"),
    "practitioner": ("Weaknesses", "Nine different forms"),
    "guest": ("Opportunities", "Housing moves next door"),
}


@dataclass(frozen=True)
class Room:
    """Who is in the session. `fresh` brings a page up to date where nothing does so by itself."""

    coordinator: Page
    practitioner: Page
    guest: Page
    look: Look
    fresh: Callable[[Page], None]

    @property
    def everyone(self) -> tuple[Page, Page, Page]:
        return self.coordinator, self.practitioner, self.guest


def start(room: Room) -> None:
    """The coordinator gets a SWOT ready, invites the practitioner and starts it."""
    page = room.coordinator
    page.goto(f"{SCHOOL}tools/")
    room.look(page)
    page.get_by_role("link", name="SWOT analysis").first.click()
    room.look(page)
    page.locator("main").get_by_role("link", name=re.compile("^Start")).click()
    room.look(page)
    page.get_by_label("Something else").check()
    page.get_by_label("In your own words").fill(TITLE)
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Get it ready").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    room.look(page)
    page.get_by_role("button", name="Start: each on their own").click()
    expect(page.get_by_label("One thought")).to_be_visible()


def make_code(room: Room) -> str:
    page = room.coordinator
    page.get_by_role("link", name="Let guests join by code").click()
    page.get_by_role("button", name="Make a code").click()
    room.look(page)
    code = page.locator(".join-code").inner_text()
    page.get_by_role("link", name="Back to the session").click()
    return code


def join(room: Room, code: str) -> None:
    """The guest types the code in small letters, and says who they are."""
    page = room.guest
    page.goto("/join/")
    room.look(page)
    page.get_by_label("The code on the screen").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    room.look(page)
    page.get_by_label("Your name").fill("Gwen Guest")
    page.get_by_label("Your agency or service").fill("Castle Homes")
    page.get_by_label("Where do you work?").select_option("Housing")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def find_session(room: Room) -> None:
    """The practitioner finds the open session on the home page."""
    page = room.practitioner
    page.goto(SCHOOL)
    page.locator("main").get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_label("One thought")).to_be_visible()


def add_card(page: Page, who: str) -> None:
    zone, text = CARDS[who]
    page.get_by_label("Where does it belong?").select_option(zone)
    page.get_by_label("One thought").fill(text)
    page.get_by_role("button", name="Add the card").click()
    expect(page.get_by_text(text).first).to_be_visible()


def on_their_own(room: Room) -> None:
    """Each adds a card and sees only their own."""
    for page, who in zip(room.everyone, CARDS, strict=True):
        add_card(page, who)
        room.look(page)
    for page, hidden in ((room.coordinator, "guest"), (room.guest, "practitioner")):
        room.fresh(page)
        expect(page.get_by_text(CARDS[hidden][1])).to_have_count(0)


def show_everyones(room: Room) -> None:
    """Everybody's cards appear for all, without anybody loading the page."""
    room.coordinator.get_by_role("button", name="Show everyone’s cards").click()
    expect(room.coordinator.get_by_role("button", name="Go on to the talk")).to_be_visible()
    for page in room.everyone:
        room.fresh(page)
        for _, text in CARDS.values():
            expect(page.get_by_text(text).first).to_be_visible()
    room.look(room.guest)


def talk(room: Room) -> None:
    """The practitioner votes, the coordinator sees it; a card becomes an action; words are written and agreed on."""
    page = room.coordinator
    page.get_by_role("button", name="Go on to the talk").click()
    expect(page.get_by_label("What we agreed, in words")).to_be_visible()
    room.fresh(room.practitioner)
    _, text = CARDS["practitioner"]
    room.practitioner.get_by_role("button", name=f"Vote, 0 votes: {text}").click()
    expect(room.practitioner.get_by_role("button", name=f"Vote, 1 vote: {text}")).to_be_visible()
    room.fresh(page)
    expect(page.get_by_role("button", name=f"Vote, 1 vote: {text}")).to_be_visible()
    room.look(page)
    _make_action(room, text)
    page.get_by_label("What we agreed, in words").fill(WORDS)
    page.get_by_role("button", name="Save, and ask everyone").click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    _answer(room, room.practitioner, "Yes, I agree")
    _answer(room, room.guest, "No, I see it differently", "Our list is too long for that.")


def _make_action(room: Room, card: str) -> None:
    page = room.coordinator
    page.get_by_role("link", name=re.compile(f"Open ?: {card}")).click()
    room.look(page)
    page.get_by_role("link", name="Make an action of it").click()
    room.look(page)
    page.get_by_label("What is to be done").fill(ACTION)
    owner = page.get_by_label("Who does it")
    owner.select_option(owner.locator("option", has_text=NAME).get_attribute("value"))
    page.get_by_label("By when").fill("27 March 2027")
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_text(ACTION).first).to_be_visible()


def _answer(room: Room, page: Page, choice: str, because: str = "") -> None:
    room.fresh(page)
    page.get_by_label(choice).check()
    if because:
        page.get_by_label("How do you see it?").fill(because)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("sees it differently" if because else "agrees")


def settle(room: Room) -> str:
    """The coordinator freezes it; its PDF is returned as text."""
    page = room.coordinator
    room.fresh(page)
    page.get_by_role("button", name="Go on to “what we agreed”").click()
    link = page.get_by_role("link", name="What we agreed, as PDF")
    expect(link).to_be_visible()
    room.look(page)
    room.fresh(room.guest)
    expect(room.guest.get_by_text(WORDS)).to_be_visible()
    room.look(room.guest)
    return pdf_text(page, link.get_attribute("href") or "")
