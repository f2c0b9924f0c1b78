"""What somebody wants in the booklet."""

from typing import Any

from django import forms

from config.forms import BaseForm
from directory.booklet.wanted import EDITIONS, FAMILIES, PARTS, SCHOOL, Wanted, needs_of
from partnerships.models import Setting
from partnerships.sectors import Sector


class BookletForm(BaseForm):
    submit_label = "Make the booklet as of today"
    marks_optional = False
    edition = forms.ChoiceField(label="Who is it for?", widget=forms.RadioSelect)
    sectors = forms.MultipleChoiceField(
        label="Sectors",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-columns": ""}),
        help_text="None ticked: all of them.",
    )
    needs = forms.MultipleChoiceField(
        label="Needs",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-columns": ""}),
        help_text="None ticked: all of them.",
    )
    parts = forms.MultipleChoiceField(
        label="Besides the sheets",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(PARTS.items()),
    )

    def __init__(self, *args: Any, setting: Setting, before: Wanted, **kwargs: Any) -> None:
        self.setting, self.before = setting, before
        super().__init__(*args, initial=before.kept(), **kwargs)

    def prepare(self) -> None:
        """Only what the directory has can be chosen; families only where the school publishes."""
        editions = [SCHOOL, FAMILIES] if self.setting.publishes_directory else [SCHOOL]
        self.fields["edition"].choices = [(each, EDITIONS[each]) for each in editions]  # type: ignore[attr-defined]
        there = set(Wanted().services(self.setting).values_list("sector", flat=True))
        sectors = [(each.value, each.label) for each in Sector if each in there]
        needs = [(topic, topic) for topic in needs_of(self.setting)]
        for name, choices in (("sectors", sectors), ("needs", needs)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if len(choices) < 2:
                del self.fields[name]

    def wanted(self) -> Wanted:
        return Wanted.read(self.cleaned_data)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.wanted().services(self.setting).exists():
            raise forms.ValidationError("No service is left with this choice. Tick more sectors or needs")
        return cleaned
