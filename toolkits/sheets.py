"""Sheets that one person writes and revises: finding them, and showing what they say.

A standing sheet is one activity for each setting and version of the instrument, with one contribution a person.
Answers are keyed by field: text, a list of texts for rows, a list of {column: text} for rows with columns.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.utils import timezone

from config.values import day_words, parse_date
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from toolkits.instruments.definition import Column, Field, FieldType, Group, Instrument
from toolkits.models import Contribution, Draft

Data = Mapping[str, Any]

LOCAL_FIELDS: dict[str, frozenset[str]] = {
    "profile": frozenset({"whereabouts", "successes", "contribution"}),
    "horizons": frozenset({"written_on"}),
}
"""By layout: what is different in each school, and so stays behind when a sheet is copied."""
WISHES: dict[str, tuple[str, ...]] = {"profile": ("learning", "help")}
"""By layout: the fields that add up, without names, into a list for the team."""
PREFILLED: dict[str, Callable[[Membership], str]] = {
    "name": lambda person: person.user.full_name,
    "job_title": lambda person: person.job_title,
    "service": lambda person: person.service.name if person.service else person.setting.name,
    "telephone": lambda person: person.telephone,
    "email": lambda person: person.user.email,
    "written_on": lambda person: timezone.localdate().isoformat(),
}


def prefilled(instrument: Instrument, person: Membership) -> dict[str, Any]:
    """What is known about somebody before they write anything."""
    return {field.key: PREFILLED[field.key](person) for field in instrument.fields if field.key in PREFILLED}


def may_write(by: Membership, person: Membership) -> bool:
    """One's own; and a coordinator types in what came back on paper."""
    if not person.is_current:
        return False
    return by.may(Permission.PEOPLE_EDIT) or (by.pk == person.pk and by.may(Permission.PROFILE_OWN))


def sheet_of(person: Membership, code: str) -> Contribution | None:
    """The latest sheet of this kind that somebody has handed in."""
    return sheets(person.setting, code).filter(participant__membership=person).first()


def sheets(setting: Setting, code: str) -> QuerySet[Contribution]:
    """All that were handed in, the newest version of the instrument first, with their people."""
    return (
        Contribution.objects.filter(
            activity__setting=setting,
            activity__lifecycle="standing",
            activity__instrument_version__code=code,
            is_draft=False,
        )
        .select_related("activity__instrument_version", "participant__membership__user")
        .order_by("-activity__instrument_version__version", "-updated_at")
    )


def draft_of(person: Membership, code: str, by: Membership) -> Draft | None:
    """What `by` has typed on somebody's sheet and not handed in."""
    return Draft.objects.filter(
        participant__membership=person,
        participant__activity__lifecycle="standing",
        participant__activity__instrument_version__code=code,
        by=by,
    ).first()


def mine_elsewhere(person: Membership, code: str) -> list[Contribution]:
    """The same person's sheets in other schools, to begin from."""
    found = Contribution.objects.filter(
        participant__membership__in=Membership.objects.current()
        .filter(user=person.user_id)
        .exclude(pk=person.pk),
        activity__lifecycle="standing",
        activity__instrument_version__code=code,
        is_draft=False,
    )
    return list(
        found.select_related("activity__setting", "activity__instrument_version").order_by("-updated_at")
    )


def to_copy(sheet: Contribution) -> dict[str, Any]:
    """What of a sheet holds in any school."""
    layout = sheet.activity.instrument_version.instrument.layout
    local = LOCAL_FIELDS.get(layout, frozenset())
    return {key: value for key, value in sheet.data.items() if key not in local}


@dataclass(frozen=True)
class Line:
    """A question with its answer in words: one string a line, or a table of rows with columns."""

    field: Field
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_list(self) -> bool:
        return self.field.type is FieldType.ROWS and not self.columns

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.rows


@dataclass(frozen=True)
class Part:
    """A heading with its questions; `due_on` is when its rows are looked at again."""

    group: Group
    lines: tuple[Line, ...]
    due_on: date | None = None

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= timezone.localdate()


def parts(instrument: Instrument, data: Data) -> list[Part]:
    """The sheet under its headings, as a person reads it; what has no heading comes first."""
    groups = [Group(key="", text=""), *instrument.groups]
    found = [
        Part(
            group,
            tuple(line(field, data) for field in instrument.fields if field.group == group.key),
            due_on(group, data),
        )
        for group in groups
    ]
    return [part for part in found if part.lines]


def line(field: Field, data: Data) -> Line:
    value = data.get(field.key)
    if field.columns:
        rows = [row for row in value or () if isinstance(row, Mapping)]
        columns = tuple(
            column
            for column in field.columns
            if not column.at_review or any(row.get(column.key) for row in rows)
        )
        return Line(field, columns=columns, rows=tuple(_cells(columns, row) for row in rows))
    return Line(field, _words(field, value))


def _cells(columns: Iterable[Column], row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_cell(column, str(row.get(column.key) or "")) for column in columns)


def _cell(column: Column, value: str) -> str:
    return next((choice.text for choice in column.choices if choice.key == value), value)


def _words(field: Field, value: Any) -> tuple[str, ...]:
    if field.type is FieldType.DATE and value:
        return (day_words(parse_date(str(value))),)
    if field.type is FieldType.CHOICES:
        return tuple(choice.text for choice in field.choices if choice.key in (value or ()))
    lines = value.splitlines() if isinstance(value, str) else value or ()
    return tuple(text.strip() for text in lines if isinstance(text, str) and text.strip())


def written_on(data: Data) -> date | None:
    try:
        return parse_date(str(data.get("written_on") or ""))
    except ValueError:
        return None


def due_on(group: Group, data: Data) -> date | None:
    """When the rows under a heading are looked at again, from the day the sheet was written."""
    day = written_on(data)
    return day + relativedelta(months=group.months) if day and group.months else None


def to_review(instrument: Instrument, data: Data, today: date) -> list[Field]:
    """Fields whose rows are due to be looked at and have not all been."""
    groups = {group.key: group for group in instrument.groups}
    return [
        field
        for field in instrument.fields
        if field.columns
        and field.group in groups
        and (day := due_on(groups[field.group], data))
        and day <= today
        and any(not _is_reviewed(field, row) for row in data.get(field.key) or ())
    ]


def _is_reviewed(field: Field, row: Mapping[str, Any]) -> bool:
    return all(row.get(column.key) for column in field.columns if column.at_review and column.choices)


@dataclass(frozen=True)
class Wish:
    text: str
    count: int


def wishes(instrument: Instrument, all_data: Iterable[Data]) -> list[tuple[Field, list[Wish]]]:
    """What people wish for, added up without their names: the most wished first."""
    data = list(all_data)
    fields = [instrument.field(key) for key in WISHES.get(instrument.layout, ())]
    return [
        (field, _added_up(text for each in data for text in _words(field, each.get(field.key))))
        for field in fields
    ]


def _added_up(texts: Iterable[str]) -> list[Wish]:
    shown: dict[str, str] = {}
    found = Counter[str]()
    for text in texts:
        key = text.casefold().rstrip(" .!")
        shown.setdefault(key, text)
        found[key] += 1
    return [
        Wish(shown[key], count) for key, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
