"""The link in an agency's mail: no account, no cookie, and nothing happens by looking."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.keys import hashed, new_key
from directory.models import AgencyLink, Service
from partnerships.models import Setting
from tests.directory.kit import SHEET, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
KEY = "a-key-that-only-the-mail-has"
ANSWER = f"/confirm/{KEY}/"
PART, ROW = f"{ANSWER}change/contacts/", f"{ANSWER}change/contacts/rows/"


@pytest.fixture
def service(hillside: Setting) -> Service:
    made = sheet(
        hillside, visibility="listed", confirmed=(timezone.localdate() - timedelta(days=200), "X", "")
    )
    question(made)
    return made


def question(service: Service, key: str = KEY, **fields: Any) -> AgencyLink:
    return AgencyLink.objects.create(
        service=service,
        email="hello@harbour.example.org",
        key_hash=hashed(key),
        steward=service.steward,
        **{"expires_at": timezone.now() + timedelta(days=60), **fields},
    )


def form_of(client: Client, address: str) -> dict[str, str]:
    """What the page's form would send: prefilled as it is drawn."""
    response = client.get(address)
    form = response.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name == "ticket":
            value = re.findall(r'name="ticket" value="([^"]+)"', response.content.decode())[0]
        if value not in (None, ""):
            data[bound.name] = str(value)
    return data


def test_looking_changes_nothing_however_often(service: Service) -> None:
    client = Client()
    for _ in range(3):
        for address in (ANSWER, PART):
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200
            assert client.options(address).status_code in {200, 405}
    assert client.cookies == {}
    before = service.confirmed_on
    service.refresh_from_db()
    assert service.confirmed_on == before
    assert AgencyLink.objects.get().answered_at is None


def test_post_without_what_the_page_holds_changes_nothing(service: Service) -> None:
    for data in ({}, {"ticket": "made up", "version": str(service.version)}):
        Client().post(ANSWER, data)
    trapped = {**form_of(Client(), ANSWER), "home_page": "https://example.org"}
    Client().post(ANSWER, trapped)
    elsewhere = form_of(Client(), ANSWER)
    Client().post(ANSWER, elsewhere, headers={"Origin": "https://elsewhere.example.org"})
    assert AgencyLink.objects.get().answered_at is None


def test_all_correct_confirms_by_the_link_and_says_who(service: Service, hillside: Setting) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(ANSWER, {**form_of(client, ANSWER), "who": "Tom Whitlock"}, follow=True)
    assert "Thank you" in words_of(response)
    assert client.cookies == {}
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_by) == (timezone.localdate(), "Tom Whitlock")
    assert service.confirmed_how == "by a link we sent"
    link = AgencyLink.objects.get()
    assert link.answer == "correct"
    shown = words_of(client_of(member(hillside)).get(url("service_detail", hillside, service.pk)))
    assert "Confirmed today by Tom Whitlock, by a link we sent" in shown
    event = service.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["kind"] == "link"


def test_used_link_says_thank_you_and_changes_nothing_more(service: Service) -> None:
    data = form_of(Client(), ANSWER)
    Client().post(ANSWER, data)
    Service.objects.update(confirmed_by="Somebody later")
    assert "You answered on" in words_of(Client().post(ANSWER, data))
    assert "You answered on" in words_of(Client().post(PART, data))
    service.refresh_from_db()
    assert service.confirmed_by == "Somebody later"


def make_expired(service: Service) -> None:
    AgencyLink.objects.update(sent_at=timezone.now() - timedelta(days=90), expires_at=timezone.now())


def hand_over(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(steward=None)


def retire(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(retired_at=timezone.now())


def merge(service: Service) -> None:
    other = sheet(school("riverside"), name="Other")
    Service.objects.filter(pk=service.pk).update(retired_at=timezone.now(), merged_into=other)


def end_it(service: Service) -> None:
    AgencyLink.objects.update(ended_at=timezone.now())


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (make_expired, "This link has run out"),
        (hand_over, "Somebody else keeps this sheet now"),
        (retire, "This sheet is no longer kept"),
        (merge, "This sheet is no longer kept"),
        (end_it, "This is settled already"),
    ],
)
def test_link_that_is_over_says_what_to_do_and_leaks_nothing(service: Service, deed: Any, words: str) -> None:
    data = form_of(Client(), ANSWER)
    deed(service)
    for address in (ANSWER, PART, ROW):
        reads = [] if address == ROW else [Client().get(address)]
        for response in (*reads, Client().post(address, data)):
            assert response.status_code == 410
            assert words in words_of(response)
            for secret in (SHEET["name"], SHEET["email"], "Hillside"):
                assert secret not in response.content.decode()
    before = service.confirmed_on
    service.refresh_from_db()
    assert service.confirmed_on == before


@pytest.mark.parametrize("key", [KEY[:-1], KEY + "x", KEY.upper(), "x" * 2000, "%00", "null"])
def test_altered_link_is_not_known(service: Service, key: str) -> None:
    response = Client().get(f"/confirm/{key}/")
    assert response.status_code == 404
    assert SHEET["name"] not in response.content.decode()


def test_older_mail_works_after_a_reminder(service: Service) -> None:
    AgencyLink.objects.update(key_hash=hashed("the-newer-key"), earlier_hashes=[hashed(KEY)])
    for key in (KEY, "the-newer-key"):
        assert service.name in words_of(Client().get(f"/confirm/{key}/"))


def test_confirming_what_was_edited_meanwhile_asks_to_look_again(service: Service) -> None:
    client = Client()
    data = form_of(client, ANSWER)
    Service.objects.filter(pk=service.pk).update(profile="Something quite new.", version=service.version + 1)
    response = client.post(ANSWER, data)
    shown = words_of(response)
    assert "The sheet was changed a moment ago" in shown
    assert "Something quite new." in shown
    assert AgencyLink.objects.get().answered_at is None
    again = re.findall(r'name="(ticket|version)" value="([^"]+)"', response.content.decode())
    client.post(ANSWER, dict(again))
    assert AgencyLink.objects.get().answer == "correct"


def test_answers_are_limited(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.views.agency.ANSWERS", 2)
    client = Client()
    statuses = [client.post(ANSWER, {}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_key_is_random_and_long() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert min(len(key) for key in keys) >= 32
