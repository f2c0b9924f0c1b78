"""Getting a check-in ready, opening, reminding, closing, sharing, agreeing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from evaluation.closing import agree_round, close_round, reopen_round
from evaluation.models import Phase, Round
from evaluation.results import read
from evaluation.rounds.commands import (
    OnPaper,
    Refused,
    StaleRound,
    change_closing_day,
    discard_round,
    group_by,
    make_named,
    open_round,
    plan_for,
    record_levels,
    remind,
    share_round,
)
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, started, team
from toolkits.models import Activity, AgreedVersion, ClosedAnswer, Contribution
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db

TEAM = {Sector.EDUCATION: 6, Sector.HEALTH: 5, Sector.SOCIAL_CARE: 5, Sector.HOUSING: 2}
Team = tuple[Membership, list[Membership]]


@pytest.fixture
def people() -> Team:
    return team(TEAM)


def of_sector(people: list[Membership], sector: Sector) -> list[Membership]:
    return [person for person in people if person.sector == sector]


def test_starting_asks_nobody_yet(people: Team, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        round_ = started(*people)
    assert round_.phase is Phase.DRAFT
    assert round_.activity.participants.count() == 18
    assert mail.outbox == []


def test_the_plan_says_which_groups_are_too_small(people: Team) -> None:
    plan = plan_for(started(*people))
    assert [group.label for group in plan.too_small] == ["Housing"]
    assert [group.label for group in plan.taken_along] == ["Social care"]
    assert [(group.label, group.invited) for group in plan.groups] == [
        ("Education", 6),
        ("Health", 5),
        ("Others", 7),
    ]


def test_wider_groups_take_small_ones_in(people: Team) -> None:
    round_ = started(*people)
    group_by(round_=round_, grouping=Round.Grouping.WIDE, by=people[0])
    plan = plan_for(Round.objects.get(pk=round_.pk))
    assert [group.label for group in plan.asked][-1] == "Voluntary and other services"


def test_with_names_no_group_is_counted_together(people: Team) -> None:
    round_ = started(*people)
    make_named(round_=round_, by=people[0])
    plan = plan_for(Round.objects.get(pk=round_.pk))
    assert len(plan.groups) == 4
    assert plan.too_small == ()


def test_opening_fixes_groups_and_writes_to_everyone(
    people: Team, django_capture_on_commit_callbacks: Any
) -> None:
    round_ = started(*people, words="Before we plan next term.")
    with django_capture_on_commit_callbacks(execute=True):
        open_round(round_=round_, by=people[0])
        open_round(round_=round_, by=people[0])
    found = Round.objects.get(pk=round_.pk)
    assert found.is_open
    assert [group["key"] for group in found.groups] == ["education", "health", "other"]
    assert found.activity.stage == Stage.INDIVIDUAL
    assert len(mail.outbox) == 18
    assert "Before we plan next term." in mail.outbox[0].body
    assert "without your name" in mail.outbox[0].body


@pytest.mark.parametrize("change", [make_named, discard_round])
def test_nothing_changes_once_it_is_open(people: Team, change: Any) -> None:
    round_ = opened(*people)
    with pytest.raises(Refused, match="fixed from then on"):
        change(round_=round_, by=people[0])
    assert Round.objects.get(pk=round_.pk).is_anonymous


def test_a_check_in_without_names_needs_five_people(people: Team) -> None:
    coordinator, members = people
    round_ = started(coordinator, members[:4])
    with pytest.raises(Refused, match="at least 5 people"):
        open_round(round_=round_, by=coordinator)
    make_named(round_=round_, by=coordinator)
    assert open_round(round_=round_, by=coordinator).is_open


def test_a_later_day_opens_by_itself(people: Team, django_capture_on_commit_callbacks: Any) -> None:
    today = timezone.localdate()
    round_ = started(*people, opens_on=today + timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        assert open_round(round_=round_, by=people[0]).phase is Phase.READY
    assert mail.outbox == []
    assert open_round(round_=round_, by=None, today=today + timedelta(days=3)).is_open


def test_somebody_who_left_before_it_opens_is_not_asked(people: Team) -> None:
    coordinator, members = people
    round_ = started(*people)
    members[0].left_on = timezone.localdate()
    members[0].save()
    open_round(round_=round_, by=coordinator)
    assert not round_.activity.participants.filter(membership=members[0]).exists()


def test_a_discarded_check_in_is_gone_with_its_session(people: Team) -> None:
    round_ = started(*people)
    discard_round(round_=round_, by=people[0])
    assert not Activity.objects.filter(pk=round_.activity_id).exists()


def test_reminding_reaches_those_who_have_not_answered_once_a_day(
    people: Team, django_capture_on_commit_callbacks: Any
) -> None:
    coordinator, members = people
    round_ = opened(*people)
    answer(round_, members[0], "partly")
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(round_=round_, by=coordinator) == 17
        assert remind(round_=round_, by=coordinator) == 0
    written = {address for message in mail.outbox for address in message.to}
    assert len(written) == 17
    assert members[0].user.email not in written


def test_closing_fixes_the_results_once(people: Team) -> None:
    coordinator, members = people
    round_ = opened(*people)
    for member in members[:9]:
        answer(round_, member, "in_place")
    first = close_round(round_=round_, by=coordinator)
    again = close_round(round_=round_, by=coordinator)
    assert again.closed_at == first.closed_at
    assert again.results == first.results
    assert read(again).answered == 9
    assert again.activity.stage == Stage.REVEAL
    assert ClosedAnswer.objects.filter(activity=round_.activity).count() == 9


def test_hidden_numbers_are_not_in_the_stored_results(people: Team) -> None:
    coordinator, members = people
    round_ = opened(*people)
    for member in [*of_sector(members, Sector.EDUCATION), *of_sector(members, Sector.HEALTH)[:3]]:
        answer(round_, member, "partly")
    results = close_round(round_=round_, by=coordinator).fixed_results
    assert [group["answered"] for group in results["groups"]] == [None, None, None]
    assert all(statement["by_group"] == {} for statement in results["statements"])


def test_of_too_few_answers_nothing_is_kept(people: Team) -> None:
    coordinator, members = people
    round_ = opened(*people)
    for member in members[:4]:
        answer(round_, member, "partly", evidence="Only I could know this.")
    found = close_round(round_=round_, by=coordinator)
    assert read(found).is_enough is False
    assert read(found).answered == 4
    assert not ClosedAnswer.objects.filter(activity=round_.activity).exists()
    assert "Only I could know" not in str(found.results)


def test_with_names_drafts_are_not_counted(people: Team) -> None:
    coordinator, members = people
    round_ = opened(*people, is_anonymous=False)
    answer(round_, members[0], "partly")
    answer(round_, members[-1], "in_place")
    Contribution.objects.filter(participant__membership=members[-1]).update(is_draft=True)
    assert read(close_round(round_=round_, by=coordinator)).answered == 1


def test_what_people_wrote_is_shown_without_their_group(people: Team) -> None:
    coordinator, members = people
    round_ = opened(*people)
    for number, member in enumerate(members[:6]):
        answer(round_, member, "partly", evidence=f"words {number}")
    result = read(close_round(round_=round_, by=coordinator)).statements[0]
    assert sorted(result.comments) == [f"words {number}" for number in range(6)]


def test_sharing_writes_to_those_who_answered_once(
    people: Team, django_capture_on_commit_callbacks: Any
) -> None:
    coordinator, members = people
    round_ = opened(*people)
    for member in members[:6]:
        answer(round_, member, "partly")
    close_round(round_=round_, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        share_round(round_=round_, by=coordinator)
        share_round(round_=round_, by=coordinator)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        member.user.email for member in members[:6]
    )


def test_an_open_check_in_is_not_shared(people: Team) -> None:
    with pytest.raises(Refused, match="Close the check-in first"):
        share_round(round_=opened(*people), by=people[0])


@pytest.fixture
def closed(people: Team) -> Round:
    coordinator, members = people
    round_ = opened(*people)
    for member in members[:9]:
        answer(round_, member, "partly")
    return close_round(round_=round_, by=coordinator)


LEVELS = {"shared_vision": {"level": "partly", "note": "Drafted", "dissent": "Health: nobody has read it"}}


def test_levels_are_recorded_with_the_words_of_who_disagrees(closed: Round, people: Team) -> None:
    record_levels(
        round_=closed, levels=LEVELS, words="We write it down.", by=people[0], seen_version=closed.version
    )
    level = closed.agreed_levels.get()
    assert (level.level, level.note, level.dissent) == ("partly", "Drafted", "Health: nobody has read it")
    assert Round.objects.get(pk=closed.pk).agreed_words == "We write it down."


def test_levels_of_a_stale_page_are_refused(closed: Round, people: Team) -> None:
    seen = closed.version
    record_levels(round_=closed, levels=LEVELS, words="", by=people[0], seen_version=seen)
    with pytest.raises(StaleRound):
        record_levels(round_=closed, levels={}, words="", by=people[0], seen_version=seen)
    assert closed.agreed_levels.count() == 1


def test_agreeing_freezes_a_numbered_version_with_its_paper(closed: Round, people: Team) -> None:
    record_levels(round_=closed, levels=LEVELS, words="We write it down.", by=people[0], seen_version=None)
    version = agree_round(round_=closed, by=people[0])
    assert agree_round(round_=closed, by=people[0]) == version
    assert (version.number, version.words) == (1, "We write it down.")
    assert version.content["levels"] == LEVELS
    assert bytes(version.pdf or b"").startswith(b"%PDF")
    with pytest.raises(Refused, match="was agreed"):
        record_levels(round_=closed, levels={}, words="", by=people[0], seen_version=None)


def test_opening_again_makes_the_next_version_and_keeps_this(closed: Round, people: Team) -> None:
    record_levels(round_=closed, levels=LEVELS, words="", by=people[0], seen_version=None)
    agree_round(round_=closed, by=people[0])
    reopen_round(round_=closed, by=people[0])
    record_levels(round_=closed, levels={}, words="Changed our mind.", by=people[0], seen_version=None)
    agree_round(round_=closed, by=people[0])
    kept = AgreedVersion.objects.filter(activity=closed.activity).order_by("number")
    assert [one.words for one in kept] == ["", "Changed our mind."]


def test_nothing_recorded_is_nothing_agreed(closed: Round, people: Team) -> None:
    with pytest.raises(Refused, match="at least one level"):
        agree_round(round_=closed, by=people[0])


def test_the_last_day_can_move_but_not_into_the_past(people: Team) -> None:
    round_ = opened(*people)
    later = timezone.localdate() + timedelta(days=30)
    change_closing_day(round_=round_, closes_on=later, by=people[0])
    assert Round.objects.get(pk=round_.pk).closes_on == later
    with pytest.raises(Refused, match="not over"):
        change_closing_day(round_=round_, closes_on=date(2020, 1, 1), by=people[0])


def test_people_without_an_account_count_as_asked(people: Team) -> None:
    paper = tuple(OnPaper(name=f"Guest {n}", agency="Harbour", sector=Sector.HOUSING) for n in range(3))
    plan = plan_for(started(*people, on_paper=paper))
    assert plan.too_small == ()
    assert ("Housing", 5) in [(group.label, group.invited) for group in plan.groups]
