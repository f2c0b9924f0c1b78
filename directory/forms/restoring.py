"""Choosing what of an older version of a sheet is put back."""

from typing import Any

from django import forms

from config.forms import BaseForm
from directory.changes.history import Restorable, Then


class RestoreForm(BaseForm):
    """A tick for each field that differs and can be put back; the page draws them beside the texts."""

    marks_optional = False
    names = forms.MultipleChoiceField(
        label="What is put back",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing to put back"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, then: Then, version: int, only: str = "", **kwargs: Any) -> None:
        self.then = then
        possible = [each.name for each in then.fields if not each.why_not]
        ticked = [name for name in possible if only in ("", name)]
        super().__init__(*args, initial={"names": ticked, "version": version}, **kwargs)

    def prepare(self) -> None:
        field = self.fields["names"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.name, each.label) for each in self.then.fields if not each.why_not]

    def rows(self) -> list[tuple[Restorable, bool]]:
        """Each field that differs, and whether it is ticked."""
        ticked = self["names"].value() or []
        return [(each, each.name in ticked) for each in self.then.fields]
