"""Mail about a check-in. Nobody's answer is in it, and nothing about who answered is written down."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from evaluation.models import Round
from partnerships.mail import MailNotSent, compose, post
from partnerships.models import Membership
from toolkits.models.activity import ParticipantQuerySet

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    template: str
    page: str


INVITATION = Letter("email/round_invitation.txt", "evaluation:answer_round")
REMINDER = Letter("email/round_reminder.txt", "evaluation:answer_round")
SHARED = Letter("email/round_shared.txt", "evaluation:round_detail")


def send(round_: Round, letter: Letter, participants: ParticipantQuerySet) -> int:
    """Writes to those of the participants who have an account here, once the transaction commits; how many."""
    people = [
        person.membership
        for person in participants.with_people().exclude(membership=None)
        if person.membership and person.membership.is_current
    ]
    transaction.on_commit(lambda: _post(round_, letter, people), robust=True)
    return len(people)


def _post(round_: Round, letter: Letter, people: list[Membership]) -> None:
    address = reverse(letter.page, args=[round_.setting.slug, round_.pk])
    context = {
        "round": round_,
        "setting": round_.setting,
        "instrument": round_.instrument,
        "link": f"{settings.SITE_URL}{address}",
    }
    messages = [
        compose(to=person.user.email, template=letter.template, context={**context, "person": person.user})
        for person in people
    ]
    try:
        post(messages)
    except MailNotSent:
        logger.warning("Mail about check-in %s could not be sent.", round_.pk)
