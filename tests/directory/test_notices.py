"""What holds for a while: live at once, ending by itself, shown wherever the service is."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import notices
from directory.models import Notice, Service
from directory.notices import notices_of, say, signs, state_now, with_notices
from directory.public.families import Today
from directory.public.family_search import open_now
from directory.sheet.opening import Clock
from partnerships.access import Role
from partnerships.models import Membership, Setting
from partnerships.models.partnership import Weekday
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
Kind = Notice.Kind


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


@pytest.fixture
def service(hillside: Setting) -> Service:
    return sheet(hillside, capacity="open", visibility="public")


def in_days(days: int) -> date:
    return TODAY() + timedelta(days=days)


def test_notice_counts_instead_of_the_sheet_and_ends_by_itself(service: Service) -> None:
    made = say(service=service, kind=Kind.FULL, ends_on=TODAY(), said_by="Tom")
    assert state_now(service) == ("stop", "List full")
    Notice.objects.filter(pk=made.pk).update(starts_on=in_days(-3), ends_on=in_days(-1))
    assert state_now(service) == ("ok", "Can take someone now")


def test_later_word_about_places_replaces_the_earlier_and_closed_goes_before(service: Service) -> None:
    say(service=service, kind=Kind.FULL, ends_on=in_days(9), said_by="Tom")
    say(service=service, kind=Kind.WAITING, weeks=6, ends_on=in_days(9), said_by="Tom")
    assert state_now(service) == ("wait", "Waiting now: about six weeks")
    assert len(notices_of(service)) == 1
    say(service=service, kind=Kind.AWAY, ends_on=notices.end_of_week(TODAY()), said_by="Tom")
    say(service=service, kind=Kind.CLOSED, ends_on=date(2099, 1, 11), said_by="Tom")
    assert signs(service) == [("stop", "Closed until 12 January 2099"), ("wait", "Not in this week")]


def test_notice_at_one_school_is_not_seen_at_another(service: Service, hillside: Setting) -> None:
    riverside = school("riverside")
    say(service=service, kind=Kind.FULL, ends_on=in_days(1), said_by="Tom", setting=riverside)
    assert state_now(service, hillside) == state_now(service) == ("ok", "Can take someone now")
    assert state_now(service, riverside) == ("stop", "List full")


def test_list_of_notices_costs_one_query(hillside: Setting) -> None:
    for name in ("A", "B", "C"):
        each = sheet(hillside, name=name, telephone=[], postcode="", website="", capacity="open")
        say(service=each, kind=Kind.FULL, ends_on=in_days(1), said_by="Tom")
    with CaptureQueriesContext(
        connection,
    ) as found:
        states = [state_now(each, hillside) for each in with_notices(Service.objects.all(), hillside)]
    assert states == [("stop", "List full")] * 3
    assert len(found) == 2


def test_coordinator_says_it_on_the_sheet_and_everybody_sees_it(
    service: Service, hillside: Setting, amara: Membership
) -> None:
    hillside.partnerships.update(days=["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    client, address = client_of(amara), url("say_notice", hillside, service.pk)
    assert "Enter the day on which it opens again" in words_of(client.post(address, {"kind": "closed"}))
    client.post(address, {"kind": "closed", "until": "12 January 2099"})
    assert "Enter a day within a year" in words_of(
        client.post(address, {"kind": "closed", "until": "12/1/2099"})
    )
    client.post(address, {"kind": "full"})
    client.post(address, {"kind": "alert", "words": "Ask for the duty worker."})
    client.post(address, {"kind": "away"})
    detail = words_of(client.get(url("service_detail", hillside, service.pk)))
    for words in ("List full", "To know now:", "Ask for the duty worker.", "Not in this week", "Amara Oduya"):
        assert words in detail
    assert "Not in this week" in words_of(client.get(f"/s/{hillside.slug}/"))
    assert "List full" in words_of(client.get(url("service_list", hillside)))
    public = words_of(Client().get(f"/d/hillside/{service.pk}/"))
    assert "List full" in public
    assert "Ask for the duty worker." in public


def test_whoever_says_it_can_end_it(service: Service, hillside: Setting, amara: Membership) -> None:
    made = say(service=service, kind=Kind.FULL, ends_on=in_days(1), said_by="Amara Oduya")
    client_of(amara).post(url("end_notice", hillside, service.pk, made.pk))
    assert state_now(service) == ("ok", "Can take someone now")


def test_school_that_does_not_keep_the_sheet_speaks_for_itself_alone(
    service: Service, hillside: Setting
) -> None:
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    ben = member(riverside, name="Ben")
    everywhere = say(service=service, kind=Kind.CLOSED, ends_on=in_days(3), said_by="Tom")
    client = client_of(ben)
    client.post(url("say_notice", riverside, service.pk), {"kind": "full"})
    assert Notice.objects.get(kind="full").setting == riverside
    assert client.post(url("end_notice", riverside, service.pk, everywhere.pk)).status_code == 404
    assert state_now(service, hillside) == ("stop", notices.notice_words(everywhere))


def test_own_practitioner_may_say_it_and_staff_may_not(service: Service, hillside: Setting) -> None:
    tom = member(
        hillside, Role.PRACTITIONER, service=service, tie_confirmed_on=TODAY(), tie_confirmed_by="Amara"
    )
    address = url("say_notice", hillside, service.pk)
    client_of(tom).post(address, {"kind": "waiting", "weeks": "3"})
    assert state_now(service) == ("wait", "Waiting now: about three weeks")
    assert client_of(member(hillside, Role.STAFF)).post(address, {"kind": "full"}).status_code == 403


def test_closed_service_is_not_said_to_open_today(hillside: Setting, service: Service) -> None:
    client = client_of(member(hillside, Role.STAFF))
    service.opening_times.create(
        days=["MO", "TU", "WE", "TH", "FR", "SA", "SU"], opens="00:00", closes="23:59"
    )
    pages = (
        url("service_list", hillside),
        url("service_detail", hillside, service.pk),
        f"/d/hillside/{service.pk}/",
    )
    for page in pages:
        assert "Open now, until" in words_of(client.get(page))
    say(service=service, kind=Kind.CLOSED, ends_on=in_days(9), said_by="Tom")
    for page in pages:
        said = words_of(client.get(page))
        assert "Closed until" in said
        assert "Open now" not in said


@pytest.mark.parametrize("kind", [Kind.CLOSED, Kind.ENDED])
def test_closed_service_is_not_among_those_that_are_open_now(
    service: Service, hillside: Setting, kind: str
) -> None:
    service.opening_times.create(days=list(Weekday), opens=time(9), closes=time(17))
    noon = timezone.make_aware(datetime.combine(TODAY(), time(12)))
    today = replace(Today.at(hillside), clock=Clock(noon, lambda day: True))
    assert open_now(Service.objects.all(), today) == {service.pk}
    ends_on = in_days(3) if kind == Kind.CLOSED else None
    say(service=service, kind=kind, ends_on=ends_on, said_by="Tom")
    assert open_now(Service.objects.all(), today) == set()
