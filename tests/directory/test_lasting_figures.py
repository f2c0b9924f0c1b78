"""Did it work? Behind the link on the telephone: a week before the schools, with an answer in words."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.keys import hashed
from directory.models import AgencyLink, ReferralResult, Service, ServiceAnswer
from partnerships.models import Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
PHONE, WORKED = "/now/on-the-phone/", "/now/on-the-phone/worked/"


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    return sheet(hillside, visibility="listed")


def link(service: Service, by: Setting, email: str = "tom@example.org") -> AgencyLink:
    return AgencyLink.objects.create(
        service=service,
        purpose="lasting",
        email=email,
        person="Tom Whitlock",
        key_hash=hashed("on-the-phone"),
        steward=service.steward,
        made_by=member(by),
    )


def post(**data: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    page = client.get(WORKED).content.decode()
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
    return client.post(WORKED, {"ticket": ticket, **data}, follow=True)


def test_service_sees_last_month_before_schools_and_answers(
    harbour: Service, hillside: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(harbour, hillside)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 3))
    for _ in range(5):
        ReferralResult.objects.create(
            setting=hillside, service=harbour, result="accepted", month=date(2026, 10, 1)
        )
    assert "accepted 5" in words_of(Client().get(WORKED)).replace("<b>", "").replace("</b>", "")
    sheet_page = url("service_detail", hillside, harbour.pk)
    amara = client_of(member(hillside))
    assert "Once five or more people say the same" in words_of(amara.get(sheet_page))
    assert "Did it work? What schools said" in words_of(Client().get(PHONE))
    response = post(words="We have a second worker now.")
    assert "Schools read your answer" in words_of(response)
    assert response.client.cookies == {}
    assert "We have a second worker now." in words_of(amara.get(sheet_page))
    post(words="We have three workers now.")
    answer = ServiceAnswer.objects.get()
    assert (answer.words, answer.said_by) == ("We have three workers now.", "Tom Whitlock, Harbour")


def test_nothing_is_said_without_the_ticket_of_the_page_or_by_looking(
    harbour: Service, hillside: Setting
) -> None:
    link(harbour, hillside)
    Client().get(WORKED)
    Client().post(WORKED, {"words": "Spam"})
    post(words="Spam", home_page="https://example.org")
    assert "looks like" in words_of(post(words="Jayden S. in 4B sleeps through now"))
    assert ServiceAnswer.objects.count() == 0


def test_link_of_a_school_that_does_not_keep_the_sheet_speaks_only_from_an_address_of_the_service(
    harbour: Service,
) -> None:
    riverside = school("riverside")
    riverside.partnerships.create(service=harbour)
    made = link(harbour, riverside, "somebody@riverside.example.org")
    assert Client().get(WORKED).status_code == 404
    assert "Did it work?" not in words_of(Client().get(PHONE))
    AgencyLink.objects.filter(pk=made.pk).update(email="tom@harbour.example.org")
    assert Client().get(WORKED).status_code == 200


def test_ended_link_shows_nothing(harbour: Service, hillside: Setting) -> None:
    made = link(harbour, hillside)
    AgencyLink.objects.filter(pk=made.pk).update(ended_at=timezone.now())
    response = Client().get(WORKED)
    assert response.status_code == 410
    assert "Harbour" not in response.content.decode()
