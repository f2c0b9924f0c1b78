"""The directory's list: finding, narrowing down, sorting, pages, the spreadsheet of what is filtered."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.factories import PartnershipFactory
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def page(who: Membership, query: str = "") -> str:
    return words_of(client_of(who).get(url("service_list", who.setting) + query))


def names(who: Membership, query: str = "") -> list[str]:
    response = client_of(who).get(url("service_list", who.setting) + query)
    return [line.service.name for line in response.context["lines"]]


def days_ago(days: int) -> Any:
    return (timezone.localdate() - timedelta(days=days), "Tom", "by telephone")


@pytest.mark.parametrize("count", [1, 3, 20])
def test_list_asks_as_many_queries_for_one_as_for_twenty(
    hillside: Setting, amara: Membership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        sheet(hillside, name=f"Service {number}", here_days=["MO"], postcode="")
    client = client_of(amara)
    with django_assert_num_queries(10):
        response = client.get(url("service_list", hillside))
    assert len(response.context["lines"]) == count


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", ["Harbour: bereavement"]),
        ("HARBOUR bereav", ["Harbour: bereavement"]),
        ("bearevment", ["Harbour: bereavement"]),
        ("bearevement haarbour", ["Harbour: bereavement"]),
        ("elan", ["Café Élan"]),
        ("quay trust", ["Harbour: bereavement"]),
        ("biscuits", ["Café Élan"]),
        ("100%", []),
        ("zebra", []),
    ],
)
def test_service_is_found_by_name_agency_and_profile(
    hillside: Setting, amara: Membership, words: str, found: list[str]
) -> None:
    sheet(hillside, name="Harbour: bereavement", agency="Quay Trust", profile="Grief.", postcode="")
    sheet(hillside, name="Café Élan", agency="Élan", profile="Biscuits and talk.", telephone=[], postcode="")
    assert names(amara, f"?q={words.replace('%', '%25')}") == found


def test_word_in_the_name_comes_before_one_in_the_profile(hillside: Setting, amara: Membership) -> None:
    sheet(hillside, name="Advice Centre", profile="Also money.", postcode="")
    sheet(hillside, name="Money Wise", profile="", telephone=[], postcode="")
    assert names(amara, "?q=money") == ["Money Wise", "Advice Centre"]


def test_list_is_narrowed_by_sector_capacity_day_and_freshness(hillside: Setting, amara: Membership) -> None:
    base: dict[str, Any] = {"postcode": "", "telephone": []}
    sheet(hillside, name="A", sector="health", capacity="open", confirmed=days_ago(5), **base)
    sheet(
        hillside,
        name="B",
        sector="housing",
        capacity="full",
        here_days=["TU"],
        confirmed=days_ago(300),
        **base,
    )
    sheet(hillside, name="C", sector="health", capacity="full", confirmed=days_ago(5), **base)
    assert names(amara, "?sector=health") == ["A", "C"]
    assert names(amara, "?sector=health&sector=housing&take=full") == ["B", "C"]
    assert names(amara, "?day=TU") == ["B"]
    assert names(amara, "?due=1") == ["B"]
    assert names(amara, "?sector=nonsense&take=nonsense&day=XX&page=9&sort=x") == ["A", "B", "C"]


def test_list_is_sorted_by_name_or_by_the_longest_not_confirmed(hillside: Setting, amara: Membership) -> None:
    base: dict[str, Any] = {"postcode": "", "telephone": []}
    sheet(hillside, name="Zebra", confirmed=days_ago(300), **base)
    sheet(hillside, name="Élan", confirmed=days_ago(5), **base)
    sheet(hillside, name="Ferry", **base)
    assert names(amara) == ["Élan", "Ferry", "Zebra"]
    assert names(amara, "?sort=confirmed") == ["Ferry", "Zebra", "Élan"]


def test_line_says_who_can_take_whom_and_when_they_come(hillside: Setting, amara: Membership) -> None:
    sheet(
        hillside,
        capacity="waiting",
        waiting_time="about 6 weeks",
        here_days=["MO", "TH"],
        here_times="9 to 12",
    )
    shown = page(amara)
    for words in (
        "Waiting: about 6 weeks",
        "Here on Monday, Thursday, 9 to 12",
        "01632 960 318",
        "Not confirmed yet",
    ):
        assert words in shown


def test_facets_count_the_whole_directory(hillside: Setting, amara: Membership) -> None:
    for number in range(3):
        sheet(hillside, name=f"H{number}", sector="health", postcode="", telephone=[])
    sheet(hillside, name="X", sector="police", postcode="", telephone=[])
    response = client_of(amara).get(url("service_list", hillside) + "?sector=police")
    groups = {group.facet.name: group for group in response.context["found"].groups}
    counts = {option.value: option.count for option in groups["sector"].options}
    assert counts == {"health": 3, "police": 1}


def test_long_list_has_pages_that_keep_the_filter(hillside: Setting, amara: Membership) -> None:
    for number in range(22):
        PartnershipFactory(setting=hillside, service__name=f"Club {number:02}")
    assert names(amara, "?q=club&page=2") == ["Club 20", "Club 21"]
    assert "?q=club&amp;page=2" in page(amara, "?q=club")


def test_typing_gets_the_very_part_that_the_page_includes(hillside: Setting, amara: Membership) -> None:
    sheet(hillside)
    headers = {"HX-Request": "true", "HX-Target": "found"}
    part = client_of(amara).get(url("service_list", hillside) + "?q=har", headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="found"')
    assert "<html" not in part
    assert "Harbour" in part


def test_empty_directory_offers_the_first_steps_to_a_coordinator_only(
    hillside: Setting, amara: Membership
) -> None:
    shown = page(amara)
    assert url("import_start", hillside) in shown
    assert url("add_service", hillside) in shown
    shown = page(member(hillside, Role.GOVERNOR))
    assert url("import_start", hillside) not in shown
    assert "A coordinator of Hillside School does that" in shown


def test_markup_in_a_sheet_is_text(hillside: Setting, amara: Membership) -> None:
    sheet(hillside, name="<script>alert(1)</script>", profile="<img src=x onerror=alert(1)>")
    shown = page(amara, "?q=<script>")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_spreadsheet_holds_what_is_filtered(hillside: Setting, amara: Membership) -> None:
    sheet(hillside, name="Harbour", here_notes="Slow")
    sheet(hillside, name="Kite", telephone=[], postcode="")
    sheet(school("riverside"), name="Harbour Zanzibar")
    response = client_of(amara).get(url("export_csv", hillside) + "?q=harbour")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    found = [(row["Name of organisation or service"], row["Notes that only we see"]) for row in rows]
    assert found == [("Harbour", "Slow")]
    assert "attachment" in response["Content-Disposition"]
    staff = client_of(member(hillside, Role.STAFF)).get(url("export_csv", hillside)).content.decode()
    assert "Notes that only we see" not in staff
    assert "Slow" not in staff


def test_ended_retired_and_foreign_services_are_not_in_the_list(hillside: Setting, amara: Membership) -> None:
    ended, retired = (
        sheet(hillside, name="Ended", postcode=""),
        sheet(hillside, name="Retired", telephone=[], postcode=""),
    )
    ended.partnerships.update(ended_on=timezone.localdate())
    Service.objects.filter(pk=retired.pk).update(retired_at=timezone.now())
    sheet(school("riverside"), name="Zanzibar")
    assert names(amara) == []
