"""Who changes a sheet that its agency keeps for all schools: not whoever one school calls its practitioner."""

import pytest
from django.utils import timezone

from directory.agency.lasting import speaks_for_service
from directory.changes.suggestion_lists import to_decide
from directory.keeping import fits, link_may_decide, may_decide, may_edit, may_say
from directory.models import HandOver, Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(hillside: Setting) -> Service:
    """Used by two schools, and kept by its agency."""
    made = sheet(hillside, visibility="listed")
    Service.objects.filter(pk=made.pk).update(steward=None)
    made.refresh_from_db()
    return made


def tied(setting: Setting, service: Service, email: str) -> Membership:
    setting.partnerships.get_or_create(service=service)
    tom = member(
        setting, Role.PRACTITIONER, "Tom Whitlock", service=service, tie_confirmed_on=timezone.localdate()
    )
    tom.user.email = email
    tom.user.save()
    return tom


def test_school_that_confirms_a_tie_to_whom_it_likes_gains_nothing(service: Service) -> None:
    shady = school("shady")
    friend = tied(shady, service, "friend@shady.example.org")
    service.suggestions.create(source="public", words="It has moved.")
    assert not may_edit(friend, service)
    assert not may_decide(friend, service)
    assert not to_decide(friend).exists()
    client = client_of(friend)
    for name, *part in (("edit_section", "about"), ("confirm_service",), ("offer_hand_over",)):
        assert client.post(url(name, shady, service.pk, *part), {"profile": "Mine"}).status_code == 403
    shown = words_of(client.get(url("service_detail", shady, service.pk)))
    assert "Your e-mail address is not one that stands on it" in shown
    assert "Suggest a change" in shown
    assert client.get(url("answer_figures", shady, service.pk)).status_code == 403
    assert may_say(friend, service)


@pytest.mark.parametrize("email", ["HELLO@harbour.example.org", "tom@harbour.example.org"])
def test_whoever_has_an_address_of_the_service_changes_it(service: Service, email: str) -> None:
    riverside = school("riverside")
    tom = tied(riverside, service, email)
    service.suggestions.create(source="public", words="It has moved.")
    assert may_edit(tom, service)
    assert to_decide(tom).count() == 1
    assert "not one that stands on it" not in words_of(
        client_of(tom).get(url("service_detail", riverside, service.pk))
    )


def test_school_that_handed_the_sheet_over_has_confirmed_the_tie(service: Service, hillside: Setting) -> None:
    tom = tied(hillside, service, "tom@example.org")
    assert not may_edit(tom, service)
    HandOver.objects.create(service=service, giver=hillside, accepted_at=timezone.now())
    assert may_edit(tom, service)
    riverside = school("riverside")
    HandOver.objects.create(service=service, giver=riverside, declined_at=timezone.now())
    assert not may_edit(tied(riverside, service, "else@example.org"), service)
    HandOver.objects.create(service=service, giver=riverside, accepted_at=timezone.now())
    assert not may_edit(tom, service)


def test_fitting_address_without_a_confirmed_tie_is_not_enough(service: Service, hillside: Setting) -> None:
    tom = tied(hillside, service, "tom@harbour.example.org")
    tom.tie_confirmed_on = None
    assert not may_edit(tom, service)


@pytest.mark.parametrize(
    ("email", "theirs", "website", "is_fit"),
    [
        ("tom@kite.example.org", "hello@kite.example.org", "", True),
        ("tom@kite.example.org", "", "https://WWW.kite.example.org/about", True),
        ("tom@sub.kite.example.org", "hello@kite.example.org", "", False),
        ("tom@nokite.example.org", "hello@kite.example.org", "", False),
        ("kite@gmail.com", "Kite@gmail.com", "", True),
        ("tom@gmail.com", "kite@gmail.com", "", False),
        ("tom@nhs.net", "kite@nhs.net", "", False),
        ("psychologists@wexshire.gov.uk", "Psychologists@wexshire.gov.uk", "", True),
        ("libraries@wexshire.gov.uk", "psychologists@wexshire.gov.uk", "", False),
        ("tom@wexshire.gov.uk", "", "https://www.wexshire.gov.uk/psychologists", False),
        ("tom@camhs.wexshire.nhs.uk", "hello@camhs.wexshire.nhs.uk", "", False),
        ("tom@notgov.uk", "hello@notgov.uk", "", True),
        ("tom@facebook.com", "", "https://www.facebook.com/kite", False),
        ("tom@kite.example.org", "", "http://[broken", False),
        ("", "", "", False),
    ],
)
def test_which_addresses_fit(
    service: Service, email: str, theirs: str, website: str, *, is_fit: bool
) -> None:
    service.email, service.website = theirs, website
    assert fits(email, service) is is_fit


def test_address_of_an_organisation_with_several_services_fits_none_of_them_by_its_end(
    service: Service, hillside: Setting
) -> None:
    tom = tied(hillside, service, "tom@harbour.example.org")
    assert may_edit(tom, service)
    other = sheet(
        school("riverside"), name="Harbour Legal", email="legal@HARBOUR.example.org", visibility="listed"
    )
    assert not may_edit(tom, service)
    shown = words_of(client_of(tom).get(url("service_detail", hillside, service.pk)))
    assert "Your e-mail address is not one that stands on it" in shown
    assert may_edit(tied(hillside, service, "hello@harbour.example.org"), service)
    Service.objects.filter(pk=other.pk).update(retired_at=timezone.now())
    assert may_edit(tom, service)


def test_sheet_that_one_school_keeps_to_itself_takes_nothing_from_anybody(
    service: Service, hillside: Setting
) -> None:
    sheet(school("shady"), name="Harbour too", email="x@harbour.example.org")
    assert may_edit(tied(hillside, service, "tom@harbour.example.org"), service)


def test_person_who_is_named_on_the_sheet_fits_by_their_own_address(
    service: Service, hillside: Setting
) -> None:
    Service.objects.filter(pk=service.pk).update(email="psychologists@wexshire.gov.uk", website="")
    service.refresh_from_db()
    tom = tied(hillside, service, "Tom.Whitlock@wexshire.gov.uk")
    assert not may_edit(tom, service)
    service.contacts.create(name="Tom Whitlock", email="tom.whitlock@wexshire.gov.uk")
    assert may_edit(tom, service)


def test_lasting_link_to_an_address_of_the_same_council_decides_nothing(
    service: Service, hillside: Setting
) -> None:
    Service.objects.filter(pk=service.pk).update(email="psychologists@wexshire.gov.uk", website="")
    service.refresh_from_db()
    link = service.links.create(
        purpose="lasting", email="libraries@wexshire.gov.uk", key_hash="x", made_by=member(hillside)
    )
    assert not link_may_decide(link, service)
    assert not speaks_for_service(link)
    link.email = "psychologists@wexshire.gov.uk"
    assert link_may_decide(link, service)
    assert speaks_for_service(link)
