"""Asking agencies whether their sheet is still right: a mail, two reminders, and then the coordinator's telephone.

The first mail leaves four weeks before a sheet falls due, so that the answer is there in time. Each step claims its
row and sends on commit: two workers, or one that dies, never send twice what was claimed.
"""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from config.keys import hashed, new_key
from directory.agency.links import Purpose, address_of, expiry, moment
from directory.changes.suggestion_lists import suggested_to
from directory.freshness import Periods
from directory.keeping import may_ask
from directory.models import AgencyLink, Service, Suggestion
from directory.models.service import ServiceQuerySet, ends
from directory.sheet.values import LABELS, Values, values_of
from directory.sheet.wording import in_words
from partnerships.mail import MailNotSent, compose, post
from partnerships.models import Membership, Partnership, Setting

logger = logging.getLogger("joined_up.asking")
AHEAD_DAYS = 28
REMIND_AFTER = (7, 21)
"""Days after the first mail."""
RING_AFTER = 7
"""Days after the last reminder."""
GRACE_DAYS = 7
"""A new sheet is looked at by those who made it before its agency is asked."""
PAUSE_DAYS = 28
"""Nobody who has answered is asked again within these days."""
AT_ONCE = 50
QUESTION = "email/agency_question.txt"
ASKED_TODAY = "They were asked today already. Wait for their answer, or ring"
NO_ADDRESS = "The sheet has no e-mail address to ask. Ring them, or add one"
UNSAID = frozenset({"ask_email", "confirmed", "latitude", "longitude", "waiting_on", "withheld", "summaries"})


class NotAsked(ValueError):
    """The agency can't be asked now; the words say what to do."""


def ask_agencies(today: date) -> None:
    """What the worker does each minute; done twice it sends nothing twice."""
    end_what_is_settled(today)
    for service in to_ask(today)[:AT_ONCE]:
        ask(service, today=today)
    for pk in to_remind(today).values_list("pk", flat=True)[:AT_ONCE]:
        remind(pk, today=today)


def ahead(months: int) -> timedelta:
    return timedelta(days=min(AHEAD_DAYS, 7 * months))


def has_address() -> Q:
    return ~Q(ask_email="") | ~Q(email="")


def address_to_ask(service: Service) -> str:
    return service.ask_email or service.email


def to_ask(today: date) -> list[Service]:
    """Sheets that fall due soon, whose agency has an address and is not being asked."""
    kept = Service.objects.active().exclude(steward__directory_rules__asks_agencies=False)
    lengths = set(Setting.objects.values_list("confirm_months", flat=True).distinct())
    found: list[Service] = []
    for months in sorted(lengths):
        found += _askable(kept.filter(steward__confirm_months=months), months, today)
    return [*found, *_askable(kept.filter(steward=None), Periods().due, today)]


def _askable(services: ServiceQuerySet, months: int, today: date) -> Iterable[Service]:
    live = Partnership.objects.live().filter(service=OuterRef("pk"))
    due = services.due_for_confirmation(today + ahead(months), months).filter(has_address(), Exists(live))
    settled = Q(confirmed_on__isnull=False) | Q(created_at__lt=moment(today - timedelta(days=GRACE_DAYS)))
    return due.filter(settled).exclude(_is_asked(today)).order_by("pk")[:AT_ONCE]


def _is_asked(today: date) -> Q:
    """Asked and waiting, or answered lately, or what they answered is still to be decided."""
    links = AgencyLink.objects.filter(service=OuterRef("pk"), purpose=Purpose.CONFIRM)
    waiting = links.filter(answered_at=None, ended_at=None)
    lately = links.filter(answered_at__gte=moment(today - timedelta(days=PAUSE_DAYS)))
    open_words = Suggestion.objects.open().filter(service=OuterRef("pk"), source=Suggestion.Source.LINK)
    return Q(Exists(waiting)) | Q(Exists(lately)) | Q(Exists(open_words))


