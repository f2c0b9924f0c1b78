"""Every change of an activity happens with its row locked, so that the stage can't change under it."""

import uuid

from toolkits.models import Activity, Card
from toolkits.refusals import CardGone, NotNow
from toolkits.seats import Seat
from toolkits.stages import Deed, Stage, may


def locked(activity_id: uuid.UUID) -> Activity:
    """The activity as it stands, held until the transaction ends."""
    return (
        Activity.objects.select_for_update(of=("self",))
        .select_related("instrument_version", "setting", "facilitator__user")
        .get(pk=activity_id)
    )


def opened(deed: Deed, by: Seat) -> Activity:
    """The activity, locked, if `by` may do this at its stage.

    :raises NotNow: the stage or the person's part doesn't allow it
    """
    activity = locked(by.activity.pk)
    if not may(deed, Stage(activity.stage), by.viewer):
        raise NotNow(activity)
    return activity


def opened_card(deed: Deed, by: Seat, card_id: uuid.UUID, *, removed: bool = False) -> tuple[Activity, Card]:
    """The activity, locked, and one of its cards, if `by` may do this to it.

    :raises NotNow: the stage or the person's part doesn't allow it
    :raises CardGone: it was removed (unless `removed` allows it) or merged
    """
    activity = locked(by.activity.pk)
    card = activity.cards.select_related("merged_into").get(pk=card_id)
    if not may(deed, Stage(activity.stage), by.viewer, author=card.participant_id):
        raise NotNow(activity)
    if card.merged_into_id or (card.removed_at and not removed):
        raise CardGone(card)
    return activity, card
