"""Guests: a code on the screen, a name, and a key that only their browser holds."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.keys import hashed, new_key
from toolkits import codes, kinds
from toolkits.commands.locking import locked, opened
from toolkits.live import announce_page
from toolkits.models import Activity, Participant
from toolkits.refusals import JoinRefused
from toolkits.seats import Seat
from toolkits.stages import Deed

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(hours=4)
TRIES = 5


@transaction.atomic
def open_joining(*, by: Seat, limit: int = 60) -> Activity:
    """Makes a new code, which lets guests in for four hours."""
    activity = opened(Deed.INVITE, by)
    if not kinds.of(activity).takes_guests:
        raise JoinRefused("Guests can’t join this by code.")
    activity.join_code_expires_at = timezone.now() + OPEN_FOR
    activity.join_limit = limit
    for attempt in range(TRIES):
        activity.join_code = codes.new_code()
        try:
            with transaction.atomic():
                activity.save(update_fields=["join_code", "join_code_expires_at", "join_limit"])
            break
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    announce_page(activity)
    return activity


@transaction.atomic
def close_joining(*, by: Seat) -> Activity:
    """The code lets nobody in any more; who has joined stays."""
    activity = opened(Deed.INVITE, by)
    activity.join_code_expires_at = timezone.now()
    activity.save(update_fields=["join_code_expires_at"])
    announce_page(activity)
    return activity


@dataclass(frozen=True)
class Joined:
    participant: Participant
    key: str
    """For the browser alone; only its hash is stored."""


def activity_by_code(typed: str) -> Activity:
    """The activity that this code lets somebody into.

    :raises JoinRefused: wrong, expired, agreed or full; the words say which
    """
    activity = Activity.objects.filter(join_code=codes.normal(typed) or None).first()
    if activity is None:
        raise JoinRefused(
            "No session has this code. Look at the screen again, and type its six letters and figures."
        )
    check_open(activity)
    return activity


def check_open(activity: Activity) -> None:
    """:raises JoinRefused: nobody can join now; the words say why."""
    if activity.is_agreed:
        raise JoinRefused("That session has ended: it was agreed. Ask the person who ran it for the result.")
    if not activity.takes_guests:
        raise JoinRefused("This code has expired. Ask the person who runs the session to open joining again.")
    if activity.participants.guests().count() >= activity.join_limit:
        raise JoinRefused(
            f"All {activity.join_limit} places for guests are taken. "
            "Ask the person who runs the session to make room for more."
        )


@transaction.atomic
def join(*, activity: Activity, code: str, name: str, agency: str, sector: str) -> Joined:
    """Makes somebody a guest of the activity.

    :raises JoinRefused: the code is not its code any more, or it is full
    """
    activity = locked(activity.pk)
    if activity.join_code != code:
        raise JoinRefused("This code has expired. Ask for the new one on the screen.")
    check_open(activity)
    key = new_key()
    participant = Participant.objects.create(
        activity=activity,
        guest_name=name,
        agency_name=agency,
        sector=sector,
        key_hash=hashed(key),
    )
    announce_page(activity)
    return Joined(participant, key)


@transaction.atomic
def leave(*, by: Seat) -> None:
    """A guest leaves: the key works no more. What they put in stays under their name; with nothing in, they go."""
    assert by.participant is not None and by.is_guest
    activity = locked(by.activity.pk)
    participant = activity.participants.get(pk=by.participant.pk)
    if participant.cards.exists() or participant.votes.exists() or participant.agrees is not None:
        participant.key_hash = ""
        participant.save(update_fields=["key_hash"])
    else:
        participant.delete()
    announce_page(activity)
