"""The lasting link on the practitioner's telephone: one tap, live at once, ending by itself, without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory.models import AgencyLink, Notice, Service
from directory.notices import say, state_now
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(hillside: Setting) -> Service:
    return sheet(hillside, capacity="open", visibility="listed")


def make(service: Service, by: Membership, callbacks: Any, name: str = "Tom Whitlock") -> str:
    """Sends the link from the service's page; the path in the mail."""
    with callbacks(execute=True):
        data = {"person": name, "email": "tom@harbour.example.org"}
        client_of(by).post(url("lasting_list", by.setting, service.pk), data)
    return str(re.findall(r"(/now/[^/\s]+/)", str(mail.outbox[-1].body))[0])


@pytest.fixture
def link(service: Service, amara: Membership, django_capture_on_commit_callbacks: Any) -> str:
    return make(service, amara, django_capture_on_commit_callbacks)


def tap(link: str, kind: str, client: Client | None = None, **data: str) -> Any:
    client = client or Client(enforce_csrf_checks=True)
    page = client.get(link).content.decode()
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
    address = f"{link}usual/" if kind == "usual" else link
    return client.post(address, {"ticket": ticket, "kind": kind, **data}, follow=True)


def test_one_tap_is_live_at_once_and_ends_by_itself(link: str, service: Service, hillside: Setting) -> None:
    client = Client(enforce_csrf_checks=True)
    assert "Everybody sees it now" in words_of(tap(link, "full", client))
    assert client.cookies == {}
    assert state_now(service) == ("stop", "List full")
    notice = Notice.objects.get()
    assert (notice.said_by, notice.setting) == ("Tom Whitlock", None)
    assert notice.ends_on is not None
    tap(link, "waiting", weeks="6")
    assert state_now(service) == ("wait", "Waiting now: about six weeks")
    Notice.objects.update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert state_now(service) == ("ok", "Can take someone now")


def test_what_is_missing_is_asked_for(link: str) -> None:
    assert "Enter how many weeks people wait now" in words_of(tap(link, "waiting"))
    assert "Enter the day on which it opens again" in words_of(tap(link, "closed"))
    assert Notice.objects.count() == 0


def test_not_in_is_said_at_the_school_that_sent_the_link(link: str, hillside: Setting) -> None:
    tap(link, "away")
    assert Notice.objects.get().setting == hillside


def test_as_usual_ends_what_was_said_and_keeps_what_the_school_wants_known(
    link: str, service: Service
) -> None:
    today = timezone.localdate()
    say(service=service, kind="alert", words="New building.", ends_on=today, said_by="Amara")
    for kind in ("away", "full"):
        tap(link, kind)
    tap(link, "usual")
    assert list(Notice.objects.current().values_list("kind", flat=True)) == ["alert"]


def test_looking_and_scanning_say_nothing(link: str) -> None:
    client = Client()
    for _ in range(2):
        assert client.get(link).status_code == client.head(link).status_code == 200
        assert client.get(f"{link}usual/").status_code == 405
    client.post(link, {"kind": "full"})
    client.post(link, {"kind": "full", "ticket": "made up"})
    assert Notice.objects.count() == 0


def test_link_that_was_ended_or_renewed_no_longer_works(
    link: str, service: Service, amara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    row = AgencyLink.objects.get()
    client = client_of(amara)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("renew_link", amara.setting, service.pk, row.pk))
    newer = re.findall(r"(/now/[^/\s]+/)", str(mail.outbox[-1].body))[0]
    assert Client().get(link).status_code == 404
    assert Client().get(newer).status_code == 200
    client.post(url("end_link", amara.setting, service.pk, row.pk))
    response = Client().get(newer)
    assert response.status_code == 410
    assert "Harbour" not in response.content.decode()


def test_mail_says_whom_to_tell_of_a_worried_child(
    link: str, service: Service, amara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    lead = {"safeguarding_name": "Ruth O'Neill", "safeguarding_telephone": "01632960142"}
    Setting.objects.update(**lead, safeguarding_title="")
    with django_capture_on_commit_callbacks(execute=True):
        client_of(amara).post(url("renew_link", amara.setting, service.pk, AgencyLink.objects.get().pk))
    assert "Tell Ruth O'Neill: 01632 960 142. In danger now: 999." in str(mail.outbox[-1].body)


def test_link_ends_when_the_sheet_changes_hands(link: str, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(steward=school("riverside"))
    assert "Somebody else keeps this sheet now" in words_of(Client().get(link))


def test_link_ends_with_the_membership_of_whoever_made_it(link: str, amara: Membership) -> None:
    assert "Harbour" in words_of(Client().get(link))
    amara.left_on = timezone.localdate()
    amara.save()
    ended = Client().get(link)
    assert ended.status_code == 410
    assert "Harbour" not in words_of(ended)


def test_link_of_a_school_that_does_not_keep_the_sheet_speaks_for_that_school(
    service: Service, hillside: Setting, django_capture_on_commit_callbacks: Any
) -> None:
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    tap(make(service, member(riverside), django_capture_on_commit_callbacks), "full")
    assert state_now(service, riverside) == ("stop", "List full")
    assert state_now(service, hillside) == ("ok", "Can take someone now")


def test_own_practitioner_makes_a_link_and_others_do_not(
    service: Service, hillside: Setting, django_capture_on_commit_callbacks: Any
) -> None:
    today = timezone.localdate()
    tom = member(hillside, Role.PRACTITIONER, service=service, tie_confirmed_on=today, tie_confirmed_by="A")
    assert Client().get(make(service, tom, django_capture_on_commit_callbacks)).status_code == 200
    client = client_of(member(hillside, Role.STAFF))
    assert client.post(url("lasting_list", hillside, service.pk), {}).status_code == 403


def test_second_link_for_the_same_address_is_renewed_instead(
    link: str, service: Service, amara: Membership
) -> None:
    data = {"person": "Tom", "email": "TOM@harbour.example.org"}
    shown = words_of(client_of(amara).post(url("lasting_list", amara.setting, service.pk), data))
    assert "There is a link for this address already" in shown
    assert AgencyLink.objects.count() == 1


def test_those_who_shortlisted_the_service_see_it_on_their_home_page(
    link: str, service: Service, hillside: Setting
) -> None:
    ben = member(hillside, Role.STAFF)
    ben.shortlist.create(service=service)
    home = f"/s/{hillside.slug}/"
    assert "On your shortlist, right now" not in words_of(client_of(ben).get(home))
    tap(link, "full")
    shown = words_of(client_of(ben).get(home))
    assert "On your shortlist, right now" in shown
    assert "List full" in shown
    assert "On your shortlist" not in words_of(client_of(member(hillside, Role.STAFF)).get(home))


@pytest.mark.parametrize("kind", ["full", "usual"])
def test_page_that_stayed_open_for_days_says_to_tap_again(
    link: str, service: Service, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(service=service, kind="waiting", weeks=3, ends_on=timezone.localdate(), said_by="Tom")
    monkeypatch.setattr("config.sessionless.TICKET_SECONDS", -1)
    assert "This page had been open for a long time" in words_of(tap(link, kind))
    assert [notice.kind for notice in Notice.objects.current()] == ["waiting"]
