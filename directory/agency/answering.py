"""What an agency answers through its link. Each answer locks the sheet and then the link."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from config.text import shortened
from directory.agency.asking import address_to_ask
from directory.agency.links import Purpose, State, find, moment
from directory.agency.telling import tell_old_address
from directory.changes.suggesting import add_to, decide, differing, make_suggestion
from directory.changes.suggestion_lists import suggested_to
from directory.commands import MOVED, Refused
from directory.freshness import BY_LINK, BY_TELEPHONE
from directory.keeping import may_ask
from directory.models import AgencyLink, Service, SuggestedChange, Suggestion, Withheld
from directory.sheet.saving import record_confirmation
from directory.sheet.values import Values
from partnerships.audit import Actor, acting
from partnerships.models import Membership

PLACE_HAS_CHANGED = (
    "The place has changed. It is withheld, so nothing of it was asked by the link: ring them."
)
WHO_LENGTH = 120
DECIDE_FIRST = "Decide first on what others suggest: it stands at the top"


class LinkOver(Exception):
    """The link no longer works; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


@transaction.atomic
def change_by_link(*, key: str, changes: Values, purpose: str = Purpose.CONFIRM) -> None:
    """A part of the sheet as the agency would have it. All that it says by one link is one suggestion to whoever
    keeps the sheet; of a sheet that the agency keeps itself, it holds at once.
    """
    link, service = _locked(key, purpose)
    with acting(Actor.LINK, link.email):
        waiting = waiting_from(link)
        if waiting is not None:
            add_to(waiting, changes)
        elif differing(service, changes):
            _suggest(link, changes=changes)
    if service.steward_id is None:
        tell_old_address(address_to_ask(service), Service.objects.get(pk=service.pk))


@transaction.atomic
def answer_by_link(
    *, key: str, version: int, name: str = "", words: str = "", today: date | None = None
) -> None:
    """All correct, but for what was said by the link: what was looked at is what the sheet says now."""
    link, service = _locked(key)
    if service.version != version:
        raise Refused(MOVED)
    if suggested_to(link):
        raise Refused(DECIDE_FIRST)  # once it is answered, this link decides nothing
    who = who_says(link, name)
    with acting(Actor.LINK, link.email):
        if words.strip():
            _say_in_words(link, words.strip())
        is_different = link.suggestions.update(said_by=who) > 0
        _answered(link, AgencyLink.Answer.CHANGED if is_different else AgencyLink.Answer.CORRECT, today)
        if service.steward_id is None or not is_different:
            record_confirmation(service, who=who, how=BY_LINK, today=today)


@transaction.atomic
def say_place_has_changed(*, key: str, purpose: str) -> None:
    """Where it is can't be read or typed behind a link when it is withheld; that it is different can be said. Said
    twice, it waits once.
    """
    link, service = _locked(key, purpose)
    if not may_say_place_has_changed(link) or has_said_place_has_changed(link):
        return
    with acting(Actor.LINK, link.email):
        make_suggestion(
            service=service,
            source=Suggestion.Source.LINK,
            kind=Suggestion.Kind.OUT_OF_DATE,
            changes={},
            words=PLACE_HAS_CHANGED,
            said_by=who_says(link, ""),
            link=link,
        )


def may_say_place_has_changed(link: AgencyLink) -> bool:
    """To a school that keeps the sheet. Of one that the agency keeps, nobody would read it."""
    service = link.service
    return service.steward_id is not None and service.places.exclude(withheld=Withheld.NO).exists()


def has_said_place_has_changed(link: AgencyLink) -> bool:
    return link.suggestions.filter(closed_at=None, kind=Suggestion.Kind.OUT_OF_DATE).exists()


def _say_in_words(link: AgencyLink, words: str) -> None:
    waiting = waiting_from(link)
    if waiting is None:
        _suggest(link, words=words)
    else:
        waiting.words = words
        waiting.save(update_fields=["words"])


