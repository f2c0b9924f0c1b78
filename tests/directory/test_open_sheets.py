"""The list of what is open to other systems, which triggers keep, says what the rule itself says, whatever happens."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from directory import tasks
from directory.models import Agency, OpenSheet, Rules, Service
from partnerships.models import Partnership, Setting
from tests.directory.kit import school, sheet
from tests.factories import PartnershipFactory

pytestmark = pytest.mark.django_db
ROOT = "/api/oruk/3.0"


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


@pytest.fixture
def harbour(hillside: Setting) -> Service:
    service = sheet(hillside, visibility="public")
    assert is_open()
    return service


def is_open() -> bool:
    """By the list, and by the rule, which have to agree."""
    listed = set(OpenSheet.today().values_list("service_id", flat=True))
    assert listed == set(Service.published().values_list("pk", flat=True))
    return bool(listed)


def list_wrongly(service: Service) -> None:
    """As it is left when two write at once."""
    names = {"sort_name": service.sort_name, "agency_sort_name": service.agency.sort_name}
    OpenSheet.objects.create(service=service, agency=service.agency, until=date(9999, 12, 31), **names)


def confirm(days_ago: int) -> int:
    day = timezone.localdate() - timedelta(days=days_ago)
    return Service.objects.update(confirmed_on=day, confirmed_by="Rosa Finch")


def rules(**values: object) -> object:
    return Rules.objects.update_or_create(setting=Setting.objects.get(slug="hillside"), defaults=values)


def end(days: int) -> int:
    return Partnership.objects.update(ended_on=timezone.localdate() + timedelta(days=days))


CLOSES: dict[str, Callable[[], object]] = {
    "the school stops publishing": lambda: Setting.objects.update(publishes_directory=False),
    "the sheet is shared with schools only": lambda: Service.objects.update(visibility="listed"),
    "the sheet is taken off": lambda: Service.objects.update(retired_at=timezone.now()),
    "the partnership ends today": lambda: end(0),
    "the partnership is deleted": lambda: Partnership.objects.all().delete(),
    "nobody has confirmed it for long": lambda: confirm(400),
    "nobody ever confirmed it": lambda: Service.objects.update(
        created_at=timezone.now() - timedelta(days=400), confirmed_on=None, confirmed_by=""
    ),
    "the school is stricter": lambda: (confirm(100), rules(stale_months=3)),
}
KEEPS: dict[str, Callable[[], object]] = {
    "another name": lambda: Service.objects.update(name="Anchor"),
    "the partnership ends tomorrow": lambda: end(1),
    "the school shows old sheets too": lambda: (confirm(4000), rules(hides_stale=False)),
    "the school waits longer": lambda: (confirm(400), rules(stale_months=36)),
    "confirmed again": lambda: (confirm(400), confirm(0)),
    "its organisation has another name": lambda: Agency.objects.update(name="Zebra Trust"),
    "another organisation offers it": lambda: Service.objects.update(
        agency=Agency.objects.create(name="Anchor Trust")
    ),
}


@pytest.mark.parametrize("happens", CLOSES)
def test_sheet_closes_when(harbour: Service, happens: str) -> None:
    CLOSES[happens]()
    assert not is_open()


@pytest.mark.parametrize("happens", KEEPS)
def test_sheet_stays_open_when(harbour: Service, happens: str) -> None:
    KEEPS[happens]()
    assert is_open()
    line, service = OpenSheet.objects.get(), Service.objects.get()
    assert line.sort_name == service.sort_name
    assert (line.agency, line.agency_sort_name) == (service.agency, service.agency.sort_name)


def test_sheet_stays_open_as_long_as_any_school_shows_it(harbour: Service, hillside: Setting) -> None:
    other = school("riverside", publishes_directory=True)
    rules(stale_months=3)
    confirm(100)
    assert not is_open()
    PartnershipFactory(setting=other, service=harbour)
    assert is_open()
    hillside.partnerships.all().delete()
    assert is_open()
    Setting.objects.filter(pk=other.pk).update(publishes_directory=False)
    assert not is_open()


def test_sheet_opens_again(harbour: Service) -> None:
    for close, again in (
        (lambda: end(0), lambda: Partnership.objects.update(ended_on=None)),
        (
            lambda: Setting.objects.update(publishes_directory=False),
            lambda: Setting.objects.update(publishes_directory=True),
        ),
        (lambda: (confirm(100), rules(stale_months=3)), lambda: Rules.objects.all().delete()),
    ):
        close()
        assert not is_open()
        again()
        assert is_open()


def test_list_is_put_right_once_a_day(harbour: Service, hillside: Setting) -> None:
    """As two writers leave it who did not see each other."""
    hidden = sheet(hillside, name="Hidden")
    for is_right in (True, False):
        OpenSheet.objects.all().delete()
        list_wrongly(hidden)
        tasks.renew_open_sheets(timezone.localdate())
        known = set(OpenSheet.objects.values_list("service_id", flat=True))
        assert (known == {harbour.pk}) is is_right


def test_last_day_of_a_rule_in_months_is_counted_as_the_rule_counts() -> None:
    """Three years of days and several rules: open on the last day, and not on the next."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT day::date, months FROM generate_series(date '2023-01-01', '2026-01-01', '1 day') day,
                unnest(ARRAY[1, 3, 6, 12, 25]) months, LATERAL directory_last_day(day::date, months) last
            WHERE (last - make_interval(months => months))::date > day::date
                OR (last + 1 - make_interval(months => months))::date <= day::date
            """
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT directory_last_day('2024-02-29', 12), directory_last_day('2025-02-28', 1)")
        assert cursor.fetchone() == (date(2025, 2, 28), date(2025, 3, 31))


@pytest.mark.parametrize(
    "path",
    [
        *("services", "services?full=true", "services?minimal=true", "services?minimum_age=1"),
        *("service_at_locations", "organizations", "organizations?full=true"),
    ],
)
def test_what_the_list_says_too_much_is_not_sent(client: Client, hillside: Setting, path: str) -> None:
    """Two writers at once may leave a line too many: what is sent is asked of the rule itself."""
    secret = sheet(hillside, name="Secret", min_age=5)
    list_wrongly(secret)
    found = client.get(f"{ROOT}/{path}").json()
    assert found["total_items"] == 1
    assert found["contents"] == []
    assert str(secret.pk) not in str(found)
