"""A service that has ended: everybody who looks it up reads so at once, and each school takes it off its own list.

What an agency says of a sheet that a school keeps is also a suggestion to take it off the list; its word on who does
it now is told to others once the school has agreed. Nothing is lost by it: it can be said that the service goes on.
"""

from datetime import date, timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from directory import notices
from directory.changes.suggesting import DECIDED, conclude, locked, make_suggestion, named
from directory.commands import Refused
from directory.keeping import may_decide, may_edit, used_elsewhere
from directory.models import AgencyLink, Notice, Service, Suggestion
from directory.models.service import ServiceQuerySet
from directory.models.suggestions import SuggestionQuerySet
from directory.sheet.saving import take_off
from partnerships.access import Permission
from partnerships.models import Membership, Setting


class SaidMeanwhile(Refused):
    """Somebody else said something of the end since the page was opened."""

    def __init__(self, said: Notice | None) -> None:
        now = notices.notice_words(said) if said else "the service goes on"
        super().__init__(
            f"Somebody else changed it a moment ago; it says now: {now}. Look, and send it again"
        )


CLOSED = Suggestion.Kind.CLOSED
SAYS_SO = "The service says so itself now."
GOES_ON = "It goes on after all."


@transaction.atomic
def say_ended(*, link: AgencyLink, last_day: date, words: str, said_by: str) -> None:
    """Said anew, by whichever link, it takes the place of what was said before. The sheet is locked already."""
    service = link.service
    if service.steward_id is None:
        for asked in waiting_about(service):
            conclude(asked, reply=SAYS_SO, by=link)
    else:
        _suggest(link, last_day=last_day, words=words, said_by=said_by)
        words = ""
    _tell(service, last_day, words, said_by)


@transaction.atomic
def say_ended_by(*, service: Service, by: Membership, last_day: date, words: str, seen: str) -> None:
    """By whoever changes the sheet. `seen`: the id of what the page showed of its end; "" for nothing."""
    service = locked(service.pk)
    if not may_edit(by, service):
        raise PermissionDenied
    if is_new(service, last_day, seen):
        _tell(service, last_day, words, str(by))


def is_new(service: Service, last_day: date, seen: str) -> bool:
    """False when it is said so already, as by a form that was sent twice.

    :raises SaidMeanwhile: somebody else said something since the page was opened
    """
    said = ending_of(service)
    if seen == seen_of(service):
        return True
    if said is None or said.last_day != last_day:
        raise SaidMeanwhile(said)
    return False


def seen_of(service: Service) -> str:
    said = ending_of(service)
    return str(said.pk) if said else ""


def _suggest(link: AgencyLink, *, last_day: date, words: str, said_by: str) -> None:
    waiting = waiting_about(link.service).filter(link=link)
    if waiting.update(last_day=last_day, words=words.strip(), said_by=said_by):
        return
    make_suggestion(
        service=link.service,
        source=Suggestion.Source.LINK,
        changes={},
        kind=CLOSED,
        words=words,
        last_day=last_day,
        said_by=said_by,
        link=link,
    )


def _tell(service: Service, last_day: date, words: str, said_by: str) -> None:
    notices.say(
        service=service,
        kind=Notice.Kind.ENDED,
        starts_on=last_day + timedelta(days=1),
        ends_on=None,
        words=words.strip(),
        said_by=said_by,
    )


def waiting_about(service: Service) -> SuggestionQuerySet:
    """What is said about its end and not decided yet."""
    return service.suggestions.open().filter(kind=CLOSED)


def ending_of(service: Service) -> Notice | None:
    """What is said of its end, to come or past; None while it goes on."""
    return Notice.objects.endings().filter(service=service).first()


@transaction.atomic
def take_off_as_said(suggestion: Suggestion, *, by: Membership, reply: str = "") -> None:
    """It is so: off the list of the school that keeps the sheet. Others that use it read so, and decide on theirs."""
    service = locked(suggestion.service_id)
    if not (may_decide(by, service) and by.may(Permission.DIRECTORY_EDIT)):
        raise PermissionDenied
    waiting = list(waiting_about(service).select_for_update(of=("self",)))
    if suggestion not in waiting:
        raise Refused(DECIDED)
    if used_elsewhere(service, by.setting):
        _tell_others(suggestion, service, by)
    with pghistory.context(suggested=named(suggestion)):
        for partnership in by.setting.partnerships.live().filter(service=service):
            take_off(partnership)
    for each in waiting:
        each.took_off = True
        each.save(update_fields=["took_off"])
        conclude(each, reply=reply, by=by)


def _tell_others(suggestion: Suggestion, service: Service, by: Membership) -> None:
    """What somebody else than the agency said is told as the school's own word."""
    last_day = suggestion.last_day or timezone.localdate()
    if suggestion.says_own_end:
        _tell(service, last_day, suggestion.words, suggestion.said_by)
    else:
        _tell(service, last_day, "", by.setting.name)


@transaction.atomic
def goes_on(service: Service, *, by: Membership | AgencyLink) -> None:
    """It has not ended. Whoever is of the agency and said so by a link hears of it, unless they say it themselves."""
    service = locked(service.pk)
    notices.end_all(Notice.objects.endings().filter(service=service))
    for said in waiting_about(service).filter(source=Suggestion.Source.LINK):
        conclude(said, reply=GOES_ON, by=by if isinstance(by, Membership) else None)


def ended_here(setting: Setting) -> ServiceQuerySet:
    """What is on the list of a school and is no longer there, but for what the school is asked about as its keeper."""
    over = Notice.objects.endings().filter(starts_on__lte=timezone.localdate())
    asked = Suggestion.objects.open().filter(kind=CLOSED, service__steward=setting)
    found = Service.visible_to(setting).filter(pk__in=over.values("service"))
    return found.exclude(pk__in=asked.values("service"))
