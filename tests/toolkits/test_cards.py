"""Adding, changing, removing, merging and voting for cards."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.toolkits.conftest import Room
from toolkits import commands
from toolkits.boards import board_for
from toolkits.commands.cards import MOST_CARDS
from toolkits.models import Card, Vote
from toolkits.refusals import CardGone, NotNow, NoVotesLeft, StaleCard, TooMany
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]


def test_card_sent_twice_stands_once(make_room: MakeRoom) -> None:
    room, key = make_room(Stage.INDIVIDUAL), uuid.uuid4()
    for _ in range(2):
        commands.add_card(by=room.seat(room.nurse), zone="threats", text="Two people leave", card_id=key)
    assert [card.text for card in room.activity.cards.all()] == ["Two people leave"]


def test_card_id_of_somebody_else_is_not_taken_over(make_room: MakeRoom) -> None:
    from django.db import IntegrityError, transaction

    room = make_room(Stage.INDIVIDUAL)
    mine = commands.add_card(by=room.seat(room.nurse), zone="threats", text="Mine")
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.add_card(by=room.seat(room.housing), zone="threats", text="Theirs", card_id=mine.pk)
    mine.refresh_from_db()
    assert mine.text == "Mine"


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVEAL, Stage.AGREED])
def test_no_card_is_added_outside_its_stages(make_room: MakeRoom, stage: Stage) -> None:
    room = make_room(stage)
    with pytest.raises(NotNow) as refusal:
        commands.add_card(by=room.seat(room.nurse), zone="threats", text="Late thought")
    assert str(refusal.value)
    assert refusal.value.advice
    assert not room.activity.cards.exists()


def test_one_person_can_have_so_many_cards_and_no_more(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    for number in range(MOST_CARDS):
        room.card(room.nurse, f"Card {number}")
    with pytest.raises(TooMany):
        commands.add_card(by=room.seat(room.nurse), zone="threats", text="One more")
    assert commands.add_card(by=room.seat(room.housing), zone="threats", text="Of another").pk


def test_stale_change_is_refused_with_the_card_as_it_stands(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "First words")
    commands.change_card(
        by=room.seat(room.runner), card_id=card.pk, zone="threats", text="Second words", seen_version=1
    )
    with pytest.raises(StaleCard) as refusal:
        commands.change_card(
            by=room.seat(room.nurse), card_id=card.pk, zone="strengths", text="Third words", seen_version=1
        )
    assert refusal.value.card.text == "Second words"
    card.refresh_from_db()
    assert (card.text, card.zone, card.version) == ("Second words", "threats", 2)


def test_change_of_a_removed_card_says_that_it_is_gone(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Soon gone")
    commands.remove_card(by=room.seat(room.runner), card_id=card.pk)
    with pytest.raises(CardGone, match="taken off the board"):
        commands.change_card(
            by=room.seat(room.nurse), card_id=card.pk, zone="threats", text="x", seen_version=1
        )


def test_removed_card_comes_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    card = room.card(room.nurse, "Back again")
    commands.remove_card(by=room.seat(room.nurse), card_id=card.pk)
    assert not board_for(room.activity, room.seat(room.nurse).viewer).cards
    commands.restore_card(by=room.seat(room.nurse), card_id=card.pk)
    assert [view.card.text for view in board_for(room.activity, room.seat(room.nurse).viewer).cards] == [
        "Back again"
    ]


def test_another_person_cannot_remove_or_restore_my_card(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Mine")
    with pytest.raises(NotNow):
        commands.remove_card(by=room.seat(room.housing), card_id=card.pk)
    commands.remove_card(by=room.seat(room.nurse), card_id=card.pk)
    with pytest.raises(NotNow):
        commands.restore_card(by=room.seat(room.guest), card_id=card.pk)


def test_votes_end_at_the_number_each_has_and_can_be_taken_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS, votes_each=2)
    cards = [room.card(room.nurse, f"Card {number}") for number in range(3)]
    seat = room.seat(room.guest)
    for card in (cards[0], cards[1], cards[1]):
        commands.give_vote(by=seat, card_id=card.pk)
    with pytest.raises(NoVotesLeft, match="all 2 of your votes"):
        commands.give_vote(by=seat, card_id=cards[2].pk)
    commands.take_vote_back(by=seat, card_id=cards[0].pk)
    commands.give_vote(by=seat, card_id=cards[2].pk)
    assert {vote.card_id for vote in Vote.objects.all()} == {cards[1].pk, cards[2].pk}


def test_runner_who_takes_no_part_has_no_vote(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Card")
    room.activity.participants.filter(membership=room.runner).delete()
    with pytest.raises(NotNow):
        commands.give_vote(by=room.seat(room.runner), card_id=card.pk)


def test_merged_cards_share_votes_and_who_voted_for_both_gets_one_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    one, two = room.card(room.nurse, "Three forms"), room.card(room.guest, "Forms, again and again")
    for who, card in ((room.nurse, one), (room.nurse, two), (room.housing, one), (room.guest, two)):
        commands.give_vote(by=room.seat(who), card_id=card.pk)
    commands.merge_cards(
        by=room.seat(room.runner),
        card_id=one.pk,
        into_id=two.pk,
        text="Three forms for one family",
        seen=(1, 1),
    )
    board = board_for(room.activity, room.seat(room.nurse).viewer)
    (view,) = board.cards
    assert (view.card.text, view.votes) == ("Three forms for one family", 3)
    assert [card.text for card in view.merged] == ["Three forms"]
    assert board.votes_left == 2
    assert {sector.value for sector in view.sectors} == {"health", "voluntary"}


def test_cards_under_a_merged_card_follow_it(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    a, b, c = (room.card(room.nurse, text) for text in "abc")
    runner = room.seat(room.runner)
    commands.merge_cards(by=runner, card_id=a.pk, into_id=b.pk, text="b", seen=(1, 1))
    commands.merge_cards(by=runner, card_id=b.pk, into_id=c.pk, text="c", seen=(2, 1))
    (view,) = board_for(room.activity, runner.viewer).cards
    assert {card.text for card in view.merged} == {"a", "b"}
    commands.split_card(by=runner, card_id=a.pk)
    assert {view.card.text for view in board_for(room.activity, runner.viewer).cards} == {"a", "c"}


def test_merge_of_a_card_that_was_changed_is_refused(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    one, two = room.card(room.nurse, "one"), room.card(room.guest, "two")
    commands.change_card(
        by=room.seat(room.guest), card_id=two.pk, zone="threats", text="other", seen_version=1
    )
    with pytest.raises(StaleCard):
        commands.merge_cards(by=room.seat(room.runner), card_id=one.pk, into_id=two.pk, text="x", seen=(1, 1))
    assert len(board_for(room.activity, room.seat(room.runner).viewer).cards) == 2


def test_restored_card_keeps_only_votes_that_were_not_used_again(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS, votes_each=1)
    one, two = room.card(room.nurse, "one"), room.card(room.nurse, "two")
    for who in (room.housing, room.guest):
        commands.give_vote(by=room.seat(who), card_id=one.pk)
    commands.remove_card(by=room.seat(room.runner), card_id=one.pk)
    commands.give_vote(by=room.seat(room.guest), card_id=two.pk)
    commands.restore_card(by=room.seat(room.runner), card_id=one.pk)
    votes = {
        view.card.text: view.votes for view in board_for(room.activity, room.seat(room.guest).viewer).cards
    }
    assert votes == {"one": 1, "two": 1}


def test_card_becomes_an_action_that_remembers_its_words(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Three forms for the same family")
    due = timezone.localdate() + timedelta(days=30)
    action = commands.make_action(
        by=room.seat(room.runner), card_id=card.pk, text="Try one form", due_on=due, owner=room.nurse
    )
    assert (action.origin_kind, action.origin_id) == ("card", card.pk)
    assert action.origin_words == "Three forms for the same family"
    (view,) = board_for(room.activity, room.seat(room.guest).viewer).cards
    assert [one.text for one in view.actions] == ["Try one form"]


def test_participant_cannot_make_an_action(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Card")
    with pytest.raises(NotNow):
        commands.make_action(
            by=room.seat(room.nurse), card_id=card.pk, text="x", due_on=timezone.localdate(), owner_name="Jo"
        )
    assert not room.setting.actions.exists()


def test_every_change_raises_the_live_version_by_one(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Card")
    room.activity.refresh_from_db()
    before = room.activity.live_version
    commands.give_vote(by=room.seat(room.guest), card_id=card.pk)
    commands.give_vote(by=room.seat(room.guest), card_id=card.pk)
    commands.change_card(by=room.seat(room.nurse), card_id=card.pk, zone="threats", text="x", seen_version=1)
    room.activity.refresh_from_db()
    assert room.activity.live_version == before + 2
    assert Card.objects.get().zone == "threats"
