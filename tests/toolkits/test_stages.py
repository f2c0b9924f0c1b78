"""The rules of stages and of who sees what, for every combination that there is."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from toolkits.instruments.definition import Kind
from toolkits.stages import (
    CHAIN,
    HIDING,
    ORDER,
    RIGHTS,
    Deed,
    Stage,
    Viewer,
    is_allowed,
    may,
    may_enter,
    may_see,
    moves,
    targets,
)

ids = st.uuids()
stages = st.sampled_from(list(Stage))
kinds = st.sampled_from(list(Kind))
viewers = st.builds(Viewer, participant=st.none() | ids, runs=st.booleans())


@given(kinds, st.lists(st.integers(0, 5), max_size=12))
def test_any_walk_of_allowed_moves_stays_on_the_stages_and_can_go_back(kind: Kind, walk: list[int]) -> None:
    stage = Stage.DRAFT
    for choice in walk:
        options = targets(kind, stage)
        stage = options[choice % len(options)]
        assert stage in ORDER
        assert targets(kind, stage), "no stage is a dead end"


@given(kinds)
def test_agreed_is_reached_only_from_the_talk_and_left_only_to_it(kind: Kind) -> None:
    assert [stage for stage in Stage if is_allowed(kind, stage, Stage.AGREED)] == [Stage.DISCUSS]
    assert targets(kind, Stage.AGREED) == (Stage.DISCUSS,)


def test_only_a_board_may_skip_to_the_talk() -> None:
    for kind in Kind:
        for stage in (Stage.DRAFT, Stage.INDIVIDUAL):
            assert is_allowed(kind, stage, Stage.DISCUSS) is (kind is Kind.BOARD)


@given(kinds, stages)
def test_each_move_has_words_of_its_own_and_the_next_step_comes_first(kind: Kind, stage: Stage) -> None:
    found = moves(kind, stage)
    assert {move.to for move in found} == set(targets(kind, stage))
    assert len({move.words for move in found}) == len(found)
    assert all(move.words for move in found)
    if stage is not Stage.AGREED:
        assert not found[0].is_back
        assert not found[0].is_short_cut


@given(viewers, st.none() | ids, st.sampled_from(sorted(HIDING)))
def test_before_cards_are_shown_each_sees_only_their_own(
    viewer: Viewer, author: uuid.UUID | None, stage: Stage
) -> None:
    sees = may_see(stage, viewer, author=author)
    assert sees is (author is not None and viewer.participant == author)


@given(ids, ids, st.sampled_from([Stage.DRAFT, Stage.INDIVIDUAL]))
def test_running_a_session_opens_nobody_elses_card(me: uuid.UUID, author: uuid.UUID, stage: Stage) -> None:
    other = author if author != me else uuid.uuid4()
    assert not may_see(stage, Viewer(me, runs=True), author=other)
    assert not may_see(stage, Viewer(None, runs=True), author=other)


@given(ids, st.none() | ids, st.sampled_from([Stage.REVEAL, Stage.DISCUSS, Stage.AGREED]))
def test_once_shown_everybody_who_takes_part_sees_every_card(
    me: uuid.UUID, author: uuid.UUID | None, stage: Stage
) -> None:
    assert may_see(stage, Viewer(me), author=author)


@given(stages, st.none() | ids)
def test_an_outsider_sees_no_card_at_any_stage(stage: Stage, author: uuid.UUID | None) -> None:
    assert not may_see(stage, Viewer(), author=author)
    assert not may_enter(stage, Viewer())


@given(st.sampled_from(list(Deed)), viewers, st.none() | ids)
def test_nothing_may_be_done_once_it_is_agreed(deed: Deed, viewer: Viewer, author: uuid.UUID | None) -> None:
    assert not may(deed, Stage.AGREED, viewer, author=author)


@given(st.sampled_from(list(Deed)), stages, viewers, st.none() | ids)
def test_whatever_may_be_changed_may_be_seen(
    deed: Deed, stage: Stage, viewer: Viewer, author: uuid.UUID | None
) -> None:
    on_card = {Deed.CHANGE_CARD, Deed.REMOVE_CARD, Deed.MERGE_CARDS, Deed.VOTE, Deed.MAKE_ACTION}
    if deed in on_card and may(deed, stage, viewer, author=author):
        assert may_see(stage, viewer, author=author)


@given(st.sampled_from(list(Deed)), stages, st.none() | ids)
def test_an_outsider_may_do_nothing(deed: Deed, stage: Stage, author: uuid.UUID | None) -> None:
    assert not may(deed, stage, Viewer(), author=author)


@given(ids, ids, stages)
def test_a_participant_never_changes_anothers_card(me: uuid.UUID, author: uuid.UUID, stage: Stage) -> None:
    if me != author:
        assert not may(Deed.CHANGE_CARD, stage, Viewer(me), author=author)
        assert not may(Deed.REMOVE_CARD, stage, Viewer(me), author=author)


def test_every_deed_is_ruled_and_the_chain_leaves_out_getting_ready() -> None:
    assert set(RIGHTS) == set(Deed)
    assert Stage.DRAFT not in CHAIN
    assert len(CHAIN) == 4
