""" "Something is wrong" on a public sheet: from anybody, without a session, to whoever keeps the sheet."""

import re
from typing import Any

import pytest
from django.test import Client

from config.sessionless import ticket
from directory.models import Service, Suggestion
from directory.public import problems
from partnerships.models import Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import words_of

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    return sheet(hillside, visibility="public")


def send(setting: Setting, service: Service, headers: dict[str, str] = HERE, **fields: str) -> Any:
    data = {"kind": "out_of_date", "words": "The number is old.", "ticket": ticket("problem"), **fields}
    return Client(enforce_csrf_checks=True).post(
        url("say_problem", setting, service.pk), data, headers=headers, follow=True
    )


def test_what_somebody_says_waits_for_the_keeper(hillside: Setting, harbour: Service) -> None:
    response = send(hillside, harbour, email="ruth@example.org")
    assert "Thank you" in words_of(response)
    assert not response.cookies
    said = Suggestion.objects.get()
    assert (said.service, said.setting, said.source) == (harbour, hillside, "public")
    assert (said.kind, said.words, said.email) == ("out_of_date", "The number is old.", "ruth@example.org")
    assert said.membership is None


def test_page_that_is_looked_at_brings_a_form_that_can_be_sent(hillside: Setting, harbour: Service) -> None:
    response = Client().get(url("say_problem", hillside, harbour.pk))
    shown = words_of(response)
    assert not response.cookies
    assert response.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "csrfmiddlewaretoken" not in shown
    found = re.search(r'name="ticket" value="([^"]+)"', shown)
    assert found
    assert "Thank you" in words_of(send(hillside, harbour, ticket=found[1]))


def test_same_words_sent_twice_wait_once(hillside: Setting, harbour: Service) -> None:
    for _ in range(2):
        assert "Thank you" in words_of(send(hillside, harbour))
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ticket": ""}, "send it again"),
        ({"ticket": "altered"}, "send it again"),
        ({"home_page": "https://spam.example"}, "could not be sent"),
        ({"kind": "nonsense"}, "Choose"),
        ({"words": " "}, "Say in a few words"),
        ({"email": "nobody"}, "e-mail"),
        ({"words": "Tom Baker in 3B was told no."}, "looks like"),
        ({"words": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_can_not_be_taken_says_what_to_do(
    hillside: Setting, harbour: Service, fields: dict[str, Any], words: str
) -> None:
    shown = words_of(send(hillside, harbour, **fields))
    assert words in shown
    assert "Thank you" not in shown
    assert not Suggestion.objects.exists()


def test_form_sent_from_another_site_is_not_taken(hillside: Setting, harbour: Service) -> None:
    send(hillside, harbour, headers={"origin": "https://elsewhere.example"})
    assert not Suggestion.objects.exists()


def test_closed_needs_no_words(hillside: Setting, harbour: Service) -> None:
    assert "Thank you" in words_of(send(hillside, harbour, kind="closed", words=""))
    assert Suggestion.objects.get().kind == "closed"


def test_many_messages_from_one_place_are_held_back(
    hillside: Setting, harbour: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "FROM_ONE_PLACE", 2)
    for number in range(3):
        shown = words_of(send(hillside, harbour, words=f"Wrong {number}"))
    assert "try again later, or ring the school" in shown
    assert "Wrong 2" in shown
    assert Suggestion.objects.count() == 2


def test_sender_who_is_held_back_does_not_close_the_sheet_for_others(
    harbour: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "FROM_ONE_PLACE", 1)
    monkeypatch.setattr(problems, "ABOUT_ONE_SHEET", 2)
    assert [problems.may_report(harbour, "203.0.113.9") for _ in range(4)] == [True, False, False, False]
    assert problems.may_report(harbour, "203.0.113.10")


def test_sheet_that_is_not_public_takes_no_message(hillside: Setting) -> None:
    service = sheet(hillside, name="Zanzibar", visibility="listed")
    assert send(hillside, service).status_code == 404
    assert Client().get(url("problem_sent", hillside, service.pk)).status_code == 404
    assert not Suggestion.objects.exists()


def test_nothing_of_what_was_said_is_public(hillside: Setting, harbour: Service) -> None:
    send(hillside, harbour, words="Ask for Mrs Nobody", email="ruth@example.org")
    for name in ("public_service", "problem_sent", "say_problem"):
        shown = words_of(Client().get(url(name, hillside, harbour.pk)))
        for words in ("Nobody", "ruth@example.org"):
            assert words not in shown
