"""Adding by hand, using a sheet that is there, what is private here, and taking off the list."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directory import commands
from directory.changes import lookalikes
from directory.models import Agency, Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import SHEET, numbers_of, save_part, school, sheet, url
from tests.partnerships.kit import client_of, member, opened, words_of

pytestmark = pytest.mark.django_db

NEW = {"name": "Harbour", "sector": "voluntary", "telephone": "01632 960318"}


def add(who: Membership, **fields: Any) -> Any:
    return client_of(who).post(url("add_service", who.setting), {**NEW, **fields}, follow=True)


def test_name_sector_and_one_way_to_reach_it_are_enough(hillside: Setting, amara: Membership) -> None:
    assert "is on your list" in words_of(add(amara))
    service = Service.visible_to(hillside).get()
    assert (service.name, service.visibility, service.steward) == ("Harbour", "private", hillside)
    assert numbers_of(service) == ["01632 960 318"]


def test_service_without_a_way_to_reach_it_is_asked_for_one(hillside: Setting, amara: Membership) -> None:
    assert "Fill in one way to reach it" in words_of(add(amara, telephone=""))
    assert not Service.visible_to(hillside).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "HARBOUR", "telephone": "0161 496 0000"},
        {"name": "Another name"},
        {"name": "Another name", "telephone": "", "website": "http://harbour.example.org/"},
    ],
    ids=["name", "telephone", "website"],
)
def test_sheet_that_another_school_lists_is_proposed(
    hillside: Setting, amara: Membership, typed: dict[str, str]
) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    shown = words_of(add(amara, **typed))
    assert "Is it one of these?" in shown
    assert url("link_service", hillside, theirs.pk) in shown
    assert not Service.visible_to(hillside).exists()


def test_proposed_sheet_is_used_instead_of_a_new_one(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    for _ in range(2):
        client_of(amara).post(url("link_service", hillside, theirs.pk))
    assert Service.visible_to(hillside).get() == theirs
    assert hillside.partnerships.get().service == theirs


def test_person_may_say_that_it_is_another_service(hillside: Setting, amara: Membership) -> None:
    sheet(school("riverside"), visibility="listed")
    add(amara, new="1")
    assert Service.visible_to(hillside).get().steward == hillside


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "The Harbour Ltd", "telephone": "0161 496 0000"},
        {"name": "Another name"},
        {"name": "Another name", "telephone": "07700 900318"},
        {"name": "Another name", "telephone": "", "website": "http://harbour.example.org/"},
    ],
    ids=["all", "name", "telephone", "text", "website"],
)
def test_own_service_is_proposed_too(hillside: Setting, amara: Membership, typed: dict[str, str]) -> None:
    sheet(hillside, name="Kite", telephone=[], website="")
    ours = sheet(hillside, text=[("07700 900 318", "")])
    shown = words_of(add(amara, **typed))
    assert "On your list already" in shown
    assert url("service_detail", hillside, ours.pk) in shown


def test_many_sheets_are_looked_through_as_quickly_as_one(
    hillside: Setting, django_assert_num_queries: Any
) -> None:
    for many in (1, 3):
        for number in range(many):
            sheet(hillside, name=f"Kite {many} {number}")
        with django_assert_num_queries(13):
            assert lookalikes.find(hillside, {**SHEET, "name": "Harbour"})


def test_private_sheet_of_another_school_is_neither_proposed_nor_linked(
    hillside: Setting, amara: Membership
) -> None:
    theirs = sheet(school("riverside"), profile="Zanzibar")
    assert "Is it one of these?" not in words_of(add(amara))
    response = client_of(amara).post(url("link_service", hillside, theirs.pk))
    assert response.status_code == 404
    with pytest.raises(PermissionDenied):
        commands.link_service(service=theirs, by=amara)


def test_agency_of_a_private_sheet_elsewhere_is_not_shared(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), agency="Harbour Trust")
    add(amara, agency="Harbour Trust")
    ours = Service.visible_to(hillside).get()
    assert ours.agency.name == "Harbour Trust"
    assert ours.agency != theirs.agency


def test_agency_of_a_listed_sheet_is_shared_and_never_renamed_from_here(
    hillside: Setting, amara: Membership
) -> None:
    theirs = sheet(school("riverside"), agency="Harbour Trust", visibility="listed")
    add(amara, agency="harbour trust", new="1")
    ours = Service.objects.with_parts().get(steward=hillside)
    assert ours.agency == theirs.agency
    assert save_part(client_of(amara), ours, hillside, "about", agency="HARBOUR TRUST").status_code == 302
    assert Agency.objects.get(pk=theirs.agency_id).name == "Harbour Trust"


def test_what_is_agreed_here_is_changed_by_a_coordinator(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    client, address = client_of(amara), url("partnership_edit", hillside, service.pk)
    typed = {
        **opened(client, address),
        "contact_name": "Tom Whitlock",
        "contact_telephone": "07700900417",
        "days": ["MO", "TH"],
        "times": "10.30 to 12",
        "room": "Quiet room",
        "degree": "coordination",
        "started_on": "3 March 2025",
        "agreement": "Until August",
        "notes": "Rings back",
    }
    assert client.post(address, typed).status_code == 302
    shown = words_of(client.get(url("service_detail", hillside, service.pk)))
    for words in (
        *("Tom Whitlock", "07700 900 417", "Monday, Thursday, 10.30 to 12", "Quiet room", "co-ordination"),
        *("3 March 2025", "Until August", "Rings back"),
    ):
        assert words in shown


def test_partnership_saved_twice_shows_both_versions(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    client, address = client_of(amara), url("partnership_edit", hillside, service.pk)
    typed = {**opened(client, address), "room": "Room 1", "started_on": "3 March 2025"}
    client.post(address, typed)
    shown = words_of(client.post(address, {**typed, "room": "Room 2"}))
    assert "Two versions of this page" in shown and "Amara Oduya saved" in shown
    assert "Room 1" in shown
    assert hillside.partnerships.get().room == "Room 1"


def test_service_is_taken_off_the_list_and_put_back(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, here_room="Quiet room")
    client = client_of(amara)
    shown = words_of(client.post(url("take_off_service", hillside, service.pk), follow=True))
    assert "Harbour is off the list" in shown
    assert not Service.visible_to(hillside).exists()
    assert "Harbour" in words_of(client.get(url("taken_off_list", hillside)))
    assert client.get(url("service_detail", hillside, service.pk)).status_code == 404
    client.post(url("put_back_service", hillside, hillside.partnerships.get().pk))
    assert Service.visible_to(hillside).get() == service
    assert hillside.partnerships.get().room == "Quiet room"


def test_sheet_that_went_into_another_is_not_put_back(hillside: Setting, amara: Membership) -> None:
    kept, gone = sheet(hillside, name="Harbour House"), sheet(hillside)
    ours = hillside.partnerships.get(service=gone)
    commands.take_off_list(partnership=ours, by=amara)
    Service.objects.filter(pk=gone.pk).update(merged_into=kept)
    client = client_of(amara)
    assert "Harbour" not in words_of(client.get(url("taken_off_list", hillside))).partition("<main")[2]
    shown = words_of(client.post(url("put_back_service", hillside, ours.pk), follow=True))
    assert "no longer offered" in shown
    gone.refresh_from_db()
    assert gone.retired_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_what_was_taken_off_costs_the_same_for_many(
    hillside: Setting, amara: Membership, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        service = sheet(hillside, name=f"Service {number}")
        commands.take_off_list(partnership=hillside.partnerships.get(service=service), by=amara)
    client = client_of(amara)
    with django_assert_num_queries(7):
        client.get(url("taken_off_list", hillside))


def test_asking_to_take_it_off_changes_nothing(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside)
    assert "Take Harbour off your list?" in words_of(
        client_of(amara).get(url("take_off_service", hillside, service.pk))
    )
    assert Service.visible_to(hillside).exists()


def test_sheet_that_others_use_stays_with_its_keeper(hillside: Setting, amara: Membership) -> None:
    service = sheet(hillside, visibility="listed")
    riverside = school("riverside")
    riverside.partnerships.create(service=service)
    client = client_of(amara)
    assert "hand that over first" in words_of(client.get(url("take_off_service", hillside, service.pk)))
    client.post(url("take_off_service", hillside, service.pk))
    assert Service.visible_to(riverside).get() == service
    assert "Kept by you for other schools" in words_of(client.get(url("taken_off_list", hillside)))
    assert "Put it on our list" in words_of(client.get(url("service_detail", hillside, service.pk)))
    assert client.get(url("service_edit", hillside, service.pk)).status_code == 200


def test_service_that_its_keeper_retired_cannot_be_put_back(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    partnership = hillside.partnerships.create(service=theirs, ended_on=timezone.localdate())
    Service.objects.filter(pk=theirs.pk).update(retired_at=timezone.now())
    shown = words_of(client_of(amara).post(url("put_back_service", hillside, partnership.pk), follow=True))
    assert "no longer offered" in shown


@pytest.mark.parametrize(
    "name", ["service_detail", "service_paper", "service_changes", "service_edit", "confirm_service"]
)
def test_sheet_of_another_school_does_not_exist_here(hillside: Setting, amara: Membership, name: str) -> None:
    theirs = sheet(school("riverside"), name="Zanzibar", profile="Zanzibar")
    response = client_of(amara).get(url(name, hillside, theirs.pk))
    assert response.status_code == 404
    assert "Zanzibar" not in words_of(response)


def test_sheet_made_private_again_leaves_the_lists_of_others(hillside: Setting) -> None:
    """Even if a partnership were left over, a private sheet is its keeper's alone."""
    theirs = sheet(school("riverside"))
    hillside.partnerships.create(service=theirs)
    assert not Service.visible_to(hillside).exists()


