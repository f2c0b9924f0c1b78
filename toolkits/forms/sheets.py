"""The form of a sheet, made from its definition, and the form that looks at its rows again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from config.fields import EmailField, FlexibleDateField, UKPhoneField, WebAddressField
from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from config.values import day_words, parse_date
from toolkits.instruments.definition import Column, Field, FieldType, Group, Instrument
from toolkits.models import Contribution

LINE_LENGTH = 200
TEXT_LENGTH = 2000
ROWS_SHOWN = 3


class LinesField(forms.CharField):
    """Several short answers, one on each line; gives a list."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(self.prepare_value(value))
        lines = [line.strip(" •-–\t") for line in typed.splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > self.most:
            raise forms.ValidationError(
                f"Keep to {self.most} points, one on each line; there are {len(lines)}"
            )
        for line in lines:
            if len(line) > LINE_LENGTH:
                raise forms.ValidationError(f"Shorten “{line[:40]}…” to {LINE_LENGTH} characters")
        return "\n".join(lines)


def _lines(field: Field, **kwargs: Any) -> forms.Field:
    most = max(field.rows_max, 1)
    widget = forms.Textarea(attrs={"rows": min(most, 6)})
    hint = kwargs.pop("help_text") or f"Up to {most} points, one on each line."
    return LinesField(most=most, widget=widget, help_text=hint, **kwargs)


def _text(field: Field, **kwargs: Any) -> forms.Field:
    return forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


def _choices(field: Field, **kwargs: Any) -> forms.Field:
    choices = [(choice.key, choice.text) for choice in field.choices]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


MAKERS: dict[FieldType, Callable[..., forms.Field]] = {
    FieldType.LINE: lambda field, **kwargs: forms.CharField(max_length=LINE_LENGTH, **kwargs),
    FieldType.TEXT: _text,
    FieldType.DATE: lambda field, **kwargs: FlexibleDateField(**kwargs),
    FieldType.EMAIL: lambda field, **kwargs: EmailField(max_length=254, **kwargs),
    FieldType.TELEPHONE: lambda field, **kwargs: UKPhoneField(max_length=40, **kwargs),
    FieldType.WEBSITE: lambda field, **kwargs: WebAddressField(max_length=500, **kwargs),
    FieldType.CHOICES: _choices,
    FieldType.ROWS: _lines,
}


def cell_name(field: Field, row: int, column: Column) -> str:
    return f"{field.key}__{row}__{column.key}"


@dataclass(frozen=True)
class RowOfCells:
    number: int
    cells: tuple[BoundField, ...]


@dataclass(frozen=True)
class Question:
    """A field as the page draws it: one control, or numbered rows of several."""

    field: Field
    control: BoundField | None = None
    rows: tuple[RowOfCells, ...] = ()

    @property
    def is_wrong(self) -> bool:
        cells = [cell for row in self.rows for cell in row.cells]
        return any(each.errors for each in [*cells, *([self.control] if self.control else [])])


class SheetForm(StaleSave, CaseWarning, BaseForm):
    """A sheet as one page under its headings. `typed` is a draft, as it was typed."""

    submit_label = "Save and check"

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        sheet: Contribution | None = None,
        start: Mapping[str, Any] | None = None,
        typed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.instrument = instrument
        self.sheet = sheet
        self.kept: Mapping[str, Any] = sheet.data if sheet else {}
        self.marks_optional = not any(field.columns for field in instrument.fields)
        kwargs["initial"] = {**flat(instrument, self.kept or start or {}), **(typed or {})}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        for field in self.instrument.fields:
            if field.columns:
                self.fields.update(self._cells(field))
            else:
                maker = MAKERS[field.type]
                self.fields[field.key] = maker(
                    field, label=field.text, help_text=field.hint, required=field.required
                )

    def _cells(self, field: Field) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for row in range(self._rows_shown(field)):
            for column in asked(field):
                label = f"{column.text}, {row + 1}"
                found[cell_name(field, row, column)] = forms.CharField(
                    label=label,
                    validators=[MaxLengthValidator(LINE_LENGTH)],
                    required=row < field.rows_min and field.required,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        return found

    def _rows_shown(self, field: Field) -> int:
        names = [*self.initial, *(self.data or {})]
        filled = {name.split("__")[1] for name in names if name.startswith(f"{field.key}__")}
        return min(field.rows_max, max(ROWS_SHOWN, len(filled), field.rows_min))

    def current_version(self) -> int:
        return self.sheet.version if self.sheet else 0

    def current_values(self) -> dict[str, Any]:
        values = flat(self.instrument, self.kept)
        return (
            {name: values.get(name, "") for name in self.fields if name not in ("version", "seen")}
            if self.sheet
            else {}
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in self.instrument.fields:
            for row in range(self._rows_shown(field)) if field.columns else ():
                self._clean_row(field, row)
        return cleaned

    def _clean_row(self, field: Field, row: int) -> None:
        """A row is whole or empty."""
        values = {column: self.cleaned_data.get(cell_name(field, row, column), "") for column in asked(field)}
        if any(values.values()):
            for column, value in values.items():
                name = cell_name(field, row, column)
                if not value and name not in self.errors:
                    self.add_error(
                        name, f"Fill in “{column.text}” for number {row + 1}, or empty the whole of it"
                    )

    def questions(self) -> list[tuple[Group, list[Question]]]:
        groups = [Group(key="", text=""), *self.instrument.groups]
        found = [
            (group, [self._question(f) for f in self.instrument.fields if f.group == group.key])
            for group in groups
        ]
        return [(group, questions) for group, questions in found if questions]

    def _question(self, field: Field) -> Question:
        if not field.columns:
            return Question(field, self[field.key])
        rows = tuple(
            RowOfCells(row + 1, tuple(self[cell_name(field, row, column)] for column in asked(field)))
            for row in range(self._rows_shown(field))
        )
        return Question(field, rows=rows)

    def answers(self) -> dict[str, Any]:
        """As they are stored, once the form is valid."""
        return {field.key: self._answer(field) for field in self.instrument.fields}

    def _answer(self, field: Field) -> Any:
        if field.columns:
            return list(self._rows(field))
        value = self.cleaned_data.get(field.key)
        if field.type is FieldType.ROWS:
            return str(value or "").splitlines()
        return value.isoformat() if isinstance(value, date) else value if value is not None else ""

    def _rows(self, field: Field) -> Iterator[dict[str, str]]:
        """Each filled row; what was found when it was looked at again stays with the same words."""
        before = list(self.kept.get(field.key) or ())
        for row in range(self._rows_shown(field)):
            given = {
                column.key: self.cleaned_data.get(cell_name(field, row, column), "")
                for column in asked(field)
            }
            if any(given.values()):
                old = _same(before, given)
                yield {
                    **given,
                    **{column.key: old.get(column.key, "") for column in field.columns if column.at_review},
                }


def _same(rows: list[Mapping[str, Any]], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row that says the same, or an empty one."""
    return next((row for row in rows if all(row.get(key) == value for key, value in given.items())), {})


def asked(field: Field) -> tuple[Column, ...]:
    """The columns that are filled in when the sheet is written."""
    return tuple(column for column in field.columns if not column.at_review)


def flat(instrument: Instrument, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers by the names of the form's controls."""
    found: dict[str, Any] = {}
    for field in instrument.fields:
        value = data.get(field.key)
        if field.columns:
            for number, row in enumerate(value or ()):
                found.update(
                    {cell_name(field, number, column): row.get(column.key, "") for column in asked(field)}
                )
        elif value not in (None, ""):
            found[field.key] = SHOWN.get(field.type, lambda each: each)(value)
    return found


SHOWN: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.ROWS: "\n".join,
    FieldType.DATE: lambda value: day_words(parse_date(value)),
}
"""How a stored answer stands in its control."""
