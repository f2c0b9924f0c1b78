"""Actions: added by hand or by a session, changed, done, dropped, and taken away as a spreadsheet."""

import csv
import uuid
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.utils import timezone

from partnerships.access import Role
from partnerships.commands import add_action
from partnerships.models import Action, Membership, Partnership, Setting
from partnerships.registry import registry
from tests.factories import PartnershipFactory, ServiceFactory, SettingFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(school: Setting) -> Membership:
    return member(school, Role.PRACTITIONER, name="Priya Raman")


@pytest.fixture
def harbour(school: Setting) -> Partnership:
    service = ServiceFactory(name="Harbour", steward=school)
    partnership: Partnership = PartnershipFactory(setting=school, service=service)
    return partnership


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def action(school: Setting, text: str = "Bring dates", due: int = 3, **fields: Any) -> Action:
    owner = {} if "owner" in fields or "owner_partnership" in fields else {"owner_name": "Site manager"}
    made: Action = school.actions.create(text=text, due_on=in_days(due), **owner, **fields)
    return made


def test_list_puts_the_longest_late_first(school: Setting, amara: Membership) -> None:
    for text, due in (("Next month", 30), ("Late by a week", -7), ("Tomorrow", 1), ("Late by a day", -1)):
        action(school, text, due)
    page = words_of(client_of(amara).get(url("action_list", school)))
    order = [page.index(text) for text in ("Late by a week", "Late by a day", "Tomorrow", "Next month")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Mine", "Harbour’s", "Typed", "Late"}),
        ("?whose=mine", {"Mine"}),
        ("?whose=services", {"Harbour’s"}),
        ("?whose=people", {"Typed", "Late"}),
        ("?state=late", {"Late"}),
        ("?state=done", {"Was done"}),
        ("?state=dropped", {"Was dropped"}),
        ("?state=all", {"Mine", "Harbour’s", "Typed", "Late", "Was done", "Was dropped"}),
        ("?q=harbour", {"Harbour’s"}),
        ("?state=nonsense&whose=nonsense", {"Mine", "Harbour’s", "Typed", "Late"}),
    ],
)
def test_list_and_spreadsheet_are_filtered_alike(
    school: Setting, amara: Membership, harbour: Partnership, query: str, shown: set[str]
) -> None:
    action(school, "Mine", owner=amara)
    action(school, "Harbour’s", owner_partnership=harbour)
    action(school, "Typed")
    action(school, "Late", due=-2)
    action(school, "Was done").finish("It worked")
    action(school, "Was dropped").drop("No longer needed")
    client = client_of(amara)
    rows = list(
        csv.reader(
            StringIO(client.get(f"{url('export_actions', school)}{query}").content.decode("utf-8-sig"))
        )
    )
    assert {row[0] for row in rows[1:]} == shown
    page = words_of(client.get(f"{url('action_list', school)}{query}"))
    assert {
        text
        for text in ("Mine", "Harbour’s", "Typed", "Late", "Was done", "Was dropped")
        if f"<b>{text}</b>" in page
    } == shown


