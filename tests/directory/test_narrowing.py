"""Narrowing the list down: what the groups mean, and what their counts say."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from directory import search
from directory.models import Notice, Rules, Service
from directory.sheet.opening import Clock
from partnerships.models import Membership, Setting
from tests.directory.kit import sheet, url
from tests.partnerships.kit import client_of, words_of

pytestmark = pytest.mark.django_db
BARE: dict[str, Any] = {"telephone": [], "postcode": "", "address_1": "", "website": ""}


def add(setting: Setting, name: str, **values: Any) -> Service:
    return sheet(setting, **{**BARE, "name": name, **values})


def find(setting: Setting, query: str) -> search.Found:
    return search.find(setting, search.Filter.from_query(QueryDict(query)))


def names(setting: Setting, query: str) -> list[str]:
    found = find(setting, query)
    return [service.name for service in search.in_order(Service.objects.all(), found.pks)]


def counts(setting: Setting, query: str, facet: str) -> dict[str, int]:
    groups = {group.facet.name: group for group in find(setting, query).groups}
    return {option.value: option.count for option in groups[facet].options}


@pytest.mark.parametrize(
    ("values", "hit", "miss"),
    [
        ({"sector": "health"}, "sector=health", "sector=housing"),
        ({"offers": ["group"]}, "offer=group", "offer=outreach"),
        ({"levels": ["targeted"]}, "level=targeted&level=universal", "level=universal"),
        ({"min_age": 4, "max_age": 11}, "age=5", "age=16"),
        ({"min_age": 11}, "age=19", "age=5"),
        ({}, "age=unsaid", "age=5"),
        ({"need_areas": ["semh"]}, "need=semh", "need=physical"),
        ({"referrers": ["family", "gp"]}, "refer=gp", "refer=school"),
        ({"capacity": "open"}, "take=open", "take=full"),
        ({"capacity": "open"}, "wait=2", "wait=longer"),
        ({"capacity": "waiting", "waiting_weeks": 3}, "wait=4", "wait=2"),
        ({"capacity": "waiting", "waiting_weeks": 30}, "wait=longer", "wait=12"),
        ({"cost": "free"}, "cost=free", "cost=paid"),
        ({"languages": ["pl"]}, "language=pl", "language=ur"),
        ({"postcode": "WX4 2QL", "access": ["lift"]}, "access=lift", "access=loop"),
        ({"here_days": ["TU"]}, "day=TU", "day=MO"),
        ({"opening_times": "Monday, 9am to 11am; Saturday, 6pm to 8pm"}, "open=SA", "open=SU"),
        (
            {"opening_times": "Monday, 9am to 11am; Saturday, 6pm to 8pm"},
            "open=SA&at=evening",
            "open=MO&at=evening",
        ),
        ({}, "due=1", "due=0"),
    ],
)
def test_each_group_keeps_what_fits_it(
    hillside: Setting, values: dict[str, Any], hit: str, miss: str
) -> None:
    add(hillside, "Harbour", **values)
    add(
        hillside,
        "Other",
        sector="police",
        levels=["universal"],
        capacity="full",
        cost="paid",
        languages=["ur"],
    )
    assert "Harbour" in names(hillside, hit)
    assert "Harbour" not in names(hillside, miss)


def test_groups_are_joined_by_and_and_ticks_within_one_by_or(hillside: Setting) -> None:
    add(hillside, "A", sector="health", cost="free")
    add(hillside, "B", sector="housing", cost="free")
    add(hillside, "C", sector="health", cost="paid")
    assert names(hillside, "sector=health&sector=housing&cost=free") == ["A", "B"]


def test_counts_of_a_group_are_under_the_choices_of_the_others(hillside: Setting) -> None:
    add(hillside, "A", sector="health", cost="free")
    add(hillside, "B", sector="housing", cost="free")
    add(hillside, "C", sector="health", cost="paid")
    query = "sector=health&cost=free"
    assert counts(hillside, query, "sector") == {"health": 1, "housing": 1}
    assert counts(hillside, query, "cost") == {"free": 1, "paid": 1}


def test_counts_of_day_and_time_are_of_the_same_opening(hillside: Setting) -> None:
    add(hillside, "A", opening_times="Monday, 9am to 11am; Tuesday, 6pm to 8pm")
    assert names(hillside, "open=MO&at=evening") == []
    assert counts(hillside, "open=MO&at=evening", "open") == {"MO": 0, "TU": 1}
    assert counts(hillside, "open=MO&at=evening", "at") == {"morning": 1, "evening": 0}


def test_notice_counts_for_as_long_as_it_holds(hillside: Setting) -> None:
    service, today = add(hillside, "Harbour", capacity="open"), timezone.localdate()
    notice = Notice.objects.create(service=service, kind="full", said_by="Tom", ends_on=today)
    assert names(hillside, "take=open") == []
    notice.starts_on, notice.ends_on = today - timedelta(days=9), today - timedelta(days=1)
    notice.save()
    assert names(hillside, "take=open") == ["Harbour"]


def test_waiting_time_that_nobody_said_lately_is_not_known(hillside: Setting) -> None:
    old = timezone.localdate() - timedelta(days=120)
    add(hillside, "Harbour", capacity="waiting", waiting_weeks=2, waiting_on=old)
    assert names(hillside, "wait=2") == []
    assert names(hillside, "wait=unsaid") == ["Harbour"]


def test_waiting_time_of_a_new_sheet_is_as_old_as_the_sheet(hillside: Setting) -> None:
    harbour = add(
        hillside, "Harbour", capacity="waiting", waiting_weeks=2, waiting_on=None, confirmed_on=None
    )
    assert names(hillside, "wait=2") == ["Harbour"]
    Service.objects.filter(pk=harbour.pk).update(created_at=timezone.now() - timedelta(days=120))
    assert names(hillside, "wait=2") == []
    assert names(hillside, "wait=unsaid") == ["Harbour"]


def test_levels_are_in_the_words_of_the_area_with_its_document(hillside: Setting, amara: Membership) -> None:
    add(hillside, "Harbour", levels=["early_help"])
    link = "https://www.wexshire.example.org/levels"
    Rules.objects.create(
        setting=hillside,
        level_words={"early_help": "Level 2"},
        threshold_link=link,
        threshold_name="Wexshire levels",
    )
    shown = words_of(client_of(amara).get(url("service_list", hillside)))
    assert "Level 2" in shown
    assert f'href="{link}"' in shown


def test_outcomes_are_those_of_the_school_and_of_its_partnerships(hillside: Setting) -> None:
    service = add(hillside, "Harbour")
    service.partnerships.update(outcomes=["Be safe"])
    assert names(hillside, "outcome=Be+safe") == ["Harbour"]
    assert counts(hillside, "", "outcome") == {"Be safe": 1}


def test_address_bar_holds_the_whole_search(hillside: Setting) -> None:
    add(hillside, "Harbour", sector="health", cost="free")
    asked = find(hillside, "q=har&sector=health&cost=free&sort=soonest&near=WX4+2QL").asked
    assert search.Filter.from_query(QueryDict(asked.query())) == asked
    assert asked.without("cost", "free").query() == "q=har&near=WX4+2QL&sector=health&sort=soonest"


def test_what_is_chosen_can_be_taken_off_one_by_one(hillside: Setting, amara: Membership) -> None:
    add(hillside, "Harbour", sector="health", cost="free")
    shown = words_of(client_of(amara).get(url("service_list", hillside) + "?sector=health&cost=free"))
    assert 'href="?cost=free"' in shown
    assert 'href="?sector=health"' in shown


def test_soonest_puts_those_first_who_can_take_someone(hillside: Setting) -> None:
    add(hillside, "A", capacity="full")
    add(hillside, "B", capacity="waiting", waiting_weeks=9)
    add(hillside, "C", capacity="waiting", waiting_weeks=2)
    add(hillside, "D", capacity="open")
    assert names(hillside, "sort=soonest") == ["D", "C", "B", "A"]


def test_school_itself_comes_first_when_somebody_looks_for_help(hillside: Setting, amara: Membership) -> None:
    add(hillside, "Bereavement Trust", sector="voluntary")
    add(hillside, "The Quiet Room", agency=hillside.name, sector="education", topics=["bereavement"])
    add(hillside, "Educational Psychology", agency="The council", sector="education")
    response = client_of(amara).get(url("service_list", hillside) + "?q=bereavement")
    assert [line.service.name for line in response.context["own"]] == ["The Quiet Room"]
    assert [line.service.name for line in response.context["lines"]] == ["Bereavement Trust"]
    assert "Two ways to help with “bereavement”" in words_of(response)


def test_line_says_how_to_refer_and_when_it_is_open(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = Clock(timezone.make_aware(datetime(2026, 3, 2, 10)), lambda day: None)
    monkeypatch.setattr(Clock, "of", lambda school: morning)
    add(
        hillside,
        "Harbour",
        referral="Talk with the family.\nRing us.",
        referrers=["family", "school"],
        opening_times="Monday, 9am to 5pm",
        here_days=["MO"],
        here_contact_name="Beth Adair",
    )
    shown = words_of(client_of(amara).get(url("service_list", hillside)))
    for words in (
        "Family or school refers",
        "Talk with the family.",
        "Open now, until 5pm",
        "Beth Adair",
    ):
        assert words in shown


def test_nothing_found_says_what_to_try(hillside: Setting, amara: Membership) -> None:
    add(hillside, "Harbour", sector="health")
    add(hillside, "Police", sector="police", cost="free")
    client = client_of(amara)
    shown = words_of(client.get(url("service_list", hillside) + "?q=zebra"))
    assert "Nothing yet for “zebra”" in shown
    assert url("add_service", hillside) + "?name=zebra" in shown
    shown = words_of(client.get(url("service_list", hillside) + "?q=harbour&cost=free"))
    assert "Without what is ticked there is" in shown
    shown = words_of(client.get(url("service_list", hillside) + "?q=harbuor"))
    assert "This is for “harbour”" in shown
