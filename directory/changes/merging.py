"""Two sheets of the same service become one, text by text as somebody chose; nothing that hangs on them is lost.

Only whoever keeps a sheet folds it into another. Into one of their own they also take texts over at once; into one
that others keep, the texts arrive as a suggestion to its keeper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from directory.changes.asking_to_join import answer_same
from directory.changes.moving import Relation, move
from directory.changes.suggesting import (
    MOVED,
    PLACE_NAMES,
    SUGGESTED,
    UNFIT,
    Moved,
    make_suggestion,
    withholds,
)
from directory.commands import Refused
from directory.keeping import may_decide
from directory.models import AgencyLink, HandOver, Service, SuggestedChange, Suggestion
from directory.sheet.saving import update_sheet
from directory.sheet.values import ASK_EMAIL, LABELS, Values, values_of
from directory.sheet.whereabouts import PLACE_FIELDS
from directory.sheet.wording import in_words
from partnerships.models import Membership, Setting

GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name", "agency"),
    "where": (*PLACE_FIELDS, "more_places"),
    "ages": ("min_age", "max_age"),
    "offers": ("offers", "offer_other", "offer_group"),
    "waiting": ("capacity", "capacity_note", "waiting_time", "waiting_weeks", "waiting_on"),
    "cost": ("cost", "cost_note"),
    "languages": ("languages", "language_note"),
}
"""Texts that only make sense together are chosen together."""
GROUP_LABELS = {
    "name": "Name, and organisation",
    "where": "Where it is",
    "ages": "Ages",
    "offers": "Services offered",
    "waiting": "Can take someone, and waiting time",
    "cost": "Cost",
    "languages": "Languages",
}
NOT_CHOSEN = {"status"}
SAME_SHEET = "Choose two different sheets"
OPEN = ("private", "listed", "public")


@dataclass(frozen=True)
class Row:
    """A text, or texts that belong together, of which the two sheets say different things."""

    key: str
    label: str
    kept: str
    other: str
    names: tuple[str, ...]

    @property
    def takes_other(self) -> bool:
        """What is chosen to begin with: a text rather than none."""
        return not self.kept


def rows_of(kept: Service, other: Service, *, is_whole: bool) -> list[Row]:
    """`is_whole`: whoever joins keeps both, and may read and take over an address that is withheld."""
    mine, theirs = values_of(kept, whole=is_whole), values_of(other, whole=is_whole)
    grouped = {name: key for key, names in GROUPS.items() for name in names}
    compared = (*SUGGESTED, ASK_EMAIL) if is_whole else SUGGESTED
    keys = dict.fromkeys(grouped.get(name, name) for name in compared if name not in NOT_CHOSEN)
    rows = []
    for key in keys:
        names = GROUPS.get(key, (key,))
        ours, theirs_words = _words(names, mine), _words(names, theirs)
        can_be_taken = is_whole or key != "where" or not withholds(theirs)
        if theirs_words not in ("", ours) and can_be_taken:
            rows.append(Row(key, GROUP_LABELS.get(key) or LABELS[key], ours, theirs_words, names))
    return rows


def _words(names: tuple[str, ...], values: Values) -> str:
    shown = [name for name in names if name not in {"latitude", "longitude", "waiting_on"}]
    if "agency" in shown and values["agency"] == values["name"]:
        shown.remove("agency")
    if names == GROUPS["waiting"] and values["capacity"] == Service.Capacity.UNKNOWN:
        shown.remove("capacity")
    if names == GROUPS["cost"] and values["cost"] == "unknown":
        shown.remove("cost")
    return "\n".join(filter(None, (in_words(name, values[name]) for name in shown)))


def users_of(other: Service, setting: Setting) -> int:
    """How many other schools use the sheet that goes."""
    return other.partnerships.live().exclude(setting=setting).count()


def may_join(by: Membership, kept: Service, other: Service) -> bool:
    """Whether this person may fold `other` into `kept`."""
    if not may_decide(by, other):
        return False
    return may_decide(by, kept) or kept in Service.linkable_by(by.setting)


@transaction.atomic
def join(
    *, kept: Service, other: Service, take: Iterable[str], seen: tuple[int, int], by: Membership
) -> Service:
    """Retires `other` into `kept`, with its texts under the keys `take` (of rows_of).

    `seen` are the versions of both that `by` has looked at.
    """
    kept, other = _locked(kept.pk, other.pk)
    if not may_join(by, kept, other):
        raise PermissionDenied
    if (kept.version, other.version) != seen:
        raise Moved(MOVED)
    is_direct = may_decide(by, kept)
    _take_texts(kept, other, set(take), is_direct=is_direct, by=by)
    _end_what_is_open(kept, other)
    answer_same(kept, other, by=by)
    leave: dict[Relation, Q] = {}
    if other.steward_id != kept.steward_id:
        other.memberships.exclude(tie_confirmed_on=None).update(tie_confirmed_on=None, tie_confirmed_by="")
        leave = {
            (Suggestion, "service"): Q(closed_at__isnull=False)
        }  # said to those who kept it, and decided
        _keep_address_back(other)
    if is_direct and OPEN.index(other.visibility) > OPEN.index(kept.visibility):
        Service.objects.filter(pk=kept.pk).update(visibility=other.visibility)
    move(other, kept, leave=leave)
    other.merged_into, other.retired_at, other.version = kept, timezone.now(), other.version + 1
    other.save(update_fields=["merged_into", "retired_at", "version", "updated_at"])
    return kept


def _locked(*ids: UUID) -> list[Service]:
    if len(set(ids)) != len(ids):
        raise Refused(SAME_SHEET)
    list(Service.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    found = {service.pk: service for service in Service.objects.with_whole_parts().filter(pk__in=ids)}
    services = [found[pk] for pk in ids]
    if any(service.retired_at is not None for service in services):
        raise Refused("One of the two is no longer on a list. Nothing was joined")
    return services


def _take_texts(kept: Service, other: Service, take: set[str], *, is_direct: bool, by: Membership) -> None:
    rows = rows_of(kept, other, is_whole=is_direct)
    names = [name for row in rows if row.key in take for name in row.names]
    if not names:
        return
    values: dict[str, Any] = values_of(other, whole=is_direct)
    if not is_direct:
        chosen = {name: values[name] for name in names if name not in PLACE_NAMES or not withholds(values)}
        make_suggestion(
            service=kept,
            source=Suggestion.Source.SETTING,
            changes=chosen,
            words="Our sheet of the same service is joined with this one. This is what it said.",
            membership=by,
        )
        return
    try:
        with transaction.atomic():
            update_sheet(by.setting, kept, values, names)
    except (IntegrityError, DataError) as problem:
        raise Refused(UNFIT) from problem


def _keep_address_back(other: Service) -> None:
    """Another keeper decides on what is still suggested, but does not read an address that is withheld."""
    if withholds(values_of(other)):
        waiting = SuggestedChange.objects.filter(suggestion__service=other, suggestion__closed_at=None)
        waiting.filter(name__in=PLACE_NAMES).update(
            state=SuggestedChange.State.DECLINED, before=None, value=None
        )


def _end_what_is_open(kept: Service, other: Service) -> None:
    """What can be open once at a time, and is about the keeping of the sheet that goes."""
    now = timezone.now()
    links = other.links.filter(ended_at=None)
    if other.steward_id == kept.steward_id:
        links = links.filter(
            purpose=AgencyLink.Purpose.CONFIRM
        )  # the lasting ones lead to the sheet that stays
    links.update(ended_at=now)
    HandOver.objects.filter(service=other, accepted_at=None, declined_at=None).update(
        declined_at=now, taken_back=True
    )
