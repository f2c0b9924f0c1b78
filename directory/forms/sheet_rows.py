"""What a sheet has several of, as rows of one form. Rows are added and dropped without JavaScript or saving."""

from copy import deepcopy
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from config.forms import Section
from config.stale import OWN
from directory.forms.sheet import SectionForm
from directory.forms.sheet_fields import Rows
from directory.forms.withholding import base_name
from directory.models import Service
from directory.sheet.values import Values
from partnerships.models import Setting

MOST = 60
"""As many as an import keeps of a kind. A sheet with more is not saved from here, lest the rest be lost."""
COUNT_ERRORS = {
    **dict.fromkeys(("required", "invalid", "min_value"), "Not all of this page arrived. Send it once more"),
    "max_value": f"There are more than {MOST}, too many to change on this page. Nothing was saved",
}


class RowsForm(SectionForm):
    """`Row` has the fields of one row, called `<name>-<number>` here; what all rows say is the value `rows`."""

    Row: ClassVar[type[forms.Form]]
    noun: ClassVar[str] = ""
    marks_optional = False
    buttons = '{% include "directory/_row_buttons.html" %}'
    row_url = ""
    """Where rows are added; the view sets it."""

    def __init__(
        self,
        *args: Any,
        instance: Service,
        setting: Setting | None,
        typed: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        """`typed`: what was sent to have another row. It is shown again, and nothing is checked or saved."""
        self.typed = typed
        super().__init__(*args, instance=instance, setting=setting, **kwargs)
        self.draft_key = ""
        if typed is not None:
            self.initial.update({name: typed.get(name, "") for name in OWN})

    def prepare(self) -> None:
        rows = self.first_rows()
        self.fields["rows"] = Rows(self.rows_words, label=self.title)
        self.fields["count"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=MOST, error_messages=COUNT_ERRORS
        )
        self.initial["count"] = len(rows)
        sections: list[Section] = []
        for number, row in enumerate(rows):
            names = []
            for name, field in self.Row.base_fields.items():
                self.fields[f"{name}-{number}"] = self.row_field(name, deepcopy(field))
                self.initial[f"{name}-{number}"] = row.get(name, field.initial)
                names.append(f"{name}-{number}")
            sections.append((f"{self.noun.capitalize()} {number + 1}", names))
        self.sections = sections
        self.pairs = [
            [f"{name}-{at}" for name in pair] for pair in type(self).pairs for at in range(len(rows))
        ]
        self.free_text = [name for name in self.fields if base_name(name) in type(self).free_text]

    def first_rows(self) -> list[dict[str, Any]]:
        """Each row's values to begin with; of a form that was sent only their number matters."""
        if self.typed is not None:
            return [*self.typed_rows(self.typed), {}][:MOST]
        if self.is_bound:
            return [{} for _ in range(_count(self.data))]
        rows = enumerate(self.rows_of(self.values))
        return [{**self.row_values(each), "was": number} for number, each in rows] or [{}]

    @property
    def next_number(self) -> int:
        """Of the row that could be added, as it is counted on the page."""
        return len([name for name in self.fields if base_name(name) == "drop"]) + 1

    def typed_rows(self, data: QueryDict) -> list[dict[str, Any]]:
        kept = (number for number in range(_count(data)) if f"drop-{number}" not in data)
        return [
            {
                name: field.widget.value_from_datadict(data, {}, f"{name}-{number}")
                for name, field in self.Row.base_fields.items()
            }
            for number in kept
        ]

    def row_field(self, name: str, field: forms.Field) -> forms.Field:
        """The place to give a field of a row what it knows only from the sheet."""
        return field

    def clean(self) -> dict[str, Any] | None:
        self._gather()
        return super().clean()

    def _gather(self) -> None:
        """Reads the rows, in `read` each by itself."""
        self.read: dict[int, list[Any]] = {}
        for number in range(_count(self.data)):
            row = {name: self.cleaned_data.get(f"{name}-{number}") for name in self.Row.base_fields}
            self.read[number] = [] if row.get("drop") else self.read_row(number, row)
        self.mine = [each for some in self.read.values() for each in some]
        self.cleaned_data["rows"] = self.mine
        if self.errors:
            del self.cleaned_data["rows"]

    def shown(self, values: Values) -> dict[str, Any]:
        return {"rows": self.rows_of(values)}

    @classmethod
    def rows_of(cls, values: Values) -> list[Any]:
        """The things of the sheet that are a row each."""
        raise NotImplementedError

    def rows_words(self, rows: Any) -> str:
        """All rows as a person reads them. Two versions are the same when their words are."""
        raise NotImplementedError

    def row_values(self, each: Any) -> dict[str, Any]:
        raise NotImplementedError

    def read_row(self, number: int, row: dict[str, Any]) -> list[Any]:
        """What a row says; nothing of an empty one. Of a row that was not filled in well, adds the error."""
        raise NotImplementedError


def _count(data: Any) -> int:
    try:
        return min(max(int(data.get("count", 0)), 0), MOST)
    except ValueError:
        return 0


def drop(noun: str) -> forms.BooleanField:
    return forms.BooleanField(label=f"Take this {noun} off the sheet", required=False)
