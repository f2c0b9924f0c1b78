"""Two workers, or a worker and a person, at the very same moment: real transactions in threads."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from config.keys import hashed
from directory.agency import answering
from directory.agency.asking import ask_agencies, ask_now
from directory.agency.ending import end_by_link, goes_on_by_link
from directory.changes.ending import SaidMeanwhile, take_off_as_said
from directory.commands import Refused
from directory.models import AgencyLink, Notice, Service, Suggestion
from tests.directory.kit import school, sheet
from tests.partnerships.kit import member
from tests.partnerships.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def old_sheet(**values: Any) -> Service:
    long_ago = (timezone.localdate() - timedelta(days=300), "Tom", "by telephone")
    return sheet(school(), confirmed=long_ago, **values)


def ask() -> None:
    ask_agencies(timezone.localdate())


def test_two_workers_at_once_ask_once() -> None:
    old_sheet()
    at_once(ask, ask)
    assert len(mail.outbox) == AgencyLink.objects.count() == 1


def test_two_workers_at_once_remind_once() -> None:
    old_sheet()
    ask_agencies(timezone.localdate() - timedelta(days=7))
    at_once(ask, ask)
    assert len(mail.outbox) == 2
    assert AgencyLink.objects.get().reminders == 1


def test_worker_and_coordinator_at_once_ask_once() -> None:
    service = old_sheet()
    assert service.steward is not None
    amara = member(service.steward)
    at_once(ask, lambda: ask_now(service=service, by=amara))
    assert len(mail.outbox) == AgencyLink.objects.count() == 1


def link_to(service: Service) -> str:
    expires = timezone.now() + timedelta(days=60)
    AgencyLink.objects.create(
        service=service,
        email="a@example.org",
        key_hash=hashed("key"),
        steward=service.steward,
        expires_at=expires,
    )
    return "key"


def test_two_clicks_at_once_are_one_answer() -> None:
    service = old_sheet()
    key = link_to(service)

    def click() -> None:
        answering.answer_by_link(key=key, version=service.version)

    results = at_once(click, click)
    assert [type(each) for each in results if each is not None] == [answering.LinkOver]
    assert AgencyLink.objects.get().answer == "correct"


def test_confirming_while_somebody_edits_confirms_what_was_read_or_nothing() -> None:
    service = old_sheet()
    key = link_to(service)

    def edit() -> None:
        with transaction.atomic():
            row = Service.objects.select_for_update().get(pk=service.pk)
            row.profile, row.version = "Quite different.", row.version + 1
            row.save(update_fields=["profile", "version"])

    edited, confirmed = at_once(edit, lambda: answering.answer_by_link(key=key, version=service.version))
    service.refresh_from_db()
    assert edited is None
    assert service.profile == "Quite different."
    was_refused = isinstance(confirmed, Refused)
    assert was_refused is (AgencyLink.objects.get().answered_at is None)
    assert was_refused is (service.confirmed_on != timezone.localdate())


def phone_of(service: Service) -> str:
    assert service.steward is not None
    AgencyLink.objects.create(
        service=service,
        purpose=AgencyLink.Purpose.LASTING,
        email="a@harbour.example.org",
        key_hash=hashed("phone"),
        steward=service.steward,
        made_by=member(service.steward),
    )
    return "phone"


def test_two_who_say_different_ends_at_once_do_not_overwrite_each_other_unseen() -> None:
    service = old_sheet()
    ways = [
        (link_to(service), "confirm", timezone.localdate()),
        (phone_of(service), "lasting", timezone.localdate() + timedelta(days=9)),
    ]
    results = at_once(
        *(
            lambda key=key, purpose=purpose, day=day: end_by_link(key=key, purpose=purpose, last_day=day)
            for key, purpose, day in ways
        )
    )
    assert [type(each) for each in results if each is not None] == [SaidMeanwhile]
    said = Notice.objects.endings().get()
    assert said.last_day == ways[results.index(None)][2]
    assert Suggestion.objects.get().last_day == said.last_day


def test_school_that_decides_while_the_agency_takes_it_back_leaves_one_of_the_two() -> None:
    service = old_sheet()
    assert service.steward is not None
    key, amara = link_to(service), member(service.steward)
    end_by_link(key=key, purpose="confirm", last_day=timezone.localdate())
    suggestion = Suggestion.objects.get()
    results = at_once(
        lambda: take_off_as_said(suggestion, by=amara), lambda: goes_on_by_link(key=key, purpose="confirm")
    )
    is_off, is_back = (each is None for each in results)
    assert is_off is not is_back
    service.refresh_from_db()
    suggestion.refresh_from_db()
    assert (service.retired_at is not None, suggestion.took_off) == (is_off, is_off)
    assert Notice.objects.endings().exists() is is_off
