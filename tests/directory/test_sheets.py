"""A service's page, changing its sheet, and who may."""

from typing import Any

import pytest
from django.utils import timezone

from directory.forms import SECTIONS, SHEET_FIELDS, RowsForm
from directory.models import Phone, Service
from directory.sheet.saving import update_sheet
from directory.sheet.values import OWN_FIELDS
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import later, save_part, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of
from toolkits.instruments.agency_sheet import INSTRUMENT

pytestmark = pytest.mark.django_db


def save(who: Membership, service: Service, part: str, **changes: Any) -> Any:
    return save_part(client_of(who), service, who.setting, part, **changes)


def test_form_asks_for_every_field_of_the_printed_sheet() -> None:
    assert {field.attribute for field in INSTRUMENT.fields} == set(SHEET_FIELDS)
    for part, *names in SHEET_FIELDS.values():
        form = SECTIONS[part]
        asked = form.Row.base_fields if issubclass(form, RowsForm) else form.base_fields
        assert set(names) <= set(asked)


def test_forms_together_ask_for_every_value_of_a_sheet() -> None:
    asked = {name for form in SECTIONS.values() for name in form.base_fields}
    left = set(OWN_FIELDS) - asked
    assert left == {"waiting_on"}  # said with the waiting time, by the day on which it is said


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
        with django_assert_num_queries(20):
            client.get(url("service_detail", hillside, service.pk))


def test_staff_see_neither_notes_nor_the_way_to_change(hillside: Setting) -> None:
    service = sheet(hillside, here_notes="Slow to answer", here_agreement="Until July")
    shown = words_of(client_of(member(hillside, Role.STAFF)).get(url("service_detail", hillside, service.pk)))
    assert "Slow to answer" not in shown
    assert "Until July" not in shown
    assert url("service_edit", hillside, service.pk) not in shown


def test_practitioner_changes_the_own_sheet_once_the_tie_is_confirmed(hillside: Setting) -> None:
    service = sheet(hillside)
    other = sheet(hillside, name="Kite", telephone=[], postcode="")
    tom = member(hillside, Role.PRACTITIONER, "Tom Whitlock", service=service)
    assert client_of(tom).get(url("service_edit", hillside, service.pk)).status_code == 403
    tom.tie_confirmed_on, tom.tie_confirmed_by = timezone.localdate(), "Amara"
    tom.save()
    assert save(tom, service, "about", profile="Tom’s words").status_code == 302
    service.refresh_from_db()
    assert service.profile == "Tom’s words"
    assert client_of(tom).get(url("edit_section", hillside, other.pk, "about")).status_code == 403


@pytest.mark.parametrize("by", ["another school", "the agency"])
def test_sheet_that_others_keep_cannot_be_changed_here(hillside: Setting, amara: Membership, by: str) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    if by == "the agency":
        Service.objects.filter(pk=theirs.pk).update(steward=None)
    hillside.partnerships.create(service=theirs)
    tom = member(hillside, Role.PRACTITIONER, service=theirs, tie_confirmed_on=timezone.localdate())
    for who in (amara, *([tom] if by == "another school" else [])):
        for name, *part in (("edit_section", "about"), ("add_row", "places"), ("confirm_service",)):
            address = url(name, hillside, theirs.pk, *part)
            assert client_of(who).post(address, {"profile": "Mine"}).status_code == 403
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
    assert client_of(tom).get(url("service_edit", hillside, service.pk)).status_code == 403
    tom.user.email = "tom@harbour.example.org"
    tom.user.save()
    assert save(tom, service, "about", profile="Tom’s words").status_code == 302
    service.refresh_from_db()
    assert service.profile == "Tom’s words"


@pytest.mark.parametrize(
    ("part", "typed", "told"),
    [
        ("about", {"profile": "Amara’s words"}, ("Amara’s words",)),
        ("reach", {"telephone": "0161 496 0000"}, ("0161 496 0000", "01632 960 318")),
    ],
)
def test_history_says_who_changed_what(
    hillside: Setting, amara: Membership, part: str, typed: dict[str, str], told: tuple[str, ...]
) -> None:
    service = sheet(hillside)
    later()
    save(amara, service, part, **typed)
    shown = words_of(client_of(amara).get(url("service_changes", hillside, service.pk)))
    for words in ("Amara Oduya", *told):
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
    assert "Secret Row" in words_of(client.get(url("edit_section", hillside, service.pk, "places")))


def test_sheet_that_was_changed_while_it_was_looked_through_is_not_confirmed_unseen(
    hillside: Setting, amara: Membership
) -> None:
    service = sheet(hillside)
    address = url("confirm_service", hillside, service.pk)
    said = {"confirmed_by": "Tom Whitlock", "confirmed_how": "by telephone", "version": service.version}
    change = {"not_for": "Not for girls"}
    update_sheet(hillside, Service.objects.with_whole_parts().get(pk=service.pk), change, change)
    again = client_of(amara).post(address, said)
    assert "The sheet was changed a moment ago" in words_of(again)
    assert "Not for girls" in words_of(again)
    assert "Tom Whitlock" in words_of(again)
    confirmed_before = service.confirmed_on
    service.refresh_from_db()
    assert service.confirmed_on == confirmed_before != timezone.localdate()
    client_of(amara).post(address, {**said, "version": again.context["form"]["version"].value()})
    service.refresh_from_db()
    assert service.confirmed_on == timezone.localdate()


def test_confirming_shows_the_whole_sheet_and_says_who_and_how(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, not_for="Not for girls")
    address = url("confirm_service", hillside, service.pk)
    client = client_of(amara)
    for words in ("01632 960 318", "Not for girls", "12 Quay Lane", "Not filled in"):
        assert words in words_of(client.get(address))
    assert "Choose an answer" in words_of(client.post(address, {"confirmed_by": "Tom"}))
    said = {"confirmed_by": "Tom Whitlock", "confirmed_how": "by telephone", "version": service.version}
    client.post(address, said)
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_by) == (timezone.localdate(), "Tom Whitlock")
    shown = words_of(client.get(url("service_detail", hillside, service.pk)))
    assert "Confirmed today" in shown
    assert "Tom Whitlock, by telephone" in shown
