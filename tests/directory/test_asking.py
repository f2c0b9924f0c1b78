"""Asking agencies whether their sheet is right: who is asked when, what is mailed, and whom the coordinator rings."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.core import mail
from django.utils import timezone

from directory.agency import answering, asking
from directory.agency.asking import NotAsked, ask_agencies, ask_now, to_ring
from directory.agency.links import end_links_of_moved_sheets
from directory.changes.suggesting import accept_all, close
from directory.models import AgencyLink, Rules, Service
from directory.views import asking as views
from partnerships.access import Role
from partnerships.mail import MailNotSent
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
Callbacks = Any


def confirmed(days: int) -> Any:
    return (timezone.localdate() - timedelta(days=days), "Tom", "by telephone")


def due_in_four_weeks() -> Any:
    day = timezone.localdate() + timedelta(days=28) - relativedelta(months=6) - timedelta(days=1)
    return (day, "Tom", "by telephone")


@pytest.fixture
def run(django_capture_on_commit_callbacks: Callbacks) -> Any:
    """What the worker does on a day; the mails that it sent."""

    def work(today: date | None = None) -> list[Any]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            ask_agencies(today or timezone.localdate())
        return mail.outbox[before:]

    return work


def on(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_agency_is_asked_four_weeks_before_the_sheet_falls_due_and_once(hillside: Setting, run: Any) -> None:
    sheet(hillside, name="Due", confirmed=confirmed(170), email="due@example.org")
    sheet(hillside, name="Fresh", confirmed=confirmed(140), email="fresh@example.org")
    (message,) = run()
    assert message.to == ["due@example.org"]
    assert message.subject == "Is this still right? Due"
    assert run() == []
    assert run(on(1)) == []


def test_mail_has_the_sheet_two_links_and_nothing_of_a_withheld_address(hillside: Setting, run: Any) -> None:
    sheet(hillside, confirmed=confirmed(200), withheld="coarse", ask_email="ask@harbour.example.org")
    (message,) = run()
    assert message.to == ["ask@harbour.example.org"]
    assert "Helps children who have lost somebody close." in message.body
    assert "01632 960 318" in message.body
    assert "Quay Lane" not in message.body
    keys = set(re.findall(r"/confirm/([^/\s]+)/", message.body))
    assert len(keys) == 1
    link = AgencyLink.objects.get()
    assert keys.pop() not in (link.key_hash, *link.earlier_hashes)
    assert link.expires_at is not None


def test_reminders_after_one_and_three_weeks_and_then_the_telephone(hillside: Setting, run: Any) -> None:
    service = sheet(hillside, confirmed=due_in_four_weeks())
    assert [len(run(on(day))) for day in (0, 6, 7, 8, 20, 21, 22, 27)] == [1, 0, 1, 0, 0, 1, 0, 0]
    assert "Reminder" in mail.outbox[-1].subject
    assert list(to_ring(hillside, on(27))) == []
    assert list(to_ring(hillside, on(28))) == [service]


def test_question_that_expired_keeps_the_service_on_the_list_to_ring(hillside: Setting, run: Any) -> None:
    service = sheet(hillside, confirmed=due_in_four_weeks())
    for day in (0, 7, 21, 82):
        run(on(day))
    assert AgencyLink.objects.filter(ended_at=None).count() == 1
    assert list(to_ring(hillside, on(83))) == [service]


def test_new_sheet_is_left_a_week_to_those_who_made_it(hillside: Setting, run: Any) -> None:
    sheet(hillside)
    assert run() == []
    assert run(on(6)) == []
    assert len(run(on(8))) == 1


def test_school_may_ask_itself(hillside: Setting, run: Any) -> None:
    Rules.objects.create(setting=hillside, asks_agencies=False)
    sheet(hillside, confirmed=confirmed(300))
    assert run() == []


def test_sheet_without_an_address_goes_to_the_telephone(
    hillside: Setting, amara: Membership, run: Any
) -> None:
    service = sheet(hillside, confirmed=confirmed(200), email="")
    assert run() == []
    assert list(to_ring(hillside)) == [service]
    client = client_of(amara)
    page = words_of(client.get(url("ring_list", hillside)))
    assert "01632 960 318" in page
    assert "One service to ring" in words_of(client.get(f"/s/{hillside.slug}/"))
    client.post(url("record_call", hillside, service.pk))
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_how) == (timezone.localdate(), "by telephone")
    assert service.confirmed_by == "Harbour, to Amara Oduya"
    assert "Nobody to ring." in words_of(client.get(url("ring_list", hillside)))


def test_who_rang_is_told_also_after_a_long_name(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, confirmed=confirmed(200), email="")
    service.agency.name = "The Wexcombe and District Partnership of Friends " * 4
    service.agency.save()
    client_of(amara).post(url("record_call", hillside, service.pk))
    service.refresh_from_db()
    assert service.confirmed_by.startswith("The Wexcombe and District")
    assert service.confirmed_by.endswith(" …, to Amara Oduya")


def test_list_of_calls_says_that_it_is_longer(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        sheet(hillside, name=f"Club {number}", confirmed=confirmed(200), email="")
    client = client_of(amara)
    assert "to ring first" not in words_of(client.get(url("ring_list", hillside)))
    monkeypatch.setattr("directory.views.asking.PAGE", 2)
    assert "These are the two to ring first" in words_of(client.get(url("ring_list", hillside)))


def test_answer_on_the_telephone_ends_the_question(hillside: Setting, amara: Membership, run: Any) -> None:
    service = sheet(hillside, confirmed=confirmed(200))
    run()
    client_of(amara).post(url("record_call", hillside, service.pk))
    assert run(on(7)) == []
    assert AgencyLink.objects.get().ended_at is not None


def test_mail_that_could_not_be_sent_is_tried_again(
    hillside: Setting, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(hillside, confirmed=confirmed(200))

    def refuse(messages: Any) -> None:
        raise MailNotSent

    with monkeypatch.context() as patch:
        patch.setattr(asking, "post", refuse)
        run()
    assert AgencyLink.objects.count() == 0
    assert len(run()) == 1


def test_worker_that_dies_before_it_commits_has_sent_nothing(
    hillside: Setting, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(hillside, confirmed=confirmed(200))

    def die(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(asking, "_send_on_commit", die)
        with pytest.raises(RuntimeError):
            run()
    assert mail.outbox == []
    assert AgencyLink.objects.count() == 0
    assert len(run()) == 1


def test_coordinator_asks_now_and_once_a_day(
    hillside: Setting, amara: Membership, django_capture_on_commit_callbacks: Callbacks
) -> None:
    service = sheet(hillside, confirmed=confirmed(3))
    client, address = client_of(amara), url("ask_service", hillside, service.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert "Amara Oduya at Hillside School asks" in mail.outbox[0].body
    assert mail.outbox[0].reply_to == [amara.user.email]
    assert "asked today already" in words_of(client.post(address, follow=True))
    assert len(mail.outbox) == 1


def test_another_address_on_the_sheet_ends_what_the_older_mail_could_do(
    hillside: Setting, amara: Membership, run: Any, django_capture_on_commit_callbacks: Callbacks
) -> None:
    service = sheet(hillside, confirmed=confirmed(200), email="wrong@example.org")
    run()
    Service.objects.filter(pk=service.pk).update(ask_email="right@harbour.example.org")
    service.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        ask_now(service=service, by=amara)
    assert [each.to for each in mail.outbox] == [["wrong@example.org"], ["right@harbour.example.org"]]
    older, newer = AgencyLink.objects.order_by("sent_at", "ended_at")
    assert (older.email, older.ended_at is None) == ("wrong@example.org", False)
    assert (newer.ended_at, newer.earlier_hashes) == (None, [])
    Service.objects.filter(pk=service.pk).update(ask_email="", email="third@harbour.example.org")
    assert [each.to for each in run(on(7))] == [["third@harbour.example.org"]]


def test_question_asked_again_that_could_not_be_sent_counts_as_before(
    hillside: Setting,
    amara: Membership,
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    service = sheet(hillside, confirmed=confirmed(200))
    run()
    AgencyLink.objects.update(reminders=2, sent_at=timezone.now() - timedelta(days=25))
    monkeypatch.setattr(asking, "post", _refused)
    with pytest.raises(MailNotSent), django_capture_on_commit_callbacks(execute=True):
        ask_now(service=service, by=amara)
    link = AgencyLink.objects.get()
    assert (link.reminders, link.reminded_at) == (2, None)


def _refused(messages: Any) -> None:
    raise MailNotSent


def test_coordinator_asks_all_that_are_due(
    hillside: Setting, amara: Membership, django_capture_on_commit_callbacks: Callbacks
) -> None:
    sheet(hillside, name="A", confirmed=confirmed(200), email="a@example.org")
    sheet(hillside, name="B", confirmed=confirmed(200), email="b@example.org", telephone=[], postcode="")
    sheet(hillside, name="C", confirmed=confirmed(3), email="c@example.org", telephone=[], website="")
    with django_capture_on_commit_callbacks(execute=True):
        shown = words_of(client_of(amara).post(url("ask_due", hillside), follow=True))
    assert "Two services are asked by e-mail." in shown
    assert sorted(message.to[0] for message in mail.outbox) == ["a@example.org", "b@example.org"]


def test_those_that_are_due_are_asked_some_at_a_time(
    hillside: Setting,
    amara: Membership,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    for name in ("A", "B", "C"):
        sheet(hillside, name=name, confirmed=confirmed(200), email=f"{name}@example.org", telephone=[])
    client = client_of(amara)
    for words in ("Press once more for the others", "One service is asked", "Nobody was asked"):
        with django_capture_on_commit_callbacks(execute=True):
            assert words in words_of(client.post(url("ask_due", hillside), follow=True))
    assert sorted(message.to[0] for message in mail.outbox) == [
        "A@example.org",
        "B@example.org",
        "C@example.org",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["ask_due", "ask_service"])
def test_mail_that_cannot_be_sent_is_said_to_whoever_asks(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hillside = school()
    service = sheet(hillside, confirmed=confirmed(200))
    monkeypatch.setattr(asking, "post", _refused)
    address = url(name, hillside, *([service.pk] if name == "ask_service" else []))
    shown = words_of(client_of(member(hillside)).post(address, follow=True))
    assert "The mail could not be sent just now" in shown
    assert "asked by e-mail" not in shown
    assert "Nobody was asked" not in shown
    assert not AgencyLink.objects.exists()


def test_sheet_that_another_school_keeps_is_asked_by_that_school(hillside: Setting) -> None:
    service = sheet(hillside, visibility="listed", confirmed=confirmed(200))
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    ben = member(riverside)
    with pytest.raises(NotAsked):
        ask_now(service=service, by=ben)
    assert client_of(ben).post(url("record_call", riverside, service.pk)).status_code == 403
    assert list(asking.due_here(riverside)) == []


def test_sheet_of_an_agency_is_asked_once_for_all_schools_and_any_may_ring(
    hillside: Setting, run: Any
) -> None:
    service = sheet(hillside, visibility="listed", confirmed=confirmed(200))
    Service.objects.filter(pk=service.pk).update(steward=None)
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    assert len(run()) == 1
    for day in (7, 21):
        run(on(day))
    assert list(to_ring(hillside, on(28))) == list(to_ring(riverside, on(28))) == [service]


def test_only_coordinators_ask(hillside: Setting) -> None:
    service = sheet(hillside, confirmed=confirmed(200))
    for role in (Role.STAFF, Role.PRACTITIONER, Role.GOVERNOR):
        client = client_of(member(hillside, role))
        assert client.post(url("ask_service", hillside, service.pk)).status_code == 403
    assert AgencyLink.objects.count() == 0


def test_links_of_a_sheet_that_moved_are_ended(hillside: Setting, run: Any) -> None:
    service = sheet(hillside, confirmed=confirmed(200), visibility="listed")
    run()
    end_links_of_moved_sheets(timezone.localdate())
    assert AgencyLink.objects.get().ended_at is None
    Service.objects.filter(pk=service.pk).update(steward=None)
    end_links_of_moved_sheets(timezone.localdate())
    assert AgencyLink.objects.get().ended_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_list_to_ring_costs_the_same_for_many(
    hillside: Setting, amara: Membership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        name = f"S{number}"
        sheet(hillside, name=name, confirmed=confirmed(200), email="", website="", postcode="")
        sheet(hillside, name=f"{name} b", confirmed=confirmed(200), email=f"{name}@example.org", website="")
    client = client_of(amara)
    with django_assert_num_queries(15):
        client.get(url("ring_list", hillside))


def test_what_the_agency_said_confirms_the_sheet_once_its_keeper_has_taken_all_of_it(
    hillside: Setting, amara: Membership, run: Any, django_assert_num_queries: Any
) -> None:
    service = sheet(hillside, confirmed=confirmed(200))
    run()
    key = re.findall(r"/confirm/([^/]+)/", str(mail.outbox[0].body))[0]
    answering.change_by_link(key=key, changes={"profile": "Also for parents."})
    answering.answer_by_link(key=key, version=service.version, name="Tom")
    made = service.suggestions.get()
    with django_assert_num_queries(1):
        answering.confirm_what_was_decided(timezone.localdate())
    accept_all(list(made.changes.all()), by=amara)
    close(made, by=amara)
    answering.confirm_what_was_decided(timezone.localdate())
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_by) == (timezone.localdate(), "Tom")
    assert AgencyLink.objects.get().ended_at is not None


def test_whoever_is_told_on_the_telephone_that_a_service_has_ended_is_led_to_take_it_off(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside, confirmed=confirmed(200), email="", website="")
    page = client_of(amara).get(url("ring_list", hillside)).content.decode()
    assert f'href="{url("take_off_service", hillside, service.pk)}"' in page