@transaction.atomic
def ask(
    service: Service, *, today: date | None = None, by: Membership | None = None, template: str = QUESTION
) -> AgencyLink | None:
    """Claims the sheet and mails its agency; None when somebody else has asked meanwhile."""
    today = today or timezone.localdate()
    row = Service.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=service.pk).first()
    if row is None or not (email := address_to_ask(row)):
        return None
    key = new_key()
    try:
        with transaction.atomic():
            link = AgencyLink.objects.create(
                service=row,
                email=email,
                key_hash=hashed(key),
                steward_id=row.steward_id,
                made_by=by,
                sent_at=moment(today),
                expires_at=expiry(today),
            )
    except IntegrityError:
        return None
    _send_on_commit(link, key, by=by, template=template)
    return link


def to_remind(today: date) -> Any:
    """Questions without an answer whose next reminder is due. What was said by one waits for the school first."""
    due = Q(pk__in=())
    for number, days in enumerate(REMIND_AFTER):
        due |= Q(reminders=number, sent_at__date__lte=today - timedelta(days=days))
    asks = (
        AgencyLink.objects.asking()
        .filter(due)
        .exclude(service__steward__directory_rules__asks_agencies=False)
    )
    lately = Q(reminded_at__date__gt=today - timedelta(days=RING_AFTER - 1))
    waits = Exists(Suggestion.objects.open().filter(link=OuterRef("pk")))
    months = Periods().due
    not_due = Q(service__confirmed_on__gte=today + ahead(months) - relativedelta(months=months))
    only_told = Q(not_due, service__steward=None, made_by=None)  # what others suggest, by telling.py
    asks = asks.filter(service__retired_at=None).exclude(ends("service"))
    return asks.exclude(lately | Q(waits) | only_told).order_by("sent_at")


@transaction.atomic
def remind(pk: Any, *, today: date) -> None:
    link = to_remind(today).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if link is not None:
        send_link(link.service, link, today=today, reminders=link.reminders + 1)


def send_link(
    service: Service,
    link: AgencyLink | None,
    *,
    today: date,
    by: Membership | None = None,
    reminders: int | None = None,
    template: str = QUESTION,
) -> AgencyLink | None:
    """Mails the question that waits once more; a new one if there is none, or if the sheet names another address by
    now: whoever has the older mail does not answer for it any more.
    """
    if link is not None and link.email == address_to_ask(service):
        reminders = link.reminders if reminders is None else reminders
        _send_again(link, today=today, by=by, reminders=reminders, template=template)
        return link
    if link is not None:
        AgencyLink.objects.filter(pk=link.pk).update(ended_at=moment(today))
    return ask(service, today=today, by=by, template=template)


def _send_again(
    link: AgencyLink, *, today: date, by: Membership | None, reminders: int, template: str
) -> None:
    """With a new key; the keys of the older mails go on working."""
    key, before = new_key(), {"reminders": link.reminders, "reminded_at": link.reminded_at}
    link.earlier_hashes = [*link.earlier_hashes, link.key_hash][-5:]
    link.key_hash, link.expires_at = hashed(key), expiry(today)
    link.reminders, link.reminded_at = reminders, moment(today)
    link.save(update_fields=["earlier_hashes", "key_hash", "expires_at", "reminders", "reminded_at"])
    _send_on_commit(link, key, by=by, template=template, before=before)


@transaction.atomic
def ask_now(*, service: Service, by: Membership) -> AgencyLink:
    """A coordinator asks, whatever the rule; at most once a day. Raises NotAsked, or MailNotSent."""
    if not may_ask(by, service):
        raise NotAsked("Another school keeps this sheet, and asks")
    if not address_to_ask(service):
        raise NotAsked(NO_ADDRESS)
    today = timezone.localdate()
    asking = AgencyLink.objects.asking().filter(service=service)
    link = asking.select_for_update(of=("self",)).first()
    if link is not None and link.email == address_to_ask(service) and link.last_sent_on >= today:
        raise NotAsked(ASKED_TODAY)
    made = send_link(service, link, today=today, by=by)
    if made is None:
        raise NotAsked(ASKED_TODAY)
    return made


def end_what_is_settled(today: date) -> None:
    """Questions that answered themselves (somebody confirmed the sheet meanwhile) or have expired."""
    settled = AgencyLink.objects.asking().filter(
        Q(service__confirmed_on__gt=F("sent_at__date")) | Q(expires_at__lt=moment(today))
    )
    AgencyLink.objects.filter(pk__in=settled.values("pk")).update(ended_at=moment(today))


