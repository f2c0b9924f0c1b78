"""What is private between one school and one service."""

from typing import Any

from django import forms

from config.fields import FlexibleDateField, UKPhoneField
from config.forms import BaseModelForm
from config.stale import StaleSave
from directory.forms.withholding import WithheldWarning, kept_back_by
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday

DEGREES = [("", "Not decided"), *Partnership.Degree.choices]


class PartnershipForm(StaleSave, WithheldWarning, BaseModelForm):
    free_text = ["times", "room"]
    sections = [
        ("Who to ask", ["contact_name", "contact_telephone", "contact_email"]),
        ("When they come", ["days", "times", "room"]),
        ("How you work together", ["degree", "started_on", "outcomes", "agreement"]),
        ("Your own notes", ["notes"]),
    ]
    contact_telephone = UKPhoneField(label="Telephone", required=False)
    days = forms.MultipleChoiceField(
        label="Days in school", choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    degree = forms.ChoiceField(label="Degree of partnership", choices=DEGREES, required=False)
    started_on = FlexibleDateField(label="Working together since")
    outcomes = forms.MultipleChoiceField(
        label="Outcomes it serves", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Partnership
        fields = [
            *("contact_name", "contact_telephone", "contact_email", "days", "times", "room", "degree"),
            *("started_on", "outcomes", "agreement", "notes"),
        ]
        labels = {
            "contact_name": "Your contact",
            "contact_email": "E-mail",
            "times": "Times",
            "agreement": "Agreement",
            "notes": "Notes",
        }
        help_texts = {
            "contact_name": "The person of the service who works with your school",
            "times": "As you would say them, like “10.30am to noon, every second week”",
            "agreement": "What was agreed, and until when",
            "notes": "Only coordinators of your school read these. No names of children",
        }
        widgets = {"agreement": forms.Textarea(attrs={"rows": 3}), "notes": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, instance: Partnership, **kwargs: Any) -> None:
        places = kept_back_by(instance.setting, service=instance.service)
        super().__init__(*args, instance=instance, places=places, **kwargs)
        self.draft_key = f"partnership-{instance.pk}"

    def prepare(self) -> None:
        field = self.fields["outcomes"]
        assert isinstance(field, forms.MultipleChoiceField)
        names = list(dict.fromkeys([*self.instance.setting.outcomes, *self.instance.outcomes]))
        field.choices = [(name, name) for name in names]
        if not names:
            del self.fields["outcomes"]
