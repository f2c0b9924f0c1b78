"""Deciding on what somebody suggests: take it, leave the sheet as it is, or later; and a word back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from config.forms import BaseForm, dress
from config.sessionless import Sessionless
from directory.changes.side_by_side import Row
from directory.forms.withholding import WithheldWarning

CHOICES = [
    ("take", "Take the suggested text"),
    ("leave", "Leave the sheet as it is"),
    ("later", "Decide later"),
]
CHOOSE = "Choose what should happen to at least one of them"


def add_words(form: BaseForm) -> None:
    """Room for a word about a suggestion, below the fields of a part of the sheet."""
    field = forms.CharField(
        label="How do you know?",
        help_text="A word to whoever keeps the sheet. It can stay empty",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dress("why", field)
    form.fields["why"] = field


class DecideForm(WithheldWarning, BaseForm):
    """A choice for each open row, `choice_<id>`, which the page draws beside the texts; and a word back."""

    marks_optional = False
    reply = forms.CharField(
        label="A word back",
        help_text="Whoever suggested it reads this. It can stay empty",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        self.rows = [row for row in rows if row.change.state == "open"]
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        if self.rows:
            self.initial["reply"] = self.rows[
                0
            ].change.suggestion.reply  # what was typed when some were left open
        for row in self.rows:
            self.fields[f"choice_{row.change.pk}"] = forms.ChoiceField(
                label=f"{row.label}: what should happen?",
                choices=self.choices_of(row),
                initial="later",
                widget=forms.RadioSelect,
            )

    def choices_of(self, row: Row) -> list[tuple[str, str]]:
        return CHOICES

    def choices(self) -> list[tuple[Row, Any]]:
        return [(row, self[f"choice_{row.change.pk}"]) for row in self.rows]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.rows and not self.errors and not (self.chosen("take") or self.chosen("leave")):
            raise forms.ValidationError(CHOOSE)
        return cleaned

    def chosen(self, what: str) -> list[int]:
        return [
            row.change.pk for row in self.rows if self.cleaned_data.get(f"choice_{row.change.pk}") == what
        ]

    def seen(self, ids: Sequence[int]) -> dict[int, str]:
        """The digest of what stood beside each when the page was made."""
        return {pk: self.data.get(f"seen_{pk}", "") for pk in ids}


class LinkDecideForm(Sessionless, DecideForm):
    """Behind a link of the agency's. Of an address that is withheld nothing is shown, and so nothing is taken."""

    purpose = "agency-suggestion"

    def choices_of(self, row: Row) -> list[tuple[str, str]]:
        return CHOICES[1:] if row.is_hidden else CHOICES