def test_who_sees_it_changes_nothing_that_somebody_saved_meanwhile(
    hillside: Setting, amara: Membership
) -> None:
    opened_before = sheet(hillside)
    Service.objects.filter(pk=opened_before.pk).update(profile="Saved meanwhile", version=7)
    commands.change_visibility(service=opened_before, visibility="listed", by=amara)
    service = Service.objects.get()
    assert (service.visibility, service.profile, service.version) == ("listed", "Saved meanwhile", 8)
    Service.objects.update(profile="And again")
    commands.take_off_list(partnership=hillside.partnerships.get(), by=amara)
    service.refresh_from_db()
    assert service.retired_at is not None
    assert service.profile == "And again"


def test_commands_refuse_who_may_not(hillside: Setting) -> None:
    service = sheet(hillside)
    staff = member(hillside, Role.STAFF)
    partnership = hillside.partnerships.get()
    for act in (
        lambda: commands.add_service(values={"name": "X"}, by=staff),
        lambda: commands.confirm_service(service=service, version=1, who="X", how="", by=staff),
        lambda: commands.change_visibility(service=service, visibility="listed", by=staff),
        lambda: commands.take_off_list(partnership=partnership, by=staff),
        lambda: commands.put_back(partnership=partnership, by=staff),
    ):
        with pytest.raises(PermissionDenied):
            act()
