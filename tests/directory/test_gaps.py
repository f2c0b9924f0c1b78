"""What is missing on sheets, and changing many at once."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Service
from directory.sheet.completeness import by_importance, essential_missing, missing
from directory.sheet.saving import update_sheet
from directory.sheet.values import values_of
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.directory.test_page import DEEP
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


def bare(setting: Setting, name: str, **values: Any) -> Service:
    """A service that is found by nothing but its name."""
    empty = {"telephone": [], "email": "", "website": "", "postcode": "", "profile": ""}
    return sheet(setting, name=name, **{**empty, **values})


def fresh(service: Service) -> Service:
    found: Service = Service.objects.with_whole_parts().get(pk=service.pk)
    return found


def names(service: Service) -> list[str]:
    return [gap.name for gap in missing(fresh(service))]


def test_most_important_gaps_come_first(hillside: Setting) -> None:
    assert names(bare(hillside, "Bare"))[:4] == ["reach", "referral", "profile", "capacity"]
    assert names(sheet(hillside, **DEEP, referral="Ring", offers=["group"])) == ["access"]


def test_waiting_list_asks_for_weeks_and_a_number_of_a_contact_is_one(hillside: Setting) -> None:
    waiting = bare(hillside, "Waiting", capacity="waiting", waiting_time="long")
    assert "waiting_weeks" in names(waiting)
    assert "waiting_weeks" not in names(bare(hillside, "Open", capacity="open"))
    assert "reach" not in names(bare(hillside, "Mail", email="a@b.example.org"))


def test_quick_add_is_flagged_on_the_page_and_in_the_list_for_those_who_keep_it(
    hillside: Setting, amara: Membership
) -> None:
    typed = {"name": "New club", "sector": "other", "telephone": "01632 960 318"}
    response = client_of(amara).post(url("add_service", hillside), typed, follow=True)
    assert "as incomplete" in words_of(response)
    assert "without <a" in words_of(response)
    assert "Incomplete" in words_of(client_of(amara).get(url("service_list", hillside)))
    staff = client_of(member(hillside, Role.STAFF))
    service = Service.objects.get(name="New club")
    for page in (url("service_list", hillside), url("service_detail", hillside, service.pk)):
        assert "ncomplete" not in words_of(staff.get(page))


def test_sheet_that_others_keep_is_not_flagged_here(hillside: Setting, amara: Membership) -> None:
    theirs = bare(school("riverside"), "Theirs", visibility="listed")
    hillside.partnerships.create(service=theirs)
    assert "Incomplete" not in words_of(client_of(amara).get(url("service_list", hillside)))
    assert "Theirs" not in words_of(client_of(amara).get(url("gap_list", hillside)))
    assert essential_missing(theirs)


def test_page_lists_sheets_by_their_most_important_gap(hillside: Setting, amara: Membership) -> None:
    bare(hillside, "Zebra")
    bare(hillside, "Apple", telephone=[("01632 960 318", "")], referral="Ring", profile="Fruit")
    bare(hillside, "Mango", telephone=[("01632 960 319", "")])
    services = list(hillside.services_kept.with_whole_parts())
    assert [row.service.name for row in by_importance(services)] == ["Zebra", "Mango", "Apple"]
    client = client_of(amara)
    shown = words_of(client.get(url("gap_list", hillside)))
    assert shown.index(">Zebra<") < shown.index(">Mango<") < shown.index(">Apple<")
    only = words_of(client.get(url("gap_list", hillside) + "?gap=reach"))
    assert ">Zebra<" in only
    assert ">Mango<" not in only
    assert ">Mango<" in words_of(client.get(url("gap_list", hillside) + "?gap=nonsense"))


def test_page_of_gaps_has_a_first_step_when_nothing_is_kept(hillside: Setting, amara: Membership) -> None:
    assert "keeps no sheets yet" in words_of(client_of(amara).get(url("gap_list", hillside)))


@pytest.mark.parametrize("name", ["gap_list", "edit_grid"])
def test_cost_does_not_grow_with_the_sheets(
    hillside: Setting, amara: Membership, django_assert_num_queries: Any, name: str
) -> None:
    client = client_of(amara)
    for count in (1, 3):
        for number in range(count):
            bare(hillside, f"Club {count} {number}")
        with django_assert_num_queries(11 if name == "gap_list" else 13):
            client.get(url(name, hillside))


def sent(client: Client, address: str) -> dict[str, Any]:
    """What the grid sends when nothing in it is changed."""
    page = client.get(address)
    typed: dict[str, Any] = {"row": [str(form.instance.pk) for form in page.context["rows"]]}
    for form in page.context["rows"]:
        for bound in form:
            value = (
                bound.value()
                if bound.name in {"version", "seen"}
                else bound.field.prepare_value(bound.value())
            )
            typed[bound.html_name] = "" if value is None else value
    return typed


def cell(service: Service, name: str) -> str:
    return f"{service.pk}-{name}"


def test_many_sheets_are_changed_at_once_and_only_those_that_were_touched(
    hillside: Setting, amara: Membership
) -> None:
    first, second, third = (bare(hillside, name) for name in ("First", "Second", "Third"))
    client = client_of(amara)
    names = ("telephone", "levels", "min_age", "cost")
    address = url("edit_grid", hillside) + "?" + "&".join(f"columns={name}" for name in names)
    typed = sent(client, address) | {
        cell(first, "telephone"): "01632 960 318 (mornings)",
        cell(first, "levels"): ["early_help", "targeted"],
        cell(second, "min_age"): "5",
        cell(second, "cost"): "free",
    }
    assert "2 sheets saved" in words_of(client.post(address, typed, follow=True))
    assert values_of(fresh(first))["telephone"] == [("01632 960 318", "mornings")]
    assert fresh(first).levels == ["early_help", "targeted"]
    assert (fresh(second).min_age, fresh(second).cost) == (5, "free")
    assert [fresh(each).version for each in (first, second, third)] == [2, 2, 1]


def test_wrong_cell_keeps_none_of_the_others(hillside: Setting, amara: Membership) -> None:
    first, second = bare(hillside, "First"), bare(hillside, "Second")
    client, address = client_of(amara), url("edit_grid", hillside)
    typed = sent(client, address) | {
        cell(first, "email"): "nobody",
        cell(first, "telephone"): "01632 960 318",
        cell(second, "email"): "a@b.example.org",
    }
    shown = words_of(client.post(address, typed))
    assert "One sheet is not saved yet" in shown
    assert "Enter an e-mail address" in shown
    assert "nobody" in shown
    assert "01632 960 318" in shown
    assert fresh(second).email == "a@b.example.org"
    assert fresh(first).version == 1


@pytest.mark.parametrize(
    ("keep", "expected"), [("yours", "mine@b.example.org"), ("theirs", "ruth@b.example.org")]
)
def test_row_that_somebody_else_saved_is_shown_and_the_others_are_saved(
    hillside: Setting, amara: Membership, keep: str, expected: str
) -> None:
    first, second = bare(hillside, "First"), bare(hillside, "Second")
    client, address = client_of(amara), url("edit_grid", hillside)
    typed = sent(client, address) | {
        cell(first, "email"): "mine@b.example.org",
        cell(second, "email"): "a@b.example.org",
    }
    update_sheet(hillside, fresh(first), {"email": "ruth@b.example.org"}, ["email"])
    page = client.post(address, typed)
    shown = words_of(page)
    assert "somebody else saved this meanwhile" in shown
    assert "ruth@b.example.org" in shown
    assert fresh(second).email == "a@b.example.org"
    assert fresh(first).email == "ruth@b.example.org"
    row = next(form for form in page.context["rows"] if form.instance.pk == first.pk)
    again = {name: value for name, value in typed.items() if name == "row" or name.startswith(str(first.pk))}
    again |= {cell(first, name): row[name].value() for name in ("version", "seen")}
    client.post(address, {**again, cell(first, "keep_email"): keep})
    assert fresh(first).email == expected


def test_row_that_only_somebody_else_changed_is_left_alone(hillside: Setting, amara: Membership) -> None:
    first = bare(hillside, "First")
    client, address = client_of(amara), url("edit_grid", hillside)
    typed = sent(client, address)
    update_sheet(hillside, fresh(first), {"email": "ruth@b.example.org"}, ["email"])
    assert "Nothing was changed" in words_of(client.post(address, typed, follow=True))
    assert fresh(first).email == "ruth@b.example.org"


def test_ages_that_run_backwards_are_told(hillside: Setting, amara: Membership) -> None:
    first = bare(hillside, "First", max_age=10)
    client, address = client_of(amara), url("edit_grid", hillside) + "?columns=min_age"
    shown = words_of(client.post(address, sent(client, address) | {cell(first, "min_age"): "12"}))
    assert "Ages from 12 to 10" in shown


def test_sheet_of_another_school_is_not_changed_through_the_grid(
    hillside: Setting, amara: Membership
) -> None:
    theirs = bare(school("riverside"), "Theirs", visibility="listed")
    hillside.partnerships.create(service=theirs)
    client, address = client_of(amara), url("edit_grid", hillside)
    client.post(address, {"row": [str(theirs.pk), "nonsense"], cell(theirs, "email"): "a@b.example.org"})
    assert fresh(theirs).email == ""


def test_grid_shows_only_sheets_that_lack_what_is_asked(hillside: Setting, amara: Membership) -> None:
    bare(hillside, "Without")
    bare(hillside, "With", telephone=[("01632 960 318", "")])
    shown = words_of(client_of(amara).get(url("edit_grid", hillside) + "?gap=telephone&columns=telephone"))
    assert ">Without<" in shown
    assert ">With<" not in shown
