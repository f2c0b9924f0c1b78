"""Changes that somebody proposes to a sheet: kept beside the present text until its keeper has decided.

Of an address that is withheld nothing leaks: what a suggestion keeps as "before" is only what may be shown, its
values have no history, and those of an address go once it is decided.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from directory import notices
from directory.commands import Refused
from directory.keeping import link_may_decide, may_decide
from directory.models import AgencyLink, Notice, Service, SuggestedChange, Suggestion
from directory.sheet.coding import decoded, encoded
from directory.sheet.saving import update_sheet
from directory.sheet.values import ASK_EMAIL, LABELS, Values, changed, values_of
from directory.sheet.whereabouts import ADDRESS_FIELDS, Whereabouts, shown_of
from partnerships.mail import MailNotSent, compose, post
from partnerships.models import Membership, Setting

logger = logging.getLogger(__name__)
State = SuggestedChange.State
Decider = Membership | AgencyLink
"""Whoever keeps the sheet; of one that the agency keeps, also a link of the agency's."""
NOT_SUGGESTED = frozenset({"confirmed", "latitude", "longitude", ASK_EMAIL})
SUGGESTED = tuple(name for name in LABELS if name not in NOT_SUGGESTED and not name.startswith("here_"))
"""The names of what can be suggested, in the order of the sheet."""
PLACE_NAMES = frozenset({*ADDRESS_FIELDS, "more_places"})
NOTHING = "Nothing differs from the sheet. Change something, or say in words what is wrong"
GONE = "This sheet is no longer kept, so it can’t be changed"
DECIDED = "This has been decided already"
MOVED = "The sheet has changed meanwhile. Look at both texts and choose once more"
UNFIT = (
    "This does not fit the rest of the sheet, like an age to that is below the age from. Change it by hand"
)


class Moved(Refused):
    """The sheet says something else than when the change was suggested or shown."""


@transaction.atomic
def make_suggestion(
    *,
    service: Service,
    source: str,
    changes: Values,
    kind: str = Suggestion.Kind.CHANGE,
    words: str = "",
    last_day: date | None = None,
    said_by: str = "",
    email: str = "",
    membership: Membership | None = None,
    setting: Setting | None = None,
    link: AgencyLink | None = None,
) -> Suggestion:
    """Keeps what differs from the sheet as it is now. What an agency says of a sheet that it keeps holds at once.

    Refused when there is neither a difference nor a word.
    """
    service = locked(service.pk)
    if service.retired_at is not None:
        raise Refused(GONE)
    names = differing(service, changes)
    if not names and not words.strip() and kind != Suggestion.Kind.CLOSED:
        raise Refused(NOTHING)
    suggestion = Suggestion.objects.create(
        service=service,
        source=source,
        kind=kind,
        words=words.strip(),
        last_day=last_day,
        said_by=said_by or (membership.user.full_name if membership else ""),
        email=link.email if link else email,
        link=link,
        membership=membership,
        setting=setting or (membership.setting if membership else None),
    )
    _write(suggestion, service, {name: changes[name] for name in names})
    if source == Suggestion.Source.LINK and service.steward_id is None and names:
        _take(service, list(suggestion.changes.all()), setting=None)
        conclude(suggestion, reply="", by=None)
    return suggestion


@transaction.atomic
def add_to(suggestion: Suggestion, changes: Values) -> None:
    """Says more in a suggestion of which nothing is decided yet. What says again what the sheet says goes.

    A text that is replaced is another row: whoever was looking at the first can't take the second unseen.
    """
    service = locked(suggestion.service_id)
    new = encoded({name: changes[name] for name in differing(service, changes)})
    old = {change.name: change for change in suggestion.changes.filter(name__in=changes)}
    same = [name for name in old if name in new and old[name].value == new[name]]
    suggestion.changes.filter(pk__in=[old[name].pk for name in old if name not in same]).delete()
    _write(suggestion, service, {name: changes[name] for name in new if name not in same})
    if not suggestion.words and not suggestion.changes.exists():
        suggestion.delete()


def _write(suggestion: Suggestion, service: Service, changes: Values) -> None:
    before, value = encoded(values_of(service)), encoded(changes)
    SuggestedChange.objects.bulk_create(
        SuggestedChange(suggestion=suggestion, name=name, before=before[name], value=value[name])
        for name in changes
    )


