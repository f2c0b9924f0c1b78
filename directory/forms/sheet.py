"""The information sheet as one form: every field of it; one place, one contact, two telephone numbers."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db import connection

from config.fields import EmailField, PostcodeField, UKPhoneField, WebAddressField
from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from directory.models import Offer, Service, Withheld
from directory.saving import update_sheet
from directory.sheet import PHONE_KINDS, Values, changed, values_of
from directory.telephones import NOTE_LENGTH, clean_note
from directory.times import read_times, write_times
from directory.whereabouts import Person
from partnerships.models import Setting
from partnerships.sectors import Sector

SHEET_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "profile": ("profile",),
    "places": ("place_name", "address_1", "address_2", "city", "county", "postcode", "withheld"),
    "contacts": ("contact_name", "contact_title", "contact_is_public"),
    "phones.voice": ("telephone", "telephone_note", "telephone_2", "telephone_2_note"),
    "phones.fax": ("fax",),
    "email": ("email",),
    "website": ("website",),
    "opening_times": ("opening_times",),
    "offers": ("offers", "offer_other", "offer_group"),
    "referral": ("referral",),
    "other_information": ("other_information",),
}
"""The fields of the printed sheet, by what they show of a Service, and where the form asks for each."""

SINGLE = (
    *("name", "agency", "sector", "profile", "place_name", "address_1", "address_2", "city", "county"),
    *("postcode", "withheld", "email", "website", "opening_times", "offers", "offer_other", "offer_group"),
    *("referral", "other_information", "capacity", "waiting_time"),
)
"""Fields of the form that are values of the sheet by the same name."""


def line(label: str, limit: int, hint: str = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, help_text=hint, **{"required": False, **kwargs})


def block(label: str, hint: str = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=4000, help_text=hint, required=False, widget=widget)


class SheetForm(StaleSave, CaseWarning, BaseForm):
    free_text = ["other_information", "offer_other", "offer_group"]
    sections = [
        ("What it is", ["name", "agency", "sector", "profile"]),
        ("How to refer", ["referral", "capacity", "waiting_time"]),
        (
            "How to reach it",
            [
                *("contact_name", "contact_title", "contact_is_public", "telephone", "telephone_note"),
                *("telephone_2", "telephone_2_note", "text", "fax", "email", "website", "opening_times"),
            ],
        ),
        (
            "Where it is",
            ["withheld", "place_name", "address_1", "address_2", "city", "county", "postcode"],
        ),
        ("What it offers", ["offers", "offer_other", "offer_group"]),
        ("Anything else", ["other_information"]),
    ]

    name = line("Name of organisation or service", 200, required=True)
    agency = line(
        "Organisation it belongs to", 200, "Leave it empty when the service is its own organisation"
    )
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices)
    profile = block("Profile", "What the service does, and for whom, in plain words", 5)
    referral = block("Referral procedures", "How to refer, one step a line", 5)
    capacity = forms.ChoiceField(
        label="Can it take someone?", choices=Service.Capacity.choices, widget=forms.RadioSelect
    )
    waiting_time = line("Waiting time", 80, "As the service says it, like “about 6 weeks”")
    contact_name = line("Contact person", 120, "A name, if there is one person to ask for")
    contact_title = line("Contact person’s role", 120, "Like “family worker”")
    contact_is_public = forms.BooleanField(
        label="The person agrees that the public sees the name", required=False
    )
    telephone = UKPhoneField(label="Telephone", required=False)
    telephone_note = line("About this number", NOTE_LENGTH, "Like “mornings” or “ask for the duty worker”")
    telephone_2 = UKPhoneField(label="Another telephone", required=False)
    telephone_2_note = line("About the other number", NOTE_LENGTH)
    text = UKPhoneField(label="Number for text messages", required=False)
    fax = UKPhoneField(label="Fax", required=False)
    email = EmailField(label="E-mail", required=False, max_length=254)
    website = WebAddressField(label="Website", required=False)
    opening_times = line(
        "Opening or contact times", 300, "Like “Monday to Thursday 9 to 5; Friday until noon”"
    )
    withheld = forms.ChoiceField(
        label="How much of the address may be shown?",
        help_text="What is kept back is not shown in the directory, on paper or to anybody else",
        choices=Withheld.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    place_name = line("Name of the place", 120, "Like “The Boathouse”")
    address_1 = line("Address", 200)
    address_2 = line("Second line", 200)
    city = line("Town or city", 100)
    county = line("County", 100)
    postcode = PostcodeField(label="Postcode", required=False)
    offers = forms.MultipleChoiceField(
        label="Services offered",
        help_text="Tick all that apply",
        choices=Offer.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    offer_other = line("Other: which?", 200)
    offer_group = line("For a particular group: which?", 200, "Like “girls of 11 to 18” or “Roma families”")
    other_information = block("Other information", "What else a colleague should know")

    def __init__(self, *args: Any, instance: Service, setting: Setting, **kwargs: Any) -> None:
        self.instance, self.setting = instance, setting
        super().__init__(*args, **{"initial": form_values(values_of(instance, whole=True)), **kwargs})
        self.draft_key = f"service-{instance.pk}"

    def _row(self) -> Service:
        """Fresh when something is to be saved: what another person saved meanwhile counts."""
        if not self.is_bound:
            return self.instance
        rows = Service.objects.filter(pk=self.instance.pk)
        if connection.in_atomic_block:
            rows.select_for_update().get()
        return rows.with_whole_parts().get()

    def current_values(self) -> dict[str, Any]:
        return form_values(values_of(self._row(), whole=True))

    def clean(self) -> dict[str, Any] | None:
        for offer, name in {Offer.OTHER: "offer_other", Offer.PARTICULAR_GROUP: "offer_group"}.items():
            if self.cleaned_data.get(name) and offer not in self.cleaned_data.get("offers", []):
                self.cleaned_data["offers"] = [*self.cleaned_data.get("offers", []), str(offer)]
        return super().clean()

    def save(self, commit: bool = True) -> Service:
        """Writes what differs; what the form has no room for (a third number, a second contact) stays."""
        service = self._row()
        old = values_of(service, whole=True)
        new = sheet_values(self.cleaned_data, old)
        update_sheet(self.setting, service, new, _differing(old, new))
        return service


def _differing(old: Values, new: Values) -> list[str]:
    """Also a change of spacing alone is one: the person typed it."""
    return sorted({*changed(old, new), *(name for name in new if name in old and new[name] != old[name])})


def form_values(values: Values) -> dict[str, Any]:
    """The sheet as the form shows it."""
    who = (values["contacts"] or [Person()])[0]
    (first, note), (second, second_note) = [*values["telephone"], ("", ""), ("", "")][:2]
    own = values["agency"] == values["name"]
    return {
        **{name: values[name] for name in SINGLE},
        "agency": "" if own else values["agency"],
        "opening_times": write_times(values["opening_times"]),
        "contact_name": who.name,
        "contact_title": who.title,
        "contact_is_public": who.is_public,
        "telephone": first,
        "telephone_note": note,
        "telephone_2": second,
        "telephone_2_note": second_note,
        **{name: (values[name] or [("", "")])[0][0] for name in PHONE_KINDS if name != "telephone"},
    }


def sheet_values(cleaned: dict[str, Any], old: Values) -> Values:
    """What was typed as the values of a sheet; `old` lends what the form does not show."""
    typed = {name: tidy(value) for name, value in cleaned.items()}
    before = (old["contacts"] or [Person()])[0]
    who = replace(
        before,
        name=typed["contact_name"],
        title=typed["contact_title"],
        is_public=typed["contact_is_public"],
    )
    numbers = [
        (typed["telephone"], clean_note(typed["telephone_note"])),
        (typed["telephone_2"], clean_note(typed["telephone_2_note"])),
        *old["telephone"][2:],
    ]
    return {
        **{name: typed[name] for name in SINGLE},
        "agency": typed["agency"] or typed["name"],
        "opening_times": read_times(typed["opening_times"]),
        "contacts": [each for each in [who, *old["contacts"][1:]] if each.name or each.title],
        "telephone": [number for number in numbers if number[0]],
        **{name: _first(typed[name], old[name]) for name in PHONE_KINDS if name != "telephone"},
    }


def _first(number: str, old: list[tuple[str, str]]) -> list[tuple[str, str]]:
    note = old[0][1] if old and old[0][0] == number else ""
    return [*([(number, note)] if number else []), *old[1:]]


def tidy(value: Any) -> Any:
    """Text with one kind of line end, each line without space around it."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in value.replace("\r\n", "\n").split("\n")).strip()
