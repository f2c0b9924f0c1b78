"""Some values of many sheets at once: a row for each sheet, saved by itself."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.forms import BaseForm
from config.stale import was_shown
from directory.forms.sheet import SectionForm
from directory.forms.sheet_parts import AboutForm, AudienceForm, CapacityForm, CostForm, ReachForm, ReferForm
from directory.models import Service
from directory.sheet.values import LABELS

COLUMNS: dict[str, forms.Field] = {
    name: form.base_fields[name]
    for form, names in (
        (ReachForm, ("telephone", "email", "website", "ask_email")),
        (CapacityForm, ("capacity", "waiting_weeks", "waiting_time")),
        (AudienceForm, ("min_age", "max_age", "levels", "topics", "not_for")),
        (ReferForm, ("referrers",)),
        (CostForm, ("cost", "cost_note")),
        (AboutForm, ("sector",)),
    )
    for name in names
}
FIRST = ("telephone", "email", "capacity", "waiting_weeks")
"""What is shown to begin with."""
MOST = 6


class ColumnsForm(BaseForm):
    """Which columns: sent with GET, so that the address says it."""

    columns = forms.MultipleChoiceField(
        label="Columns",
        help_text=f"Up to {MOST}",
        choices=[(name, LABELS[name]) for name in COLUMNS],
        widget=forms.CheckboxSelectMultiple(attrs={"data-columns": ""}),
        required=False,
    )

    @staticmethod
    def chosen(names: Iterable[str]) -> list[str]:
        """Known ones in our order; some to begin with when none is."""
        wanted = set(names)
        return [name for name in COLUMNS if name in wanted][:MOST] or list(FIRST)


class GridRow(SectionForm):
    """One sheet. Its fields are called with the sheet's number before them."""

    form_tag = False
    marks_optional = False

    def __init__(
        self, *args: Any, columns: Sequence[str], levels: Mapping[str, str], instance: Service, **kwargs: Any
    ) -> None:
        self.columns, self.levels = columns, levels
        super().__init__(*args, instance=instance, prefix=str(instance.pk), **kwargs)
        self.draft_key = ""

    def prepare(self) -> None:
        for name in self.columns:
            field = self.fields[name] = deepcopy(COLUMNS[name])
            field.help_text = ""
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = max(1, len(self.values[name])) if name == "telephone" else 1
            if isinstance(field, forms.ChoiceField) and type(field.widget) is forms.RadioSelect:
                field.widget = forms.Select(choices=list(field.choices))  # type: ignore[arg-type]
            if name == "levels":
                assert isinstance(field, forms.MultipleChoiceField)
                field.choices = list(self.levels.items())
            self.initial[name] = self.values[name]

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: values[name] for name in self.columns}

    def clean(self) -> dict[str, Any] | None:
        young, old = (self.cleaned_data.get(name, self.values[name]) for name in ("min_age", "max_age"))
        if (
            young is not None
            and old is not None
            and old < young
            and {"min_age", "max_age"} & set(self.columns)
        ):
            at = "max_age" if "max_age" in self.columns else "min_age"
            self.add_error(at, f"Ages from {young} to {old}: turn them round")
        return super().clean()

    def is_untouched(self) -> bool:
        """Whether every cell says what it said when the page was opened. Asks nothing of the database."""
        typed: dict[str, Any] = {}
        for name in self.columns:
            field, key = self.fields[name], self.add_prefix(name)
            try:
                typed[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, key))
            except ValidationError:
                return False
        return was_shown(self, typed)

    def leave(self) -> None:
        """There is nothing to check or to save."""
        self._errors = forms.utils.ErrorDict()

    @property
    def cells(self) -> list[Any]:
        return [self[name] for name in self.columns]
