"""How the directory is used: for coordinators, by week, without persons."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Opened, ReferralResult, SearchTerm
from directory.use import overview as use
from directory.use.figures import monday
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def this_week() -> date:
    return monday(timezone.localdate())


def term(setting: Setting, words: str, visitors: int, weeks_ago: int = 0) -> None:
    week = this_week() - timedelta(weeks=weeks_ago)
    SearchTerm.objects.create(setting=setting, week=week, term=words, visitors=visitors)


def table(who: Membership, kind: str) -> list[list[str]]:
    response = client_of(who).get(url("export_use", who.setting, kind))
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_page_begins_with_what_will_be_there(amara: Membership) -> None:
    assert "Nothing was counted yet" in words_of(client_of(amara).get(url("use_detail", amara.setting)))


def test_words_are_told_from_five_visitors_up(hillside: Setting, amara: Membership) -> None:
    term(hillside, "juggling", 5)
    term(hillside, "juggling", 6, weeks_ago=1)
    term(hillside, "secret", 4)
    term(hillside, "", 3, weeks_ago=1)
    term(school("riverside"), "theirs", 9)
    shown = words_of(client_of(amara).get(url("use_detail", hillside)))
    assert "juggling" in shown and "secret" not in shown and "theirs" not in shown
    assert "Seven more searches" in shown
    assert table(amara, "searches")[1:] == [["juggling", "11", "2"]]


def test_opened_most_comes_first_and_only_what_is_listed(hillside: Setting, amara: Membership) -> None:
    names = {name: sheet(hillside, name=name) for name in ("Harbour", "Aster", "=Gone")}
    for name, inside, public in (("Harbour", 2, 1), ("Aster", 9, 0), ("=Gone", 50, 0)):
        Opened.objects.create(
            setting=hillside, service=names[name], week=this_week(), inside=inside, public=public
        )
    old = this_week() - timedelta(days=7 * 20)
    Opened.objects.create(setting=hillside, service=names["Harbour"], week=old, inside=99)
    hillside.partnerships.filter(service=names["=Gone"]).update(ended_on=timezone.localdate())
    assert table(amara, "opened")[1:] == [["Aster", "9", "0"], ["Harbour", "2", "1"]]
    (week,) = [row for row in table(amara, "weeks")[1:] if row[1:] != ["0", "0", "0"]]
    assert week[1:] == ["61", "1", "0"]
    page = client_of(amara).get(url("use_detail", hillside) + "?weeks=52")
    assert "160" not in words_of(page) and 'viewBox="0 0 174 46"' in words_of(page)


def test_results_are_told_as_on_the_sheets(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    month = (timezone.localdate().replace(day=1) - timedelta(days=40)).replace(day=1)
    for number in range(9):
        result = "accepted" if number < 6 else "turned_away"
        ReferralResult.objects.create(
            setting=hillside, service=service, month=month, result=result, need="Sleep"
        )
    assert table(amara, "results")[1:] == [["Harbour", "Accepted", "6"]]
    assert "referred for most: sleep" in words_of(client_of(amara).get(url("use_detail", hillside)))


def test_bars_of_a_week_stand_on_each_other() -> None:
    weeks = [use.Week(this_week(), 3, 1, 0), use.Week(this_week(), 0, 0, 0)]
    first, second = use.Bars.of(weeks).bars
    assert first.public[0] + first.public[1] == pytest.approx(first.inside[0], abs=0.01)
    assert (first.total, second.inside[1], second.public[1]) == (4, 0, 0)


def test_only_coordinators_see_it(hillside: Setting) -> None:
    client = client_of(member(hillside, Role.STAFF))
    assert client.get(url("use_detail", hillside)).status_code == 403
    assert client.get(url("export_use", hillside, "weeks")).status_code == 403


def test_unknown_table_is_not_found(amara: Membership) -> None:
    assert client_of(amara).get(url("export_use", amara.setting, "people")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_many_queries_for_one_as_for_three(
    hillside: Setting, amara: Membership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        service = sheet(hillside, name=f"Service {number}")
        Opened.objects.create(setting=hillside, service=service, week=this_week(), inside=1)
        ReferralResult.objects.create(
            setting=hillside, service=service, month=this_week().replace(day=1), result="accepted"
        )
    client = client_of(amara)
    with django_assert_num_queries(11):
        client.get(url("use_detail", hillside))
