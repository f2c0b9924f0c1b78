"""Forms about the school itself: one short form for each part of the settings page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from config.fields import PostcodeField, UKPhoneField
from config.forms import BaseForm, BaseModelForm
from config.stale import StaleSave
from partnerships.logos import MOST_BYTES, clean_logo
from partnerships.models import Setting, Term

PUBLISH_WORDS = (
    "Fill in the safeguarding lead’s name and telephone first: the public pages say whom to tell when "
    "somebody is worried about a child"
)
PUBLIC_LEAD_WORDS = "The directory is public, so it needs this. Stop publishing it before you take this out"


@dataclass(frozen=True)
class Section:
    """One part of the settings page: what it is called, why it is asked, and its fields of Setting."""

    title: str
    lead: str
    fields: Sequence[str]


SECTIONS: dict[str, Section] = {
    "school": Section(
        "The school",
        "Stands on every page and on everything that is printed.",
        ["name", "short_name", "kind", "urn", "address", "postcode", "telephone", "email", "website"],
    ),
    "safeguarding": Section(
        "Worried about a child",
        "Whom people tell. These numbers stand on every page that the public sees, and beside free text.",
        [
            "safeguarding_name",
            "safeguarding_title",
            "safeguarding_telephone",
            "safeguarding_email",
            "council_name",
            "council_telephone",
        ],
    ),
    "directory": Section(
        "The directory",
        "What the public may read, and how often a sheet has to be confirmed.",
        ["publishes_directory", "confirm_months"],
    ),
    "check-ins": Section(
        "Check-ins",
        "Answers of small groups are hidden, so that nobody can be picked out.",
        ["small_group"],
    ),
    "outcomes": Section(
        "What we work towards",
        "The outcomes that services and check-ins can be sorted by.",
        ["outcomes"],
    ),
}

LABELS = {
    "name": "Name",
    "short_name": "Short name",
    "kind": "Kind of school",
    "urn": "URN",
    "address": "Address",
    "postcode": "Postcode",
    "telephone": "Telephone",
    "email": "E-mail",
    "website": "Website",
    "safeguarding_name": "Safeguarding lead’s name",
    "safeguarding_title": "What they are called",
    "safeguarding_telephone": "Safeguarding lead’s telephone",
    "safeguarding_email": "Safeguarding lead’s e-mail",
    "council_name": "Council’s front door",
    "council_telephone": "Council’s telephone",
    "publishes_directory": "Publish the directory",
    "confirm_months": "Months until a sheet has to be confirmed again",
    "small_group": "Smallest group that is shown",
    "outcomes": "Outcomes",
}
HINTS = {
    "short_name": "Where there is little room, like “Hillside”",
    "urn": "The school’s unique reference number, six digits",
    "safeguarding_title": "Like “safeguarding lead” or “designated safeguarding lead”",
    "council_name": "What it is called where you are, like “First Response” or “MASH”",
    "publishes_directory": "Parents and carers can then read the sheets that are public, without signing in",
    "confirm_months": "After this many months a sheet is shown as not confirmed",
    "small_group": "At least 5. Groups with fewer people are added to “other”",
    "outcomes": "One on each line",
}


class OutcomesField(forms.CharField):
    """A list, one on each line."""

    widget = forms.Textarea(attrs={"rows": 7})

    def __init__(self, *, base_field: Any = None, max_length: int | None = None, **kwargs: Any) -> None:
        """Takes what a model's ArrayField offers to its form field; the lines are looked at in `clean`."""
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = dict.fromkeys(" ".join(line.split()) for line in str(super().clean(value)).splitlines())
        found = [line for line in lines if line]
        if long := next((line for line in found if len(line) > 80), ""):
            raise ValidationError(f"Use at most 80 characters for each; “{long[:40]}…” has {len(long)}")
        return found

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else super().to_python(value)


class SettingForm(StaleSave, BaseModelForm):
    """The fields of one section; `form_for` makes it."""

    class Meta:
        model = Setting
        fields: Sequence[str] = ()
        labels = LABELS
        help_texts = HINTS
        field_classes = {
            "postcode": PostcodeField,
            "telephone": UKPhoneField,
            "safeguarding_telephone": UKPhoneField,
            "council_telephone": UKPhoneField,
            "outcomes": OutcomesField,
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 4}),
            "urn": forms.TextInput(attrs={"class": "w-5", "inputmode": "numeric"}),
            "confirm_months": forms.NumberInput(attrs={"class": "w-2"}),
            "small_group": forms.NumberInput(attrs={"class": "w-2"}),
        }
        error_messages = {
            "small_group": {"min_value": "Enter 5 or more: with fewer, people could be picked out"},
            "confirm_months": {"min_value": "Enter 1 or more"},
        }

    def clean_urn(self) -> str:
        urn = str(self.cleaned_data["urn"])
        if urn and not (urn.isdigit() and len(urn) in {5, 6}):
            raise ValidationError("Enter the number as in “Get information about schools”: six digits")
        return urn

    def clean_publishes_directory(self) -> bool:
        wanted = bool(self.cleaned_data["publishes_directory"])
        if wanted and not self.instance.may_publish:
            raise ValidationError(PUBLISH_WORDS)
        return wanted

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in ("safeguarding_name", "safeguarding_telephone"):
            if self.instance.publishes_directory and self.cleaned_data.get(name) == "":
                self.add_error(name, PUBLIC_LEAD_WORDS)
        return cleaned

    def save(self, commit: bool = True) -> Setting:
        """Writes this section's fields only: another section may be saved at the same time."""
        super().save(commit=False)
        assert isinstance(self.instance, Setting)
        kept = [name for name in self.fields if name in LABELS]
        self.instance.save(update_fields=[*kept, "version"])
        return self.instance


def form_for(section: Section) -> type[SettingForm]:
    made = modelform_factory(Setting, form=SettingForm, fields=list(section.fields))
    assert issubclass(made, SettingForm)
    return made


class LogoForm(BaseForm):
    submit_label = "Upload"
    logo = forms.FileField(
        label="Logo",
        help_text=f"PNG or JPEG, at most {MOST_BYTES // 1024} KB",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_logo(self) -> bytes:
        try:
            return clean_logo(self.cleaned_data["logo"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class TermForm(BaseModelForm):
    class Meta:
        model = Term
        fields = ["name", "starts", "ends"]
        labels = {"name": "Name", "starts": "First day", "ends": "Last day"}
        help_texts = {"name": "Like “Autumn 1, 2026”", "starts": "Like 3 September 2026"}

    def __init__(self, data: Any = None, *, instance: Term) -> None:
        super().__init__(data, instance=instance)
        self.others = instance.setting.terms.exclude(pk=instance.pk)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.others.filter(name=name).exists():
            raise ValidationError("There is a term of this name already. Add the year to it")
        return name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if not starts or not ends:
            return cleaned
        if ends <= starts:
            self.add_error("ends", "The last day comes after the first. Check both days")
        elif clash := self.others.filter(starts__lt=ends, ends__gt=starts).first():
            self.add_error("starts", f"These days overlap with {clash.name}. Choose days outside it")
        return cleaned
