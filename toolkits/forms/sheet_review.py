"""Looking at the rows of a sheet again, when their time is over."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from toolkits.forms.sheets import LINE_LENGTH, cell_name
from toolkits.instruments.definition import Column, Field
from toolkits.models import Contribution


class ReviewForm(StaleSave, CaseWarning, BaseForm):
    """Looking at rows again: what came of each, and what shows it."""

    marks_optional = False

    def __init__(self, *args: Any, sheet: Contribution, fields_due: list[Field], **kwargs: Any) -> None:
        self.sheet = sheet
        self.fields_due = fields_due
        kwargs["initial"] = self.current_values()
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        for field, number, _ in self._each_row():
            for column in field.columns:
                if column.at_review:
                    self.fields[cell_name(field, number, column)] = _review_field(column)

    def _each_row(self) -> Iterator[tuple[Field, int, Mapping[str, Any]]]:
        for field in self.fields_due:
            for number, row in enumerate(self.sheet.data.get(field.key) or ()):
                yield field, number, row

    def current_version(self) -> int:
        return self.sheet.version

    def current_values(self) -> dict[str, Any]:
        return {
            cell_name(field, number, column): row.get(column.key, "")
            for field, number, row in self._each_row()
            for column in field.columns
            if column.at_review
        }

    def questions(self) -> list[tuple[Field, list[tuple[Mapping[str, Any], tuple[BoundField, ...]]]]]:
        """Each field with its rows: what was promised, and the controls beside it."""
        return [
            (
                field,
                [
                    (row, tuple(self[cell_name(field, number, c)] for c in field.columns if c.at_review))
                    for each, number, row in self._each_row()
                    if each is field
                ],
            )
            for field in self.fields_due
        ]

    def answers(self) -> dict[str, Any]:
        """The whole sheet with what was found."""
        data = dict(self.sheet.data)
        for field in self.fields_due:
            data[field.key] = [dict(row) for row in data.get(field.key) or ()]
        for field, number, _ in self._each_row():
            for column in field.columns:
                if column.at_review:
                    value = self.cleaned_data.get(cell_name(field, number, column), "")
                    data[field.key][number][column.key] = value
        return data


def _review_field(column: Column) -> forms.Field:
    if column.choices:
        choices = [(choice.key, choice.text.capitalize()) for choice in column.choices]
        return forms.ChoiceField(label=column.text, choices=choices, widget=forms.RadioSelect, required=False)
    return forms.CharField(
        label=column.text,
        validators=[MaxLengthValidator(LINE_LENGTH)],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
