"""How far a sheet can be trusted: by the setting's rules, everywhere in the same words."""

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from directory.freshness import State, freshness_of, state_of, waiting_words
from directory.models import Rules, Service
from directory.public.publishing import published_by
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


def confirmed(**ago: int) -> Any:
    return (timezone.localdate() - relativedelta(**ago), "Tom Whitlock", "by telephone")  # type: ignore[arg-type]


def made(service: Service, **ago: int) -> Service:
    Service.objects.filter(pk=service.pk).update(created_at=timezone.now() - relativedelta(**ago))  # type: ignore[arg-type]
    service.refresh_from_db()
    return service


@pytest.mark.parametrize(
    ("ago", "state", "words"),
    [
        ({"days": 12}, State.FRESH, "Confirmed 12 days ago"),
        ({"months": 6}, State.FRESH, "Confirmed 6 months ago"),
        ({"months": 6, "days": 1}, State.DUE, "Not confirmed since "),
        ({"months": 12, "days": 1}, State.LONG, "Ring before you rely on it"),
    ],
)
def test_freshness_says_how_old_a_sheet_is(
    hillside: Setting, ago: dict[str, int], state: State, words: str
) -> None:
    found = freshness_of(sheet(hillside, confirmed=confirmed(**ago)), hillside)
    assert found.state is state
    assert words in found.words


def test_sheet_that_nobody_has_confirmed_says_so(hillside: Setting) -> None:
    found = freshness_of(sheet(hillside), hillside)
    assert (found.state, found.words) == (State.NEVER, "Not confirmed yet")


@pytest.mark.parametrize(
    ("confirmed_on", "today", "is_due"),
    [
        (date(2026, 6, 30), date(2026, 12, 31), False),
        (date(2026, 6, 29), date(2026, 12, 30), True),
        (date(2026, 2, 28), date(2026, 8, 29), False),
        (date(2026, 8, 31), date(2027, 3, 1), True),
    ],
)
def test_sheet_is_due_on_the_same_day_wherever_it_is_asked(
    hillside: Setting, confirmed_on: date, today: date, is_due: bool
) -> None:
    """Months differ in length: the words on the sheet, and the list of those that are due, count them alike."""
    service = sheet(hillside, confirmed=(confirmed_on, "Tom", "by telephone"))
    assert (freshness_of(service, hillside, today).state is State.DUE) is is_due
    listed = Service.objects.due_for_confirmation(today, hillside.confirm_months)
    assert (service in listed) is is_due


def test_freshness_says_by_whom_and_how(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, confirmed=confirmed(days=12))
    shown = words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    assert "Confirmed 12 days ago by Tom Whitlock, by telephone" in shown


def test_setting_chooses_when_a_sheet_falls_due(hillside: Setting) -> None:
    service = sheet(hillside, confirmed=confirmed(months=4))
    assert freshness_of(service, hillside).state is State.FRESH
    hillside.confirm_months = 3
    assert freshness_of(service, hillside).state is State.DUE
    hillside.directory_rules = Rules.objects.create(setting=hillside, stale_months=4)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert freshness_of(service, hillside).state is State.DUE
    assert freshness_of(service, hillside, today=tomorrow).state is State.LONG


def test_sheet_that_nobody_ever_confirmed_counts_from_the_day_it_was_made(hillside: Setting) -> None:
    assert freshness_of(made(sheet(hillside), months=13), hillside).state is State.LONG


def test_waiting_time_is_not_known_after_three_months(hillside: Setting) -> None:
    said = timezone.localdate() - relativedelta(months=3)
    service = sheet(hillside, capacity="waiting", waiting_time="about 6 weeks", waiting_on=said)
    assert waiting_words(service, hillside) == "about 6 weeks"
    assert state_of(service, hillside) == ("wait", "Waiting: about 6 weeks")
    service.waiting_on = said - timedelta(days=1)
    assert waiting_words(service, hillside) == ""
    assert state_of(service, hillside) == ("wait", "Waiting list")
    Rules.objects.create(setting=hillside, waiting_months=4)
    assert waiting_words(service, Setting.objects.get(pk=hillside.pk)) == "about 6 weeks"


def test_sheet_not_confirmed_for_long_leaves_the_public_page_by_rule(hillside: Setting) -> None:
    old = sheet(hillside, name="Old", visibility="public", confirmed=confirmed(months=12, days=1))
    young = sheet(hillside, name="Young", visibility="public", confirmed=confirmed(months=11))
    new = sheet(hillside, name="New", visibility="public")
    never = made(sheet(hillside, name="Never", visibility="public"), months=13)
    assert set(published_by(hillside)) == set(Service.published()) == {young, new}
    for gone in (old, never):
        assert Client().get(f"/d/hillside/{gone.pk}/").status_code == 404
    Rules.objects.create(setting=hillside, hides_stale=False)
    assert set(published_by(hillside)) == {old, young, new, never}
    assert "Ring before you rely on it" in Client().get(f"/d/hillside/{old.pk}/").content.decode()


def test_each_school_decides_for_its_own_page_how_long_is_long(hillside: Setting) -> None:
    service = sheet(hillside, visibility="public", confirmed=confirmed(months=8))
    riverside = school("riverside", publishes_directory=True)
    riverside.partnerships.create(service=service)
    Rules.objects.create(setting=riverside, stale_months=7)
    assert set(published_by(hillside)) == set(Service.published()) == {service}
    assert set(published_by(riverside)) == set()
    hillside.partnerships.update(ended_on=timezone.localdate())
    assert set(Service.published()) == set()


def test_long_unconfirmed_sheet_is_marked_on_list_sheet_and_home(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside, confirmed=confirmed(months=14))
    for address in (
        url("service_list", hillside),
        url("service_detail", hillside, service.pk),
        f"/s/{hillside.slug}/",
    ):
        assert "Ring before you rely on it" in words_of(client_of(amara).get(address))