def test_practitioner_sees_only_the_own_actions(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    own = action(school, "Bring the rota", owner=priya)
    others = action(school, "Ring the council", owner=amara)
    client = client_of(priya)
    page = words_of(client.get(f"{url('action_list', school)}?state=all"))
    assert own.text in page
    assert others.text not in page
    assert others.text not in client.get(f"{url('export_actions', school)}?state=all").content.decode()
    assert client.get(url("action_detail", school, others.pk)).status_code == 404


def test_spreadsheet_runs_no_formula(school: Setting, amara: Membership) -> None:
    school.actions.create(text="=1+1", owner_name="@SUM(A1)", due_on=in_days(1))
    content = client_of(amara).get(url("export_actions", school)).content.decode("utf-8-sig")
    row = list(csv.reader(StringIO(content)))[1]
    assert row[:2] == ["'=1+1", "'@SUM(A1)"]


def test_list_needs_the_same_queries_for_one_and_for_three(
    school: Setting, amara: Membership, harbour: Partnership, django_assert_num_queries: Any
) -> None:
    client = client_of(amara)
    for count in (1, 2):
        for number in range(count):
            action(school, f"Mine {count}{number}", owner=amara)
            action(school, f"Theirs {count}{number}", owner_partnership=harbour)
        with django_assert_num_queries(6):
            client.get(url("action_list", school))


@pytest.mark.parametrize("owner", ["person", "service", "name"])
def test_coordinator_adds_an_action_for_anybody(
    school: Setting, amara: Membership, priya: Membership, harbour: Partnership, owner: str
) -> None:
    chosen = {
        "person": {"owner_key": f"person-{priya.pk}"},
        "service": {"owner_key": f"service-{harbour.pk}"},
        "name": {"owner_name": "Site manager"},
    }[owner]
    data = {"text": "Find a quiet room", "due_on": "27 March 2026", "version": 0, **chosen}
    client_of(amara).post(url("add_action", school), data)
    made = school.actions.get()
    assert made.owner_words == {"person": "Priya Raman", "service": "Harbour", "name": "Site manager"}[owner]
    assert (made.due_on, made.created_by) == (date(2026, 3, 27), amara)


@pytest.mark.parametrize(
    "owner", [{}, {"owner_key": "person", "owner_name": "Site manager"}, {"owner_key": "person-nobody"}]
)
def test_action_needs_exactly_one_owner(school: Setting, amara: Membership, owner: dict[str, str]) -> None:
    chosen = {**owner, "owner_key": f"person-{amara.pk}"} if owner.get("owner_key") == "person" else owner
    data = {"text": "Find a quiet room", "due_on": "2026-03-27", "version": 0, **chosen}
    page = words_of(client_of(amara).post(url("add_action", school), data))
    assert "Find a quiet room" in page
    assert "one of the two" in page or "Select a valid choice" in page
    assert school.actions.count() == 0


def test_practitioner_adds_actions_for_nobody_else(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    client = client_of(priya)
    assert "Amara Oduya" not in words_of(client.get(url("add_action", school))).split("<form method")[-1]
    data = {"text": "Bring dates", "due_on": "2026-03-27", "version": 0, "owner_key": f"person-{amara.pk}"}
    client.post(url("add_action", school), data)
    assert school.actions.get().owner == priya


def test_text_about_one_child_is_asked_about(school: Setting, amara: Membership) -> None:
    data = {
        "text": "Ring the mother of Jayden Smith, 4B",
        "due_on": "2026-03-27",
        "owner_name": "Site manager",
        "version": 0,
    }
    page = words_of(client_of(amara).post(url("add_action", school), data))
    assert "looks like a child’s name and class" in page
    assert school.actions.count() == 0


def test_done_keeps_what_came_of_it(school: Setting, amara: Membership, priya: Membership) -> None:
    row = action(school, owner=priya)
    client_of(priya).post(url("finish_action", school, row.pk), {"outcome": "Dates are on the board."})
    row.refresh_from_db()
    assert (row.state, row.outcome, row.done_on) == ("done", "Dates are on the board.", timezone.localdate())
    page = words_of(client_of(amara).get(url("action_detail", school, row.pk)))
    assert "Dates are on the board." in page
    assert "Priya Raman" in page


def test_dropping_asks_why(school: Setting, amara: Membership) -> None:
    row = action(school)
    page = words_of(client_of(amara).post(url("drop_action", school, row.pk), {"outcome": ""}))
    assert "Fill in “Why it is dropped”" in page
    client_of(amara).post(url("drop_action", school, row.pk), {"outcome": "The room was found."})
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("dropped", "The room was found.")


def test_closed_action_is_not_closed_twice(school: Setting, amara: Membership) -> None:
    row = action(school)
    row.finish("First words")
    response = client_of(amara).post(
        url("finish_action", school, row.pk), {"outcome": "Other words"}, follow=True
    )
    assert "This action is closed already" in words_of(response)
    row.refresh_from_db()
    assert row.outcome == "First words"


def test_reopened_action_is_to_do_again(school: Setting, amara: Membership) -> None:
    row = action(school)
    row.finish("Done")
    client_of(amara).post(url("reopen_action", school, row.pk))
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("open", "")


def test_stale_save_shows_both_dates_and_owners(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    row = action(school, owner=amara)
    opened = {"text": row.text, "owner_key": f"person-{amara.pk}", "due_on": "27 March 2026", "version": 1}
    client = client_of(amara)
    client.post(url("edit_action", school, row.pk), {**opened, "owner_key": f"person-{priya.pk}"})
    page = words_of(client.post(url("edit_action", school, row.pk), {**opened, "due_on": "3 April 2026"}))
    assert "Two versions of this page" in page
    for words in ("Priya Raman", "27 March 2026", "3 April 2026"):
        assert words in page
    again = {
        **opened,
        "due_on": "3 April 2026",
        "version": 2,
        "keep_owner_key": "theirs",
        "keep_due_on": "yours",
    }
    client.post(url("edit_action", school, row.pk), again)
    row.refresh_from_db()
    assert (row.owner, row.due_on) == (priya, date(2026, 4, 3))


def test_owner_who_has_left_can_stay_the_owner(school: Setting, amara: Membership, priya: Membership) -> None:
    row = action(school, owner=priya)
    Membership.objects.filter(pk=priya.pk).update(left_on=timezone.localdate())
    client = client_of(amara)
    assert "Priya Raman (has left)" in words_of(client.get(url("edit_action", school, row.pk)))
    data = {
        "text": "Bring the dates",
        "owner_key": f"person-{priya.pk}",
        "due_on": "2026-03-27",
        "version": 1,
    }
    client.post(url("edit_action", school, row.pk), data)
    row.refresh_from_db()
    assert (row.text, row.owner) == ("Bring the dates", priya)


def test_action_of_a_session_links_back_to_it(
    school: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.origins, "person", "partnerships:person_detail")
    row = add_action(
        setting=school,
        text="Bring dates",
        due_on=in_days(3),
        by=amara,
        owner=amara,
        origin_kind="person",
        origin_id=amara.pk,
        origin_words="SWOT: sharing information",
    )
    page = words_of(client_of(amara).get(url("action_detail", school, row.pk)))
    assert f'<a href="{url("person_detail", school, amara.pk)}">SWOT: sharing information</a>' in page
    assert list(school.actions.from_origin("person", amara.pk)) == [row]


@pytest.mark.parametrize("owners", [{}, {"owner_name": "A", "owner": "yes"}])
def test_command_refuses_none_or_two_owners(
    school: Setting, amara: Membership, owners: dict[str, Any]
) -> None:
    given = {**owners, "owner": amara} if "owner" in owners else owners
    with pytest.raises(ValueError, match="one owner"):
        add_action(setting=school, text="x", due_on=in_days(1), by=amara, **given)


def test_command_refuses_an_owner_of_another_school(school: Setting, amara: Membership) -> None:
    with pytest.raises(ValueError, match="one setting"):
        add_action(setting=school, text="x", due_on=in_days(1), by=amara, owner=member(SettingFactory()))


def test_unknown_action_is_not_found(school: Setting, amara: Membership) -> None:
    response = client_of(amara).get(url("action_detail", school, uuid.uuid4()))
    assert response.status_code == 404
    assert "Bring dates" not in words_of(response)
