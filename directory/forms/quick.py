"""Adding a service with little, and saying that a sheet is still right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.fields import EmailField, PostcodeField, UKPhoneField, WebAddressField
from config.forms import BaseForm, CaseWarning
from config.stale import LookedThrough
from directory.forms.sheet import line, tidy
from directory.freshness import HOW
from directory.sheet.values import Values
from partnerships.sectors import Sector

ONE_WAY = "Fill in one way to reach it: a telephone number, an e-mail address or a website"


class QuickAddForm(CaseWarning, BaseForm):
    """A name, a sector and one way to reach it are enough; the rest can follow."""

    submit_label = "Add the service"
    free_text = ["name"]
    name = line("Name of organisation or service", 200, required=True)
    agency = line(
        "Organisation it belongs to",
        200,
        "Leave it empty when the service is its own organisation. "
        "For what your school does itself: the school’s name",
    )
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose"), *Sector.choices])
    telephone = UKPhoneField(label="Telephone", required=False)
    email = EmailField(label="E-mail", required=False, max_length=254)
    website = WebAddressField(label="Website", required=False)
    postcode = PostcodeField(
        label="Postcode", required=False, help_text="Helps to find a sheet that is there already"
    )

    def clean(self) -> dict[str, Any] | None:
        reach = ("telephone", "email", "website")
        if not self.errors and not any(self.cleaned_data.get(name) for name in reach):
            raise ValidationError(ONE_WAY)
        return super().clean()

    def as_values(self) -> Values:
        typed = {name: tidy(value) for name, value in self.cleaned_data.items() if value}
        if "telephone" in typed:
            typed["telephone"] = [(typed["telephone"], "")]
        return typed


class ConfirmForm(LookedThrough, BaseForm):
    submit_label = "It is all still right today"
    confirmed_how = forms.ChoiceField(
        label="How do you know?", choices=list(HOW.items()), widget=forms.RadioSelect
    )
    confirmed_by = line("Who said so", 120, "A name, or the service’s", required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def as_said(self) -> dict[str, Any]:
        """For commands.confirm_service."""
        said = self.cleaned_data
        return {"who": said["confirmed_by"], "how": said["confirmed_how"], "version": said["version"]}
