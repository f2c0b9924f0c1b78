"""How an activity moves, and who may do what at each stage. Pure: rules as data, nothing is fetched or stored.

A board's cards are seen by one rule (`may_see`); the page, its partials, live updates and paper all ask it.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from toolkits.instruments.definition import Kind


class Stage(models.TextChoices):
    DRAFT = "draft", "Getting ready"
    INDIVIDUAL = "individual", "On your own"
    REVEAL = "reveal", "Show everyone’s"
    DISCUSS = "discuss", "Talk"
    AGREED = "agreed", "What we agreed"


CHAIN = (Stage.INDIVIDUAL, Stage.REVEAL, Stage.DISCUSS, Stage.AGREED)
"""The stages that people see as links of the chain."""
ORDER = (Stage.DRAFT, *CHAIN)

NEIGHBOURS: dict[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.INDIVIDUAL,),
    Stage.INDIVIDUAL: (Stage.REVEAL, Stage.DRAFT),
    Stage.REVEAL: (Stage.DISCUSS, Stage.INDIVIDUAL),
    Stage.DISCUSS: (Stage.AGREED, Stage.REVEAL),
    Stage.AGREED: (Stage.DISCUSS,),
}
SHORT_CUTS: dict[Kind, dict[Stage, tuple[Stage, ...]]] = {
    Kind.BOARD: {Stage.DRAFT: (Stage.DISCUSS,), Stage.INDIVIDUAL: (Stage.DISCUSS,)},
}
"""What a kind allows beside the neighbours: a board may start with the talk."""


@dataclass(frozen=True)
class Move:
    """A step that can be taken from a stage, as its button says it."""

    to: Stage
    words: str
    is_back: bool = False
    is_short_cut: bool = False


def targets(kind: Kind, stage: Stage) -> tuple[Stage, ...]:
    """Where an activity can go from here; the next step comes first."""
    return NEIGHBOURS[stage] + SHORT_CUTS.get(kind, {}).get(stage, ())


def is_allowed(kind: Kind, stage: Stage, to: Stage) -> bool:
    return to in targets(kind, stage)


def moves(kind: Kind, stage: Stage) -> tuple[Move, ...]:
    """The buttons of a stage, the next step first, steps back last."""
    found = tuple(_move(stage, to) for to in targets(kind, stage))
    return tuple(sorted(found, key=lambda move: (move.is_back, move.is_short_cut)))


def _move(stage: Stage, to: Stage) -> Move:
    is_back = ORDER.index(to) < ORDER.index(stage)
    is_short_cut = to not in NEIGHBOURS[stage]
    if is_back:
        words = BACK_WORDS[to] if stage is not Stage.AGREED else "Open it again"
    else:
        words = "Skip to the talk" if is_short_cut else FORWARD_WORDS[to]
    return Move(to, words, is_back=is_back, is_short_cut=is_short_cut)


FORWARD_WORDS = {
    Stage.INDIVIDUAL: "Start: each on their own",
    Stage.REVEAL: "Show everyone’s cards",
    Stage.DISCUSS: "Go on to the talk",
    Stage.AGREED: "Go on to “what we agreed”",
}
BACK_WORDS = {
    Stage.DRAFT: "Back to getting ready",
    Stage.INDIVIDUAL: "Back to “on your own”",
    Stage.REVEAL: "Back to “show everyone’s”",
}


@dataclass(frozen=True)
class Viewer:
    """Somebody looking at an activity: their participant, if they take part, and whether they run it."""

    participant: uuid.UUID | None = None
    runs: bool = False


class Deed(StrEnum):
    """What somebody may do to a board; `CHANGE_CARD` covers its words and its zone."""

    ADD_CARD = "add_card"
    CHANGE_CARD = "change_card"
    REMOVE_CARD = "remove_card"
    MERGE_CARDS = "merge_cards"
    VOTE = "vote"
    MAKE_ACTION = "make_action"
    WRITE_AGREED = "write_agreed"
    SAY_AGREE = "say_agree"
    CHANGE_SESSION = "change_session"
    INVITE = "invite"


class Who(StrEnum):
    PARTICIPANT = "participant"
    AUTHOR = "author"
    RUNNER = "runner"


AUTHOR_OR_RUNNER = frozenset({Who.AUTHOR, Who.RUNNER})
RIGHTS: dict[Deed, dict[Stage, frozenset[Who]]] = {
    Deed.ADD_CARD: {
        Stage.INDIVIDUAL: frozenset({Who.PARTICIPANT}),
        Stage.DISCUSS: frozenset({Who.PARTICIPANT, Who.RUNNER}),
    },
    Deed.CHANGE_CARD: {Stage.INDIVIDUAL: frozenset({Who.AUTHOR}), Stage.DISCUSS: AUTHOR_OR_RUNNER},
    Deed.REMOVE_CARD: {
        Stage.INDIVIDUAL: frozenset({Who.AUTHOR}),
        Stage.REVEAL: AUTHOR_OR_RUNNER,  # a name that should not be on the wall can go at once
        Stage.DISCUSS: AUTHOR_OR_RUNNER,
    },
    Deed.MERGE_CARDS: {Stage.DISCUSS: frozenset({Who.RUNNER})},
    Deed.VOTE: {Stage.DISCUSS: frozenset({Who.PARTICIPANT})},
    Deed.MAKE_ACTION: {Stage.DISCUSS: frozenset({Who.RUNNER})},
    Deed.WRITE_AGREED: {Stage.DISCUSS: frozenset({Who.RUNNER})},
    Deed.SAY_AGREE: {Stage.DISCUSS: frozenset({Who.PARTICIPANT})},
    Deed.CHANGE_SESSION: {
        stage: frozenset({Who.RUNNER})
        for stage in (Stage.DRAFT, Stage.INDIVIDUAL, Stage.REVEAL, Stage.DISCUSS)
    },
    Deed.INVITE: {
        stage: frozenset({Who.RUNNER})
        for stage in (Stage.DRAFT, Stage.INDIVIDUAL, Stage.REVEAL, Stage.DISCUSS)
    },
}


def may(deed: Deed, stage: Stage, viewer: Viewer, *, author: uuid.UUID | None = None) -> bool:
    """Whether `viewer` may do this now; `author` is the participant whose card it is about."""
    allowed = RIGHTS[deed].get(stage, frozenset())
    return bool(allowed & _parts(viewer, author))


def _parts(viewer: Viewer, author: uuid.UUID | None) -> frozenset[Who]:
    held = {
        Who.RUNNER: viewer.runs,
        Who.PARTICIPANT: viewer.participant is not None,
        Who.AUTHOR: viewer.participant is not None and viewer.participant == author,
    }
    return frozenset(who for who, is_held in held.items() if is_held)


HIDING = frozenset({Stage.DRAFT, Stage.INDIVIDUAL})
"""Stages in which each person sees only their own."""


def may_see(stage: Stage, viewer: Viewer, *, author: uuid.UUID | None) -> bool:
    """Whether a card is shown to `viewer`. Running the session opens nobody's card before everyone's are shown."""
    if stage in HIDING:
        return viewer.participant is not None and viewer.participant == author
    return viewer.runs or viewer.participant is not None


def may_enter(stage: Stage, viewer: Viewer) -> bool:
    """Whether the session has a page for `viewer`; while it is got ready, only for those who run it."""
    return viewer.runs or (viewer.participant is not None and stage is not Stage.DRAFT)