# The coordinator's telephone


def to_ring(setting: Setting, today: date | None = None) -> ServiceQuerySet:
    """Sheets of the setting that are due and whom mails did not reach: no address, or two reminders without answer."""
    today = today or timezone.localdate()
    asked = AgencyLink.objects.filter(
        service=OuterRef("pk"),
        purpose=Purpose.CONFIRM,
        answered_at=None,
        reminders__gte=len(REMIND_AFTER),
        reminded_at__date__lte=today - timedelta(days=RING_AFTER),
    ).filter(Q(service__confirmed_on=None) | Q(reminded_at__date__gt=F("service__confirmed_on")))
    found = due_here(setting, today).filter(~has_address() | Q(Exists(asked)))
    settled = Q(confirmed_on__isnull=False) | Q(created_at__lt=moment(today - timedelta(days=GRACE_DAYS)))
    return found.filter(settled)


def due_here(setting: Setting, today: date | None = None) -> ServiceQuerySet:
    """Due sheets that this setting asks about: those it keeps, and those that agencies keep themselves."""
    mine = Service.visible_to(setting).filter(Q(steward=setting) | Q(steward=None))
    found = mine.due_for_confirmation(today or timezone.localdate(), setting.confirm_months)
    return found.order_by(F("confirmed_on").asc(nulls_first=True), "sort_name")


def askable_here(setting: Setting) -> ServiceQuerySet:
    """Of these, what has an address and was not asked today."""
    today = timezone.localdate()
    asked = AgencyLink.objects.asking().filter(service=OuterRef("pk"))
    lately = asked.filter(Q(reminded_at__date__gte=today) | Q(reminded_at=None, sent_at__date__gte=today))
    return due_here(setting, today).filter(has_address()).exclude(Exists(lately))


# The mail


def _send_on_commit(
    link: AgencyLink,
    key: str,
    *,
    by: Membership | None,
    template: str,
    before: dict[str, Any] | None = None,
) -> None:
    """`before`: what the link said before this mail; None when this is its first."""
    service = Service.objects.with_parts().get(pk=link.service_id)
    context = _mail_context(link, service, key, by)
    message = compose(to=link.email, template=template, context=context)
    message.reply_to = reply_addresses(context["setting"], by)

    def send() -> None:
        try:
            post([message])
        except MailNotSent:
            logger.warning("The mail about a sheet could not be sent; it is tried again")
            _take_back(link, before)
            if by is not None:
                raise  # whoever asks is told

    transaction.on_commit(send)


def reply_addresses(setting: Setting | None, by: Membership | None) -> list[str]:
    """Where an answer to the mail goes: to whoever asked, else to the school."""
    return [each for each in [by.user.email if by else "", setting.email if setting else ""] if each][:1]


def _take_back(link: AgencyLink, before: dict[str, Any] | None) -> None:
    """What was claimed and not sent is claimed again later."""
    row = AgencyLink.objects.filter(pk=link.pk)
    if before is None:
        row.delete()
    else:
        row.update(**before)


def _mail_context(link: AgencyLink, service: Service, key: str, by: Membership | None) -> dict[str, Any]:
    return {
        "service": service,
        "setting": by.setting if by else who_asks(service),
        "by": by,
        "reminders": link.reminders,
        "lines": sheet_lines(values_of(service)),
        "address": address_of("agency_answer", key),
        "ended": address_of("agency_ended", key),
        "suggested": suggested_to(link),
        "until": link.expires_at,
    }


def who_asks(service: Service) -> Setting | None:
    """The school that keeps the sheet; of one that the agency keeps, one that uses it."""
    partnership = Partnership.objects.live().filter(service=service).select_related("setting").first()
    return service.steward or (partnership.setting if partnership else None)


def sheet_lines(values: Values) -> list[tuple[str, str]]:
    """What the sheet says, (label, words) a line, without what nobody outside needs to check."""
    names = [name for name in LABELS if name not in UNSAID and not name.startswith("here_")]
    lines = [(LABELS[name], in_words(name, values.get(name))) for name in names]
    return [(label, words) for label, words in lines if words and words != "Not known"]
