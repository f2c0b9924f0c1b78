"""A card becomes something to be done."""

import uuid
from datetime import date

from django.db import transaction

from partnerships.commands import add_action
from partnerships.models import Action, Membership, Partnership
from toolkits.commands.locking import opened_card
from toolkits.live import announce
from toolkits.seats import Seat
from toolkits.stages import Deed

ORIGIN = "card"


@transaction.atomic
def make_action(
    *,
    by: Seat,
    card_id: uuid.UUID,
    text: str,
    due_on: date,
    owner: Membership | None = None,
    owner_partnership: Partnership | None = None,
    owner_name: str = "",
) -> Action:
    """An action with one owner, which keeps the card and its words at that time as where it came from."""
    activity, card = opened_card(Deed.MAKE_ACTION, by, card_id)
    action = add_action(
        setting=activity.setting,
        text=text,
        due_on=due_on,
        by=by.membership,
        owner=owner,
        owner_partnership=owner_partnership,
        owner_name=owner_name,
        origin_kind=ORIGIN,
        origin_id=card.pk,
        origin_words=card.text,
    )
    announce(activity, card)
    return action
