"""Profiles and other sheets: kept as typed, checked, handed in, versions, copied, looked at again."""

from datetime import timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.factories import MembershipFactory, SettingFactory
from tests.toolkits.conftest import practitioner
from toolkits.commands.sheets import save_sheet
from toolkits.models import Contribution, Draft
from toolkits.sheet_history import versions_of
from toolkits.sheets import sheet_of, to_review, wishes
from toolkits.versions import current

pytestmark = pytest.mark.django_db
CODE = "practitioner-profile"
PROFILE = {
    "name": "Priya Raman",
    "job_title": "School nurse",
    "service": "School nursing",
    "telephone": "01632 960277",
    "email": "priya@example.org",
    "whereabouts": "Mondays, medical room",
    "role": "Health checks\nDrop-in for pupils",
    "successes": "Walking club",
    "contribution": "",
    "help": "A room\nTime",
    "learning": "Signing",
}


@pytest.fixture
def nurse() -> Membership:
    return practitioner(SettingFactory.create(slug="hillside-sheets"), "Priya Raman", Sector.HEALTH)


def url(person: Membership, rest: str = "", code: str = CODE) -> str:
    return f"/s/{person.setting.slug}/tools/{code}/people/{person.pk}/{rest}"


def browser(person: Membership) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def typed(client: Client, person: Membership, **changes: Any) -> dict[str, Any]:
    """What the edit page sends: its hidden fields with these answers."""
    form = client.get(url(person, "change/")).context["form"]
    return {**PROFILE, "version": form["version"].value(), "seen": form["seen"].value(), **changes}


def hand_in(client: Client, person: Membership, **changes: Any) -> Any:
    client.post(url(person, "change/"), typed(client, person, **changes))
    return client.post(url(person, "check/"))


def test_profile_begins_with_what_is_known(nurse: Membership) -> None:
    page = browser(nurse).get(url(nurse, "change/")).content.decode()
    assert 'value="Priya Raman"' in page
    assert f'value="{nurse.user.email}"' in page


def test_profile_is_checked_and_handed_in(nurse: Membership) -> None:
    client = browser(nurse)
    response = client.post(url(nurse, "change/"), typed(client, nurse))
    assert response["Location"] == url(nurse, "check/")
    page = client.get(url(nurse, "check/")).content.decode()
    assert "Check your answers" in page and "Walking club" in page
    assert sheet_of(nurse, CODE) is None, "nothing is shown to others before it is handed in"
    assert client.post(url(nurse, "check/"))["Location"] == url(nurse)
    sheet = sheet_of(nurse, CODE)
    assert sheet is not None
    assert sheet.data["role"] == ["Health checks", "Drop-in for pupils"]
    assert (sheet.version, sheet.is_draft, Draft.objects.count()) == (1, False, 0)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Fill in “Name”"),
        ("telephone", "960 277", "area code"),
        ("email", "not an address", "e-mail address"),
        ("role", "\n".join("abcdefg"), "Keep to 6 points"),
        ("successes", "Helped Jayden S. in 4B to sleep", "looks like a child’s name and class"),
    ],
)
def test_answer_that_needs_mending_is_kept_and_explained(
    nurse: Membership, field: str, value: str, words: str
) -> None:
    client = browser(nurse)
    response = client.post(url(nurse, "change/"), typed(client, nurse, **{field: value}))
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert "Walking club" in page or field == "successes"
    assert "need" in client.post(url(nurse, "check/")).content.decode()
    assert sheet_of(nurse, CODE) is None


def test_what_is_typed_is_kept_and_found_again(nurse: Membership) -> None:
    client = browser(nurse)
    said = client.post(url(nurse, "draft/"), typed(client, nurse, telephone="half a numb"))
    assert "Kept at" in said.content.decode()
    page = browser(nurse).get(url(nurse, "change/")).content.decode()
    assert "half a numb" in page
    assert "not saved yet" in client.get(url(nurse)).content.decode()
    client.post(url(nurse, "draft/drop/"))
    assert "half a numb" not in client.get(url(nurse, "change/")).content.decode()


def test_draft_leaves_no_history(nurse: Membership) -> None:
    client = browser(nurse)
    client.post(url(nurse, "draft/"), typed(client, nurse))
    assert not Contribution.objects.exists()
    assert not hasattr(Draft, "pgh_event_model")


