"""The text of a mail, read as a page: headings, facts, lists and buttons."""

from typing import Any

import pytest

from config.letters import as_page, blocks_of
from partnerships.mail import compose

SITE = "https://joined-up.example.org"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = SITE


def test_label_above_an_address_of_ours_is_a_button() -> None:
    (block,) = blocks_of(f"All correct:\n{SITE}/confirm/key/#say\n")
    assert (block.kind, block.title, block.lines) == ("button", "All correct", (f"{SITE}/confirm/key/#say",))


@pytest.mark.parametrize(
    "text",
    [
        "Sign in here:\nhttps://elsewhere.example.org/",
        f"Sign in here:\n{SITE}.elsewhere.example.org/",
        f"{'A sentence that is far too long for a button':.45}:\n{SITE}/",
        f"{SITE}/",
    ],
)
def test_no_other_address_is_a_button(text: str) -> None:
    assert [block.kind for block in blocks_of(text)] != ["button"]


def test_facts_headings_and_lists_are_told_apart() -> None:
    text = f"What it says\n------------\nName:\nHarbour\n\nToday:\n- One\n  {SITE}/one/\n- Two\n\nBye,\nTom"
    found = [(block.kind, block.title) for block in blocks_of(text)]
    assert found[1:] == [("words", ""), ("list", ""), ("words", "")]
    assert blocks_of("What it says\n------------\n\nName:\nHarbour")[1].lines == ("Harbour",)
    (one, two) = blocks_of(text)[2].items
    assert (one.words, one.url, two.url) == ("One", f"{SITE}/one/", "")


def test_page_says_what_the_text_says_and_no_more() -> None:
    page = as_page("Hello & welcome", f"Dear <script>alert(1)</script>,\n\nOpen it:\n{SITE}/a/?b=1&c=2")
    assert "Hello &amp; welcome" in page
    assert "<script>" not in page
    assert f'href="{SITE}/a/?b=1&amp;c=2"' in page


def test_mail_is_sent_as_text_and_as_page(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Something for you\n\nHello,\n\nOpen it:\n{SITE}/x/\n\n"
    monkeypatch.setattr("partnerships.mail.render_to_string", lambda *_: text)
    message = compose(to="a@example.org", template="", context={})
    assert (message.subject, message.body) == ("Something for you", f"Hello,\n\nOpen it:\n{SITE}/x/\n")
    ((page, kind),) = message.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "Open it</a>" in page
