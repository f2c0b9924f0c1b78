"""What an agency says by its link of the end of its service, and takes back: the sheet is locked, then the link."""

from datetime import date
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.agency.answering import LinkOver, who_says
from directory.agency.asking import address_to_ask, reply_addresses, who_asks
from directory.agency.lasting import speaks_for_service
from directory.agency.links import Found, Purpose, State, address_of, find, moment, state_of
from directory.changes import ending
from directory.changes.ending import ending_of
from directory.models import AgencyLink, Suggestion
from partnerships.audit import Actor, acting
from partnerships.mail import compose, post

PAGES = {Purpose.CONFIRM: "agency_answer", Purpose.LASTING: "lasting_link"}


@transaction.atomic
def end_by_link(
    *, key: str, purpose: str, last_day: date, words: str = "", name: str = "", seen: str = ""
) -> None:
    """`seen`: the id of what the page showed of the end; "" for nothing."""
    found = find(key, purpose, lock=True)
    link = _speaking(found)
    if not ending.is_new(link.service, last_day, seen):
        return
    with acting(Actor.LINK, link.email):
        ending.say_ended(link=link, last_day=last_day, words=words, said_by=who_says(link, name))
        if link.purpose == Purpose.CONFIRM:
            link.answered_at, link.answer = moment(timezone.localdate()), AgencyLink.Answer.ENDED
            link.save(update_fields=["answered_at", "answer"])
    if link.service.steward_id is None:
        _tell_the_agency(link, key)


@transaction.atomic
def goes_on_by_link(*, key: str, purpose: str) -> None:
    """A question that was answered with the end of the service waits again, unless another has been sent since."""
    found = find(key, purpose, lock=True)
    link = found.link
    if link is None or not may_take_back(link):
        raise LinkOver(found.state)
    with acting(Actor.LINK, link.email):
        ending.goes_on(link.service, by=link)
        if link.answer == AgencyLink.Answer.ENDED:
            _ask_again(link)


def _ask_again(link: AgencyLink) -> None:
    link.answered_at, link.answer = None, ""
    try:
        with transaction.atomic():
            link.save(update_fields=["answered_at", "answer"])
    except IntegrityError:
        link.refresh_from_db()


def _speaking(found: Found) -> AgencyLink:
    link = found.link
    if link is None or not found.is_open:
        raise LinkOver(found.state)
    if not speaks_for_service(link):
        raise LinkOver(State.UNKNOWN)
    return link


def may_take_back(link: AgencyLink) -> bool:
    """Until the school that keeps the sheet has decided; of one that the agency keeps, always."""
    service, state = link.service, state_of(link)
    if state is State.USED and link.answer == AgencyLink.Answer.ENDED and not _has_run_out(link):
        state = State.OPEN
    if state is not State.OPEN or not speaks_for_service(link):
        return False
    if service.steward_id is None:
        return ending_of(service) is not None
    return ending.waiting_about(service).filter(source=Suggestion.Source.LINK).exists()


def _has_run_out(link: AgencyLink) -> bool:
    return link.expires_at is not None and link.expires_at <= timezone.now()


def _tell_the_agency(link: AgencyLink, key: str) -> None:
    """Whoever has the mail could say it; so the address at which we ask hears of it, with the way back."""
    service, email = link.service, address_to_ask(link.service)
    if not email:
        return
    setting = who_asks(service)
    is_theirs = email.lower() == link.email.lower()
    context = {
        "service": service,
        "setting": setting,
        "ending": ending_of(service),
        "address": address_of(PAGES[Purpose(link.purpose)], key) if is_theirs else "",
    }
    message = compose(to=email, template="email/service_ended.txt", context=context)
    message.reply_to = reply_addresses(setting, None)
    transaction.on_commit(partial(post, [message]), robust=True)
