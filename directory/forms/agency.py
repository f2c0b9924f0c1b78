"""What somebody of an agency fills in through a link, without an account: all correct, or what is different."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from config.fields import EmailField, PostcodeField, UKPhoneField, WebAddressField
from config.forms import BaseForm, CaseWarning
from config.sessionless import Sessionless
from directory.forms.sheet import block, line, tidy
from directory.models import Cost, Service
from directory.sheet.times import read_times, write_times
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person

OLDEST = 130
AGES_WORDS = "Enter an age that is not below the first one"
PLACE = ("place_name", "address_1", "address_2", "city", "postcode")
PLAIN = (
    *("name", "profile", "who_for", "not_for", "min_age", "max_age", "referral", "capacity"),
    *("waiting_weeks", "email", "website", "cost", "cost_note", "other_information", *PLACE),
)
"""Fields that are values of the sheet by the same names."""


def number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "w-2", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number",
            "min_value": "Enter 0 or more",
            "max_value": f"Enter at most {most}",
        },
    )


class AnswerForm(Sessionless, BaseForm):
    purpose: ClassVar[str] = "agency-answer"
    submit_label = "All correct"
    cancel_label = "Change it"
    who = line("Your name", 120, "So that people know who said so")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AgencySheetForm(Sessionless, CaseWarning, BaseForm):
    """The sheet as its agency sees it. Of a withheld address nothing is shown, and nothing is asked."""

    purpose: ClassVar[str] = "agency-change"
    submit_label = "Send what is different"
    cancel_label = "Go back"
    free_text = ["who_for", "not_for"]
    sections = [
        ("What it is", ["name", "profile", "who_for", "not_for", "min_age", "max_age"]),
        ("How to refer", ["referral", "capacity", "waiting_weeks", "cost", "cost_note"]),
        (
            "How to reach it",
            [
                *("telephone", "telephone_2", "text", "email", "website", "contact_name", "contact_title"),
                "opening_times",
            ],
        ),
        ("Where it is", list(PLACE)),
        ("Anything else", ["other_information", "words", "who"]),
    ]

    name = line("Name of organisation or service", 200, required=True)
    profile = block("Profile", "What the service does, in plain words", 5)
    who_for = line("Who it is for", 300)
    not_for = line("Who it is not for", 300)
    min_age = number("From age", OLDEST)
    max_age = number("To age", OLDEST)
    referral = block("How to refer", "One step a line", 5)
    capacity = forms.ChoiceField(
        label="Can you take someone?", choices=Service.Capacity.choices, widget=forms.RadioSelect
    )
    waiting_weeks = number("Weeks to wait", 200)
    cost = forms.ChoiceField(label="Cost", choices=Cost.choices, widget=forms.RadioSelect)
    cost_note = line("About the cost", 120)
    telephone = UKPhoneField(label="Telephone", required=False)
    telephone_2 = UKPhoneField(label="Another telephone", required=False)
    text = UKPhoneField(label="Number for text messages", required=False)
    email = EmailField(label="E-mail", required=False, max_length=254)
    website = WebAddressField(label="Website", required=False)
    contact_name = line("Contact person", 120)
    contact_title = line("Contact person’s role", 120)
    opening_times = line(
        "Opening or contact times", 300, "Like “Monday to Thursday 9 to 5; Friday until noon”"
    )
    place_name = line("Name of the place", 120)
    address_1 = line("Address", 200)
    address_2 = line("Second line", 200)
    city = line("Town or city", 100)
    postcode = PostcodeField(label="Postcode", required=False)
    other_information = block("Other information", "What people should also know")
    words = block("Something that does not fit above?", "In your own words", 3)
    who = line("Your name", 120, "So that people know who said so")

    def __init__(self, *args: Any, values: Values, **kwargs: Any) -> None:
        self.values = values
        super().__init__(*args, **{"initial": shown(values), **kwargs})

    def prepare(self) -> None:
        if self.values["withheld"]:
            for name in PLACE:
                del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        low, high = self.cleaned_data.get("min_age"), self.cleaned_data.get("max_age")
        if low is not None and high is not None and high < low:
            self.add_error("max_age", AGES_WORDS)
        return super().clean()

    def as_changes(self) -> Values:
        """The values that were typed over; what nobody touched is not among them."""
        typed = {name: tidy(self.cleaned_data[name]) for name in self.fields if name in self.cleaned_data}
        touched = {name for name in typed if typed[name] != self.initial.get(name)}
        changes: Values = {name: typed[name] for name in PLAIN if name in touched}
        if "waiting_weeks" in touched:
            changes["waiting_time"] = ""  # said in other words before
        if "opening_times" in touched:
            changes["opening_times"] = read_times(typed["opening_times"])
        if touched & {"telephone", "telephone_2"}:
            changes["telephone"] = _numbers(
                self.values["telephone"], [typed["telephone"], typed["telephone_2"]]
            )
        if "text" in touched:
            changes["text"] = _numbers(self.values["text"], [typed["text"]])
        if touched & {"contact_name", "contact_title"}:
            changes["contacts"] = _people(self.values["contacts"], typed)
        return changes


def shown(values: Values) -> dict[str, Any]:
    who = (values["contacts"] or [Person()])[0]
    (first, _), (second, _) = [*values["telephone"], ("", ""), ("", "")][:2]
    return {
        **{name: values[name] for name in PLAIN},
        "telephone": first,
        "telephone_2": second,
        "text": (values["text"] or [("", "")])[0][0],
        "contact_name": who.name,
        "contact_title": who.title,
        "opening_times": write_times(values["opening_times"]).replace("\n", "; "),
        "words": "",
        "who": "",
    }


def _numbers(old: list[tuple[str, str]], typed: list[str]) -> list[tuple[str, str]]:
    """The first numbers as typed, each with the note that it had; the others stay."""
    notes = dict(old)
    said = [(number, notes.get(number, "")) for number in typed if number]
    return [*said, *old[len(typed) :]]


def _people(old: list[Person], typed: dict[str, Any]) -> list[Person]:
    before = (old or [Person()])[0]
    is_same = typed["contact_name"] == before.name
    who = replace(
        before if is_same else Person(place=before.place),
        name=typed["contact_name"],
        title=typed["contact_title"],
    )
    return [each for each in [who, *old[1:]] if each.name or each.title or each.email]