@transaction.atomic
def suggest_from_inside(
    *, service: Service, changes: Values, kind: str, words: str, by: Membership
) -> Suggestion:
    """By a colleague of the keeper, or by another school. The same sent twice waits once."""
    is_ours = service.steward_id == by.setting_id
    source = Suggestion.Source.STAFF if is_ours else Suggestion.Source.SETTING
    value = encoded({name: changes[name] for name in differing(locked(service.pk), changes)})
    waiting = service.suggestions.open().filter(membership=by, words=words.strip(), kind=kind)
    for found in waiting.prefetch_related("changes"):
        if {change.name: change.value for change in found.changes.all()} == value:
            return found
    return make_suggestion(
        service=service, source=source, changes=changes, kind=kind, words=words, membership=by
    )


def withholds(values: Values) -> bool:
    """Whether one of the places of a sheet is withheld."""
    return bool(values["withheld"]) or any(place.withheld for place in values["more_places"])


def locked(pk: Any) -> Service:
    """The sheet with all of its addresses, held until the transaction ends. One that was joined leads on."""
    row = Service.objects.select_for_update().get(pk=pk)
    while row.merged_into_id:
        row = Service.objects.select_for_update().get(pk=row.merged_into_id)
    return Service.objects.with_whole_parts().get(pk=row.pk)


def differing(service: Service, changes: Values) -> list[str]:
    """The names of what says something else than the sheet, whether its addresses are read whole or as shown."""
    known = {name: changes[name] for name in SUGGESTED if name in changes}
    if service.agency.status:
        known.pop("status", None)  # said of the organisation, which others share
    shown, whole = values_of(service), values_of(service, whole=True)
    return [name for name in changed(shown, known) if changed(whole, {name: known[name]})]


# Deciding


@transaction.atomic
def accept(change: SuggestedChange, *, by: Decider, seen: str | None = None) -> None:
    accept_all([change], by=by, seen=None if seen is None else {change.pk: seen})


@transaction.atomic
def accept_all(
    changes: Sequence[SuggestedChange], *, by: Decider, seen: dict[int, str] | None = None
) -> None:
    """Writes them to the sheet in one step, with `by` in its history.

    The sheet must still say what it said before the suggestion, or else what the person who accepts has `seen`
    (the digest of the present text, read whole, beside each change).
    """
    changes, service = _open(changes, by=by)
    now = values_of(service)
    whole = values_of(service, whole=True)
    for change in changes:
        moved = seen is None and digest(change.name, now) != digest_of(change.before)
        if moved or (seen is not None and digest(change.name, whole) != seen.get(change.pk)):
            raise Moved(MOVED)
    with pghistory.context(suggested=named(changes[0].suggestion)):
        _take(service, changes, setting=by.setting if isinstance(by, Membership) else None)


def named(suggestion: Suggestion) -> str:
    """Who suggested it, for the history; nobody of the public."""
    return "" if suggestion.source == Suggestion.Source.PUBLIC else suggestion.said_by


@transaction.atomic
def decline(change: SuggestedChange, *, by: Decider) -> None:
    (change,), service = _open([change], by=by)
    change.state = State.DECLINED
    change.save(update_fields=["state"])
    _forget_addresses(service, [change])


@transaction.atomic
def close(suggestion: Suggestion, *, by: Decider, reply: str = "") -> None:
    """Done with: what is still open of it is declined. Whoever suggested it gets the word back."""
    service = locked(suggestion.service_id)
    _check(by, service)
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.closed_at is not None:
        raise Refused(DECIDED)
    left = list(suggestion.changes.filter(state=State.OPEN))
    suggestion.changes.filter(state=State.OPEN).update(state=State.DECLINED)
    _forget_addresses(service, left)
    if suggestion.says_own_end and service.steward_id is not None:
        notices.end_all(Notice.objects.endings().filter(service=service))  # it stays on the list
    conclude(suggestion, reply=reply, by=by)