def _suggest(link: AgencyLink, *, changes: Values | None = None, words: str = "") -> Suggestion:
    return make_suggestion(
        service=link.service,
        source=Suggestion.Source.LINK,
        changes=changes or {},
        words=words,
        said_by=who_says(link, ""),
        link=link,
    )


def has_said(link: AgencyLink) -> bool:
    """Whether something was said by this link; by one that is kept on a telephone, whether it waits or is quite new."""
    made = link.suggestions.exclude(kind=Suggestion.Kind.CLOSED)
    if link.purpose == Purpose.LASTING:
        made = made.filter(Q(closed_at=None) | Q(made_at__gte=timezone.now() - timedelta(minutes=1)))
    return made.exists()


def waiting_from(link: AgencyLink) -> Suggestion | None:
    """What was said by this link and nobody has decided anything of: more can be said in it."""
    decided = SuggestedChange.objects.exclude(state=SuggestedChange.State.OPEN).filter(
        suggestion=OuterRef("pk")
    )
    made = link.suggestions.filter(closed_at=None, kind=Suggestion.Kind.CHANGE)
    found: Suggestion | None = made.exclude(Exists(decided)).last()
    return found


@transaction.atomic
def decide_by_link(
    *,
    key: str,
    purpose: str,
    suggestion: Suggestion,
    taken: dict[int, str],
    left: Sequence[int],
    reply: str = "",
) -> None:
    """The agency takes or leaves what others suggest, field by field."""
    found = find(key, purpose, lock=True)
    if found.link is None or not found.is_open:
        raise LinkOver(found.state)
    with acting(Actor.LINK, found.link.email):
        decide(suggestion, taken=taken, left=left, by=found.link, reply=reply)


def _locked(key: str, purpose: str = Purpose.CONFIRM) -> tuple[AgencyLink, Service]:
    found = find(key, purpose, lock=True)
    if found.link is None or not found.is_open:
        raise LinkOver(found.state)
    return found.link, found.link.service


def _answered(link: AgencyLink, answer: str, today: date | None) -> None:
    link.answered_at, link.answer = moment(today or timezone.localdate()), answer
    link.save(update_fields=["answered_at", "answer"])


def who_says(link: AgencyLink, name: str) -> str:
    """A name if somebody gave one; never the address, which others would read."""
    return name.strip() or link.person or shortened(link.service.agency.name, WHO_LENGTH - len(" …"))


@transaction.atomic
def record_call(*, service: Service, by: Membership, today: date | None = None) -> bool:
    """They told `by` on the telephone that all is right. False if this person may not say so."""
    if not may_ask(by, service):
        return False
    to = f", to {by}"
    who = shortened(service.agency.name, WHO_LENGTH - len(" …") - len(to)) + to
    record_confirmation(service, who=who, how=BY_TELEPHONE, today=today)
    return True


def confirm_what_was_decided(today: date) -> None:
    """A sheet whose agency said what is different is confirmed once its keeper has taken all of it."""
    answered = AgencyLink.objects.filter(
        purpose=Purpose.CONFIRM, answer=AgencyLink.Answer.CHANGED, ended_at=None
    )
    undecided = Suggestion.objects.open().filter(link=OuterRef("pk"))
    for link in answered.exclude(Exists(undecided)).select_related("service__agency"):
        _confirm_if_taken(link)


@transaction.atomic
def _confirm_if_taken(link: AgencyLink) -> None:
    list(Service.objects.select_for_update().filter(pk=link.service_id))
    row = AgencyLink.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=link.pk, ended_at=None
    )
    made = link.suggestions.all()
    if not row.exists() or made.filter(closed_at=None).exists() or link.answered_at is None:
        return
    said_on = timezone.localtime(link.answered_at).date()
    is_taken = made.exists() and not made.filter(changes__state="declined").exists()
    service = link.service
    if is_taken and (service.confirmed_on is None or service.confirmed_on < said_on):
        who = next((each.said_by for each in made if each.said_by), service.agency.name)
        record_confirmation(service, who=who, how=BY_LINK, today=said_on)
    row.update(ended_at=timezone.now())
