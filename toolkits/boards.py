"""A board as one person may see it. Page, partials, live updates, snapshots and paper are all made from this."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from partnerships.models import Action
from partnerships.sectors import Sector
from toolkits.instruments.definition import Zone
from toolkits.models import Activity, Card, Participant, Vote
from toolkits.stages import Stage, Viewer, may_see

EVERYTHING = Viewer(runs=True)
"""Sees what everybody sees once cards are shown; before that, nothing."""


@dataclass(frozen=True)
class CardView:
    """A card with what was merged into it. `sectors` are of everybody whose words it holds, each once."""

    card: Card
    votes: int = 0
    is_voted: bool = False
    merged: tuple[Card, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def sectors(self) -> tuple[Sector, ...]:
        people = [card.participant for card in (self.card, *self.merged)]
        return tuple(dict.fromkeys(Sector(person.sector) for person in people if person))

    @property
    def css(self) -> str:
        """The colour of the card's edge: the sector of whoever wrote it."""
        return Sector(self.card.participant.sector).css if self.card.participant else ""


@dataclass(frozen=True)
class ZoneView:
    zone: Zone
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class Counts:
    """How many of those who take part have put in a card: what is told before the cards are shown."""

    added: int = 0
    people: int = 0
    sectors: int = 0


@dataclass(frozen=True)
class Board:
    zones: tuple[ZoneView, ...]
    counts: Counts = field(default_factory=Counts)
    votes_left: int = 0

    @property
    def cards(self) -> tuple[CardView, ...]:
        return tuple(card for zone in self.zones for card in zone.cards)

    def view(self, card: Card) -> CardView | None:
        """The card as the board shows it; none if it is hidden, gone or merged."""
        return next((view for view in self.cards if view.card.pk == card.pk), None)


def board_for(activity: Activity, viewer: Viewer, *, by_votes: bool = False) -> Board:
    """The board as `viewer` may see it now, in a constant number of queries."""
    views = visible_cards(activity, viewer)
    if by_votes:
        views = sorted(views, key=lambda view: -view.votes)
    zones = activity.instrument_version.instrument.zones
    given = sum(view.is_voted for view in views)
    return Board(
        tuple(ZoneView(zone, tuple(view for view in views if view.card.zone == zone.key)) for zone in zones),
        counts(activity),
        max(0, activity.votes_each - given),
    )


def visible_cards(activity: Activity, viewer: Viewer) -> list[CardView]:
    """The cards on the board that `viewer` may see, oldest first."""
    rows = activity.cards.filter(removed_at=None).select_related("participant__membership__user")
    stage = Stage(activity.stage)
    seen = [card for card in rows if may_see(stage, viewer, author=card.participant_id)]
    merged = defaultdict[uuid.UUID, list[Card]](list)
    for card in seen:
        if card.merged_into_id:
            merged[card.merged_into_id].append(card)
    standing = [card for card in seen if card.merged_into_id is None]
    return _with_marks(activity, viewer, standing, merged)


def _with_marks(
    activity: Activity, viewer: Viewer, cards: Iterable[Card], merged: dict[uuid.UUID, list[Card]]
) -> list[CardView]:
    votes = list(Vote.objects.filter(card__activity=activity).values_list("card", "participant"))
    totals = Counter(card for card, _ in votes)
    mine = {card for card, person in votes if person == viewer.participant}
    actions = _actions(activity)
    return [
        CardView(
            card,
            votes=totals[card.pk],
            is_voted=card.pk in mine,
            merged=tuple(merged[card.pk]),
            actions=tuple(actions[card.pk]),
        )
        for card in cards
    ]


def _actions(activity: Activity) -> dict[uuid.UUID, list[Action]]:
    found = defaultdict[uuid.UUID, list[Action]](list)
    for action in actions_of(activity):
        if action.origin_id:
            found[action.origin_id].append(action)
    return found


def actions_of(activity: Activity) -> list[Action]:
    """What is to be done, from cards of this board."""
    cards = activity.cards.values("pk")
    rows = Action.objects.filter(setting=activity.setting_id, origin_kind="card", origin_id__in=cards)
    return list(rows.select_related("owner__user", "owner_partnership__service"))


def counts(activity: Activity) -> Counts:
    found = activity.participants.aggregate(
        added=Count("cards__participant", filter=Q(cards__removed_at=None), distinct=True),
        people=Count("pk", distinct=True),
        sectors=Count("sector", distinct=True),
    )
    return Counts(**found)


def people_of(activity: Activity) -> list[Participant]:
    """Everybody who takes part, by name."""
    return list(activity.participants.with_people().in_order())
