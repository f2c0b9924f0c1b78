"""Mail to people who are asked to take part."""

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from partnerships.mail import MailNotSent, compose, post
from toolkits import kinds
from toolkits.models import Activity, Participant
from toolkits.stages import Stage

logger = logging.getLogger(__name__)


def tell_invited(activity: Activity) -> None:
    """Writes once to each member who was invited, when the transaction commits; nothing before the session starts.

    A check-in writes its own mail, with its own dates.
    """
    if activity.stage in (Stage.DRAFT, Stage.AGREED) or not kinds.of(activity).tells_invited:
        return
    untold = activity.participants.with_people().filter(is_invited=True, is_told=False)
    people = [person for person in untold if person.membership and person.membership.is_current]
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(is_told=True)
    transaction.on_commit(partial(_post, activity, people), robust=True)


def _post(activity: Activity, people: list[Participant]) -> None:
    address = reverse("toolkits:activity_detail", args=[activity.setting.slug, activity.pk])
    context = {
        "activity": activity,
        "instrument": activity.instrument_version.instrument,
        "link": f"{settings.SITE_URL}{address}",
    }
    messages = [
        compose(
            to=person.membership.user.email,
            template="email/session_invitation.txt",
            context={**context, "person": person.membership},
        )
        for person in people
        if person.membership
    ]
    try:
        post(messages)
    except MailNotSent:
        logger.warning("The invitations to session %s could not be mailed.", activity.pk)
