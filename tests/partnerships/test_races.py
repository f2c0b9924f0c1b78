"""Two people, or one person twice, at the very same moment: real transactions in threads."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from partnerships.access import Role
from partnerships.addresses import Address
from partnerships.commands import (
    InvitationProblem,
    LastCoordinator,
    accept_invitation,
    end_access,
    invite_people,
)
from partnerships.commands.invitations import Offer
from partnerships.models import Membership, User
from partnerships.sectors import Sector
from tests.factories import SettingFactory
from tests.partnerships.kit import member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Starts all of them at one moment; what each gave or raised, in their order."""
    gate = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        gate.wait(timeout=10)
        try:
            results[number] = deed()
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


def test_two_clicks_at_once_make_one_member() -> None:
    school = SettingFactory()
    invitation = school.invitations.create(email="priya@example.org", roles=["staff"])

    def click() -> Membership:
        return accept_invitation(
            invitation=invitation,
            make_user=lambda: User.objects.create_user(
                invitation.email, "three quiet herons", full_name="Priya"
            ),
        )

    results = at_once(click, click)
    assert sorted(type(each).__name__ for each in results) == ["InvitationProblem", "Membership"]
    assert [each.state for each in results if isinstance(each, InvitationProblem)] == ["used"]
    assert school.memberships.count() == 1


def test_two_coordinators_who_leave_at_once_are_not_both_let_go() -> None:
    school = SettingFactory()
    first, second = member(school), member(school)
    today = timezone.localdate()
    results = at_once(
        lambda: end_access(membership=first, left_on=today, by=first),
        lambda: end_access(membership=second, left_on=today, by=second),
    )
    assert [type(each) for each in results if each is not None] == [LastCoordinator]
    assert school.memberships.staying().with_role(Role.COORDINATOR).count() == 1


def test_two_coordinators_who_invite_the_same_person_send_one_invitation() -> None:
    school = SettingFactory()
    by = member(school)
    offer = Offer(roles=[Role.STAFF], sector=Sector.EDUCATION)

    def invite() -> int:
        return len(
            invite_people(setting=school, addresses=[Address("priya@example.org")], offer=offer, by=by)
        )

    assert sorted(at_once(invite, invite)) == [0, 1]
    assert school.invitations.count() == 1
