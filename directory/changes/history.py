"""What changed on a sheet, in words, and putting back what it said before; for coordinators also the partnership."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction

from config.values import day_words
from directory.changes.suggesting import MOVED, PLACE_NAMES, SUGGESTED, UNFIT, Moved, locked, withholds
from directory.changes.versions import Version, event_model, versions_of
from directory.commands import Refused
from directory.keeping import is_of_keeper, may_edit
from directory.models import Notice, Service
from directory.sheet.saving import update_sheet
from directory.sheet.values import ASK_EMAIL, LABELS, Values, values_of
from directory.sheet.wording import in_words
from partnerships.history import Change, FieldChange, changes, who_did
from partnerships.models import Membership, Partnership, Setting

NAMES = {"partnership": "your partnership"}
Visibility = Service.Visibility
LIMIT = 100
SHOWN = tuple(
    name for name in LABELS if name not in {"latitude", "longitude"} and not name.startswith("here_")
)
RESTORED = frozenset({*SUGGESTED, ASK_EMAIL}) - {"status"}
ADDRESS_NAMES = PLACE_NAMES | {"withheld"}
WITHHELD = "The address is withheld, or was. History doesn’t keep it, so it can’t be put back"
"""Said beside an address that does not come back."""


@dataclass(frozen=True)
class SheetField(FieldChange):
    """`name` is that of the value, when it can be put back."""

    name: str = ""


@dataclass(frozen=True)
class SheetChange(Change):
    """`before` is the moment until which the sheet was as it was before."""

    before: int = 0


def of_sheet(
    service: Service, partnership: Partnership | None, *, by: Membership | None = None
) -> list[Change]:
    """The latest first, as far as `by` may read it; all of it without."""
    versions = versions_of(service)
    told = versions if by is None else readable(versions, by)
    names = SHOWN if by is None or may_edit(by, service) else [name for name in SHOWN if name != ASK_EMAIL]
    has_first = bool(told) and told[0] == versions[0] and len(told) <= LIMIT
    found: list[Change] = list(_of_sheet(told[-LIMIT - 1 :], names, has_first=has_first))
    if by is None or is_of_keeper(by, service):
        found += _joined(service)
    if told:
        found += _endings(service, since=told[0].moment if told[0] != versions[0] else None)
    if partnership is not None:
        found += changes(partnership, names=NAMES, limit=LIMIT)
    return sorted(found, key=lambda change: change.when, reverse=True)[:LIMIT]


def readable(versions: list[Version], by: Membership) -> list[Version]:
    """Those since the sheet was last seen by another school alone, also if that school has handed it over."""
    theirs = [
        at
        for at, version in enumerate(versions)
        if version.row.visibility == Visibility.PRIVATE and version.row.steward_id != by.setting_id
    ]
    return versions[theirs[-1] + 1 :] if theirs else versions


def _of_sheet(versions: list[Version], names: Sequence[str], *, has_first: bool) -> Iterable[SheetChange]:
    people = who_did([version.event for version in versions])
    stewards = _names_of_settings(versions)
    if has_first:
        yield _change(versions[0], people[0], [], is_new=True)
    for (old, new), who in zip(pairwise(versions), people[1:], strict=True):
        fields = [*_fields(old.values, new.values, names), *_row_fields(old.row, new.row, stewards)]
        if fields:
            yield _change(new, who, fields, before=old.number)


def _joined(service: Service) -> Iterable[Change]:
    """The sheets that went into this one."""
    kept: Any = event_model(Service)._default_manager.filter(merged_into=service)
    first: dict[Any, Any] = {}
    for event in kept.select_related("pgh_context").order_by("pgh_id"):
        first.setdefault(event.pgh_obj_id, event)
    events = list(first.values())
    for event, who in zip(events, who_did(events) if events else [], strict=True):
        went = FieldChange("The sheet that was joined with this one", "", event.name)
        yield Change(event.pgh_created_at, who, "", [went], is_new=False, model="service")


def _endings(service: Service, *, since: datetime | None) -> Iterable[Change]:
    """That it was said to end, and that it goes on after all."""
    kept: Any = event_model(Notice)._default_manager.filter(service=service, kind=Notice.Kind.ENDED)
    if since is not None:
        kept = kept.filter(pgh_created_at__gte=since)
    events = list(kept.select_related("pgh_context").order_by("pgh_id"))
    shown = [event for event in events if event.pgh_label == "insert" or event.ended_at]
    for event, who in zip(shown, who_did(shown) if shown else [], strict=True):
        said = f"Last day {day_words(event.starts_on - timedelta(days=1))}"
        words = ("", said) if event.ended_at is None else (said, "It goes on")
        yield Change(
            event.pgh_created_at,
            who,
            "",
            [FieldChange("Whether it goes on", *words)],
            is_new=False,
            model="service",
        )


def _change(
    version: Version, who: str, fields: list[FieldChange], *, before: int = 0, is_new: bool = False
) -> SheetChange:
    return SheetChange(
        when=version.moment,
        who=who,
        what="",
        fields=fields,
        is_new=is_new,
        model="service",
        before=before,
    )


def _fields(old: Values, new: Values, names: Sequence[str]) -> Iterable[FieldChange]:
    """Also what stands on the sheet in other spacing; a change that reads the same is none."""
    for name in names:
        before, after = in_words(name, old[name]), in_words(name, new[name])
        if before != after:
            yield SheetField(LABELS[name], before, after, name if name in RESTORED else "")


def _row_fields(old: Service, new: Service, settings: dict[Any, str]) -> Iterable[FieldChange]:
    """What is no text of the sheet, and is not put back from here."""
    if old.visibility != new.visibility:
        yield FieldChange("Who sees it", old.get_visibility_display(), new.get_visibility_display())
    if old.steward_id != new.steward_id:
        agency = f"{new.agency.name} itself"
        names = [settings.get(pk, "") if pk else agency for pk in (old.steward_id, new.steward_id)]
        yield FieldChange("Kept up to date by", *names)
    if bool(old.retired_at) != bool(new.retired_at):
        words = ["On the list", "Joined with another sheet" if new.merged_into_id else "Taken off the list"]
        yield FieldChange("The sheet", *(words if new.retired_at else reversed(words)))


def _names_of_settings(versions: list[Version]) -> dict[Any, str]:
    wanted = {pk for version in versions if (pk := version.row.steward_id)}
    return {setting.pk: setting.name for setting in Setting.objects.filter(pk__in=wanted)}


# Putting back


@dataclass(frozen=True)
class Restorable:
    """A field that says something else now than then. `why_not`: it stays as it is."""

    name: str
    label: str
    then: str
    now: str
    why_not: str = ""


@dataclass(frozen=True)
class Then:
    """The sheet as it was after one save, beside the sheet as it is."""

    moment: datetime
    values: Values
    fields: list[Restorable] = field(default_factory=list)


def as_of(service: Service, number: int, *, by: Membership) -> Then | None:
    """None when the sheet had no version at that moment, or none that `by` may read."""
    versions = readable(versions_of(service), by)
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        return None
    now = values_of(service)
    fields = [
        Restorable(
            name,
            LABELS[name],
            in_words(name, found.values[name]),
            in_words(name, now[name]),
            WITHHELD if name in ADDRESS_NAMES and (withholds(found.values) or withholds(now)) else "",
        )
        for name in SHOWN
        if name in RESTORED and in_words(name, found.values[name]) != in_words(name, now[name])
    ]
    return Then(found.moment, found.values, fields)


@transaction.atomic
def restore(*, service: Service, number: int, names: Iterable[str], version: int, by: Membership) -> None:
    """Puts back what the sheet said then, under `names`. What it says now stays in its history.

    `version` is the one that `by` has looked at.
    """
    service = locked(service.pk)
    if not may_edit(by, service):
        raise PermissionDenied
    if service.version != version:
        raise Moved(MOVED)
    then = as_of(service, number, by=by)
    if then is None:
        raise Refused("The sheet was not kept as it was then, so it can’t be put back")
    wanted = {each.name for each in then.fields if not each.why_not} & set(names)
    if not wanted:
        raise Refused("Tick at least one thing to put back")
    try:
        with transaction.atomic():
            update_sheet(by.setting, service, then.values, wanted)
    except (IntegrityError, DataError) as problem:
        raise Refused(UNFIT) from problem
