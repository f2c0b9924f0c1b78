"""Joining two sheets: whose text is kept, where they differ."""

from collections.abc import Sequence
from typing import Any

from django import forms

from config.forms import BaseForm, CaseWarning
from directory.changes.merging import Row

CHOICES = [("kept", "Keep this"), ("other", "Take this")]


class AskToJoinForm(CaseWarning, BaseForm):
    submit_label = "Ask them"
    words = forms.CharField(
        label="A word to them",
        help_text="How you know that it is the same service. No names of children",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class JoinForm(BaseForm):
    """A choice for each row, `text_<key>`, which the page draws beside the texts."""

    marks_optional = False
    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Sequence[Row], versions: tuple[int, int], **kwargs: Any) -> None:
        self.rows = rows
        initial = dict(zip(("kept_version", "other_version"), versions, strict=True))
        super().__init__(*args, initial=initial, **kwargs)

    def prepare(self) -> None:
        for row in self.rows:
            self.fields[f"text_{row.key}"] = forms.ChoiceField(
                label=row.label,
                choices=CHOICES,
                initial="other" if row.takes_other else "kept",
                widget=forms.RadioSelect,
            )

    def choices(self) -> list[tuple[Row, Any]]:
        """Each row with what is chosen now."""
        return [(row, self[f"text_{row.key}"].value()) for row in self.rows]

    def taken(self) -> list[str]:
        return [row.key for row in self.rows if self.cleaned_data[f"text_{row.key}"] == "other"]

    def seen(self) -> tuple[int, int]:
        return self.cleaned_data["kept_version"], self.cleaned_data["other_version"]
