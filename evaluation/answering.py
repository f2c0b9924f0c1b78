"""Answering a check-in with a name: drafts, sending, changing until it closes; and where somebody stands in one."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from evaluation import anonymity
from evaluation.anonymity import NotOpen
from evaluation.models import Round
from partnerships.models import Membership
from toolkits.checklist import Answers, parse
from toolkits.models import Contribution, Draft, Participant


class StaleAnswer(Exception):
    """The person sent other answers after this page was made; `version` is that of the others."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__("You have sent other answers meanwhile, in another window or on another device.")


class Standing(StrEnum):
    """Where somebody stands in a check-in."""

    ASKED = "asked"
    BEGUN = "begun"
    ANSWERED = "answered"
    MISSED = "missed"


@dataclass(frozen=True)
class Place:
    """Somebody who is asked in a check-in."""

    round: Round
    participant: Participant

    @property
    def has_answered(self) -> bool:
        return anonymity.has_answered(self.participant)

    @property
    def standing(self) -> Standing:
        if self.has_answered:
            return Standing.ANSWERED
        if self.round.is_closed:
            return Standing.MISSED
        return Standing.BEGUN if self.draft else Standing.ASKED

    @property
    def draft(self) -> Draft | None:
        return None if self.round.is_anonymous else self.participant.drafts.first()

    @property
    def sent(self) -> Contribution | None:
        """What was handed in with a name."""
        return Contribution.objects.filter(participant=self.participant, is_draft=False).first()

    @property
    def sent_version(self) -> int:
        return sent.version if (sent := self.sent) else 0

    def answers(self) -> Answers:
        """What the form begins with, of a check-in with names: what is being typed, else what was sent."""
        row = self.draft or self.sent
        return parse(self.round.instrument, row.data) if row else {}


def place_of(round_: Round, membership: Membership) -> Place | None:
    """`membership`'s own place; none if it is not asked."""
    participant = (
        round_.activity.participants.with_people().filter(membership=membership, is_invited=True).first()
    )
    return Place(round_, participant) if participant else None


@transaction.atomic
def keep_draft(*, place: Place, answers: Answers, by: Membership) -> None:
    """Keeps what somebody has filled in so far. It counts only once it is sent.

    :raises NotOpen: the check-in is not open
    """
    _check_open(place.round)
    Draft.objects.update_or_create(
        participant=place.participant, by=by, defaults={"data": answers, "based_on": place.sent_version}
    )


@transaction.atomic
def send_named(*, place: Place, answers: Answers, seen_version: int | None) -> Contribution:
    """Hands in answers with a name, or replaces those handed in before.

    :raises NotOpen: the check-in is not open
    :raises StaleAnswer: the person sent others since `seen_version`
    """
    _check_open(place.round)
    sent = Contribution.objects.select_for_update().filter(participant=place.participant).first()
    version = sent.version if sent and not sent.is_draft else 0
    if seen_version is not None and seen_version != version:
        raise StaleAnswer(version)
    sent = sent or Contribution(activity=place.round.activity, participant=place.participant, version=0)
    sent.data, sent.is_draft, sent.version = answers, False, sent.version + 1
    sent.save()
    Participant.objects.filter(pk=place.participant.pk).update(has_answered=True)
    place.participant.drafts.all().delete()
    return sent


def send_typed(*, place: Place, answers: Answers) -> None:
    """Hands in what came back on paper, without a code to change it if it has no name.

    :raises NotOpen: the check-in is not open
    :raises anonymity.AlreadyAnswered: it was typed in before, without names
    """
    if place.round.is_anonymous:
        anonymity.take(
            round_=place.round, participant=place.participant, answers=answers, key=anonymity.new_key()
        )
    else:
        send_named(place=place, answers=answers, seen_version=None)


def _check_open(round_: Round) -> None:
    """Holds the round, so that it can't close in between."""
    if not Round.objects.open().select_for_update(of=("self",), no_key=True).filter(pk=round_.pk).exists():
        raise NotOpen
