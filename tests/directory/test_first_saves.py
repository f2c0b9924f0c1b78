"""What a school has once, saved for the first time by two people at the very same moment: real connections."""

from typing import Any

import pytest
from django.urls import reverse

from directory.models import Feed, Pathway, Rules
from partnerships.models import Term
from tests.directory.kit import school
from tests.partnerships.kit import client_of, member, words_of
from tests.partnerships.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {
    "confirm_months": "6",
    "waiting_months": "2",
    "stale_months": "12",
    "synonyms": "SALT, speech",
    "version": "1",
}
PATHWAY = {"need": "Sleep", "at_school": "Ask the nurse."}
FEED = {"name": "Council directory", "address": "https://open.wexshire.example.org/services"}
TERM = {"name": "Spring 1, 2027", "starts": "4 January 2027", "ends": "12 February 2027"}


@pytest.fixture(autouse=True)
def _fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.views.feeds.ask_for", lambda feed: None)
    monkeypatch.setattr("directory.forms.feeds.check_address", lambda address: None)


@pytest.mark.parametrize(
    ("name", "sent", "made", "words"),
    [
        ("directory:edit_rules", RULES, Rules, "Choose which answers to keep"),
        ("directory:add_pathway", PATHWAY, Pathway, "There is a page for this need already"),
        ("directory:add_feed", FEED, Feed, "This list is fetched already"),
        ("partnerships:add_term", TERM, Term, "There is a term of this name already"),
    ],
)
def test_second_of_two_meets_what_the_first_has_saved(
    name: str, sent: dict[str, str], made: Any, words: str
) -> None:
    setting = school()
    address = reverse(name, args=[setting.slug])
    one, two = (client_of(member(setting)) for _ in range(2))
    results = at_once(
        lambda: one.post(address, sent), lambda: two.post(address, {**sent, "waiting_months": "3"})
    )
    assert sorted(each.status_code for each in results) == [200, 302]
    assert words in next(words_of(each) for each in results if each.status_code == 200)
    assert made.objects.filter(setting=setting).count() == 1
