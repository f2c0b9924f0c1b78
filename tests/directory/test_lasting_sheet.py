"""The sheet behind the lasting link: changed part by part by those who speak for the service, and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.keys import hashed
from directory.models import AgencyLink, Service, Suggestion
from partnerships.models import Setting
from tests.directory.kit import school, sheet
from tests.directory.test_agency_parts import say_moved, send
from tests.partnerships.kit import member, words_of

pytestmark = pytest.mark.django_db
START = "/now/a-key-on-a-telephone/"
SHEET = f"{START}sheet/"


@pytest.fixture
def service(hillside: Setting) -> Service:
    return sheet(hillside, visibility="listed")


def keep_by_agency(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(steward=None)
    service.refresh_from_db()


def link(service: Service, made_at: Setting, email: str = "tom@harbour.example.org") -> AgencyLink:
    return AgencyLink.objects.create(
        service=service,
        purpose=AgencyLink.Purpose.LASTING,
        email=email,
        person="Tom Whitlock",
        key_hash=hashed("a-key-on-a-telephone"),
        steward=service.steward,
        made_by=member(made_at),
    )


def test_practitioner_suggests_to_the_school_that_keeps_the_sheet(
    service: Service, hillside: Setting
) -> None:
    link(service, hillside)
    assert SHEET in Client().get(START).content.decode()
    shown = words_of(send("about", SHEET, profile="Now also for parents."))
    assert "Hillside School looks at what you said: Profile" in shown
    send("reach", SHEET, website="https://new.example.org")
    made = Suggestion.objects.get()
    assert (made.said_by, {change.name for change in made.changes.all()}) == (
        "Tom Whitlock",
        {"profile", "website"},
    )
    service.refresh_from_db()
    assert service.profile == "Helps children who have lost somebody close."


def test_agency_that_keeps_the_sheet_changes_it_at_once(service: Service, hillside: Setting) -> None:
    keep_by_agency(service)
    link(service, hillside)
    assert "Everybody sees it now." in words_of(send("about", SHEET, profile="New"))
    service.refresh_from_db()
    assert (service.profile, service.confirmed_on) == ("New", None)
    Suggestion.objects.update(made_at=timezone.now() - timedelta(hours=1))
    assert "Everybody sees it now." not in words_of(Client().get(SHEET))


@pytest.mark.parametrize("is_own", [False, True])
def test_link_that_another_school_sent_anywhere_changes_nothing(service: Service, is_own: bool) -> None:
    if is_own:
        keep_by_agency(service)
    link(service, school("riverside"), email="head@riverside.example.org")
    assert SHEET not in Client().get(START).content.decode()
    for address in (SHEET, f"{SHEET}about/"):
        assert Client().get(address).status_code == 404
    for address in (f"{SHEET}about/", f"{SHEET}times/rows/"):
        assert Client().post(address, {"name": "X"}).status_code == 404
    assert not Suggestion.objects.exists()


def end_it(made: AgencyLink) -> None:
    AgencyLink.objects.filter(pk=made.pk).update(ended_at=timezone.now())


def hand_over(made: AgencyLink) -> None:
    Service.objects.update(steward=None)


@pytest.mark.parametrize("deed", [end_it, hand_over])
def test_link_that_is_over_shows_nothing_of_the_sheet(service: Service, hillside: Setting, deed: Any) -> None:
    deed(link(service, hillside))
    for address in (SHEET, f"{SHEET}about/"):
        response = Client().get(address)
        assert response.status_code == 410
        assert "Harbour" not in response.content.decode()


def test_practitioner_says_that_a_withheld_place_has_changed(service: Service, hillside: Setting) -> None:
    service.places.update(
        withheld="refuge", address_1="", city="", postcode="", latitude=None, longitude=None
    )
    made = link(service, hillside)
    for _ in range(2):
        shown = words_of(say_moved(START, SHEET))
        assert "Said: the place has changed</span></p> <p>Hillside School rings you." in shown
    assert Suggestion.objects.get().said_by == "Tom Whitlock"
    AgencyLink.objects.filter(pk=made.pk).update(made_by=member(school("far")), email="x@far.example.org")
    assert Client().post(f"{START}moved/", {}).status_code == 404
