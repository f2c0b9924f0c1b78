"""One mail on Monday about all schools of a person, not one from each; only if there is something."""

import logging
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from partnerships.calendar import by_day
from partnerships.mail import MailNotSent, compose, post
from partnerships.models import User
from partnerships.my import MySchools, my_schools

logger = logging.getLogger("joined_up.weekly")
AT_ONCE = 50
MONDAY = 0
DAYS = 7


def send_weekly_mails(today: date) -> None:
    """Each person is claimed in a transaction of their own: whoever runs twice sends once."""
    if today.weekday() != MONDAY:
        return
    for pk in _to_mail(today).values_list("pk", flat=True)[:AT_ONCE]:
        send_weekly_mail(pk, today)


def _to_mail(today: date) -> QuerySet[User]:
    belongs = Q(memberships__left_on=None) | Q(memberships__left_on__gt=today)
    wanting = User.objects.filter(
        belongs, is_active=True, weekly_mail=True, memberships__isnull=False
    ).distinct()
    return wanting.exclude(weekly_mailed_on__gte=today).order_by("pk")


@transaction.atomic
def send_weekly_mail(pk: UUID, today: date) -> None:
    rows = User.objects.select_for_update(skip_locked=True).filter(pk=pk, weekly_mail=True)
    user = rows.exclude(weekly_mailed_on__gte=today).first()
    if user is None:
        return
    user.weekly_mailed_on = today
    user.save(update_fields=["weekly_mailed_on"])
    mine = my_schools(user, today, DAYS)
    if mine.has_something:
        _send_on_commit(user, mine)


def _send_on_commit(user: User, mine: MySchools) -> None:
    context = {
        "user": user,
        "mine": mine,
        "days": by_day(mine.entries),
        "site": settings.SITE_URL,
        "page": settings.SITE_URL + reverse("partnerships:my"),
    }
    message = compose(to=user.email, template="email/weekly.txt", context=context)

    def send() -> None:
        try:
            post([message])
        except MailNotSent:
            logger.warning("A weekly mail could not be sent; it is tried again")
            User.objects.filter(pk=user.pk).update(weekly_mailed_on=None)

    transaction.on_commit(send)
