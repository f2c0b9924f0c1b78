"""Answering in a browser: checking, sending, changing, with and without a name."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.closing import close_round
from evaluation.models import Round
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import browser, opened, started, team, text_of
from tests.factories import MembershipFactory
from toolkits.models import AnonymousAnswer, Contribution, Draft

pytestmark = pytest.mark.django_db

TEAM = {Sector.EDUCATION: 6, Sector.HEALTH: 6}
GIVEN = {"level_shared_vision": "partly", "evidence_shared_vision": "It hangs\non the wall"}
Case = tuple[Round, Membership, Client]


@pytest.fixture
def unnamed() -> Case:
    return case(is_anonymous=True)


@pytest.fixture
def named() -> Case:
    return case(is_anonymous=False)


def case(**changes: Any) -> Case:
    coordinator, members = team(TEAM)
    return opened(coordinator, members, **changes), members[0], browser(members[0])


def url(round_: Round, name: str = "answer_round") -> str:
    return reverse(f"evaluation:{name}", args=[round_.setting.slug, round_.pk])


def check(round_: Round, client: Client, given: dict[str, str] = GIVEN) -> Any:
    return client.post(url(round_, "check_answer"), given)


def send(round_: Round, client: Client, page: Any) -> Any:
    names = {"answers": "carried", "key": "key", "seen": "seen"}
    given = {name: page.context[source] for name, source in names.items()}
    return client.post(url(round_, "send_answer"), given, follow=True)


def test_the_page_says_what_is_kept_and_what_an_administrator_could_see(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = text_of(client.get(url(round_)))
    assert "kept without your name, without a time" in page
    assert "<b>education</b>" in page
    assert "As long as this check-in is open, somebody who looks into the database" in page
    assert "it may have to be released" in page.lower()


def test_with_names_the_page_says_so_before_anything_is_answered(named: Case) -> None:
    round_, _, client = named
    page = text_of(client.get(url(round_)))
    assert "Your name stands beside your answers" in page
    assert "also where a group is one person" in page


def test_checking_stores_nothing_without_a_name(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = text_of(check(round_, client))
    assert "25 statements have no answer" in page
    assert "It hangs" in page
    assert not AnonymousAnswer.objects.exists()
    assert not Draft.objects.exists()


def test_sending_shows_the_code_and_the_browser_can_change_it(unnamed: Case) -> None:
    round_, _, client = unnamed
    thanks = send(round_, client, check(round_, client))
    assert "The code of your answers" in text_of(thanks)
    again = client.get(url(round_))
    assert again.context["form"]["level_shared_vision"].value() == "partly"
    assert again.context["form"]["evidence_shared_vision"].value() == "It hangs\non the wall"
    send(round_, client, check(round_, client, {"level_shared_vision": "in_place"}))
    assert AnonymousAnswer.objects.get().data["shared_vision"]["level"] == "in_place"


def test_another_browser_needs_the_code(unnamed: Case) -> None:
    round_, member, client = unnamed
    thanks = send(round_, client, check(round_, client))
    elsewhere = browser(member)
    assert "we can’t find them for you" in text_of(elsewhere.get(url(round_)))
    wrong = elsewhere.post(url(round_, "open_answer"), {"code": "K7QP-2M4X-K7QP-2M4X"})
    assert "This code opens no answers here" in text_of(wrong)
    short = elsewhere.post(url(round_, "open_answer"), {"code": "K7QP"})
    assert "Enter all 16 letters and figures" in text_of(short)
    right = elsewhere.post(url(round_, "open_answer"), {"code": thanks.context["code"].lower()}, follow=True)
    assert right.context["form"]["level_shared_vision"].value() == "partly"


def test_a_code_can_not_be_tried_for_ever(unnamed: Case) -> None:
    round_, member, client = unnamed
    send(round_, client, check(round_, client))
    elsewhere = browser(member)
    pages = [elsewhere.post(url(round_, "open_answer"), {"code": "K7QP2M4XK7QP2M4X"}) for _ in range(11)]
    assert "tried too often" in text_of(pages[-1])


def test_a_shared_computer_does_not_open_the_answers_to_the_next_person(unnamed: Case) -> None:
    round_, member, client = unnamed
    send(round_, client, check(round_, client))
    next_person = member.setting.memberships.exclude(pk=member.pk).filter(roles=["practitioner"])[0]
    client.force_login(next_person.user)
    assert client.cookies["check_in_key"].value
    assert not client.get(url(round_)).context["form"]["level_shared_vision"].value()


def test_the_key_is_kept_for_these_pages_alone_and_in_no_session(unnamed: Case) -> None:
    round_, _, client = unnamed
    send(round_, client, check(round_, client))
    cookie = client.cookies["check_in_key"]
    assert cookie["path"] == url(round_)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
    key = cookie.value.split(":")[0]
    assert key not in str(dict(client.session.items()))
    assert AnonymousAnswer.objects.get().key_hash != key


def test_sending_twice_stores_one_answer(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = check(round_, client)
    assert "Thank you" in text_of(send(round_, client, page))
    assert "Thank you" in text_of(send(round_, client, page))
    assert AnonymousAnswer.objects.count() == 1


def test_a_second_answer_in_another_browser_is_refused(unnamed: Case) -> None:
    round_, member, client = unnamed
    elsewhere = browser(member)
    page = check(round_, elsewhere, {"level_shared_vision": "in_place"})
    send(round_, client, check(round_, client))
    assert "You have answered this check-in already" in text_of(send(round_, elsewhere, page))
    assert AnonymousAnswer.objects.get().data["shared_vision"]["level"] == "partly"


def test_changing_from_the_check_page_keeps_what_was_typed(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = check(round_, client)
    form = client.post(url(round_, "change_answer"), {"answers": page.context["carried"]}).context["form"]
    assert form["evidence_shared_vision"].value() == "It hangs\non the wall"


def test_words_without_an_answer_ask_for_the_answer(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = text_of(check(round_, client, {"evidence_shared_vision": "It hangs on the wall"}))
    assert "Choose an answer to “A common vision" in page
    assert "It hangs on the wall" in page


def test_what_looks_like_a_child_is_asked_about(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = text_of(check(round_, client, {**GIVEN, "evidence_shared_vision": "Maya Brown in 4B was helped"}))
    assert "looks like a child’s name and class" in page


def test_script_in_an_answer_is_shown_as_words(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = text_of(check(round_, client, {**GIVEN, "evidence_shared_vision": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_it_closes_while_somebody_answers_and_shows_them_their_words(unnamed: Case) -> None:
    round_, _, client = unnamed
    page = check(round_, client)
    close_round(round_=round_, by=None)
    response = send(round_, client, page)
    assert response.status_code == 409
    assert "can’t be sent or changed any more" in text_of(response)
    assert "It hangs" in text_of(response)


def test_nothing_chosen_is_not_sent(named: Case) -> None:
    round_, _, client = named
    assert "You have not answered anything yet" in text_of(check(round_, client, {}))
    client.post(url(round_, "send_answer"), {"answers": "{}", "seen": "0"})
    assert not Contribution.objects.exists()


def test_answers_that_the_instrument_does_not_know_fall_away(named: Case) -> None:
    round_, _, client = named
    forged = '{"shared_vision": {"level": "partly"}, "nonsense": {"level": "partly"}, "trust": 3}'
    client.post(url(round_, "send_answer"), {"answers": forged, "seen": "0"})
    assert set(Contribution.objects.get().data) == {"shared_vision"}


def test_with_a_name_it_can_be_finished_later(named: Case) -> None:
    round_, _, client = named
    client.post(url(round_, "save_answer"), GIVEN)
    assert not Contribution.objects.exists()
    assert "Carry on" in text_of(client.get(url(round_, "round_detail")))
    assert client.get(url(round_)).context["form"]["level_shared_vision"].value() == "partly"


def test_a_named_answer_can_be_changed_until_it_closes(named: Case) -> None:
    round_, _, client = named
    send(round_, client, check(round_, client))
    send(round_, client, check(round_, client, {"level_shared_vision": "in_place"}))
    sent = Contribution.objects.get()
    assert (sent.data["shared_vision"]["level"], sent.version, sent.is_draft) == ("in_place", 2, False)
    close_round(round_=round_, by=None)
    assert client.get(url(round_))["Location"] == url(round_, "round_detail")


def test_two_windows_do_not_overwrite_each_other_unasked(named: Case) -> None:
    round_, _, client = named
    first, second = check(round_, client), check(round_, client, {"level_shared_vision": "in_place"})
    send(round_, client, first)
    asked = send(round_, client, second)
    assert "You have sent other answers meanwhile" in text_of(asked)
    assert Contribution.objects.get().data["shared_vision"]["level"] == "partly"
    send(round_, client, asked)
    assert Contribution.objects.get().data["shared_vision"]["level"] == "in_place"


def test_who_is_not_asked_has_no_page(unnamed: Case) -> None:
    round_, member, _ = unnamed
    other = MembershipFactory(setting=member.setting, roles=["staff"])
    assert browser(other).get(url(round_)).status_code == 404
    assert browser(other).post(url(round_, "check_answer"), GIVEN).status_code == 404


def test_nobody_answers_before_it_opens() -> None:
    coordinator, members = team(TEAM)
    round_ = started(coordinator, members)
    assert browser(members[0]).get(url(round_)).status_code == 404
    assert browser(coordinator).post(url(round_, "check_answer"), GIVEN).status_code == 404
