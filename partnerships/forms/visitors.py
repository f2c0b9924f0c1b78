"""A person of a partner service who comes to the school."""

import re
from typing import Any

from django import forms
from django.utils import timezone

from config.forms import BaseModelForm, CaseWarning
from config.stale import StaleSave
from partnerships.models import Membership, Partnership, Visitor
from partnerships.models.partnership import Weekday

CERTIFICATE = re.compile(r"(?<!\d)(?:\d[ -]?){11}\d(?!\d)")
"""Twelve digits in a row, as on a DBS certificate."""
NO_NUMBERS = "This looks like a certificate’s number. Leave it out: the day and who saw it are enough"
CHECK_LABELS = {
    "letter": "Assurance letter of the employer seen",
    "photo": "Photo identity checked",
    "information": "Safeguarding information given",
}


class ServiceChoice(forms.ModelChoiceField[Partnership]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.service.name)


class MemberChoice(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.service}"


class VisitorForm(StaleSave, CaseWarning, BaseModelForm):
    free_text = ["times", "room", "role"]
    sections = [
        ("Who comes", ["partnership", "name", "role", "membership"]),
        ("When and where", ["days", "times", "room"]),
        (
            "What you have seen",
            [f"{check}_{end}" for check in Visitor.CHECKS for end in ("on", "by")],
        ),
    ]
    partnership = ServiceChoice(label="Service", queryset=Partnership.objects.none(), empty_label="Choose")
    membership = MemberChoice(
        label="Their sign-in here",
        queryset=Membership.objects.none(),
        empty_label="None, or not known",
        required=False,
        help_text="When their access here ends, they are no longer expected",
    )
    days = forms.MultipleChoiceField(
        label="Days", choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Visitor
        fields = [
            *("partnership", "name", "role", "membership", "days", "times", "room"),
            *("letter_on", "letter_by", "photo_on", "photo_by", "information_on", "information_by"),
        ]
        labels = {
            **{f"{check}_on": f"{words} on" for check, words in CHECK_LABELS.items()},
            **{f"{check}_by": "By whom" for check in CHECK_LABELS},
        }
        help_texts = {
            "role": "As reception would say it: school nurse, family worker",
            "times": "Like “9am to noon”. Empty: as the service’s page says",
            "room": "Empty: as the service’s page says",
            "letter_on": "Never write a certificate’s number anywhere here",
        }

    def __init__(self, *args: Any, instance: Visitor, by: Membership, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, instance=instance, **kwargs)

    def prepare(self) -> None:
        setting = self.by.setting
        partnerships, members = self.fields["partnership"], self.fields["membership"]
        assert isinstance(partnerships, forms.ModelChoiceField) and isinstance(
            members, forms.ModelChoiceField
        )
        partnerships.queryset = setting.partnerships.with_live_service()
        members.queryset = setting.memberships.current().exclude(service=None)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and name not in ("seen", "version") and CERTIFICATE.search(value):
                self.add_error(name, NO_NUMBERS)
        for check in Visitor.CHECKS:
            self._clean_check(check)
        self._clean_membership()
        return cleaned

    def _clean_check(self, check: str) -> None:
        """A day without a name was seen by whoever saves; a name alone is no check."""
        day, who = self.cleaned_data.get(f"{check}_on"), self.cleaned_data.get(f"{check}_by")
        if day and day > timezone.localdate():
            self.add_error(f"{check}_on", "Enter the day on which it was done, not one to come")
        if day and not who:
            self.cleaned_data[f"{check}_by"] = self.by.user.full_name
        if who and not day and f"{check}_on" not in self.errors:
            self.add_error(f"{check}_on", "Enter the day, or take the name away")

    def _clean_membership(self) -> None:
        ours: Partnership | None = self.cleaned_data.get("partnership")
        member: Membership | None = self.cleaned_data.get("membership")
        if ours and member and member.service_id != ours.service_id:
            self.add_error("membership", f"{member.user.full_name} does not work for {ours.service.name}")
