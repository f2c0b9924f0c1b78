"""Getting a check-in ready, opening it, and what follows its closing. Closing is evaluation.closing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from evaluation import groups
from evaluation.groups import Plan
from evaluation.models import AgreedLevel, Phase, Round
from evaluation.rounds import mail as round_mail
from partnerships.models import Membership, Setting, Term
from partnerships.sectors import Sector
from toolkits.commands import invite, move_stage, start_activity
from toolkits.models import Participant
from toolkits.stages import Stage


class Refused(Exception):
    """What can't be done now; `str()` says why and what to do, in words for the person."""


class StaleRound(Refused):
    """Somebody else changed the check-in after the page was made."""


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """Somebody without an account, who answers on paper."""

    name: str
    agency: str
    sector: Sector


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the form of a check-in asks for."""

    title: str
    term: Term | None
    opens_on: date
    closes_on: date
    is_anonymous: bool
    words: str
    members: tuple[Membership, ...]
    on_paper: tuple[OnPaper, ...] = ()


def locked(round_: Round) -> Round:
    """The round as it stands, held until the transaction ends."""
    found: Round = Round.objects.with_activity().select_for_update(of=("self",)).get(pk=round_.pk)
    return found


@transaction.atomic
def start_round(*, setting: Setting, code: str, wanted: Wanted, by: Membership) -> Round:
    """A check-in that nobody is asked yet."""
    activity = start_activity(
        setting=setting, code=code, title=wanted.title, by=by, is_anonymous=wanted.is_anonymous, votes_each=0
    )
    round_ = Round.objects.create(
        setting=setting,
        activity=activity,
        term=wanted.term,
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        words=wanted.words,
        minimum=setting.small_group,
        created_by=by,
    )
    _invite(round_, wanted, by)
    return round_


@transaction.atomic
def change_round(*, round_: Round, wanted: Wanted, by: Membership, seen_version: int | None) -> Round:
    """Changes what is asked, when and of whom, until it opens.

    :raises StaleRound: somebody else changed it
    """
    found = _not_open_yet(round_)
    _check_version(found, seen_version)
    activity = found.activity
    activity.title, activity.is_anonymous = wanted.title, wanted.is_anonymous
    activity.save(update_fields=["title", "is_anonymous"])
    found.term, found.words = wanted.term, wanted.words
    found.opens_on, found.closes_on = wanted.opens_on, wanted.closes_on
    found.is_ready = False
    _save(found, "term", "words", "opens_on", "closes_on", "is_ready")
    keep = [member.pk for member in wanted.members]
    activity.participants.exclude(membership__in=keep).delete()
    _invite(found, wanted, by)
    return found


@transaction.atomic
def group_by(*, round_: Round, grouping: Round.Grouping, by: Membership) -> None:
    """Counts answers by sector, in wider groups, or all together."""
    found = _not_open_yet(round_)
    found.grouping = grouping
    _save(found, "grouping")


@transaction.atomic
def make_named(*, round_: Round, by: Membership) -> None:
    """Asks with names instead of without."""
    found = _not_open_yet(round_)
    found.activity.is_anonymous = False
    found.activity.save(update_fields=["is_anonymous"])
    found.grouping = Round.Grouping.SECTORS
    _save(found, "grouping")


@transaction.atomic
def discard_round(*, round_: Round, by: Membership) -> None:
    """Takes away a check-in that nobody has been asked."""
    _not_open_yet(round_).activity.delete()


@transaction.atomic
def open_round(*, round_: Round, by: Membership | None, today: date | None = None) -> Round:
    """Asks everyone, or waits for the day it is to open. From then on who is asked, and how, is fixed.

    :raises Refused: too few are asked, or its last day is over
    """
    today = today or timezone.localdate()
    found = locked(round_)
    if found.opened_at:
        return found
    _drop_those_who_left(found)
    plan = plan_for(found)
    _check_can_open(found, plan, today)
    found.is_ready = True
    if found.opens_on <= today:
        found.opened_at = timezone.now()
        found.minimum = plan.minimum
        found.groups = [group.to_json() for group in plan.groups]
        move_stage(activity=found.activity, to=Stage.INDIVIDUAL, by=by)
        found.activity.refresh_from_db()
        round_mail.send(found, round_mail.INVITATION, found.activity.participants.all())
    _save(found, "is_ready", "opened_at", "minimum", "groups")
    return found


@transaction.atomic
def open_now(*, round_: Round, by: Membership) -> Round:
    """Opens today what was to open later.

    :raises Refused: too few are asked, or its last day is over
    """
    found = locked(round_)
    if not found.opened_at and found.opens_on > timezone.localdate():
        found.opens_on = timezone.localdate()
        _save(found, "opens_on")
    return open_round(round_=found, by=by)


@transaction.atomic
def remind(*, round_: Round, by: Membership | None) -> int:
    """Writes to those who have not answered, once a day at most; how many."""
    found, today = locked(round_), timezone.localdate()
    if not found.is_open or found.reminded_on == today:
        return 0
    found.reminded_on = today
    _save(found, "reminded_on")
    waiting = found.activity.participants.filter(has_answered=False, pendingmark=None)
    return round_mail.send(found, round_mail.REMINDER, waiting)


@transaction.atomic
def change_closing_day(*, round_: Round, closes_on: date, by: Membership) -> None:
    """An open check-in ends sooner or later than planned.

    :raises Refused: it is closed, or the day is over
    """
    found = locked(round_)
    if not found.is_open:
        raise Refused("This check-in is closed, so its last day can’t be changed.")
    if closes_on < timezone.localdate():
        raise Refused("Choose a day that is not over. To close it now, use “Close it now”.")
    found.closes_on = closes_on
    _save(found, "closes_on")


@transaction.atomic
def share_round(*, round_: Round, by: Membership) -> Round:
    """Shows the results to everyone who answered, and writes to them. Twice is once."""
    found = locked(round_)
    if not found.closed_at:
        raise Refused("Close the check-in first, then share it.")
    if found.shared_at:
        return found
    found.shared_at = timezone.now()
    _save(found, "shared_at")
    if found.activity.stage == Stage.REVEAL:
        move_stage(activity=found.activity, to=Stage.DISCUSS, by=by)
    answered = found.activity.participants.filter(has_answered=True)
    round_mail.send(found, round_mail.SHARED, answered)
    return found


@transaction.atomic
def record_levels(
    *,
    round_: Round,
    levels: Mapping[str, Mapping[str, str]],
    words: str,
    by: Membership,
    seen_version: int | None,
) -> Round:
    """Writes down the levels that the group agrees on: {statement: {"level", "note", "dissent"}}.

    :raises Refused: it is not closed yet, or already agreed
    :raises StaleRound: somebody else wrote in the meantime
    """
    found = locked(round_)
    if not found.closed_at:
        raise Refused("Close the check-in first, then record what you agree.")
    if found.activity.is_agreed:
        raise Refused(
            "This check-in was agreed, so nothing in it changes any more. Open it again to change a level."
        )
    _check_version(found, seen_version)
    found.agreed_levels.exclude(statement__in=levels).delete()
    for statement, level in levels.items():
        AgreedLevel.objects.update_or_create(round=found, statement=statement, defaults=dict(level))
    found.agreed_words = words
    if found.activity.stage == Stage.REVEAL:
        move_stage(activity=found.activity, to=Stage.DISCUSS, by=by)
    _save(found, "agreed_words")
    return found


def plan_for(round_: Round, grouping: str | None = None, is_anonymous: bool | None = None) -> Plan:
    """How the answers of those asked will be counted, as it is set or as it could be."""
    sectors = Counter(round_.activity.participants.filter(is_invited=True).values_list("sector", flat=True))
    return groups.plan(
        sectors,
        grouping=grouping or round_.grouping,
        minimum=max(round_.setting.small_group, 5),
        is_anonymous=round_.is_anonymous if is_anonymous is None else is_anonymous,
    )


def _invite(round_: Round, wanted: Wanted, by: Membership) -> None:
    invite(activity=round_.activity, members=wanted.members, by=by)
    Participant.objects.bulk_create(
        Participant(
            activity=round_.activity,
            guest_name=person.name,
            agency_name=person.agency,
            sector=person.sector,
            is_invited=True,
        )
        for person in wanted.on_paper
    )


def _drop_those_who_left(round_: Round) -> None:
    people: Iterable[Participant] = round_.activity.participants.with_people().exclude(membership=None)
    gone = [person.pk for person in people if person.membership and not person.membership.is_current]
    round_.activity.participants.filter(pk__in=gone).delete()


def _check_can_open(round_: Round, plan: Plan, today: date) -> None:
    if round_.closes_on < today:
        raise Refused("Its last day is over. Change the dates, then open it.")
    if not plan.invited:
        raise Refused("Nobody is asked yet. Choose whom you ask, then open it.")
    if not plan.can_open:
        raise Refused(
            f"Ask at least {plan.minimum} people, or ask with names. Of fewer, nothing could be shown without names."
        )


def _not_open_yet(round_: Round) -> Round:
    found = locked(round_)
    if found.phase not in (Phase.DRAFT, Phase.READY):
        raise Refused(
            "This check-in has been opened. Who is asked, and whether names are kept, is fixed from then on."
        )
    return found


def _check_version(round_: Round, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != round_.version:
        raise StaleRound(
            "Somebody else changed this check-in while you were typing. Look at it again, then save."
        )


def _save(round_: Round, *fields: str) -> None:
    round_.version += 1
    round_.save(update_fields=[*fields, "version"])