def test_stale_profile_shows_both_and_keeps_the_choice(nurse: Membership) -> None:
    first, second = browser(nurse), browser(nurse)
    hand_in(first, nurse)
    late = typed(second, nurse, learning="Mine")
    hand_in(first, nurse, learning="Saved meanwhile")
    second.post(url(nurse, "draft/"), late)
    response = second.post(url(nurse, "change/"), late)
    page = response.content.decode()
    assert "Two versions of this page" in page
    assert "Mine" in page and "Saved meanwhile" in page
    form = response.context["form"]
    chosen = {
        **late,
        "version": form["version"].value(),
        "seen": form["seen"].value(),
        "keep_learning": "theirs",
    }
    second.post(url(nurse, "change/"), chosen)
    second.post(url(nurse, "check/"))
    sheet = sheet_of(nurse, CODE)
    assert sheet is not None
    assert (sheet.version, sheet.data["learning"]) == (3, ["Saved meanwhile"])


def test_draft_overtaken_by_a_save_shows_both_when_it_is_opened(nurse: Membership) -> None:
    client = browser(nurse)
    hand_in(client, nurse)
    client.post(url(nurse, "draft/"), typed(client, nurse, learning="Mine"))
    save_sheet(person=nurse, code=CODE, data={**PROFILE, "learning": ["Theirs"]}, by=_coordinator(nurse))
    page = client.get(url(nurse, "change/")).content.decode()
    assert "Two versions of this page" in page
    assert "Mine" in page and "Theirs" in page


def _coordinator(person: Membership) -> Membership:
    made: Membership = MembershipFactory.create(setting=person.setting, user__full_name="Amara Oduya")
    return made


def test_versions_say_when_who_and_what(nurse: Membership) -> None:
    client = browser(nurse)
    hand_in(client, nurse)
    hand_in(browser(_coordinator(nurse)), nurse, learning="Signing\nFirst aid")
    sheet = sheet_of(nurse, CODE)
    assert sheet is not None
    newest, oldest = versions_of(sheet)
    assert (newest.number, newest.saved_by) == (2, "Amara Oduya")
    assert newest.changed == ("What I want to improve, learn or be trained in",)
    assert (oldest.number, oldest.saved_by) == (1, "Priya Raman")
    assert "Amara Oduya" in client.get(url(nurse, "history/")).content.decode()


def test_colleague_reads_and_does_not_write(nurse: Membership) -> None:
    hand_in(browser(nurse), nurse)
    other = practitioner(nurse.setting, "Tom Birch", Sector.HOUSING)
    client = browser(other)
    assert "Walking club" in client.get(url(nurse)).content.decode()
    for rest in ("change/", "draft/", "check/"):
        assert client.post(url(nurse, rest), PROFILE).status_code == 403
    assert client.get(url(nurse, "paper.pdf")).content.startswith(b"%PDF")


def test_staff_have_no_profile_to_write(nurse: Membership) -> None:
    staff = MembershipFactory.create(setting=nurse.setting, roles=[Role.STAFF])
    assert browser(staff).get(url(staff, "change/")).status_code == 403


def test_coordinator_sees_who_has_not_and_others_only_who_has(nurse: Membership) -> None:
    practitioner(nurse.setting, "Tom Birch", Sector.HOUSING)
    begun = practitioner(nurse.setting, "Leila Haddad", Sector.SEND)
    hand_in(browser(nurse), nurse)
    browser(begun).post(url(begun, "draft/"), {"name": "Leila"})
    people = f"/s/{nurse.setting.slug}/tools/{CODE}/people/"
    page = browser(_coordinator(nurse)).get(people).content.decode()
    assert "Two of 3 have not filled it in" in page
    assert "Begun" in page and "Not yet" in page
    other = browser(nurse).get(people).content.decode()
    assert "Priya Raman" in other and "Tom Birch" not in other


def test_wishes_add_up_without_names() -> None:
    instrument = current(CODE).instrument
    found = {
        field.key: [(wish.text, wish.count) for wish in each]
        for field, each in wishes(
            instrument, [{"learning": ["Signing", "First aid"]}, {"learning": ["signing.", "Loss"]}, {}]
        )
    }
    assert found["learning"] == [("Signing", 2), ("First aid", 1), ("Loss", 1)]
    assert found["help"] == []


def test_wish_page_names_nobody(nurse: Membership) -> None:
    hand_in(browser(nurse), nurse)
    page = browser(_coordinator(nurse)).get(f"/s/{nurse.setting.slug}/tools/{CODE}/wishes/").content.decode()
    assert "Signing" in page
    assert "Priya" not in page


def test_profile_is_begun_from_another_school_without_what_differs(nurse: Membership) -> None:
    hand_in(browser(nurse), nurse)
    there = MembershipFactory.create(
        setting=SettingFactory.create(name="Riverside"), user=nurse.user, roles=[Role.PRACTITIONER]
    )
    client = browser(there)
    assert f"Begin from {nurse.setting.called}" in client.get(url(there)).content.decode()
    client.post(url(there, f"copy/{nurse.pk}/"))
    form = client.get(url(there, "change/")).context["form"]
    assert form["role"].value() == "Health checks\nDrop-in for pupils"
    assert not form["successes"].value()
    assert not form["whereabouts"].value()


