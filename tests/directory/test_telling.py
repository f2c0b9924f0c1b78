"""What others suggest about a sheet that its agency keeps is told to the agency by mail, at most once a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory.agency import asking, telling
from directory.changes.suggesting import make_suggestion
from directory.models import AgencyLink, Service, Suggestion
from partnerships.mail import MailNotSent
from partnerships.models import Setting
from tests.directory.kit import sheet
from tests.partnerships.kit import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(hillside: Setting) -> Service:
    """Kept by its agency, and not due."""
    made = sheet(
        hillside, visibility="listed", confirmed=(timezone.localdate() - timedelta(days=20), "X", "")
    )
    Service.objects.filter(pk=made.pk).update(steward=None)
    made.refresh_from_db()
    return made


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Callable[..., list[str]]:
    """What is mailed when the worker looks."""

    def run() -> list[str]:
        before, today = len(mail.outbox), timezone.localdate()
        with django_capture_on_commit_callbacks(execute=True):
            asking.ask_agencies(today)
            telling.tell_agencies(today)
        return [str(message.body) for message in mail.outbox[before:]]

    return run


def suggested(service: Service, profile: str = "For parents too.", source: str = "public") -> Suggestion:
    return make_suggestion(
        service=service, source=source, changes={"profile": profile}, words="Ask Jane about it"
    )


def next_day() -> None:
    """What was mailed and suggested so far is a day older."""
    for link in AgencyLink.objects.all():
        again = link.reminded_at and link.reminded_at - timedelta(days=1)
        AgencyLink.objects.filter(pk=link.pk).update(
            sent_at=link.sent_at - timedelta(days=1), reminded_at=again
        )
    for each in Suggestion.objects.all():
        Suggestion.objects.filter(pk=each.pk).update(made_at=each.made_at - timedelta(days=1))


def test_agency_is_mailed_what_is_suggested_and_decides_by_its_link(service: Service, run: Any) -> None:
    made = suggested(service)
    (body,) = run()
    assert mail.outbox[0].to == ["hello@harbour.example.org"]
    assert mail.outbox[0].subject == "A change is suggested: Harbour"
    assert "Profile (Somebody on the public page" in body
    for unsaid in ("For parents too.", "Ask Jane about it"):
        assert unsaid not in body
    address = next(line for line in body.splitlines() if "/confirm/" in line)
    page = Client().get(address)
    assert "One change is suggested" in words_of(page)
    assert f"suggested/{made.pk}/" in page.content.decode()


def test_one_mail_a_day_tells_all_that_came_since(service: Service, run: Any) -> None:
    suggested(service)
    assert len(run()) == 1
    suggested(service, "Other words")
    assert run() == []
    next_day()
    (body,) = run()
    assert body.count("- Profile") == 2
    assert run() == []
    next_day()
    assert run() == []


def test_agency_that_does_not_answer_is_left_in_peace(service: Service, run: Any) -> None:
    mails = 0
    for number in range(9):
        suggested(service, f"Words {number}")
        mails += len(run())
        next_day()
    assert mails == 1 + telling.MOST_UNANSWERED


def test_telling_is_not_asking_and_brings_no_reminder(service: Service, run: Any) -> None:
    suggested(service)
    run()
    AgencyLink.objects.update(sent_at=timezone.now() - timedelta(days=22), reminded_at=None)
    Suggestion.objects.update(made_at=timezone.now() - timedelta(days=23))
    assert run() == []
    Service.objects.update(confirmed_on=timezone.localdate() - timedelta(days=170))
    AgencyLink.objects.update(sent_at=timezone.now() - timedelta(days=22))
    (body,) = run()
    assert "One change is suggested by others" in body


@pytest.mark.parametrize(
    "why", ["school keeps it", "no address", "decided", "taken off", "by their own link"]
)
def test_nobody_is_told_without_need(service: Service, hillside: Setting, run: Any, why: str) -> None:
    made = suggested(service)
    if why == "school keeps it":
        Service.objects.update(steward=hillside)
    elif why == "no address":
        Service.objects.update(email="", ask_email="")
    elif why == "decided":
        Suggestion.objects.update(closed_at=timezone.now())
    elif why == "taken off":
        Service.objects.update(retired_at=timezone.now())
    else:
        Suggestion.objects.filter(pk=made.pk).update(source="link")
    assert run() == []


def test_question_of_the_day_tells_it_too(service: Service, run: Any) -> None:
    Service.objects.update(confirmed_on=timezone.localdate() - timedelta(days=200))
    suggested(service)
    (body,) = run()
    assert "Is this still right?" in mail.outbox[0].subject
    assert "One change is suggested by others" in body


def test_mail_that_could_not_be_sent_is_sent_later(
    service: Service, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested(service)
    with monkeypatch.context() as broken:
        broken.setattr("directory.agency.asking.post", _refuse)
        assert run() == []
    assert len(run()) == 1


def _refuse(messages: object) -> None:
    raise MailNotSent
