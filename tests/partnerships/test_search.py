"""Search over everything."""

import pytest
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Membership, Setting
from partnerships.registry import Found, registry
from partnerships.search import MOST_OF_A_KIND, find_actions, find_people
from tests.factories import SettingFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "search", [find_people, find_actions])


def hits_of(membership: Membership, words: str) -> str:
    page = words_of(client_of(membership).get(url("search", membership.setting), {"q": words}))
    return page.split('id="hits"')[1]


def test_search_finds_people_and_actions_under_their_kind(school: Setting, amara: Membership) -> None:
    member(school, Role.STAFF, "Zoë Bereavement")
    school.actions.create(text="Ask about bereavement", owner=amara, due_on=timezone.localdate())
    page = hits_of(amara, "bereave")
    assert (
        page.index(">People<")
        < page.index("Zoë Bereavement")
        < page.index(">Actions<")
        < page.index("Ask about")
    )
    assert "Two things have “bereave” in it" in page


def test_search_minds_neither_accents_nor_capitals(school: Setting, amara: Membership) -> None:
    member(school, Role.STAFF, "Zoë Vance")
    assert "Zoë Vance" in hits_of(amara, "ZOE vance")


def test_search_shows_other_apps_hits_in_the_usual_order(
    school: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = [Found("Services", "Amara’s House", "A refuge", "/service/")]
    monkeypatch.setattr(registry, "search", [find_people, lambda membership, words: services])
    page = hits_of(amara, "amara")
    assert page.index("Amara’s House") < page.index("Amara Oduya")


def test_search_shows_nobody_what_is_not_theirs(school: Setting, amara: Membership) -> None:
    school.actions.create(text="Ring the council", owner=amara, due_on=timezone.localdate())
    other = SettingFactory()
    member(other, Role.STAFF, "Amara Elsewhere")
    left = member(school, Role.STAFF, "Amara Gone", left_on=timezone.localdate())
    governor, staff = member(school, Role.GOVERNOR), member(school, Role.STAFF)
    assert "Amara Oduya" not in hits_of(governor, "amara")
    assert "Ring the council" not in hits_of(staff, "council")
    for absent in ("Amara Elsewhere", str(left)):
        assert absent not in hits_of(amara, "amara")


def test_long_lists_are_cut_and_say_so(school: Setting, amara: Membership) -> None:
    for number in range(MOST_OF_A_KIND + 1):
        member(school, Role.STAFF, f"Robin {number}")
    page = hits_of(amara, "robin")
    assert page.count("<b>Robin") == MOST_OF_A_KIND
    assert "Add a word to narrow it down" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [("", "Type a name, a word"), ("a", "Type one more letter"), ("xyzzy", "Nothing here has “xyzzy” in it")],
)
def test_empty_results_say_what_to_do(amara: Membership, words: str, told: str) -> None:
    assert told in hits_of(amara, words)


def test_markup_in_the_words_stays_text(amara: Membership) -> None:
    page = hits_of(amara, "<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_typing_gets_the_hits_alone(school: Setting, amara: Membership) -> None:
    headers = {"HX-Request": "true", "HX-Target": "hits"}
    part = client_of(amara).get(url("search", school), {"q": "amara"}, headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="hits"')
    assert "Amara Oduya" in part


def test_search_page_says_whom_to_tell_about_a_child(school: Setting, amara: Membership) -> None:
    page = words_of(client_of(amara).get(url("search", school)))
    assert "Worried about a child? Tell somebody now." in page
    assert 'href="tel:01632960142"' in page
