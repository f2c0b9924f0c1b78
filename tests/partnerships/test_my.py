"""My schools: what all of them ask in one place, one calendar, and one mail on Monday."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from directory.models import Service, Suggestion
from directory.notices import say
from partnerships import calendar, weekly
from partnerships.access import Role
from partnerships.mail import MailNotSent
from partnerships.models import Membership, Setting, User
from partnerships.registry import Dated
from partnerships.weekly import send_weekly_mails
from tests.factories import MembershipFactory, PartnershipFactory, ServiceFactory, SettingFactory
from tests.partnerships.kit import client_of, words_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def next_monday() -> date:
    """Of next week."""
    return TODAY() + timedelta(days=7 - TODAY().weekday())


EVERY_DAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@pytest.fixture
def service() -> Service:
    made: Service = ServiceFactory(name="School nurses", steward=SettingFactory(name="Ashgrove School"))
    return made


def works_at(name: str, service: Service, user: User | None = None, **partnership: Any) -> Membership:
    setting = SettingFactory(name=name, slug=name.split()[0].lower())
    PartnershipFactory(setting=setting, service=service, **partnership)
    fields = {"user": user} if user else {}
    made: Membership = MembershipFactory(
        setting=setting,
        roles=[Role.PRACTITIONER.value],
        service=service,
        tie_confirmed_on=TODAY(),
        tie_confirmed_by="Amara",
        **fields,
    )
    return made


@pytest.fixture
def priya(service: Service) -> Membership:
    """In school each day at Hillside, on no day at Riverside."""
    first = works_at("Hillside School", service, days=EVERY_DAY, times="9.00 to 12.00", room="Medical room")
    works_at("Riverside School", service, first.user)
    return first


def act(membership: Membership, text: str, due_on: date) -> None:
    membership.setting.actions.create(text=text, owner=membership, due_on=due_on, created_by=membership)


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    def work(today: date) -> list[Any]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            send_weekly_mails(today)
        return mail.outbox[before:]

    return work


def test_page_shows_what_all_schools_ask_and_one_calendar(priya: Membership) -> None:
    other = priya.user.memberships.exclude(pk=priya.pk).get()
    act(other, "Ring the housing officer", TODAY() - timedelta(days=3))
    act(priya, "Bring the leaflets", TODAY() + timedelta(days=3))
    page = words_of(client_of(priya).get("/my/"))
    for words in ("Ring the housing officer", "Riverside School", "Bring the leaflets", "At Hillside School"):
        assert words in page
    assert "9.00 to 12.00" in page
    assert "Medical room" in page


def test_calendar_leaves_out_days_away_and_other_peoples_days(priya: Membership, service: Service) -> None:
    days = calendar.days_from(TODAY(), 3)
    assert [each.day for each in calendar.days_in_school(priya, days)] == days
    say(service=service, kind="away", ends_on=days[1], said_by="Priya", setting=priya.setting)
    assert [each.day for each in calendar.days_in_school(priya, days)] == [days[2]]
    priya.tie_confirmed_on = None
    assert list(calendar.days_in_school(priya, days)) == []


def test_calendar_has_the_own_days_once_reception_knows_who_is_who(
    priya: Membership, service: Service
) -> None:
    partnership = priya.setting.partnerships.get(service=service)
    partnership.visitors.create(name="Tom", times="13.00 to 14.00")
    days = calendar.days_from(TODAY(), 7)
    assert len(list(calendar.days_in_school(priya, days))) == 7
    partnership.visitors.create(name="Priya", membership=priya, days=["MO"], times="9.00 to 10.00")
    (only,) = calendar.days_in_school(priya, days)
    assert (only.day, only.times) == (next_monday() if TODAY().weekday() else TODAY(), "9.00 to 10.00")


def test_calendar_is_a_file_that_other_programs_read(priya: Membership) -> None:
    act(priya, "Ring, write; visit\rURL:x", TODAY() + timedelta(days=2))
    response = client_of(priya).get("/my/calendar/")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == calendar.FILE_DAYS + 1
    assert "SUMMARY:Ring\\, write\\; visit\\nURL:x" in lines
    assert "\r" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)


def test_times_become_utc_and_words_a_whole_day() -> None:
    setting = Setting(name="Hillside School", slug="hillside")
    summer = Dated(date(2026, 7, 3), "At Hillside", times="9.00 to 12.30")
    words = Dated(date(2026, 7, 4), "At Hillside", times="mornings")
    file = calendar.as_file([calendar.Entry(setting, each) for each in (summer, words)])
    assert "DTSTART:20260703T080000Z\r\nDTEND:20260703T113000Z" in file
    assert "DTSTART;VALUE=DATE:20260704\r\nDTEND;VALUE=DATE:20260705" in file


def test_one_mail_on_monday_about_all_schools(priya: Membership, run: Any) -> None:
    other = priya.user.memberships.exclude(pk=priya.pk).get()
    act(other, "Ring the housing officer", TODAY() - timedelta(days=3))
    assert [len(run(next_monday() + timedelta(days=day))) for day in range(1, 7)] == [0] * 6
    (message,) = run(next_monday())
    assert message.to == [priya.user.email]
    assert "Riverside School: " in message.body
    assert "Ring the housing officer" in message.body
    assert "At Hillside School, 9.00 to 12.00, Medical room" in message.body
    assert run(next_monday()) == []
    assert len(run(next_monday() + timedelta(days=7))) == 1


def test_no_mail_when_there_is_nothing(service: Service, run: Any) -> None:
    works_at("Riverside School", service)
    Service.objects.update(confirmed_on=TODAY(), confirmed_by="Tom")
    governor = MembershipFactory(roles=[Role.GOVERNOR.value])
    messages = run(next_monday())
    assert governor.user.email not in [message.to[0] for message in messages]


def test_mail_can_be_switched_off_and_on(priya: Membership, run: Any) -> None:
    client = client_of(priya)
    assert "no more mails on Monday" in words_of(client.post("/my/weekly/", follow=True))
    assert run(next_monday()) == []
    client.post("/my/weekly/", {"weekly": "on"})
    assert len(run(next_monday())) == 1


def test_whoever_left_gets_no_mail(priya: Membership, run: Any) -> None:
    priya.user.memberships.update(left_on=TODAY())
    assert run(next_monday()) == []


def test_mail_that_could_not_be_sent_is_tried_again(
    priya: Membership, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(messages: Any) -> None:
        raise MailNotSent

    with monkeypatch.context() as patch:
        patch.setattr(weekly, "post", refuse)
        assert run(next_monday()) == []
    assert len(run(next_monday())) == 1


def test_word_back_on_a_suggestion_stands_on_the_page(priya: Membership, service: Service) -> None:
    Suggestion.objects.create(
        service=service,
        source="staff",
        membership=priya,
        reply="Thank you, we rang them.",
        closed_at=timezone.now(),
    )
    page = words_of(client_of(priya).get("/my/"))
    assert "What you said about School nurses" in page
    assert "Thank you, we rang them." in page
