"""Answers without names: taken in, changed, and sealed at closing. See docs/adr on anonymity.

While a check-in is open, a row of AnonymousAnswer and the mark that somebody has answered are written by one
transaction, so whoever administers the database could join them. Sealing removes every trace of that: answers get new
ids and a random order in one transaction, and both tables are truncated.
"""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from random import SystemRandom

from django.db import connection, transaction

from config.keys import hashed
from evaluation.groups import OTHERS, read_groups, stored_key
from evaluation.models import Round
from evaluation.tally import Answer
from toolkits.checklist import Answers
from toolkits.models import Activity, AnonymousAnswer, ClosedAnswer, Participant, PendingMark

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 16  # 78 bits: not to be guessed, short enough to write down
_chance = SystemRandom()

_MARK = "INSERT INTO toolkits_pendingmark (participant_id) VALUES (%s) ON CONFLICT DO NOTHING"
# Marks first, as `take` does it: in the other order the two would wait for each other.
_HOLD = "LOCK TABLE toolkits_pendingmark, toolkits_anonymousanswer IN ACCESS EXCLUSIVE MODE"
_EMPTY = "TRUNCATE toolkits_anonymousanswer, toolkits_pendingmark"


class AlreadyAnswered(Exception):
    """This person has answered; without the key of that answer it can't be changed."""


class NotOpen(Exception):
    """The check-in takes no answers now."""


def new_key() -> str:
    """What the browser holds, and nobody else: whoever has it can change the answer."""
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


def key_words(key: str) -> str:
    """In groups of four, to be written down: "K7QP-2M4X-…"."""
    return "-".join(key[start : start + 4] for start in range(0, len(key), 4))


def read_key(text: str) -> str:
    """A key as somebody types it: small letters, spaces and dashes are fine. Empty if it can't be one."""
    key = "".join(sign for sign in text.upper() if sign.isalnum())
    return key if len(key) == KEY_LENGTH and set(key) <= set(ALPHABET) else ""


def has_answered(participant: Participant) -> bool:
    """Whether this person has answered, whichever way it is marked."""
    return participant.has_answered or PendingMark.objects.filter(participant=participant).exists()


@transaction.atomic
def take(*, round_: Round, participant: Participant, answers: Answers, key: str) -> None:
    """Stores an answer that can be changed with `key`. Sending it twice stores it once.

    The mark comes first: its lock makes this wait for a closing that is under way, and the other way round.

    :raises AlreadyAnswered: the person has answered, with another key
    :raises NotOpen: the check-in is not open
    """
    is_new = _mark(participant)
    found = Round.objects.open().select_related("activity").filter(pk=round_.pk).first()
    if found is None:
        raise NotOpen
    if not is_new or Participant.objects.filter(pk=participant.pk, has_answered=True).exists():
        if not _store(round_, key, answers):
            raise AlreadyAnswered
        PendingMark.objects.filter(participant__has_answered=True, participant=participant).delete()
        return
    AnonymousAnswer.objects.create(
        activity=found.activity,
        sector=stored_key(read_groups(found), participant.sector),
        key_hash=hashed(key),
        data=answers,
    )


@transaction.atomic
def change(*, round_: Round, key: str, answers: Answers) -> None:
    """Replaces the answer that `key` opens.

    :raises NotOpen: there is none, or no longer
    """
    if not _store(round_, key, answers):
        raise NotOpen


def kept(round_: Round, key: str) -> Answers | None:
    """The answer that `key` opens, while the check-in is open."""
    row = AnonymousAnswer.objects.filter(activity=round_.activity, key_hash=hashed(key)).first()
    return row.data if row else None


def mark_batch(activity: Activity, smallest: int) -> int:
    """Marks those who have answered, in random order, once there are `smallest`; how many were marked."""
    with transaction.atomic():
        waiting = list(
            PendingMark.objects.select_for_update()
            .filter(participant__activity=activity)
            .values_list("participant", flat=True)
        )
        if len(waiting) < smallest:
            return 0
        _mark_answered(waiting)
        PendingMark.objects.filter(participant__in=waiting).delete()
    return len(waiting)


def unseal(round_: Round) -> list[Answer]:
    """Takes the answers of a check-in out of the open table, and empties it; for the transaction that closes.

    Everything in the two tables is forgotten: marks are set in random order, and what belongs to other check-ins is
    put back in random order, by this one transaction.
    """
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_HOLD)
        rows = list(AnonymousAnswer.objects.all())
        _mark_answered(list(PendingMark.objects.values_list("participant", flat=True)))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_EMPTY)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    others = [row for row in rows if row.activity_id != round_.activity_id]
    _chance.shuffle(others)
    AnonymousAnswer.objects.bulk_create(others)
    return [Answer(row.sector, row.data) for row in rows if row.activity_id == round_.activity_id]


def seal(round_: Round, answers: Sequence[Answer], shown: Iterable[str]) -> None:
    """Keeps closed answers, in random order. A group whose figures are hidden is not told apart here either."""
    groups = set(shown)
    rows = [
        ClosedAnswer(
            activity=round_.activity,
            sector=answer.group if answer.group in groups else OTHERS,
            data=answer.answers,
        )
        for answer in answers
    ]
    _chance.shuffle(rows)
    ClosedAnswer.objects.bulk_create(rows)


def _mark(participant: Participant) -> bool:
    """Whether the mark is new. Waits for somebody who is just setting the same one."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [participant.pk])
        return bool(cursor.rowcount)


def _store(round_: Round, key: str, answers: Answers) -> bool:
    mine = AnonymousAnswer.objects.filter(activity=round_.activity, key_hash=hashed(key))
    return bool(mine.update(data=answers))


def _mark_answered(participants: list[uuid.UUID]) -> None:
    _chance.shuffle(participants)
    for participant in participants:
        Participant.objects.filter(pk=participant).update(has_answered=True)
