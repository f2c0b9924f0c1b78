"""Who sees which card, from every door: page, state, live updates and paper use one rule."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.toolkits.conftest import Room
from toolkits import live
from toolkits.agreed import draft_paper, snapshot
from toolkits.boards import EVERYTHING, board_for, counts
from toolkits.stages import Stage, Viewer

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]


def _fill(room: Room) -> None:
    room.card(room.runner, "Words of the one who runs it")
    room.card(room.nurse, "Words of the nurse", "weaknesses")
    room.card(room.guest, "Words of the guest", "threats")


WHO = ["runner", "nurse", "guest"]
WORDS = {
    "runner": "Words of the one who runs it",
    "nurse": "Words of the nurse",
    "guest": "Words of the guest",
}


@pytest.mark.parametrize("who", WHO)
def test_on_your_own_page_state_and_paper_show_only_ones_own(make_room: MakeRoom, who: str) -> None:
    room = make_room(Stage.INDIVIDUAL)
    _fill(room)
    person = getattr(room, who)
    client = room.browser(None if who == "guest" else person)
    base = room.guest_url() if who == "guest" else room.url()
    seat = room.seat(person)
    page, state = client.get(base).content.decode(), client.get(f"{base}state/").content.decode()
    paper = draft_paper(seat.activity, seat.viewer).pdf().html
    for name, words in WORDS.items():
        assert [words in page, words in state, words in paper] == [name == who] * 3, name
    assert "3 of 4 have added cards" in page


@pytest.mark.parametrize("stage", [Stage.REVEAL, Stage.DISCUSS])
@pytest.mark.parametrize("who", WHO)
def test_once_shown_everybody_sees_everything(make_room: MakeRoom, who: str, stage: Stage) -> None:
    room = make_room(Stage.INDIVIDUAL)
    _fill(room)
    room.to(stage)
    person = getattr(room, who)
    client = room.browser(None if who == "guest" else person)
    page = client.get(room.guest_url() if who == "guest" else room.url()).content.decode()
    assert all(words in page for words in WORDS.values())


def test_snapshot_before_cards_are_shown_holds_none(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    _fill(room)
    assert not board_for(room.seat(None).activity, EVERYTHING).cards
    assert all(not zone["cards"] for zone in snapshot(room.seat(None).activity)["zones"])


def test_card_page_of_another_person_is_not_found_before_cards_are_shown(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    _fill(room)
    card = room.cards["Words of the nurse"]
    assert room.browser(room.nurse).get(room.url(f"cards/{card.pk}/")).status_code == 200
    for client, url in (
        (room.browser(room.runner), room.url(f"cards/{card.pk}/")),
        (room.browser(None), room.guest_url(f"cards/{card.pk}/")),
    ):
        response = client.get(url)
        assert response.status_code == 404
        assert "Words of the nurse" not in response.content.decode()


def test_others_hear_the_count_and_not_the_card(make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(live, "publish", lambda activity, version, parts: told.append(dict(parts)))
    room = make_room(Stage.INDIVIDUAL)
    told.clear()
    card = room.card(room.nurse, "Only mine")
    live.announce(room.seat(None).activity, card)
    (parts,) = told
    author = str(room.seat(room.nurse).viewer.participant)
    assert "Only mine" in parts[author]
    assert set(parts) == {author, "*"}
    assert "Only mine" not in parts["*"]
    assert "1 of 4" in parts["*"]


def test_card_that_moved_is_taken_away_before_it_is_put_elsewhere(
    make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(live, "publish", lambda activity, version, parts: told.append(parts["*"]))
    room = make_room(Stage.DISCUSS)
    told.clear()
    card = room.card(room.nurse, "Moved")
    live.announce(room.seat(None).activity, card, moved=True)
    assert told[0].index("data-gone") < told[0].index('data-into="cards-strengths"')
    assert 'id="count-strengths"' in told[0]
    assert "csrf" not in told[0]


def test_shared_card_is_small_enough_to_be_sent_whole(
    make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(live, "publish", lambda activity, version, parts: told.append(parts["*"]))
    room = make_room(Stage.DISCUSS)
    told.clear()
    live.announce(room.seat(None).activity, room.card(room.nurse, "é" * 200))
    assert len(told[0].encode()) < 7000


@pytest.mark.parametrize("cards", [1, 3, 40])
def test_board_costs_the_same_queries_however_many_cards(make_room: MakeRoom, cards: int) -> None:
    room = make_room(Stage.DISCUSS)
    for number in range(cards):
        room.card(room.nurse, f"Card {number}")
    activity = room.seat(None).activity
    with CaptureQueriesContext(
        connection,
    ) as queries:
        board = board_for(activity, Viewer(room.guest.pk))
        assert [sector for view in board.cards for sector in view.sectors]
    assert len(board.cards) == cards
    assert len(queries) == 4


def test_counts_leave_out_cards_that_were_removed(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    from toolkits import commands

    card = room.card(room.nurse, "Gone")
    room.card(room.guest, "Stays")
    commands.remove_card(by=room.seat(room.nurse), card_id=card.pk)
    found = counts(room.activity)
    assert (found.added, found.people, found.sectors) == (1, 4, 4)
