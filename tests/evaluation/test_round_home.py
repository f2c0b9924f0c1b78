"""What check-ins add to everybody's pages, and what the worker does with them each minute."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from evaluation.closing import agree_round, close_round
from evaluation.models import Phase, Round
from evaluation.rounds import home as round_home
from evaluation.rounds.commands import open_round, record_levels, remind, share_round
from evaluation.rounds.demo import seed_rounds
from partnerships.access import Role
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, started, team
from tests.factories import MembershipFactory
from toolkits.models import PendingMark

pytestmark = pytest.mark.django_db

Team = tuple[Membership, list[Membership]]


@pytest.fixture
def people() -> Team:
    return team({Sector.EDUCATION: 6, Sector.HEALTH: 6})


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_home, "_is_day", lambda: True)


def fresh(round_: Round) -> Round:
    return Round.objects.with_activity().get(pk=round_.pk)


def run(*jobs: Any, on: Any, capture: Any) -> None:
    with capture(execute=True):
        for job in jobs:
            job(on)


def test_it_opens_and_closes_by_itself_once(
    people: Team, noon: None, django_capture_on_commit_callbacks: Any
) -> None:
    today = timezone.localdate()
    round_ = started(*people, opens_on=today + timedelta(days=2), closes_on=today + timedelta(days=9))
    open_round(round_=round_, by=people[0])
    jobs = (round_home.open_what_is_due, round_home.close_what_is_due)
    run(*jobs, on=today + timedelta(days=1), capture=django_capture_on_commit_callbacks)
    assert fresh(round_).phase is Phase.READY
    for _ in range(2):
        run(*jobs, on=today + timedelta(days=2), capture=django_capture_on_commit_callbacks)
    assert fresh(round_).is_open
    assert len(mail.outbox) == 12
    run(*jobs, on=today + timedelta(days=9), capture=django_capture_on_commit_callbacks)
    assert fresh(round_).is_open
    for _ in range(2):
        run(*jobs, on=today + timedelta(days=10), capture=django_capture_on_commit_callbacks)
    assert fresh(round_).phase is Phase.CLOSED


def test_nobody_is_asked_at_night(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_home, "FIRST_HOUR", 24)
    round_ = started(*people)
    Round.objects.filter(pk=round_.pk).update(is_ready=True)
    round_home.open_what_is_due(timezone.localdate())
    assert fresh(round_).phase is Phase.READY


def test_what_can_no_longer_open_by_itself_waits_for_the_coordinator(people: Team, noon: None) -> None:
    coordinator, members = people
    round_ = started(coordinator, members[:3])
    Round.objects.filter(pk=round_.pk).update(is_ready=True)
    round_home.open_what_is_due(timezone.localdate())
    assert fresh(round_).phase is Phase.DRAFT


def test_one_reminder_comes_before_the_last_day(
    people: Team, noon: None, django_capture_on_commit_callbacks: Any
) -> None:
    coordinator, members = people
    today = timezone.localdate()
    round_ = opened(coordinator, members, closes_on=today + timedelta(days=14))
    answer(round_, members[0], "partly")
    Round.objects.filter(pk=round_.pk).update(
        opens_on=today - timedelta(days=12), closes_on=today + timedelta(days=2)
    )
    for _ in range(2):
        run(round_home.remind_what_is_due, on=today, capture=django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 11
    assert mail.outbox[0].subject.startswith("Until ")


def test_a_reminder_by_hand_stands_for_the_one_that_was_due(
    people: Team, noon: None, django_capture_on_commit_callbacks: Any
) -> None:
    today = timezone.localdate()
    round_ = opened(*people)
    Round.objects.filter(pk=round_.pk).update(
        opens_on=today - timedelta(days=12), closes_on=today + timedelta(days=1)
    )
    with django_capture_on_commit_callbacks(execute=True):
        remind(round_=round_, by=people[0])
    run(round_home.remind_what_is_due, on=today, capture=django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 12


def test_marks_are_set_in_batches(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members)
    for member in members[:5]:
        round_home.mark_what_is_due(timezone.localdate())
        assert not round_.activity.participants.filter(has_answered=True).exists()
        answer(round_, member, "partly")
    round_home.mark_what_is_due(timezone.localdate())
    assert round_.activity.participants.filter(has_answered=True).count() == 5
    assert not PendingMark.objects.exists()


def titles(member: Membership) -> list[str]:
    return [
        item.title
        for source in (round_home.waiting_to_answer, round_home.waiting_to_share)
        for item in source(member)
    ]


def test_an_open_check_in_waits_for_who_has_not_answered(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members, title="Spring")
    assert titles(members[0]) == ["Answer the check-in “Spring”"]
    answer(round_, members[0], "partly")
    assert titles(members[0]) == []


def test_a_closed_check_in_waits_for_the_coordinator_until_it_is_agreed(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members, title="Spring")
    for member in members:
        answer(round_, member, "partly")
    close_round(round_=round_, by=coordinator)
    assert titles(coordinator) == ["Choose who sees the check-in “Spring”"]
    assert titles(members[0]) == []
    share_round(round_=round_, by=coordinator)
    assert titles(coordinator) == ["Record what you agree after the check-in “Spring”"]
    record_levels(round_=round_, levels={}, words="We meet earlier.", by=coordinator, seen_version=None)
    agree_round(round_=round_, by=coordinator)
    assert titles(coordinator) == []


def test_a_governor_meets_no_check_in_anywhere(people: Team) -> None:
    coordinator, members = people
    governor = MembershipFactory(setting=coordinator.setting, roles=[Role.GOVERNOR])
    opened(coordinator, members, title="Spring")
    assert titles(governor) == []
    assert list(round_home.round_panels(governor)) == []
    assert list(round_home.found_rounds(governor, "Spring")) == []


def test_search_finds_what_somebody_may_see(people: Team) -> None:
    coordinator, members = people
    opened(coordinator, members[:6], title="Spring pulse")
    assert [hit.title for hit in round_home.found_rounds(members[0], "spring")] == ["Spring pulse"]
    assert list(round_home.found_rounds(members[-1], "spring")) == []
    assert [hit.text for hit in round_home.found_rounds(coordinator, "pulse")] == ["Open, closes in 2 weeks"]


def test_the_first_check_in_ticks_the_step_off(people: Team) -> None:
    (step,) = round_home.first_round(people[0].setting)
    assert not step.done
    started(*people)
    assert [step.done for step in round_home.first_round(people[0].setting)] == [True]


def test_the_demo_has_two_agreed_one_closed_and_one_open_with_names() -> None:
    from partnerships.demo import seed_people

    seed_people()
    for _ in range(2):
        seed_rounds()
    rounds = list(Round.objects.with_activity().order_by("opens_on"))
    assert [one.phase for one in rounds] == [Phase.AGREED, Phase.AGREED, Phase.CLOSED, Phase.OPEN]
    assert [one.is_anonymous for one in rounds] == [True, True, True, False]
    answered = [group["answered"] for group in rounds[0].fixed_results["groups"]]
    assert len([count for count in answered if count and count >= 5]) >= 3
