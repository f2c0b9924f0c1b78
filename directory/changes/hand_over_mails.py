"""Mails about the keeping of a sheet: to those who are offered it, and the answer to whoever offered it."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from directory.models import HandOver
from partnerships.access import Permission
from partnerships.mail import MailNotSent, compose, post
from partnerships.models import Membership, Setting

logger = logging.getLogger(__name__)


def those_who_keep(setting: Setting) -> list[Membership]:
    people = setting.memberships.current().filter(user__is_active=True)
    return [who for who in people if who.may(Permission.DIRECTORY_EDIT)]


def tell_of_offer(hand_over: HandOver, receivers: Iterable[Membership]) -> None:
    _mail(hand_over, receivers, "email/hand_over_offered.txt")


def tell_of_answer(hand_over: HandOver, *, by: Membership) -> None:
    """To whoever offered it, or those who keep the school's sheets when that person has left."""
    giver = hand_over.offered_by
    people = [giver] if giver and giver.is_current else those_who_keep(hand_over.giver)
    _mail(hand_over, [who for who in people if who.pk != by.pk], "email/hand_over_answered.txt", by=by)


def _mail(hand_over: HandOver, people: Iterable[Membership], template: str, **context: Any) -> None:
    messages = [
        compose(
            to=who.user.email,
            template=template,
            context={"hand_over": hand_over, "address": _address(hand_over, who), **context},
        )
        for who in people
    ]

    def send() -> None:
        try:
            post(messages)
        except MailNotSent:
            logger.warning("The mails about the keeping of sheet %s could not be sent", hand_over.service_id)

    if messages:
        transaction.on_commit(send)


def _address(hand_over: HandOver, who: Membership) -> str:
    return settings.SITE_URL + reverse("directory:hand_over_detail", args=[who.setting.slug, hand_over.pk])
