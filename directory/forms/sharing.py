"""Who may see a sheet."""

from typing import Any

from django import forms

from config.forms import BaseForm
from directory.keeping import why_not_private, why_not_public
from directory.models import Service
from partnerships.models import Setting

HINTS = {
    "private": "Only people of your school see it.",
    "listed": "Other schools that use Joined Up can use this sheet too. They see the sheet, never your own notes.",
    "public": "Also parents, carers and pupils, on your school’s public page, without signing in.",
}


class VisibilityForm(BaseForm):
    marks_optional = False
    visibility = forms.ChoiceField(label="Who may see this sheet?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, service: Service, setting: Setting, **kwargs: Any) -> None:
        self.service, self.setting = service, setting
        super().__init__(*args, **{"initial": {"visibility": service.visibility}, **kwargs})

    def prepare(self) -> None:
        field = self.fields["visibility"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, f"{label}. {HINTS[value]}") for value, label in Service.Visibility.choices]

    def clean_visibility(self) -> str:
        chosen = str(self.cleaned_data["visibility"])
        becomes_public = chosen == Service.Visibility.PUBLIC != self.service.visibility
        if becomes_public and (problem := why_not_public(self.setting)):
            raise forms.ValidationError(problem)
        if chosen == Service.Visibility.PRIVATE and (problem := why_not_private(self.service, self.setting)):
            raise forms.ValidationError(problem)
        return chosen
