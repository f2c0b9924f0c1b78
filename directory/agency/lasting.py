"""The lasting link on a practitioner's telephone: what holds for a while, said with one thumb, without an account."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from config.keys import hashed, new_key
from directory import notices
from directory.agency.answering import LinkOver
from directory.agency.links import Purpose, State, address_of, find, moment
from directory.keeping import fits, may_edit, may_say
from directory.models import AgencyLink, Notice, Service
from directory.use.referrals import say_answer
from partnerships.audit import Actor, acting
from partnerships.mail import compose, post
from partnerships.models import Membership, Setting

MOST = 20
"""Links that work at a time, of one service."""


class NotMade(ValueError):
    """The link can't be made; the words say why, and what to do."""


@transaction.atomic
def make(*, service: Service, email: str, person: str, by: Membership) -> AgencyLink:
    """Mails a link that works until somebody ends it, or the sheet changes hands."""
    if not may_say(by, service):
        raise NotMade("Only coordinators and the service’s own people can send this link")
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    links = service.links.lasting()
    if links.filter(email__iexact=email, made_by__setting=by.setting).exists():
        raise NotMade("There is a link for this address already. Renew it, or end it first")
    if links.count() >= MOST:
        raise NotMade("There are many links for this service already. End some that nobody uses")
    key = new_key()
    link = AgencyLink.objects.create(
        service=service,
        purpose=Purpose.LASTING,
        email=email,
        person=person[:120],
        key_hash=hashed(key),
        steward_id=service.steward_id,
        made_by=by,
    )
    _send(link, key, by)
    return link


@transaction.atomic
def renew(*, link: AgencyLink, by: Membership) -> None:
    """A new key, mailed; the older one stops, for the telephone may be lost."""
    key = new_key()
    link.key_hash, link.earlier_hashes, link.sent_at = hashed(key), [], timezone.now()
    link.made_by, link.steward_id = by, link.service.steward_id
    link.save(update_fields=["key_hash", "earlier_hashes", "sent_at", "made_by", "steward"])
    _send(link, key, by)


def links_at(service: Service, setting: Setting) -> QuerySet[AgencyLink]:
    """The links of a service that work and were made at this school."""
    made_here = AgencyLink.objects.lasting().filter(service=service, made_by__setting=setting)
    return made_here.select_related("service__agency", "made_by__user", "made_by__setting")


def end(*, link: AgencyLink, today: date | None = None) -> None:
    AgencyLink.objects.filter(pk=link.pk, ended_at=None).update(
        ended_at=moment(today or timezone.localdate())
    )


def _send(link: AgencyLink, key: str, by: Membership) -> None:
    context = {"link": link, "service": link.service, "by": by, "address": address_of("lasting_link", key)}
    message = compose(to=link.email, template="email/lasting_link.txt", context=context)
    message.reply_to = [by.user.email]
    transaction.on_commit(lambda: post([message]))


def reach_of(link: AgencyLink, kind: str) -> Setting | None:
    """Who is not in is not in at the school that made the link; the rest holds wherever that school keeps the sheet."""
    assert link.made_by is not None
    if kind == Notice.Kind.AWAY or not may_edit(link.made_by, link.service):
        return link.made_by.setting
    return None


@transaction.atomic
def say(*, key: str, said: dict[str, Any]) -> Notice:
    link = _locked(key)
    with acting(Actor.LINK, link.email):
        reach = reach_of(link, said["kind"])
        return notices.say(service=link.service, setting=reach, said_by=who(link), **said)


@transaction.atomic
def as_usual(*, key: str) -> None:
    """Ends what was said for a while; what a school wants known stays."""
    link = _locked(key)
    with acting(Actor.LINK, link.email):
        notices.end_all(sayings(link))


def sayings(link: AgencyLink) -> Any:
    """What holds now and the link may end."""
    assert link.made_by is not None
    here = Q(setting=link.made_by.setting)
    reach = here if reach_of(link, Notice.Kind.FULL) else here | Q(setting=None)
    others = (Notice.Kind.ALERT, Notice.Kind.ENDED)
    return Notice.objects.current().filter(reach, service=link.service).exclude(kind__in=others)


def has_just_said(link: AgencyLink) -> bool:
    """Whether to say thank you: the page is kept on a telephone, and opened again."""
    since = timezone.now() - timedelta(minutes=1)
    return bool(sayings(link).filter(said_at__gte=since, said_by=who(link)).exists())


def speaks_for_service(link: AgencyLink) -> bool:
    """Whether the link sees first what schools told, and answers it: sent by those who keep the sheet, or to an
    address of the service. One that asks always does.
    """
    if link.purpose != Purpose.LASTING:
        return True
    assert link.made_by is not None
    return may_edit(link.made_by, link.service) or fits(link.email, link.service)


@transaction.atomic
def answer_figures(*, key: str, words: str) -> None:
    link = _locked(key)
    if not speaks_for_service(link):
        raise LinkOver(State.UNKNOWN)
    with acting(Actor.LINK, link.email):
        say_answer(link.service, words=words, who=who(link))


def who(link: AgencyLink) -> str:
    return link.person or link.service.agency.name


def _locked(key: str) -> AgencyLink:
    found = find(key, Purpose.LASTING, lock=True)
    if found.link is None or found.state is not State.OPEN:
        raise LinkOver(found.state)
    return found.link
