"""What the directory adds to the home page, the search, the checklist and the demo."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directory import home
from directory.demo import seed_directory, seed_riverside
from directory.models import ImportBatch, Phone, Rules, Service
from partnerships.access import Role
from partnerships.demo import seed_people
from partnerships.models import Membership, Setting
from partnerships.sectors import Sector
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(confirm_months=3)


def confirmed(days: int) -> Any:
    return (timezone.localdate() - timedelta(days=days), "Tom", "by telephone")


def test_stale_sheets_stand_on_the_coordinators_home_by_the_schools_rule(
    hillside: Setting, amara: Membership
) -> None:
    sheet(hillside, name="Fresh", confirmed=confirmed(80), telephone=[], postcode="")
    sheet(hillside, name="Stale", confirmed=confirmed(100), telephone=[("01632 960 001", "")], postcode="")
    sheet(hillside, name="Never", telephone=[], postcode="")
    (panel,) = home.panels_for(amara)
    assert [service.name for service, _ in panel.context["lines"]] == ["Never", "Stale"]
    shown = words_of(client_of(amara).get(f"/s/{hillside.slug}/"))
    assert "Going stale" in shown
    assert "01632 960 001" in shown
    assert list(home.panels_for(member(hillside, Role.STAFF))) == []


def test_practitioner_is_asked_about_the_own_sheet(hillside: Setting) -> None:
    service = sheet(hillside, confirmed=confirmed(100))
    tom = member(
        hillside,
        Role.PRACTITIONER,
        service=service,
        tie_confirmed_on=timezone.localdate(),
        tie_confirmed_by="A",
    )
    (waiting,) = home.waiting_for(tom)
    assert waiting.title == "Is the sheet of Harbour still right?"
    assert waiting.url == url("confirm_service", hillside, service.pk)


def test_rows_to_check_wait_for_the_coordinator(hillside: Setting, amara: Membership) -> None:
    batch = ImportBatch.objects.create(setting=hillside, file_name="x", state="done", done_at=timezone.now())
    for number in (2, 3):
        batch.rows.create(number=number, problems=[{"field": "postcode", "value": "x", "problem": "y"}])
    other = ImportBatch.objects.create(setting=school("riverside"), file_name="x", state="done")
    other.rows.create(number=2, problems=[{"field": "postcode", "value": "x", "problem": "y"}])
    (waiting,) = home.waiting_for(amara)
    assert waiting.title == "Two rows of your list to check"
    assert waiting.url == url("import_result", hillside, batch.pk)


def test_search_over_everything_finds_services_of_this_school_only(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside, profile="Bereavement support.")
    sheet(school("riverside"), name="Bereavement Zanzibar", visibility="listed")
    (found,) = home.find_services(amara, "bereavement")
    assert (found.title, found.url) == ("Harbour", url("service_detail", hillside, service.pk))


def test_setup_is_done_when_there_is_a_list_and_a_page_for_parents(hillside: Setting) -> None:
    assert [step.done for step in home.setup_steps(hillside)] == [False, False, False]
    sheet(hillside)
    hillside.publishes_directory = True
    Rules.objects.create(setting=hillside)
    assert [step.done for step in home.setup_steps(hillside)] == [True, True, True]


def test_demo_fills_both_schools_and_a_second_time_changes_nothing() -> None:
    seed_people()
    seed_directory()
    seed_riverside()
    before = list(Service.objects.order_by("pk").values_list("pk", "version", "confirmed_on"))
    seed_directory()
    seed_riverside()
    assert list(Service.objects.order_by("pk").values_list("pk", "version", "confirmed_on")) == before
    assert len(before) == 61
    assert set(Service.objects.values_list("sector", flat=True)) == set(Sector.values)
    hillside, riverside = Setting.objects.get(slug="hillside"), Setting.objects.get(slug="riverside")
    ours, theirs = set(Service.visible_to(hillside)), set(Service.visible_to(riverside))
    assert len(ours) >= 48
    assert len(ours & theirs) >= 12
    assert theirs - ours
    assert {service.visibility for service in ours} == set(Service.Visibility.values)


def test_demo_has_somebody_in_school_each_weekday_and_only_invented_numbers() -> None:
    seed_people()
    seed_directory()
    days = Setting.objects.get(slug="hillside").partnerships.exclude(days=[]).values_list("days", flat=True)
    assert {day for each in days for day in each} == {"MO", "TU", "WE", "TH", "FR"}
    for number in Phone.objects.values_list("number", flat=True):
        assert number.startswith(("01632 960", "0161 496 0", "07700 900")), number
