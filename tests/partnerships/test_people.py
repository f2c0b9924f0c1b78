"""The list of people, each one's page, what they may do, and their last day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Membership, Setting
from partnerships.registry import Panel, registry
from partnerships.sectors import Sector
from tests.factories import MembershipFactory, PartnershipFactory, UserFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(school: Setting) -> Membership:
    return member(school, name="Amara Oduya", sector=Sector.EDUCATION)


@pytest.fixture
def priya(school: Setting) -> Membership:
    user = UserFactory(full_name="Priya Raman", email="priya@example.org")
    made: Membership = MembershipFactory(
        setting=school,
        user=user,
        roles=[Role.PRACTITIONER.value],
        sector=Sector.HEALTH,
        job_title="School nurse",
    )
    return made


def form_of(person: Membership, **changes: Any) -> dict[str, Any]:
    return {
        "roles": person.roles,
        "job_title": person.job_title,
        "telephone": person.telephone,
        "sector": person.sector,
        "service": person.service_id or "",
        "version": person.version,
        **changes,
    }


def test_people_stand_under_their_sector_sorted_by_name(school: Setting, amara: Membership) -> None:
    for name in ("Zoë Vance", "Élise Moreau", "Eve Nash"):
        member(school, Role.STAFF, name, sector=Sector.HEALTH)
    page = words_of(client_of(amara).get(url("person_list", school)))
    positions = [page.index(name) for name in ("Amara Oduya", "Élise Moreau", "Eve Nash", "Zoë Vance")]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("q=nurse", "Priya Raman", "Amara Oduya</b>"),
        ("q=priya@example.org", "Priya Raman", "Amara Oduya</b>"),
        ("q=ramán", "Priya Raman", "Amara Oduya</b>"),
        ("role=coordinator", "Amara Oduya</b>", "Priya Raman"),
        ("sector=health", "Priya Raman", "Amara Oduya</b>"),
        ("sector=nonsense&role=nonsense", "Priya Raman", "Nobody fits this"),
        ("q=nobody-at-all", "Nobody fits this", "Priya Raman"),
    ],
)
def test_people_are_found_by_name_job_role_and_sector(
    school: Setting, amara: Membership, priya: Membership, query: str, shown: str, hidden: str
) -> None:
    page = words_of(client_of(amara).get(f"{url('person_list', school)}?{query}"))
    assert shown in page
    assert hidden not in page


def test_typing_gets_the_very_part_that_the_page_includes(school: Setting, amara: Membership) -> None:
    headers = {"HX-Request": "true", "HX-Target": "people"}
    part = client_of(amara).get(f"{url('person_list', school)}?q=amara", headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="people"')
    assert "<html" not in part


def test_list_needs_the_same_queries_for_one_and_for_three(
    school: Setting, amara: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(amara)
    for count in (1, 2):
        for _ in range(count):
            member(school, Role.PRACTITIONER, service=PartnershipFactory(setting=school).service)
        with django_assert_num_queries(6):
            client.get(url("person_list", school))


def test_only_coordinators_see_who_is_invited(school: Setting, amara: Membership, priya: Membership) -> None:
    school.invitations.create(email="new@example.org", roles=["staff"])
    assert "new@example.org" in words_of(client_of(amara).get(url("person_list", school)))
    assert "new@example.org" not in words_of(client_of(priya).get(url("person_list", school)))


def test_governor_sees_nobody(school: Setting, amara: Membership) -> None:
    governor = client_of(member(school, Role.GOVERNOR))
    for address in (url("person_list", school), url("person_detail", school, amara.pk)):
        response = governor.get(address)
        assert response.status_code == 403
        assert "Amara Oduya" not in words_of(response)


def test_page_shows_what_other_apps_add(
    school: Setting, amara: Membership, priya: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panels(viewer: Membership, person: Membership) -> list[Panel]:
        assert (viewer, person) == (amara, priya)
        return [Panel("components/notice.html", {"kind": "ok", "text": "Her photo is checked"})]

    monkeypatch.setattr(registry, "person_panels", [panels])
    page = words_of(client_of(amara).get(url("person_detail", school, priya.pk)))
    assert "Her photo is checked" in page
    assert "School nurse" in page


def test_coordinator_changes_what_somebody_may_do(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    data = form_of(priya, roles=["staff", "practitioner"], telephone="01632960210")
    client_of(amara).post(url("edit_person", school, priya.pk), data)
    priya.refresh_from_db()
    assert priya.roles == ["practitioner", "staff"]
    assert priya.telephone == "01632 960 210"


def test_last_coordinator_can_not_give_up_the_role(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    page = words_of(
        client_of(amara).post(url("edit_person", school, amara.pk), form_of(amara, roles=["staff"]))
    )
    assert "Make somebody else a coordinator first" in page
    amara.refresh_from_db()
    assert amara.roles == ["coordinator"]


def test_stale_save_shows_both_versions_and_keeps_the_choice(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    client = client_of(amara)
    opened = form_of(priya)
    client.post(url("edit_person", school, priya.pk), {**opened, "job_title": "Lead nurse"})
    page = words_of(
        client.post(url("edit_person", school, priya.pk), {**opened, "job_title": "Nurse, two days"})
    )
    assert "Two versions of this page" in page
    assert "Amara Oduya saved this page while you were typing" in page
    assert "Lead nurse" in page
    assert "Nurse, two days" in page
    chosen = {
        **opened,
        "job_title": "Nurse, two days",
        "version": priya.version + 1,
        "keep_job_title": "theirs",
    }
    client.post(url("edit_person", school, priya.pk), chosen)
    priya.refresh_from_db()
    assert priya.job_title == "Lead nurse"


def test_practitioner_changes_own_details_but_not_own_rights(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    client_of(priya).post(
        url("edit_person", school, priya.pk),
        form_of(priya, job_title="Health visitor", roles=["coordinator"]),
    )
    priya.refresh_from_db()
    assert (priya.job_title, priya.roles) == ("Health visitor", ["practitioner"])


def test_tie_is_asked_about_and_confirmed(school: Setting, amara: Membership, priya: Membership) -> None:
    service = PartnershipFactory(setting=school).service
    Membership.objects.filter(pk=priya.pk).update(service=service)
    client = client_of(amara)
    question = f"Does Priya Raman work for {service}?"
    assert question in words_of(client.get(url("person_detail", school, priya.pk)))
    assert question in words_of(client.get(url("setting_home", school)))
    client.post(url("confirm_tie", school, priya.pk))
    priya.refresh_from_db()
    assert (priya.tie_confirmed_on, priya.tie_confirmed_by) == (timezone.localdate(), "Amara Oduya")
    assert question not in words_of(client.get(url("person_detail", school, priya.pk)))


def test_tie_to_another_service_has_to_be_confirmed_again(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    first, second = (PartnershipFactory(setting=school).service for _ in range(2))
    Membership.objects.filter(pk=priya.pk).update(service=first, tie_confirmed_on=timezone.localdate())
    priya.refresh_from_db()
    client_of(amara).post(url("edit_person", school, priya.pk), form_of(priya, service=second.pk))
    priya.refresh_from_db()
    assert (priya.service, priya.tie_confirmed_on) == (second, None)


def test_service_of_another_school_can_not_be_chosen(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    elsewhere = PartnershipFactory().service
    client = client_of(amara)
    assert elsewhere.name not in words_of(client.get(url("edit_person", school, priya.pk)))
    client.post(url("edit_person", school, priya.pk), form_of(priya, service=elsewhere.pk))
    priya.refresh_from_db()
    assert priya.service is None


def test_leaving_ends_access_at_once_and_keeps_the_work(
    school: Setting, amara: Membership, priya: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Membership] = []
    monkeypatch.setattr(registry, "left", [told.append])
    school.actions.create(text="Bring dates", owner=priya, due_on=timezone.localdate())
    hers = client_of(priya)
    assert hers.get(url("setting_home", school)).status_code == 200
    page = words_of(client_of(amara).get(url("end_access", school, priya.pk)))
    assert "One action of theirs is open" in page
    client_of(amara).post(url("end_access", school, priya.pk), {"left_on": f"{timezone.localdate()}"})
    assert hers.get(url("setting_home", school)).status_code == 404
    assert told == [priya]
    assert "Priya Raman" in words_of(client_of(amara).get(url("action_list", school)))
    assert "access ended on" in words_of(client_of(amara).get(url("person_detail", school, priya.pk)))


def test_leaving_later_ends_access_on_that_day(school: Setting, amara: Membership, priya: Membership) -> None:
    later = timezone.localdate() + timedelta(days=7)
    client_of(amara).post(url("end_access", school, priya.pk), {"left_on": f"{later}"})
    assert client_of(priya).get(url("setting_home", school)).status_code == 200
    assert "Leaves: access ends on" in words_of(client_of(amara).get(url("person_detail", school, priya.pk)))


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Enter today or a later day"), (0, "Make somebody else a coordinator first")]
)
def test_leaving_is_refused_in_the_past_and_for_the_last_coordinator(
    school: Setting, amara: Membership, days: int, words: str
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    page = words_of(client_of(amara).post(url("end_access", school, amara.pk), {"left_on": f"{day}"}))
    assert words in page
    amara.refresh_from_db()
    assert amara.left_on is None


def test_coordinator_whose_own_day_is_set_does_not_count_as_staying(
    school: Setting, amara: Membership
) -> None:
    leaving = member(school, left_on=timezone.localdate() + timedelta(days=7))
    page = words_of(
        client_of(leaving).post(url("end_access", school, amara.pk), {"left_on": f"{timezone.localdate()}"})
    )
    assert "Make somebody else a coordinator first" in page


def test_somebody_who_has_left_is_in_no_school_but_can_sign_in(school: Setting) -> None:
    left = member(school, Role.STAFF, left_on=timezone.localdate())
    page = words_of(client_of(left).get("/my/"))
    assert "You are in no school at the moment" in page
    assert "Access ended on" in page
    assert Client().get("/my/").status_code == 302
