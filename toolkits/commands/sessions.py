"""Starting a session, inviting to it, and moving it through its stages."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from partnerships.models import Membership, Setting
from toolkits import kinds
from toolkits.commands.locking import locked
from toolkits.commands.telling import tell_invited
from toolkits.live import announce_page
from toolkits.models import Activity, Participant
from toolkits.refusals import MoveRefused, NotNow, StaleMove
from toolkits.seats import Seat, runs
from toolkits.stages import Deed, Stage, is_allowed, may
from toolkits.versions import current


@transaction.atomic
def start_activity(
    *,
    setting: Setting,
    code: str,
    title: str,
    by: Membership | None,
    facilitator: Membership | None = None,
    lifecycle: str = "staged",
    is_anonymous: bool = False,
    votes_each: int = 3,
) -> Activity:
    """One run of an instrument, being got ready. Who runs it is `facilitator`, else `by`."""
    return Activity.objects.create(
        setting=setting,
        instrument_version=current(code, setting),
        title=title,
        lifecycle=lifecycle,
        is_anonymous=is_anonymous,
        facilitator=facilitator or by,
        votes_each=votes_each,
    )


@transaction.atomic
def invite(*, activity: Activity, members: Iterable[Membership], by: Membership | None) -> list[Participant]:
    """Makes the members take part; who does already is left alone. Mail goes out once the session has started."""
    activity = locked(activity.pk)
    if activity.is_agreed:
        raise NotNow(activity)
    there = set(activity.participants.values_list("membership", flat=True))
    new = [
        Participant(
            activity=activity,
            membership=member,
            agency_name=member.agency_name[:120],
            sector=member.sector,
            is_invited=True,
            is_told=by is not None and member.pk == by.pk,
        )
        for member in {member.pk: member for member in members}.values()
        if member.pk not in there and member.setting_id == activity.setting_id
    ]
    for participant in new:
        participant.save()
    if new:
        announce_page(activity)
        tell_invited(activity)
    return new


@transaction.atomic
def uninvite(*, by: Seat, participant_id: uuid.UUID) -> bool:
    """Takes somebody off the list who has not put anything in yet. False if they have."""
    activity = locked(by.activity.pk)
    if not may(Deed.INVITE, Stage(activity.stage), by.viewer):
        raise NotNow(activity)
    participant = activity.participants.get(pk=participant_id)
    if participant.cards.exists() or participant.votes.exists() or participant.agrees is not None:
        return False
    participant.delete()
    announce_page(activity)
    return True


@transaction.atomic
def change_session(
    *, by: Seat, title: str, votes_each: int, facilitator: Membership | None, seen_version: int | None
) -> Activity:
    """Changes what the session is about, who runs it, how many votes each has."""
    activity = locked(by.activity.pk)
    if not may(Deed.CHANGE_SESSION, Stage(activity.stage), by.viewer):
        raise NotNow(activity)
    if seen_version != activity.version:
        raise StaleMove(activity)
    activity.title, activity.votes_each, activity.facilitator = title, votes_each, facilitator
    activity.version += 1
    activity.save(update_fields=["title", "votes_each", "facilitator", "version"])
    announce_page(activity)
    return activity


@transaction.atomic
def move_stage(
    *, activity: Activity, to: Stage, by: Membership | None, seen_version: int | None = None
) -> Activity:
    """Moves a session to another stage, forward or back. To agree on it is what freezes it.

    `by` is None for what happens by itself, such as a check-in that closes on its day.

    :param seen_version: of the activity, as the page showed it; None where nobody looked at a page
    :raises StaleMove: it was moved or changed since
    :raises MoveRefused: it can't go there from where it is, or `by` does not run it
    """
    activity = locked(activity.pk)
    if by is not None and not runs(activity, by):
        raise MoveRefused("Only whoever runs the session can move it on.")
    kind = activity.instrument_version.instrument.kind
    if seen_version is not None and seen_version != activity.version:
        raise StaleMove(activity)
    if not is_allowed(kind, Stage(activity.stage), to):
        raise MoveRefused(f"A session can’t go from “{Stage(activity.stage).label}” to “{to.label}”.")
    if to is Stage.AGREED:
        kinds.freeze(activity, by)
    activity.stage = to
    activity.stage_changed_at = timezone.now()
    activity.version += 1
    activity.save(update_fields=["stage", "stage_changed_at", "version"])
    announce_page(activity)
    if to is not Stage.DRAFT:
        tell_invited(activity)
    return activity
