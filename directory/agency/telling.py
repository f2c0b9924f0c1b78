"""Tells an agency that keeps its own sheet what others suggest, with the link to decide on it, and where we ask next.

Anybody can suggest something on a public page: so there is one mail a day at most about a sheet, and none once several
were not answered. What is not told by a mail of its own is in the next one that asks whether the sheet is right.
"""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Greatest

from directory.agency.asking import (
    AT_ONCE,
    address_to_ask,
    has_address,
    reply_addresses,
    send_link,
    who_asks,
)
from directory.agency.links import Purpose
from directory.models import AgencyLink, Service, Suggestion
from directory.models.service import ServiceQuerySet
from partnerships.mail import compose, post

MOST_UNANSWERED = 4
"""Further mails by one link; no more of its older keys are kept."""


def tell_agencies(today: date) -> None:
    """What the worker does each minute; done twice it sends nothing twice."""
    for pk in to_tell(today).values_list("pk", flat=True)[:AT_ONCE]:
        tell(pk, today=today)


def to_tell(today: date) -> ServiceQuerySet:
    """Sheets kept by their agency with a suggestion that is younger than the last mail, if that was not today."""
    mails = AgencyLink.objects.filter(purpose=Purpose.CONFIRM).annotate(
        last=Greatest("sent_at", "reminded_at")
    )
    told = mails.filter(service=OuterRef("service"), last__gte=OuterRef("made_at"))
    untold = Suggestion.objects.open().exclude(source=Suggestion.Source.LINK).exclude(Exists(told))
    here = {"service": OuterRef("pk")}
    enough = AgencyLink.objects.asking().filter(earlier_hashes__len__gte=MOST_UNANSWERED, **here)
    kept = Service.objects.active().filter(has_address(), Exists(untold.filter(**here)), steward=None)
    return kept.exclude(Exists(mails.filter(last__date__gte=today, **here))).exclude(Exists(enough))


@transaction.atomic
def tell(pk: Any, *, today: date) -> None:
    service = to_tell(today).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if service is not None:
        link = AgencyLink.objects.asking().filter(service=service).select_for_update(of=("self",)).first()
        send_link(service, link, today=today, template="email/suggestion_waiting.txt")


def tell_old_address(old: str, service: Service) -> None:
    """Whoever holds a link may change where we ask; whoever had the mails so far hears of it."""
    new = address_to_ask(service)
    if not old or new == old:
        return
    setting = who_asks(service)
    context = {"service": service, "setting": setting, "new": new}
    message = compose(to=old, template="email/address_changed.txt", context=context)
    message.reply_to = reply_addresses(setting, None)
    transaction.on_commit(partial(post, [message]), robust=True)
