"""What hangs on one row moves to another: every relation of the model, read from it, so that none is forgotten."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pghistory.models
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone

from config.text import shortened
from directory.models import (
    Contact,
    ImportedSheet,
    NotTheSame,
    Opened,
    OpeningTime,
    OpenSheet,
    PathwayService,
    Phone,
    Place,
    SearchDocument,
    ServiceAnswer,
    ShortlistItem,
    Summary,
)
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday

Relation = tuple[type[models.Model], str]
NOTHING: Mapping[Relation, models.Q] = {}
NONE = models.Q(pk__in=())

STAYING: frozenset[Relation] = frozenset(
    {
        *((part, "service") for part in (Place, Contact, Phone, OpeningTime, Summary)),
        (SearchDocument, "service"),
        (OpenSheet, "service"),
        (ImportedSheet, "service"),
        (NotTheSame, "one"),
        (NotTheSame, "two"),
    }
)
"""The retired sheet keeps its own text; what an import did to it can be taken back; "not the same" is answered."""


def relations_of(model: type[models.Model]) -> list[Relation]:
    """(model, field) of everything that points to a row of this model, without its history."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        other = relation.related_model
        if isinstance(other, type) and not issubclass(other, pghistory.models.Event):
            found.append((other, relation.field.name))
    return found


def move(old: models.Model, new: models.Model, *, leave: Mapping[Relation, models.Q] = NOTHING) -> bool:
    """Moves what points to `old`, but for the rows to `leave`; a row that has a twin at `new` is joined with it.
    Whether all could move.
    """
    moved = [
        _move_rows(
            model._base_manager.filter(**{name: old}).exclude(leave.get((model, name), NONE)), name, new
        )
        for model, name in relations_of(type(old))
        if (model, name) not in STAYING
    ]
    return all(moved)


def _move_rows(rows: models.QuerySet[Any], name: str, new: models.Model) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{name: new})
    except IntegrityError:
        moved = [_move_row(row, name, new) for row in rows]
        return all(moved)
    return True


def _move_row(row: models.Model, name: str, new: models.Model) -> bool:
    twin = _twin(row, name, new)
    if twin is None:
        setattr(row, name, new)
        row.save(update_fields=[name])
        return True
    joiner = JOINERS.get(type(row))
    return joiner is not None and joiner(row, twin)


def _twin(row: models.Model, name: str, new: models.Model) -> models.Model | None:
    """The row at `new` that a constraint does not let stand beside this one."""
    rows = type(row)._base_manager.filter(**{name: new})
    field = row._meta.get_field(name)
    if isinstance(field, models.OneToOneField):
        return rows.first()
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            others = [each for each in constraint.fields if each != name]
            if twin := rows.filter(**{each: getattr(row, each) for each in others}).first():
                return twin
    return None


# Two rows that would be one


def _drop(row: models.Model, twin: models.Model) -> bool:
    row.delete()
    return True


def _add_counts(row: Any, twin: Any) -> bool:
    twin.inside += row.inside
    twin.public += row.public
    twin.save()
    return _drop(row, twin)


def _join_words(field: str, fit: Callable[[str], str] = str) -> Callable[[Any, Any], bool]:
    def join(row: Any, twin: Any) -> bool:
        setattr(twin, field, fit(both(getattr(twin, field), getattr(row, field))))
        twin.save()
        return _drop(row, twin)

    return join


def both(first: str, second: str) -> str:
    """Two texts one under the other; one that says the same is said once."""
    texts = [first.strip(), second.strip()]
    return "\n".join(dict.fromkeys(text for text in texts if text))


SINGLE = {
    "contact_name": "Contact",
    "contact_telephone": "Contact’s telephone",
    "contact_email": "Contact’s e-mail",
    "times": "Times",
    "room": "Room",
    "degree": "Degree of partnership",
}
"""Of a partnership, what holds one thing only: the other goes to the notes."""


def join_partnerships(row: Partnership, twin: Partnership) -> bool:
    """One setting worked with both services. What `row` says is added to `twin`, and its people and actions move."""
    notes = [twin.notes, row.notes]
    for name, label in SINGLE.items():
        mine, theirs = getattr(twin, name), getattr(row, name)
        if theirs and not mine:
            setattr(twin, name, theirs)
        elif theirs and theirs != mine:
            words = row.get_degree_display() if name == "degree" else theirs
            notes.append(f"{label} on the other sheet: {words}")
    twin.notes = both(both(*notes[:2]), "\n".join(notes[2:]))
    twin.agreement = both(twin.agreement, row.agreement)
    twin.days = [day for day in Weekday if day in {*twin.days, *row.days}]
    twin.outcomes = list(dict.fromkeys([*twin.outcomes, *row.outcomes]))
    twin.started_on = min(twin.started_on, row.started_on)
    ends = [twin.ended_on, row.ended_on]
    twin.ended_on = None if None in ends else max(day for day in ends if day)
    twin.version += 1
    twin.save()
    if move(row, twin):
        return _drop(row, twin)
    row.ended_on = row.ended_on or timezone.localdate()
    row.save()
    return False


JOINERS: dict[type[models.Model], Callable[[Any, Any], bool]] = {
    Partnership: join_partnerships,
    Opened: _add_counts,
    ShortlistItem: _drop,
    ServiceAnswer: _join_words("words"),
    PathwayService: _join_words("note", partial(shortened, most=198)),
}
"""What to do with two rows of which only one may stand; gives whether the first is gone. Others stay where they are."""
