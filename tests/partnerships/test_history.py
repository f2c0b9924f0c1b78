"""Who changed what, told in words."""

from typing import Any

import pytest
from django.utils import timezone

from partnerships.access import Role
from partnerships.audit import Actor, acting
from partnerships.history import changes
from partnerships.models import Membership, Setting
from tests.factories import PartnershipFactory, ServiceFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(school: Setting) -> Membership:
    return member(school, Role.PRACTITIONER, "Priya Raman", job_title="School nurse")


def test_change_on_a_page_names_who_when_and_what(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    data = {
        "roles": ["practitioner", "staff"],
        "job_title": "Lead nurse",
        "telephone": "",
        "sector": "health",
        "service": "",
        "version": 1,
    }
    client_of(amara).post(url("edit_person", school, priya.pk), data)
    latest, first = changes(priya)
    assert (latest.who, first.is_new) == ("Amara Oduya", True)
    context = priya.events.order_by("pgh_id").last().pgh_context  # type: ignore[attr-defined]
    assert context.metadata == {
        "kind": "user",
        "who": str(amara.user_id),
        "route": "partnerships:edit_person",
    }
    assert latest.when.date() == timezone.now().date()
    told = {change.field: (change.before, change.after) for change in latest.fields}
    assert told["Job title"] == ("School nurse", "Lead nurse")
    assert told["Roles"] == ("Practitioner", "Practitioner, Member of staff")
    assert told["Sector"] == ("Education", "Health")
    page = words_of(client_of(amara).get(url("person_detail", school, priya.pk)))
    assert ">Lead nurse</ins>" in page
    assert page.count("Added.") == 1


@pytest.mark.parametrize(
    ("kind", "who", "words"),
    [
        (Actor.COMMAND, "invite", "Whoever runs the server"),
        (Actor.TASK, "", "Joined Up, by itself"),
        (Actor.LINK, "priya@example.org", "Somebody with a link sent by e-mail"),
        (Actor.PUBLIC, "", "Somebody not signed in"),
        (Actor.PARTICIPANT, "Tom, a guest", "Tom, a guest"),
    ],
)
def test_whoever_is_no_user_is_named_in_words(priya: Membership, kind: Actor, who: str, words: str) -> None:
    with acting(kind, who):
        priya.job_title = "Lead nurse"
        priya.save()
    assert changes(priya)[0].who == words


def test_change_without_an_actor_says_that_it_is_not_known(priya: Membership) -> None:
    priya.job_title = "Lead nurse"
    priya.save()
    assert changes(priya)[0].who == "Not known"


def test_days_relations_and_emptied_fields_are_told_in_words(school: Setting, priya: Membership) -> None:
    service = ServiceFactory(name="School nursing", steward=school)
    PartnershipFactory(setting=school, service=service)
    priya.service, priya.job_title, priya.left_on = (
        service,
        "",
        timezone.localdate().replace(year=2026, month=3, day=3),
    )
    priya.save()
    told = {change.field: (change.before, change.after) for change in changes(priya)[0].fields}
    assert told["Service"] == ("", "School nursing")
    assert told["Job title"] == ("School nurse", "")
    assert told["Access ended on"] == ("", "3 March 2026")


def test_several_rows_make_one_story_the_latest_first(priya: Membership) -> None:
    priya.job_title = "Lead nurse"
    priya.save()
    priya.user.full_name = "Priya Raman-Shah"
    priya.user.save()
    story = changes(priya, priya.user, names={"user": "Sign-in"})
    assert story == sorted(story, key=lambda change: change.when, reverse=True)
    told = {(change.what, field.field, field.after) for change in story for field in change.fields}
    assert told == {("", "Job title", "Lead nurse"), ("Sign-in", "Name", "Priya Raman-Shah")}


def test_saving_nothing_is_no_change(priya: Membership) -> None:
    priya.version += 1
    priya.save()
    assert [change.is_new for change in changes(priya)] == [True]


def test_story_needs_the_same_queries_for_one_and_for_three_changes(
    school: Setting, priya: Membership, amara: Membership, django_assert_num_queries: Any
) -> None:
    for count in (1, 2):
        for number in range(count):
            priya.service = PartnershipFactory(setting=school).service
            priya.job_title = f"Job {count}{number}"
            with acting(Actor.USER, str(amara.user_id)):
                priya.save()
        with django_assert_num_queries(3):
            assert len(changes(priya)) == (2 if count == 1 else 4)


def test_settings_page_tells_its_story(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    client.post(url("edit_setting_section", school, "check-ins"), {"small_group": "8", "version": 1})
    page = words_of(client.get(url("setting_changes", school)))
    assert "<b>Amara Oduya</b>" in page
    assert "Smallest group that is shown" in page


def test_only_coordinators_and_oneself_see_what_changed(
    school: Setting, amara: Membership, priya: Membership
) -> None:
    teacher = member(school, Role.STAFF)
    page = url("person_detail", school, priya.pk)
    assert "What changed" in words_of(client_of(priya).get(page))
    assert "What changed" not in words_of(client_of(teacher).get(page))


def test_route_of_the_request_stays_when_another_actor_is_named(priya: Membership) -> None:
    with (
        acting(Actor.USER, "somebody", route="partnerships:arrival"),
        acting(Actor.LINK, "priya@example.org"),
    ):
        priya.job_title = "Lead nurse"
        priya.save()
    context = priya.events.order_by("pgh_id").last().pgh_context  # type: ignore[attr-defined]
    assert context.metadata == {"kind": "link", "who": "priya@example.org", "route": "partnerships:arrival"}


def test_somebody_new_was_made_once(priya: Membership) -> None:
    assert [change.is_new for change in changes(priya, priya.user)] == [True]
