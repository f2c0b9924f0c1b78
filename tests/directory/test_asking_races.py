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
from directory.commands import Refused
from directory.models import AgencyLink, Service
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
