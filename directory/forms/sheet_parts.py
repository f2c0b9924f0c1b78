"""The parts of the sheet that are single values: what it is, whom it is for, how to refer, what it costs."""

from typing import Any

from django import forms

from config.fields import EmailField, WebAddressField
from directory.forms.sheet import SectionForm
from directory.forms.sheet_fields import (
    NUMBERS_HINT,
    PhonesField,
    TopicsField,
    block,
    count,
    line,
    one_of,
    ticks,
)
from directory.models import Agency, Cost, NeedArea, Offer, Referrer, Rules, Service
from directory.sheet.languages import CHOICES as LANGUAGES
from directory.sheet.saving import may_name_status, name_status
from directory.sheet.values import ASK_EMAIL, WORDED_OFFERS, Values
from partnerships.sectors import Sector

AGE_MOST, WEEKS_MOST = 120, 300


class AboutForm(SectionForm):
    key, title = "about", "What it is"
    free_text = ("name", "agency")
    name = line("Name of organisation or service", 200, required=True)
    agency = line(
        "Organisation it belongs to",
        200,
        "Leave it empty when the service is its own organisation",
    )
    status = one_of("Kind of organisation", [("", "Not known"), *Agency.Status.choices])
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices)
    profile = block("Profile", "What the service does, and for whom, in plain words", 5)
    other_information = block("Other information", "What else a colleague should know")

    def prepare(self) -> None:
        is_said = bool(self.instance.agency.status) and not self.is_whole
        if is_said or not may_name_status(self.setting, self.instance):
            del self.fields["status"]

    def shown(self, values: Values) -> dict[str, Any]:
        own = values["agency"] == values["name"]
        return {**super().shown(values), "agency": "" if own else values["agency"]}

    def said(self, old: Values) -> Values:
        values = super().said(old)
        return {**values, "agency": values["agency"] or values["name"]}

    def save(self, commit: bool = True) -> Service:
        service = super().save(commit)
        if "status" in self.cleaned_data:
            name_status(self.setting, service, self.cleaned_data["status"])
        return service


class AudienceForm(SectionForm):
    key, title = "audience", "Who it is for"
    free_text = ("who_for", "not_for")
    pairs = [("min_age", "max_age")]
    who_for = line("Who it is for", 300, "Like “children who have lost somebody close, and their carers”")
    not_for = line("Who it is not for", 300, "Like “a child in crisis today: ring the crisis line”")
    min_age = count("From age", AGE_MOST)
    max_age = count("To age", AGE_MOST)
    topics = TopicsField(
        label="Helps with",
        help_text="The words that people search for, with commas between them, like “bereavement, sleep, money”",
    )
    levels = ticks("Level of need", [])
    need_areas = ticks("Special educational needs that it serves", NeedArea.choices)

    def prepare(self) -> None:
        field = self.fields["levels"]
        assert isinstance(field, forms.MultipleChoiceField)
        rules = Rules.of(self.setting)
        field.choices = list(rules.levels.items())
        field.help_text = f"As in {rules.threshold_name}" if rules.threshold_name else "Tick all that apply"

    def clean(self) -> dict[str, Any] | None:
        young, old = self.cleaned_data.get("min_age"), self.cleaned_data.get("max_age")
        if young is not None and old is not None and old < young:
            self.add_error("max_age", f"Enter an age of {young} or more, or leave it empty")
        return super().clean()


class OffersForm(SectionForm):
    key, title = "offers", "What it offers"
    free_text = ("offer_other", "offer_group")
    offers = ticks("Services offered", Offer.choices, "Tick all that apply")
    offer_other = line("Other: which?", 200)
    offer_group = line("For a particular group: which?", 200, "Like “girls of 11 to 18” or “Roma families”")

    def clean(self) -> dict[str, Any] | None:
        for offer, name in WORDED_OFFERS.items():
            if self.cleaned_data.get(name) and offer not in self.cleaned_data.get("offers", []):
                self.cleaned_data["offers"] = [*self.cleaned_data.get("offers", []), str(offer)]
        return super().clean()


class ReferForm(SectionForm):
    key, title = "refer", "How to refer"
    referral = block("Referral procedures", "How to refer, one step a line", 5)
    referrers = ticks("Who may refer", Referrer.choices, "Tick all that apply", in_columns=True)
    referral_link = WebAddressField(
        label="Form to refer with", required=False, max_length=500, help_text="The web address of the form"
    )


class CapacityForm(SectionForm):
    key, title = "capacity", "Can it take someone?"
    free_text = ("capacity_note", "waiting_time")
    capacity = forms.ChoiceField(
        label="Can it take someone?", choices=Service.Capacity.choices, widget=forms.RadioSelect
    )
    capacity_note = line("About places", 80, "Like “two places in the Monday group”")
    waiting_weeks = count("Weeks to wait", WEEKS_MOST, "About how many, so that services can be compared")
    waiting_time = line("Waiting time in words", 80, "As the service says it, like “about 6 weeks”")


class ReachForm(SectionForm):
    key, title = "reach", "How to reach it"
    intro = "The service’s own numbers and addresses. Those of one person stand with that person."
    telephone = PhonesField(label="Telephone", help_text=NUMBERS_HINT)
    text = PhonesField(label="Text messages", help_text="Numbers that take text messages, one a line")
    fax = PhonesField(label="Fax", help_text="One a line", rows=1)
    email = EmailField(label="E-mail", required=False, max_length=254)
    website = WebAddressField(label="Website", required=False, max_length=500)
    ask_email = EmailField(
        label="Where to ask whether this sheet is right",
        required=False,
        max_length=254,
        help_text="Shown to nobody but those who keep the sheet, or ask. Empty: the one above",
    )

    def prepare(self) -> None:
        if not self.is_whole:
            del self.fields[ASK_EMAIL]


class CostForm(SectionForm):
    key, title = "cost", "Cost and languages"
    free_text = ("cost_note", "language_note")
    cost = forms.ChoiceField(label="Cost to the family", choices=Cost.choices, widget=forms.RadioSelect)
    cost_note = line("About the cost", 120, "Like “£2 a session, free with free school meals”")
    languages = ticks(
        "Languages", LANGUAGES, "Spoken or signed there, without an interpreter", in_columns=True
    )
    language_note = line(
        "About languages", 120, "Like “others with an interpreter; please say a week before”"
    )

    def prepare(self) -> None:
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        known = {code for code, _ in LANGUAGES}
        field.choices = [
            *LANGUAGES,
            *((code, code) for code in self.values["languages"] if code not in known),
        ]
