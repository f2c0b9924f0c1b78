"""Whoever is offered the keeping of a sheet gets a mail, and whoever offered it gets the answer."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from directory import keeping_home
from directory.changes.handing_over import accept_offer, end_offer, offer
from directory.commands import Refused
from directory.models import Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def test_school_is_asked_by_mail_and_its_yes_comes_back(
    amara: Membership,
    marcus: Membership,
    harbour: Service,
    riverside: Setting,
    hillside: Setting,
    django_capture_on_commit_callbacks: Any,
) -> None:
    member(riverside, Role.STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        made = offer(service=harbour, to=riverside, words="We leave the area.", by=amara)
    (asked,) = mail.outbox
    assert asked.to == [marcus.user.email]
    assert "We leave the area." in asked.body
    assert url("hand_over_detail", riverside, made.pk) in asked.body
    sheet_page = url("service_detail", hillside, harbour.pk)
    assert "Offered to Riverside School" in words_of(client_of(amara).get(sheet_page))
    with django_capture_on_commit_callbacks(execute=True):
        accept_offer(made, by=marcus)
    answer = mail.outbox[-1]
    assert (len(mail.outbox), answer.to) == (2, [amara.user.email])
    assert answer.subject == "Yes: Riverside School looks after the sheet of Harbour"
    assert "Riverside School said yes" in words_of(client_of(amara).get(sheet_page))
    (found,) = keeping_home.answers_to_offers(amara)
    assert found.text == "Riverside School looks after it now."
    assert "You offered the keeping of Harbour" in words_of(client_of(amara).get("/my/"))


def test_no_comes_back_and_taking_it_back_tells_nobody(
    amara: Membership,
    marcus: Membership,
    harbour: Service,
    riverside: Setting,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for by, mails in ((marcus, 2), (amara, 1)):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            end_offer(offer(service=harbour, to=riverside, words="", by=amara), by=by)
        assert len(mail.outbox) == mails
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        offer(service=harbour, to=school("elsewhere"), words="", by=amara)
    assert mail.outbox == []


def test_agency_is_asked_and_a_colleague_reads_the_answer_when_the_giver_has_left(
    amara: Membership, harbour: Service, hillside: Setting, django_capture_on_commit_callbacks: Any
) -> None:
    tom = member(
        hillside, Role.PRACTITIONER, "Tom Whitlock", service=harbour, tie_confirmed_on=timezone.localdate()
    )
    ruth = member(hillside, name="Ruth Adeyemi")
    with django_capture_on_commit_callbacks(execute=True):
        made = offer(service=harbour, to=None, words="", by=amara)
    assert [each.to for each in mail.outbox] == [[tom.user.email]]
    amara.left_on = timezone.localdate()
    amara.save()
    with django_capture_on_commit_callbacks(execute=True):
        accept_offer(made, by=tom)
    assert mail.outbox[-1].to == [ruth.user.email]
    assert "Tom Whitlock answered for Harbour" in mail.outbox[-1].body
