"""A service's page, changing its sheet, and who may."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory.forms import SHEET_FIELDS, SheetForm
from directory.models import Phone, Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import numbers_of, place_of, school, sheet, url
from tests.partnerships.kit import client_of, member, opened, words_of
from toolkits.instruments.agency_sheet import INSTRUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school()


@pytest.fixture
def amara(hillside: Setting) -> Membership:
    return member(hillside, name="Amara Oduya")


def form_of(client: Client, service: Service, setting: Setting, **changes: Any) -> dict[str, Any]:
    """What the edit form sends, opened now, with some answers changed."""
    form = SheetForm(instance=service, setting=setting)
    typed = {name: "" if value is None else value for name, value in form.initial.items() if name != "seen"}
    for name in ("contact_is_public",):
        if not typed[name]:
            del typed[name]
    hidden = opened(client, url("service_edit", setting, service.pk))
    return {**typed, **hidden, **changes}


def save(who: Membership, service: Service, **changes: Any) -> Any:
    client = client_of(who)
    service = Service.objects.with_parts().get(pk=service.pk)
    address = url("service_edit", who.setting, service.pk)
    return client.post(address, form_of(client, service, who.setting, **changes))


def test_form_asks_for_every_field_of_the_printed_sheet() -> None:
    assert {field.attribute for field in INSTRUMENT.fields} == set(SHEET_FIELDS)
    fields = set(SheetForm.base_fields)
    assert {name for names in SHEET_FIELDS.values() for name in names} <= fields


def test_page_shows_the_whole_sheet(hillside: Setting, amara: Membership) -> None:
    service = sheet(
        hillside,
        agency="Harbour Trust",
        offers=["one_to_one", "other"],
        offer_other="memory boxes",
        referral="Talk first.\nThen ring.",
        fax=[("01632 960 319", "")],
        opening_times="9 to 5",
        other_information="Step-free",
        here_room="Quiet room",
        here_notes="Slow to answer",
    )
    shown = words_of(client_of(amara).get(url("service_detail", hillside, service.pk)))
    for words in (
        *(
            "Harbour Trust",
            "One-to-one support",
            "Other: memory boxes",
            "Outreach",
            "Talk first.",
            "Then ring.",
        ),
        *("01632 960 319", "9 to 5", "Step-free", "Quiet room", "Slow to answer", "12 Quay Lane", "WX4 2QL"),
        *("hello@harbour.example.org", "Not confirmed yet", "Hillside School"),
    ):
        assert words in shown


def test_page_costs_the_same_with_many_parts(
    hillside: Setting, amara: Membership, django_assert_num_queries: Any
) -> None:
    few, many = (
        sheet(hillside, name="Few", postcode=""),
        sheet(hillside, name="Many", telephone=[], postcode=""),
    )
    for number in range(8):
        Phone.objects.create(service=many, number=f"01632 960 {number:03}")
    client = client_of(amara)
    for service in (few, many):
        with django_assert_num_queries(18):
            client.get(url("service_detail", hillside, service.pk))


def test_staff_see_neither_notes_nor_the_way_to_change(hillside: Setting) -> None:
    service = sheet(hillside, here_notes="Slow to answer", here_agreement="Until July")
    shown = words_of(client_of(member(hillside, Role.STAFF)).get(url("service_detail", hillside, service.pk)))
    assert "Slow to answer" not in shown
    assert "Until July" not in shown
    assert url("service_edit", hillside, service.pk) not in shown


def test_sheet_is_changed_in_every_field(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    changes: dict[str, Any] = {
        "name": "Harbour House",
        "agency": "Harbour Trust",
        "sector": "health",
        "profile": "New words.\r\nSecond line.",
        "contact_name": "Tom Whitlock",
        "contact_title": "worker",
        "contact_is_public": "on",
        "telephone": "0161 496 0000",
        "telephone_note": "mornings",
        "telephone_2": "07700 900123",
        "text": "07700900124",
        "fax": "0161 496 0001",
        "email": "new@harbour.example.org",
        "website": "harbour.example.org",
        "opening_times": "9 to 5",
        "place_name": "The Boathouse",
        "address_2": "Old Town",
        "county": "Wexshire",
        "postcode": "wx42qn",
        "offers": ["group"],
        "offer_other": "boxes",
        "referral": "Ring",
        "capacity": "waiting",
        "waiting_time": "6 weeks",
        "other_information": "Step-free",
    }
    assert save(amara, service, **changes).status_code == 302
    service.refresh_from_db()
    assert (service.name, service.agency.name, service.sector) == ("Harbour House", "Harbour Trust", "health")
    assert service.profile == "New words.\nSecond line."
    assert str(service.contacts.get()) == "Tom Whitlock, worker"
    assert numbers_of(service) == ["0161 496 0000", "07700 900 123"]
    assert (numbers_of(service, "text"), numbers_of(service, "fax")) == (["07700 900 124"], ["0161 496 0001"])
    assert place_of(service).lines == [
        "The Boathouse",
        "12 Quay Lane",
        "Old Town",
        "Wexcombe",
        "Wexshire",
        "WX4 2QN",
    ]
    assert (service.offers, service.offer_other, service.capacity) == (["group", "other"], "boxes", "waiting")
    assert service.version == 2


def test_parts_that_the_form_has_no_room_for_stay(hillside: Setting, amara: Membership) -> None:
    third = [("01632 960 318", ""), ("01632 960 319", "nights"), ("01632 960 320", "third")]
    service = sheet(hillside, telephone=third)
    assert save(amara, service, telephone_2="", telephone_2_note="").status_code == 302
    assert numbers_of(service) == ["01632 960 318", "01632 960 320"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("telephone", "ring us", "Enter a telephone number, like 0161 496 0000"),
        ("postcode", "WA154 1HF", "Enter a full postcode"),
        ("email", "nobody", "Enter an e-mail address"),
        ("website", "javascript:alert(1)", "Enter a web address"),
        ("name", "", "Fill in “Name of organisation or service”"),
        ("profile", "x" * 4001, "Use at most 4000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_lost(
    hillside: Setting, amara: Membership, field: str, typed: str, words: str
) -> None:
    service = sheet(hillside)
    response = save(amara, service, **{field: typed, "other_information": "Kept while typing"})
    shown = words_of(response)
    assert words in shown
    assert "Kept while typing" in shown
    service.refresh_from_db()
    assert service.version == 1


def test_second_of_two_saves_shows_both_versions(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    ruth = member(hillside, name="Ruth Adeyemi")
    client = client_of(amara)
    typed = form_of(client, service, hillside, profile="What Amara typed")
    save(ruth, service, profile="What Ruth typed", referral="Ruth’s steps")
    response = client.post(url("service_edit", hillside, service.pk), typed)
    shown = words_of(response)
    for words in ("Two versions of this page", "What Amara typed", "What Ruth typed", "Ruth Adeyemi saved"):
        assert words in shown
    chosen = {
        **typed,
        "version": "2",
        "keep_profile": "theirs",
        "keep_referral": "theirs",
        "waiting_time": "soon",
    }
    assert client.post(url("service_edit", hillside, service.pk), chosen).status_code == 302
    service.refresh_from_db()
    assert (service.profile, service.referral, service.waiting_time) == (
        "What Ruth typed",
        "Ruth’s steps",
        "soon",
    )


def test_text_about_a_child_is_asked_about_before_it_is_kept(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    response = save(amara, service, other_information="They know Jayden Brooks in Year 4 well.")
    assert "Keep it: this is not about one child" in words_of(response)
    service.refresh_from_db()
    assert service.other_information == ""


def test_practitioner_changes_the_own_sheet_once_the_tie_is_confirmed(hillside: Setting) -> None:
    service = sheet(hillside)
    other = sheet(hillside, name="Kite", telephone=[], postcode="")
    tom = member(hillside, Role.PRACTITIONER, "Tom Whitlock", service=service)
    assert client_of(tom).get(url("service_edit", hillside, service.pk)).status_code == 403
    tom.tie_confirmed_on, tom.tie_confirmed_by = timezone.localdate(), "Amara"
    tom.save()
    assert save(tom, service, profile="Tom’s words").status_code == 302
    service.refresh_from_db()
    assert service.profile == "Tom’s words"
    assert client_of(tom).get(url("service_edit", hillside, other.pk)).status_code == 403


@pytest.mark.parametrize("by", ["another school", "the agency"])
def test_sheet_that_others_keep_cannot_be_changed_here(hillside: Setting, amara: Membership, by: str) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    if by == "the agency":
        Service.objects.filter(pk=theirs.pk).update(steward=None)
    hillside.partnerships.create(service=theirs)
    tom = member(hillside, Role.PRACTITIONER, service=theirs, tie_confirmed_on=timezone.localdate())
    for who in (amara, *([tom] if by == "another school" else [])):
        for name in ("service_edit", "confirm_service"):
            assert client_of(who).post(url(name, hillside, theirs.pk), {"profile": "Mine"}).status_code == 403
    assert (
        client_of(amara)
        .post(url("service_visibility", hillside, theirs.pk), {"visibility": "private"})
        .status_code
        == 404
    )
    shown = words_of(client_of(amara).get(url("service_detail", hillside, theirs.pk)))
    assert ("Riverside School" if by == "another school" else "Harbour itself") in shown


def test_practitioner_changes_the_sheet_that_the_own_agency_keeps(hillside: Setting) -> None:
    service = sheet(hillside, visibility="listed")
    Service.objects.filter(pk=service.pk).update(steward=None)
    tom = member(hillside, Role.PRACTITIONER, "Tom Whitlock", service=service)
    assert client_of(tom).get(url("service_edit", hillside, service.pk)).status_code == 403
    tom.tie_confirmed_on = timezone.localdate()
    tom.save()
    assert save(tom, service, profile="Tom’s words").status_code == 302
    service.refresh_from_db()
    assert service.profile == "Tom’s words"


def test_history_says_who_changed_what(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    save(amara, service, profile="Amara’s words", telephone="0161 496 0000")
    shown = words_of(client_of(amara).get(url("service_changes", hillside, service.pk)))
    for words in ("Amara Oduya", "Amara’s words", "0161 496 0000", "01632 960 318"):
        assert words in shown


def test_withheld_address_is_shown_nowhere(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, withheld="coarse", address_1="9 Secret Row", postcode="WX9 9AA")
    client = client_of(amara)
    for name in ("service_detail", "service_changes", "confirm_service", "service_visibility"):
        shown = words_of(client.get(url(name, hillside, service.pk)))
        assert "Secret Row" not in shown
        assert "WX9 9AA" not in shown
    assert "Secret Row" not in words_of(client.get(url("service_list", hillside) + "?q=secret"))
    assert "Secret Row" in words_of(client.get(url("service_edit", hillside, service.pk)))


def test_confirming_says_who_and_how(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    address = url("confirm_service", hillside, service.pk)
    client = client_of(amara)
    assert "Choose an answer" in words_of(client.post(address, {"confirmed_by": "Tom"}))
    client.post(address, {"confirmed_by": "Tom Whitlock", "confirmed_how": "by telephone"})
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_by) == (timezone.localdate(), "Tom Whitlock")
    shown = words_of(client.get(url("service_detail", hillside, service.pk)))
    assert "Confirmed today" in shown
    assert "Tom Whitlock, by telephone" in shown
