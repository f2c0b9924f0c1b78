"""Forms that anybody may send: what stands in for a session."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from config.forms import BaseForm
from config.sessionless import TICKET_SECONDS, Sessionless, ticket


class NoteForm(Sessionless, BaseForm):
    purpose = "note"
    words = forms.CharField(label="Words")


def posted(data: dict[str, str], **headers: str) -> HttpRequest:
    return RequestFactory().post("/", {"words": "Hello", "home_page": "", **data}, headers=headers)


def sent(ticket: str, **headers: str) -> Any:
    return NoteForm(request=posted({"ticket": ticket}, **headers))


def test_form_from_our_page_is_taken() -> None:
    form = sent(ticket("note"), origin="http://testserver")
    assert form.is_valid()
    assert form.cleaned_data == {"words": "Hello"}


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"referer": "https://elsewhere.example/a"}],
)
def test_form_from_another_page_is_not_taken(headers: dict[str, str]) -> None:
    assert not sent(ticket("note"), **headers).is_valid()


def test_old_browser_that_says_nothing_needs_the_ticket() -> None:
    assert sent(ticket("note")).is_valid()
    assert not sent("").is_valid()


@pytest.mark.parametrize(
    "wrong",
    ["", "nonsense", ticket("something else"), ticket("note")[:-1] + "~"],
    ids=["none", "nonsense", "of another form", "altered"],
)
def test_ticket_that_is_not_ours_is_not_taken(wrong: str) -> None:
    form = sent(wrong)
    assert not form.is_valid()
    assert "send it again" in str(form.non_field_errors())


def test_old_ticket_is_not_taken_and_the_page_brings_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    then = (timezone.now() - timedelta(seconds=TICKET_SECONDS + 5)).timestamp()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: then)
        old = ticket("note")
    form = sent(old)
    assert not form.is_valid()
    drawn = str(form["ticket"])
    assert old not in drawn
    assert 'value="Hello"' in str(form["words"])


def test_robot_that_fills_in_every_box_is_not_taken() -> None:
    assert not NoteForm(request=posted({"ticket": ticket("note"), "home_page": "spam"})).is_valid()


def test_form_that_is_only_looked_at_is_not_bound() -> None:
    form = NoteForm(request=RequestFactory().get("/"))
    assert not form.is_bound
    assert form.helper.disable_csrf
