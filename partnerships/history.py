"""What changed, when, and who did it: the versions that triggers keep (pghistory), told in words."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from config.values import day_words
from partnerships.audit import Actor
from partnerships.models import User

QUIET = frozenset({"id", "version", "created_at", "updated_at", "sort_name", "position", "live_version"})
"""Fields that nobody reads."""

WORDS: dict[str, str] = {
    "left_on": "Access ended on",
    "joined_on": "Joined on",
    "tie_confirmed_on": "Tie to the service confirmed on",
    "tie_confirmed_by": "Tie to the service confirmed by",
    "publishes_directory": "Directory is published",
    "confirm_months": "Months until a sheet has to be confirmed again",
    "small_group": "Smallest group that is shown",
    "full_name": "Name",
    "due_on": "By when",
    "done_on": "Done on",
    "dropped_on": "Dropped on",
    "outcome": "What came of it",
    "text": "What is to be done",
    "owner_partnership": "Partner service that does it",
    "owner_name": "Who does it",
    "owner": "Who does it",
}
"""Where a field's own name would not be understood. Other models' fields are named by their verbose_name."""

ACTORS: dict[str, str] = {
    Actor.PARTICIPANT: "A guest",
    Actor.LINK: "Somebody with a link sent by e-mail",
    Actor.COMMAND: "Whoever runs the server",
    Actor.TASK: "Joined Up, by itself",
    Actor.PUBLIC: "Somebody not signed in",
}
UNKNOWN = "Not known"
DELETED = "delete"
"""What the triggers call a row that goes."""


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One save: who did what to which fields. `is_new`: the row was made; what it began with is left out. `is_gone`: it
    was taken out, of models that keep that.
    """

    when: datetime
    who: str
    what: str
    fields: Sequence[FieldChange]
    is_new: bool
    model: str
    is_gone: bool = False


def changes(*rows: models.Model, names: dict[Any, str] | None = None, limit: int = 50) -> list[Change]:
    """What happened to these tracked rows, the latest first; `names` says what to call a row, by kind or by key.

    That a row was made is told of the first one, and of those that have a name. A row that is gone only needs its key.
    The number of queries does not grow with the changes.
    """
    named = names or {}
    steps = [
        step for row in rows for step in _steps(row, named.get(row.pk) or named.get(row._meta.model_name, ""))
    ]
    steps = sorted(steps, key=_moment, reverse=True)[:limit]
    people = _names_of_users(step.event for step in steps)
    related = _related_words(steps)
    told = ((step, _tell(step, people, related)) for step in steps)
    return [
        change
        for step, change in told
        if change.fields or change.is_gone or (change.is_new and (step.what or step.model is type(rows[0])))
    ]


def who_did(events: Sequence[Any]) -> list[str]:
    """Who made each of these versions, as a person reads it. One query."""
    people = _names_of_users(events)
    return [_who(event, people) for event in events]


def saved_last_by(row: models.Model) -> str:
    """Who made the version of `row` that is kept now; nothing if that is not known. For a stale save."""
    event = row.events.select_related("pgh_context").order_by("pgh_id").last()  # type: ignore[attr-defined]
    who = _who(event, _names_of_users([event])) if event else UNKNOWN
    return "" if who == UNKNOWN else who


def _moment(step: "_Step") -> tuple[datetime, int]:
    """Changes of one transaction have one time; their numbers tell which came first."""
    return step.event.pgh_created_at, step.event.pgh_id


@dataclass(frozen=True)
class _Step:
    """A version beside the one before it, and the fields that differ."""

    event: Any
    model: type[models.Model]
    what: str
    differing: Sequence[tuple["models.Field[Any, Any]", Any, Any]]
    is_new: bool

    @property
    def is_gone(self) -> bool:
        return bool(self.event.pgh_label == DELETED)


def _steps(row: models.Model, what: str) -> Iterable[_Step]:
    events = list(row.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    fields = [field for field in row._meta.concrete_fields if field.name not in QUIET]
    tracked = [field for field in fields if events and hasattr(events[0], field.attname)]
    before: Any = None
    for event in events:
        yield _Step(event, type(row), what, _differing(tracked, before, event), before is None)
        before = event


def _differing(
    fields: Sequence["models.Field[Any, Any]"], before: Any, after: Any
) -> list[tuple["models.Field[Any, Any]", Any, Any]]:
    if before is None:
        return []
    pairs = [(field, getattr(before, field.attname), getattr(after, field.attname)) for field in fields]
    return [
        (field, old, new)
        for field, old, new in pairs
        if old != new and not (_is_empty(old) and _is_empty(new))
    ]


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _names_of_users(events: Iterable[Any]) -> dict[str, str]:
    ids = {who for event in events if (who := _metadata(event).get("who")) and _is_uuid(who)}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "full_name")}


def _metadata(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(str(text))
    except ValueError:
        return False
    return True


def _related_words(steps: Iterable[_Step]) -> dict[tuple[type[models.Model], Any], str]:
    """The words of every row that a foreign key names, in one query for each kind of row."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for step in steps:
        for field, old, new in step.differing:
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model] |= {old, new} - {None}
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._base_manager.filter(pk__in=keys).select_related(*_named_through(model))
    }


def _named_through(model: type[models.Model]) -> list[str]:
    """The relations that the words of a row come from, as a member's from the person."""
    return [
        name for name in ("user", "service", "setting") if name in {each.name for each in model._meta.fields}
    ]


def _tell(step: _Step, people: dict[str, str], related: dict[tuple[type[models.Model], Any], str]) -> Change:
    fields = [
        FieldChange(field_words(field), _words(field, old, related), _words(field, new, related))
        for field, old, new in step.differing
    ]
    return Change(
        when=step.event.pgh_created_at,
        who=_who(step.event, people),
        what=step.what,
        fields=fields,
        is_new=step.is_new,
        model=str(step.model._meta.model_name),
        is_gone=step.is_gone,
    )


def _who(event: Any, people: dict[str, str]) -> str:
    data = _metadata(event)
    if data.get("kind") == Actor.USER:
        name = people.get(str(data.get("who")), UNKNOWN)
        return f"{name}, as {data['suggested']} suggested" if data.get("suggested") else name
    if data.get("kind") == Actor.PARTICIPANT and data.get("who") and not _is_uuid(data["who"]):
        return str(data["who"])
    return ACTORS.get(str(data.get("kind")), UNKNOWN)


def field_words(field: "models.Field[Any, Any]") -> str:
    words = WORDS.get(field.name) or str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _words(
    field: "models.Field[Any, Any]", value: Any, related: dict[tuple[type[models.Model], Any], str]
) -> str:
    if _is_empty(value):
        return ""
    if isinstance(field, models.ForeignKey):
        return related.get((field.related_model, value), "Somebody or something no longer kept")
    if isinstance(field, ArrayField):
        return ", ".join(_chosen(field.base_field, each) for each in value)
    return _chosen(field, value)


def _chosen(field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{day_words(timezone.localtime(value).date())}, {timezone.localtime(value):%-H.%M}"
    if isinstance(value, date):
        return day_words(value)
    return str(dict(field.flatchoices).get(value, value))
