"""What people do with cards. `by` is their seat: the stage and their part are checked with the activity locked."""

import uuid

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from toolkits.commands.locking import locked, opened, opened_card
from toolkits.live import announce
from toolkits.models import Activity, Card, Vote
from toolkits.refusals import CardGone, NotNow, NoVotesLeft, StaleCard, TooMany
from toolkits.seats import Seat
from toolkits.stages import Deed, Stage, may

MOST_CARDS = 40
"""Cards that one person can have on one board."""


@transaction.atomic
def add_card(*, by: Seat, zone: str, text: str, card_id: uuid.UUID | None = None) -> Card:
    """Puts a card on the board. Sent twice with one `card_id` (a double tap), it stands there once."""
    activity = opened(Deed.ADD_CARD, by)
    author = by.participant
    if card_id and (already := activity.cards.filter(pk=card_id, participant=author).first()):
        return already
    if activity.cards.filter(participant=author, removed_at=None).count() >= MOST_CARDS:
        raise TooMany(f"You have {MOST_CARDS} cards on this board, which is as many as one person can have.")
    card = Card.objects.create(
        id=card_id or uuid.uuid4(), activity=activity, participant=author, zone=zone, text=text
    )
    announce(activity, card)
    return card


@transaction.atomic
def change_card(*, by: Seat, card_id: uuid.UUID, zone: str, text: str, seen_version: int | None) -> Card:
    """Changes a card's words or its zone.

    :raises StaleCard: it was changed since `seen_version`
    """
    activity, card = opened_card(Deed.CHANGE_CARD, by, card_id)
    if seen_version is not None and seen_version != card.version and (card.zone, card.text) != (zone, text):
        raise StaleCard(card)
    is_moved = card.zone != zone
    card.zone, card.text = zone, text
    card.version += 1
    card.save(update_fields=["zone", "text", "version"])
    announce(activity, card, moved=is_moved)
    return card


@transaction.atomic
def remove_card(*, by: Seat, card_id: uuid.UUID) -> Card:
    activity, card = opened_card(Deed.REMOVE_CARD, by, card_id)
    card.removed_at = timezone.now()
    card.version += 1
    card.save(update_fields=["removed_at", "version"])
    announce(activity, card)
    return card


@transaction.atomic
def restore_card(*, by: Seat, card_id: uuid.UUID) -> Card:
    """Undoes a removal. Votes that were given to other cards in the meantime stay there."""
    activity, card = opened_card(Deed.REMOVE_CARD, by, card_id, removed=True)
    if card.removed_at is None:
        return card
    used_up = _votes_on_board(activity).values("participant").annotate(given=Count("pk"))
    card.votes.filter(
        participant__in=used_up.filter(given__gte=activity.votes_each).values("participant")
    ).delete()
    card.removed_at = None
    card.version += 1
    card.save(update_fields=["removed_at", "version"])
    announce(activity, card)
    return card


@transaction.atomic
def merge_cards(
    *, by: Seat, card_id: uuid.UUID, into_id: uuid.UUID, text: str, seen: tuple[int, int]
) -> Card:
    """Lays one card onto another, which takes `text` and the votes; who voted for both gets one vote back.

    :param seen: the versions of the two cards as they were shown
    :raises StaleCard: one of them was changed since
    """
    activity, card = opened_card(Deed.MERGE_CARDS, by, card_id)
    _, into = opened_card(Deed.MERGE_CARDS, by, into_id)
    for each, version in zip((card, into), seen, strict=True):
        if each.version != version:
            raise StaleCard(each)
    _move_votes(card, into)
    card.merged.update(merged_into=into, version=F("version") + 1)
    card.merged_into, into.text = into, text
    for each in (card, into):
        each.version += 1
        each.save(update_fields=["merged_into", "text", "version"])
    announce(activity, card, into)
    return into


def _move_votes(card: Card, into: Card) -> None:
    twice = into.votes.values("participant")
    card.votes.filter(participant__in=twice).delete()
    card.votes.update(card=into)


@transaction.atomic
def split_card(*, by: Seat, card_id: uuid.UUID) -> Card:
    """Takes a merged card off the other again. The votes stay where they are."""
    activity = opened(Deed.MERGE_CARDS, by)
    card = activity.cards.select_related("merged_into").get(pk=card_id)
    if card.merged_into is None:
        raise CardGone(card)
    into, card.merged_into = card.merged_into, None
    card.version += 1
    card.save(update_fields=["merged_into", "version"])
    announce(activity, card, into)
    return card


@transaction.atomic
def give_vote(*, by: Seat, card_id: uuid.UUID) -> Card:
    """Gives a card one of the person's votes; a second tap changes nothing.

    :raises NoVotesLeft: all are given
    """
    activity, card = opened_card(Deed.VOTE, by, card_id)
    if card.votes.filter(participant=by.participant).exists():
        return card
    if votes_given(activity, by) >= activity.votes_each:
        raise NoVotesLeft(activity.votes_each)
    assert by.participant is not None
    Vote.objects.create(card=card, participant=by.participant)
    announce(activity, card)
    return card


@transaction.atomic
def take_vote_back(*, by: Seat, card_id: uuid.UUID) -> Card:
    activity = locked(by.activity.pk)
    if not may(Deed.VOTE, Stage(activity.stage), by.viewer):
        raise NotNow(activity)
    card = activity.cards.get(pk=card_id)
    taken, _ = card.votes.filter(participant=by.participant).delete()
    if taken:
        announce(activity, card)
    return card


def votes_given(activity: Activity, by: Seat) -> int:
    return _votes_on_board(activity).filter(participant=by.participant).count()


def _votes_on_board(activity: Activity) -> QuerySet[Vote]:
    """A card that was removed gives its votes back."""
    return Vote.objects.filter(card__activity=activity, card__removed_at=None)
