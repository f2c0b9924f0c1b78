"""Did it work? One tap, counted without a person; told in steps of five; the service answers."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from directory.models import ReferralResult, Service, ServiceAnswer
from directory.use import referrals
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 24)


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    return sheet(hillside)


@pytest.fixture
def amara(hillside: Setting) -> Membership:
    return member(hillside, Role.STAFF, name="Amara Oduya")


def key_on(page: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def tell(who: Membership, service: Service, result: str, key: str = "", **extra: Any) -> Any:
    client = client_of(who)
    key = key or key_on(client.get(url("service_detail", who.setting, service.pk)))
    return client.post(url("tell_result", who.setting, service.pk), {"result": result, "key": key}, **extra)


def many(
    service: Service, setting: Setting, month: date, count: int, result: str = "accepted", **more: Any
) -> None:
    rows = [
        ReferralResult(service=service, setting=setting, month=month, result=result, **more)
        for _ in range(count)
    ]
    ReferralResult.objects.bulk_create(rows)


def test_one_tap_counts_a_month_and_more_can_be_said(harbour: Service, amara: Membership) -> None:
    page = tell(amara, harbour, "turned_away", follow=True)
    assert "Counted: turned away" in words_of(page)
    data = {"token": page.context["token"], "need": "Sleep", "reason": "full"}
    client_of(amara).post(url("say_about_result", amara.setting, harbour.pk), data)
    row = ReferralResult.objects.get()
    assert (row.result, row.need, row.reason, row.month.day) == ("turned_away", "Sleep", "full", 1)


def test_result_can_be_undone_by_its_token_alone(harbour: Service, amara: Membership) -> None:
    token = tell(amara, harbour, "accepted", follow=True).context["token"]
    address = url("undo_result", amara.setting, harbour.pk)
    client = client_of(amara)
    assert "too late" in words_of(client.post(address, {"token": token[:-1]}, follow=True))
    assert ReferralResult.objects.count() == 1
    client.post(address, {"token": token})
    assert not ReferralResult.objects.exists()
    assert "too late" in words_of(client.post(address, {"token": token}, follow=True))


def test_second_tap_on_the_same_page_corrects_the_first(harbour: Service, amara: Membership) -> None:
    key = referrals.new_form_key(amara.setting, harbour)
    for result in ("accepted", "accepted", "waiting"):
        tell(amara, harbour, result, key=key)
    assert [row.result for row in ReferralResult.objects.all()] == ["waiting"]


@pytest.mark.parametrize(("result", "key"), [("maybe", ""), ("accepted", "altered")])
def test_what_is_altered_is_not_counted(harbour: Service, amara: Membership, result: str, key: str) -> None:
    assert tell(amara, harbour, result, key=key).status_code == 302
    assert not ReferralResult.objects.exists()


def test_nothing_in_the_database_names_who_told(harbour: Service, amara: Membership) -> None:
    client = client_of(amara)
    key = key_on(client.get(url("service_detail", amara.setting, harbour.pk)))
    before = Session.objects.get().session_data
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context")
        contexts = cursor.fetchone()
        client.post(url("tell_result", amara.setting, harbour.pk), {"result": "accepted", "key": key})
        cursor.execute("SELECT count(*) FROM pghistory_context")
        assert cursor.fetchone() == contexts
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ILIKE '%referralresult%'"
        )
        assert cursor.fetchall() == [("directory_referralresult",)]
    assert Session.objects.get().session_data == before
    names = {field.name for field in ReferralResult._meta.get_fields()}
    assert names == {"id", "setting", "service", "need", "month", "result", "reason"}


def test_people_of_the_service_and_governors_do_not_tell(harbour: Service, hillside: Setting) -> None:
    own = member(hillside, Role.PRACTITIONER, service=harbour, tie_confirmed_on=NOVEMBER)
    for who in (own, member(hillside, Role.GOVERNOR)):
        page = client_of(who).get(url("service_detail", hillside, harbour.pk))
        assert "I referred somebody" not in words_of(page)
        key = referrals.new_form_key(hillside, harbour)
        assert tell(who, harbour, "accepted", key=key).status_code == 403


def test_nothing_is_counted_of_a_refuge(hillside: Setting, amara: Membership) -> None:
    refuge = sheet(hillside, name="Aster", withheld="refuge", council="Wexshire")
    page = client_of(amara).get(url("service_detail", hillside, refuge.pk))
    assert "I referred somebody" not in words_of(page)


def test_figures_grow_in_steps_of_five(harbour: Service, hillside: Setting) -> None:
    many(harbour, hillside, date(2026, 9, 1), 4)
    assert referrals.figures_of(harbour, hillside, today=NOVEMBER).is_empty
    many(harbour, school("riverside"), date(2026, 10, 1), 2)
    many(harbour, hillside, date(2026, 10, 1), 4, "turned_away", reason="full")
    assert referrals.figures_of(harbour, hillside, today=NOVEMBER).results == [("Accepted", 6)]
    many(harbour, hillside, date(2026, 11, 1), 9)
    december = referrals.figures_of(harbour, hillside, today=date(2026, 12, 20))
    assert (december.results, december.reasons) == ([("Accepted", 15)], [])


@pytest.mark.parametrize("later", [1, 2, 3, 4])
def test_no_two_months_differ_by_fewer_than_five(harbour: Service, hillside: Setting, later: int) -> None:
    many(harbour, hillside, date(2026, 9, 1), 7)
    before = referrals.figures_of(harbour, hillside, today=date(2026, 10, 20))
    many(harbour, hillside, date(2026, 10, 1), later)
    after = referrals.figures_of(harbour, hillside, today=NOVEMBER)
    assert before.results == after.results == [("Accepted", 7)]


def test_service_sees_a_month_a_week_before_the_schools(harbour: Service, hillside: Setting) -> None:
    many(harbour, hillside, date(2026, 10, 1), 5)
    early = date(2026, 11, 7)
    assert referrals.figures_of(harbour, hillside, today=early).is_empty
    assert not referrals.figures_of(harbour, hillside, today=early, is_own=True).is_empty
    assert not referrals.figures_of(harbour, hillside, today=date(2026, 11, 8)).is_empty


def test_service_answers_beside_the_figures(harbour: Service, hillside: Setting, amara: Membership) -> None:
    tom = member(hillside, Role.PRACTITIONER, name="Tom Whitlock", service=harbour, tie_confirmed_on=NOVEMBER)
    client_of(tom).post(
        url("answer_figures", hillside, harbour.pk), {"words": "We have a second worker now."}
    )
    assert ServiceAnswer.objects.get().said_by == "Tom Whitlock, Harbour"
    said = words_of(client_of(amara).get(url("service_detail", hillside, harbour.pk)))
    assert "We have a second worker now." in said and "Tom Whitlock, Harbour" in said
    assert client_of(amara).get(url("answer_figures", hillside, harbour.pk)).status_code == 403


def test_needs_are_named_from_five_up_and_without_numbers(harbour: Service, hillside: Setting) -> None:
    many(harbour, hillside, date(2026, 10, 1), 5, need="Sleep")
    many(harbour, hillside, date(2026, 10, 1), 4, need="Anxiety")
    assert referrals.needs_of(hillside, NOVEMBER) == ["Sleep"]