def test_nobody_copies_somebody_elses_profile(nurse: Membership) -> None:
    hand_in(browser(nurse), nurse)
    other = practitioner(SettingFactory.create(), "Tom Birch", Sector.HOUSING)
    assert browser(other).post(url(other, f"copy/{nurse.pk}/")).status_code == 404
    assert not Draft.objects.exists()


def test_fixed_names_lead_to_the_profile(nurse: Membership) -> None:
    from django.urls import reverse

    args = [nurse.setting.slug, nurse.pk]
    assert reverse("toolkits:profile_detail", args=args) == url(nurse)
    assert reverse("toolkits:profile_edit", args=args) == url(nurse, "change/")
    assert browser(nurse).get(reverse("toolkits:profile_detail", args=args)).status_code == 200


def benefits(days_ago: int) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=days_ago)
    rows = [{"benefit": "A drop-in", "measure": "Ten pupils come"}]
    return {"name": "Priya", "written_on": day.isoformat(), "next_month": rows, "six_months": rows}


def test_promises_are_due_when_their_time_is_over() -> None:
    instrument, today = current("benefits").instrument, timezone.localdate()
    assert [field.key for field in to_review(instrument, benefits(10), today)] == []
    assert [field.key for field in to_review(instrument, benefits(40), today)] == ["next_month"]
    half_a_year = (today - (today - relativedelta(months=6, days=1))).days
    assert [field.key for field in to_review(instrument, benefits(half_a_year), today)] == [
        "next_month",
        "six_months",
    ]


def test_promise_that_is_due_is_looked_at_again(nurse: Membership) -> None:
    save_sheet(person=nurse, code="benefits", data=benefits(40), by=nurse)
    client, where = browser(nurse), url(nurse, "look-again/", "benefits")
    assert "Ten pupils come" in client.get(where).content.decode()
    client.post(
        where, {"next_month__0__outcome": "partly", "next_month__0__evidence": "Eight came", "version": "1"}
    )
    sheet = sheet_of(nurse, "benefits")
    assert sheet is not None
    assert sheet.data["next_month"][0]["outcome"] == "partly"
    assert (sheet.version, to_review(current("benefits").instrument, sheet.data, timezone.localdate())) == (
        2,
        [],
    )
    page = client.get(url(nurse, "", "benefits")).content.decode()
    assert "Eight came" in page


def test_benefits_are_written_row_by_row_and_half_a_row_is_refused(nurse: Membership) -> None:
    client, where = browser(nurse), url(nurse, "change/", "benefits")
    page = client.get(where).content.decode()
    assert page.count('name="next_month__') == 6, "three benefits, each with its measure"
    data = {"name": "Priya", "written_on": "3 March 2026", "next_month__0__benefit": "A drop-in"}
    assert "Fill in “How we will know” for number 1" in client.post(where, data).content.decode()
    client.post(where, {**data, "next_month__0__measure": "Ten come"})
    client.post(url(nurse, "check/", "benefits"))
    sheet = sheet_of(nurse, "benefits")
    assert sheet is not None
    assert sheet.data["next_month"][0]["measure"] == "Ten come"
    assert sheet.data["written_on"] == "2026-03-03"
    assert client.get(url(nurse, "paper.pdf", "benefits")).content.startswith(b"%PDF")


def test_change_of_a_promise_forgets_what_came_of_the_old_one(nurse: Membership) -> None:
    data = benefits(40)
    data["next_month"] = [
        {"benefit": "Kept", "measure": "m", "outcome": "met", "evidence": "e"},
        {"benefit": "Old", "measure": "m", "outcome": "met"},
    ]
    save_sheet(person=nurse, code="benefits", data=data, by=nurse)
    client, where = browser(nurse), url(nurse, "change/", "benefits")
    form = client.get(where).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"next_month__1__benefit": "New"}
    client.post(where, sent)
    client.post(url(nurse, "check/", "benefits"))
    sheet = sheet_of(nurse, "benefits")
    assert sheet is not None
    assert [row["outcome"] for row in sheet.data["next_month"]] == ["met", ""]


def test_directorys_sheet_is_not_kept_here(nurse: Membership) -> None:
    assert browser(nurse).get(url(nurse, "", "agency-sheet")).status_code == 404
    assert browser(nurse).get(url(nurse, "", "swot")).status_code == 404