@transaction.atomic
def decide(
    suggestion: Suggestion, *, taken: dict[int, str], left: Sequence[int], by: Decider, reply: str = ""
) -> None:
    """Takes some changes (id → what was seen beside it), leaves others, and closes when nothing is open any more.

    The word back is kept until then.
    """
    if taken:
        accept_all([change for change in suggestion.changes.all() if change.pk in taken], by=by, seen=taken)
    for change in suggestion.changes.filter(pk__in=left):
        decline(change, by=by)
    if suggestion.changes.filter(state=State.OPEN).exists():
        Suggestion.objects.filter(pk=suggestion.pk).update(reply=reply.strip())
    else:
        close(suggestion, by=by, reply=reply)


def conclude(suggestion: Suggestion, *, reply: str, by: Decider | None) -> None:
    suggestion.reply, suggestion.closed_at = reply.strip(), timezone.now()
    suggestion.closed_by = by if isinstance(by, Membership) else None
    suggestion.save(update_fields=["reply", "closed_at", "closed_by"])
    if suggestion.answer_to and by is not None:
        transaction.on_commit(partial(_answer, suggestion), robust=True)


def _answer(suggestion: Suggestion) -> None:
    """Tells whoever suggested it what became of it; the fields by name only."""
    changes = list(suggestion.changes.all())
    context = {
        "suggestion": suggestion,
        "taken": [LABELS[change.name] for change in changes if change.state == State.ACCEPTED],
        "left": [LABELS[change.name] for change in changes if change.state == State.DECLINED],
    }
    try:
        post([compose(to=suggestion.answer_to, template="email/suggestion_answered.txt", context=context)])
    except MailNotSent:
        logger.warning("The answer to suggestion %s could not be mailed.", suggestion.pk)


def _open(changes: Iterable[SuggestedChange], *, by: Decider) -> tuple[list[SuggestedChange], Service]:
    """The changes of one sheet and the sheet, locked, when `by` may decide and nobody has decided yet."""
    wanted = {change.pk: change for change in changes}
    service = locked(next(iter(wanted.values())).suggestion.service_id)
    _check(by, service)
    found = SuggestedChange.objects.select_for_update(of=("self",)).filter(
        pk__in=wanted, state=State.OPEN, suggestion__closed_at=None, suggestion__service=service
    )
    rows = list(found.select_related("suggestion"))
    if len(rows) != len(wanted):
        raise Refused(DECIDED)
    return rows, service


def _check(by: Decider, service: Service) -> None:
    if not (link_may_decide(by, service) if isinstance(by, AgencyLink) else may_decide(by, service)):
        raise PermissionDenied
    if service.retired_at is not None:
        raise Refused(GONE)


def _take(service: Service, changes: Sequence[SuggestedChange], *, setting: Setting | None) -> None:
    whole = values_of(service, whole=True)
    values = decoded({change.name: change.value for change in changes})
    if "more_places" in values:
        values["more_places"] = _with_kept_back(values["more_places"], whole["more_places"])
    try:
        with transaction.atomic():
            update_sheet(setting or service.steward, service, values, values)
    except (IntegrityError, DataError) as problem:
        raise Refused(UNFIT) from problem
    SuggestedChange.objects.filter(pk__in=[change.pk for change in changes]).update(state=State.ACCEPTED)
    _forget_addresses(service, changes)


def _with_kept_back(said: list[Whereabouts], known: list[Whereabouts]) -> list[Whereabouts]:
    """Whoever suggests reads of a withheld address only what is shown; the rest of it stays as it is."""
    by_shown = {_placeless(shown_of(place)): place for place in known if place.withheld}
    return [by_shown.get(_placeless(place), place) for place in said]


def _placeless(place: Whereabouts) -> Whereabouts:
    """Without coordinates: nobody types them."""
    return replace(place, latitude=None, longitude=None)


def _forget_addresses(service: Service, changes: Iterable[SuggestedChange]) -> None:
    """Once decided, an address that is withheld is kept in one place only, and that is not here."""
    if service.places.exclude(withheld="").exists():
        gone = [change.pk for change in changes if change.name in PLACE_NAMES]
        SuggestedChange.objects.filter(pk__in=gone).update(before=None, value=None)


# What the sheet says, to compare


def digest(name: str, values: Values) -> str:
    return digest_of(encoded({name: values[name]})[name])


def digest_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
