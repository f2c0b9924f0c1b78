"""Several people at once, with real threads and transactions of their own."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.toolkits.conftest import Room
from toolkits import commands
from toolkits.commands.locking import locked
from toolkits.models import Activity, AgreedVersion, Card, Contribution, Vote
from toolkits.refusals import JoinRefused, NotNow, NoVotesLeft, Refused, StaleCard, StaleMove
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db(transaction=True)
MakeRoom = Callable[..., Room]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returned or raised, when all of them begin together."""
    barrier = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            results[number] = deed()
        except Exception as problem:
            results[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


def count(results: list[Any], kind: type) -> int:
    return sum(isinstance(result, kind) for result in results)


def test_votes_given_at_once_never_exceed_what_each_has(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS, votes_each=2)
    cards = [room.card(room.nurse, f"Card {number}") for number in range(6)]
    seat = room.seat(room.guest)
    results = at_once(*[lambda card=card: commands.give_vote(by=seat, card_id=card.pk) for card in cards])
    assert count(results, NoVotesLeft) == 4
    assert Vote.objects.filter(participant=room.guest).count() == 2


def test_one_card_sent_twice_at_once_stands_once(make_room: MakeRoom) -> None:
    room, key = make_room(Stage.INDIVIDUAL), uuid.uuid4()
    seat = room.seat(room.nurse)
    results = at_once(
        *[lambda: commands.add_card(by=seat, zone="threats", text="Once", card_id=key) for _ in range(4)]
    )
    assert count(results, Card) == 4
    assert Card.objects.count() == 1


def test_merge_and_change_at_once_lose_neither_words_nor_card(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    one, two = room.card(room.nurse, "one"), room.card(room.guest, "two")
    runner, nurse = room.seat(room.runner), room.seat(room.nurse)
    results = at_once(
        lambda: commands.merge_cards(by=runner, card_id=one.pk, into_id=two.pk, text="both", seen=(1, 1)),
        lambda: commands.change_card(
            by=nurse, card_id=one.pk, zone="threats", text="changed", seen_version=1
        ),
    )
    assert count(results, Refused) == 1, "whoever came second was told"
    one.refresh_from_db()
    if isinstance(results[0], StaleCard):
        assert (one.text, one.merged_into) == ("changed", None)
    else:
        assert (one.text, one.merged_into) == ("one", two)


def test_two_changes_of_one_card_at_once_keep_one_and_tell_the_other(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "first")
    deeds = [
        lambda who=who: commands.change_card(
            by=room.seat(who), card_id=card.pk, zone="threats", text=str(who.pk), seen_version=1
        )
        for who in (room.nurse, room.runner)
    ]
    results = at_once(*deeds)
    assert (count(results, Card), count(results, StaleCard)) == (1, 1)
    assert Card.objects.get().version == 2


def test_two_moves_at_once_move_one_step(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    seen = room.seat(None).activity.version
    results = at_once(
        *[
            lambda: commands.move_stage(
                activity=room.activity, to=Stage.REVEAL, by=room.runner, seen_version=seen
            )
            for _ in range(3)
        ]
    )
    assert (count(results, Activity), count(results, StaleMove)) == (1, 2)


@contextmanager
def settling(room: Room) -> Iterator[Callable[[], Any]]:
    """Somebody settles the session while others wait to write."""
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="Agreed", seen_version=seat.activity.version)
    yield lambda: commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)


def test_card_added_while_it_is_settled_is_in_the_version_or_refused(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    nurse = room.seat(room.nurse)
    with settling(room) as settle:
        results = at_once(settle, lambda: commands.add_card(by=nurse, zone="threats", text="Just in time"))
    kept = [card["text"] for zone in AgreedVersion.objects.get().content["zones"] for card in zone["cards"]]
    assert kept == ([] if isinstance(results[1], NotNow) else ["Just in time"])
    assert len(kept) == Card.objects.count()


def test_last_place_for_a_guest_is_given_once(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    Activity.objects.filter(pk=room.activity.pk).update(join_limit=2)
    code = room.seat(None).activity.join_code
    results = at_once(
        *[
            lambda name=name: commands.join(
                activity=room.activity, code=code, name=name, agency="A", sector="other"
            )
            for name in "abcd"
        ]
    )
    assert count(results, JoinRefused) == 3
    assert room.activity.participants.guests().count() == 2


def test_live_versions_are_told_one_by_one(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    before = room.seat(None).activity.live_version
    at_once(
        *[
            lambda who=who, number=number: commands.add_card(
                by=room.seat(who), zone="threats", text=f"{number}"
            )
            for number in range(4)
            for who in (room.nurse, room.housing)
        ]
    )
    assert room.seat(None).activity.live_version == before + 8
    assert Card.objects.count() == 8


def test_profile_saved_twice_at_once_has_two_versions(make_room: MakeRoom) -> None:
    from toolkits.commands.sheets import save_sheet

    room = make_room(Stage.DRAFT)
    results = at_once(
        *[
            lambda words=words: save_sheet(
                person=room.nurse, code="practitioner-profile", data={"name": words}, by=room.nurse
            )
            for words in ("one", "two")
        ]
    )
    assert count(results, Contribution) == 2
    assert Contribution.objects.get().version == 2


def test_locked_row_is_the_row_as_it_stands(make_room: MakeRoom) -> None:
    from django.db import transaction

    room = make_room(Stage.DISCUSS)
    with transaction.atomic():
        assert locked(room.activity.pk).stage == Stage.DISCUSS
