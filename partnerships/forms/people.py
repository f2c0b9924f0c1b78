"""Forms about people: invitations, what somebody is in a setting, their last day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from config.fields import FlexibleDateField, UKPhoneField
from config.forms import BaseForm, BaseModelForm
from config.stale import StaleSave
from partnerships.access import Role
from partnerships.addresses import MOST_AT_ONCE, Pasted, read_addresses
from partnerships.commands.invitations import Offer
from partnerships.models import Membership, Partnership, Setting
from partnerships.sectors import Sector

ROLE_CHOICES = [(role.value, f"{role.label}. {role.sentence}") for role in Role]
MOST_CHARACTERS = 20_000
SECTOR_CHOICES = [("", "Choose a sector"), *Sector.choices]


class PartnershipField(forms.ModelChoiceField[Partnership]):
    def label_from_instance(self, obj: Partnership) -> str:
        return obj.service.name


class InvitationForm(BaseForm):
    submit_label = "Check the list"
    addresses = forms.CharField(
        label="E-mail addresses",
        help_text="One on each line, or separated by commas; with names, like Priya Raman <priya@example.org>",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
    )
    roles = forms.MultipleChoiceField(
        label="What they may do", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    sector = forms.ChoiceField(label="The sector they work in", choices=SECTOR_CHOICES)
    partnership = PartnershipField(
        label="The service they work for",
        queryset=Partnership.objects.none(),
        required=False,
        empty_label="None, or different ones",
        help_text="Practitioners may then help to keep its sheet true, once you have confirmed it",
    )
    job_title = forms.CharField(
        label="Job title", max_length=120, required=False, help_text="If it is the same for all of them"
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnership = self.fields["partnership"]
        assert isinstance(partnership, PartnershipField)
        partnership.queryset = setting.partnerships.with_live_service()

    def clean_addresses(self) -> Pasted:
        text = str(self.cleaned_data["addresses"])
        if len(text) > MOST_CHARACTERS:
            raise ValidationError("This list is too long. Paste it in several parts")
        pasted = read_addresses(text)
        if not pasted.addresses:
            raise ValidationError("Enter at least one e-mail address, like name@example.org")
        if len(pasted.addresses) > MOST_AT_ONCE:
            raise ValidationError(
                f"Invite at most {MOST_AT_ONCE} people at a time. This list has {len(pasted.addresses)}"
            )
        return pasted

    @property
    def pasted(self) -> Pasted:
        found = self.cleaned_data["addresses"]
        assert isinstance(found, Pasted)
        return found

    @property
    def offer(self) -> Offer:
        data = self.cleaned_data
        return Offer(
            roles=data["roles"],
            sector=data["sector"],
            partnership=data["partnership"],
            job_title=data["job_title"],
        )


class PersonForm(StaleSave, BaseModelForm):
    """What the coordinator keeps about a person of the setting."""

    roles = forms.MultipleChoiceField(
        label="What they may do", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    telephone = UKPhoneField(label="Telephone", required=False, max_length=30)

    class Meta:
        model = Membership
        fields = ["roles", "job_title", "telephone", "sector", "service"]
        labels = {"job_title": "Job title", "sector": "Sector", "service": "The service they work for"}
        help_texts = {"service": "Practitioners may help to keep its sheet true, once you have confirmed it"}

    def __init__(self, *args: Any, instance: Membership, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        service = self.fields["service"]
        assert isinstance(service, forms.ModelChoiceField)
        assert service.queryset is not None
        live = instance.setting.partnerships.live().values("service")
        service.queryset = service.queryset.filter(pk__in=live) | service.queryset.filter(
            pk=instance.service_id
        )
        service.empty_label = f"None: works for {instance.setting.called}"


class OwnDetailsForm(StaleSave, BaseModelForm):
    """What everybody may change about themselves."""

    telephone = UKPhoneField(label="Telephone", required=False, max_length=30)

    class Meta:
        model = Membership
        fields = ["job_title", "telephone"]
        labels = {"job_title": "Job title"}


class LeavingForm(BaseForm):
    submit_label = "End their access"
    left_on = FlexibleDateField(
        label="The first day without access",
        help_text="Today ends it at once",
        initial=timezone.localdate,
    )

    def clean_left_on(self) -> date:
        day = self.cleaned_data["left_on"]
        assert isinstance(day, date)
        if day < timezone.localdate():
            raise ValidationError("Enter today or a later day: access can’t end in the past")
        return day
