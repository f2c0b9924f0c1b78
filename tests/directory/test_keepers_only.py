"""What only those who keep a sheet read of it: where they ask, and what it said while it was theirs alone."""

import pytest

from directory.changes.merging import rows_of
from directory.changes.versions import versions_of
from directory.models import Service
from directory.sheet.saving import update_sheet
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import later, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
ASKED_AT = "rosa.finch@harbour.example.org"


@pytest.fixture
def marcus() -> Membership:
    """He runs the directory of another school."""
    return member(school("riverside"), name="Marcus Bellamy")


def shared(hillside: Setting, marcus: Membership) -> Service:
    """First of one school alone, then listed, and used by the other."""
    service = sheet(hillside, other_information="Our own notes", ask_email=ASKED_AT)
    later()
    _write(service, other_information="")
    later()
    Service.objects.filter(pk=service.pk).update(visibility="listed")
    later()
    _write(service, profile="Also for families", ask_email="")
    later()
    _write(service, ask_email=ASKED_AT)
    marcus.setting.partnerships.create(service=service)
    return Service.objects.with_parts().get(pk=service.pk)


def _write(service: Service, **values: object) -> None:
    update_sheet(service.steward, Service.objects.with_whole_parts().get(pk=service.pk), values, values)


def test_other_schools_read_the_history_since_the_sheet_was_shared(
    hillside: Setting, marcus: Membership
) -> None:
    service = shared(hillside, marcus)
    colleague = client_of(member(marcus.setting, Role.STAFF))
    shown = words_of(colleague.get(url("service_changes", marcus.setting, service.pk)))
    assert "Also for families" in shown
    assert "Our own notes" not in shown
    assert "Added." not in shown
    ours = words_of(client_of(member(hillside, Role.STAFF)).get(url("service_changes", hillside, service.pk)))
    assert "Our own notes" in ours


def test_school_that_took_the_sheet_over_reads_it_since_it_was_shared_too(
    hillside: Setting, marcus: Membership
) -> None:
    service = shared(hillside, marcus)
    first = versions_of(service)[0].number
    Service.objects.filter(pk=service.pk).update(steward=marcus.setting)
    client = client_of(marcus)
    shown = words_of(client.get(url("service_changes", marcus.setting, service.pk)))
    assert "Also for families" in shown
    assert "Our own notes" not in shown
    assert client.get(url("restore_service", marcus.setting, service.pk, first)).status_code == 404


def test_address_to_ask_at_is_read_by_those_who_ask(hillside: Setting, marcus: Membership) -> None:
    service = shared(hillside, marcus)
    amara, staff = member(hillside), member(hillside, Role.STAFF)
    for who in (marcus, staff):
        for name, *more in (
            ("service_detail",),
            ("service_changes",),
            ("suggest_change",),
            ("suggest_section", "reach"),
        ):
            page = client_of(who).get(url(name, who.setting, service.pk, *more))
            assert page.status_code == 200
            assert ASKED_AT not in words_of(page), name
    for name, *more in (("service_edit",), ("edit_section", "reach"), ("service_changes",)):
        assert ASKED_AT in words_of(client_of(amara).get(url(name, hillside, service.pk, *more)))


def test_files_have_the_address_to_ask_at_only_for_those_who_ask(
    hillside: Setting, marcus: Membership
) -> None:
    shared(hillside, marcus)
    amara, staff = member(hillside), member(hillside, Role.STAFF)
    for name in ("export_csv", "export_oruk"):
        for who, is_there in ((amara, True), (staff, False), (marcus, False)):
            file = client_of(who).get(url(name, who.setting)).content.decode()
            assert "Also for families" in file
            assert (ASKED_AT in file) is is_there, (name, who)


def test_address_to_ask_at_is_chosen_only_between_sheets_of_ones_own(hillside: Setting) -> None:
    one, two = sheet(hillside), sheet(hillside, ask_email=ASKED_AT)
    assert [row.key for row in rows_of(one, two, is_whole=True)] == ["ask_email"]
    assert rows_of(one, two, is_whole=False) == []
