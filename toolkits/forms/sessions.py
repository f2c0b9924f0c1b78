"""Forms of a session as a whole: starting it, changing it, what is agreed, and joining by code."""

from collections.abc import Iterable
from typing import Any

from django import forms

from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.models.people import MembershipQuerySet
from partnerships.sectors import Sector
from toolkits.instruments.definition import Instrument
from toolkits.models import Activity

OWN = "own"
MOST_VOTES = 10
MOST_GUESTS = 200


def can_take_part(setting: Setting) -> MembershipQuerySet:
    """The members of a setting whose role lets them take part in sessions."""
    people = setting.memberships.current().order_by("user__full_name")
    able = [person.pk for person in people if person.may(Permission.ACTIVITY_TAKE_PART)]
    return people.filter(pk__in=able)


class PeopleField(forms.ModelMultipleChoiceField[Membership]):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.agency_name} ({Sector(obj.sector).label})"


class PersonField(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.job_title or obj.agency_name}"


def votes_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Votes for each person",
        help_text="With these, people show during the talk what matters most to them.",
        min_value=1,
        max_value=MOST_VOTES,
        initial=3,
        widget=forms.NumberInput(attrs={"class": "w-5", "inputmode": "numeric"}),
        error_messages={
            "min_value": "Give each person at least one vote",
            "max_value": f"Give each person at most {MOST_VOTES} votes",
        },
    )


class StartForm(CaseWarning, BaseForm):
    """What the session is about, who takes part, and who runs it."""

    submit_label = "Get it ready"
    marks_optional = False
    free_text = ("own_title",)

    subject = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    own_title = forms.CharField(max_length=200, required=False, label="In your own words")
    everyone = forms.BooleanField(required=False)
    members = PeopleField(queryset=None, required=False, label="Who is invited")
    facilitator = PersonField(queryset=None, label="Who runs it", empty_label=None)
    takes_part = forms.BooleanField(
        required=False,
        initial=True,
        label="I add cards and vote too",
        help_text="Leave it empty if you only run the session.",
    )
    votes_each = votes_field()

    def __init__(self, *args: Any, instrument: Instrument, by: Membership, **kwargs: Any) -> None:
        self.instrument = instrument
        self.by = by
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        people = can_take_part(self.by.setting)
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ChoiceField)
        subject.label = self.instrument.heading or "What it is about"
        subject.choices = [*((text, text) for text in self.instrument.starters), (OWN, "Something else")]
        self.fields["members"].queryset = people.exclude(pk=self.by.pk)  # type: ignore[attr-defined]
        self.fields["members"].help_text = "Guests without an account join later, by a code on the screen."
        self.fields["everyone"].label = f"Everyone on this list ({people.exclude(pk=self.by.pk).count()})"
        self.fields["facilitator"].queryset = people  # type: ignore[attr-defined]
        self.fields["facilitator"].initial = self.by.pk

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        subject, own = self.cleaned_data.get("subject"), self.cleaned_data.get("own_title", "").strip()
        if subject == OWN or not subject:
            if not own and "own_title" not in self.errors:
                self.add_error("own_title", "Choose what the session is about, or write it in your own words")
            self.cleaned_data["title"] = own
        else:
            self.cleaned_data["title"] = subject
        return cleaned

    def invited(self) -> Iterable[Membership]:
        """Everybody who is to take part, among them whoever starts it if they wish."""
        field = self.fields["members"]
        assert isinstance(field, PeopleField) and field.queryset is not None
        chosen = list(field.queryset if self.cleaned_data["everyone"] else self.cleaned_data["members"])
        runner = self.cleaned_data["facilitator"]
        return [
            *chosen,
            *([self.by] if self.cleaned_data["takes_part"] else []),
            *([runner] if runner != self.by else []),
        ]


class SessionForm(StaleSave, CaseWarning, BaseForm):
    """What can still be changed once a session has been started."""

    free_text = ("title",)

    title = forms.CharField(max_length=200)
    facilitator = PersonField(queryset=None, label="Who runs it", empty_label=None)
    votes_each = votes_field()

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        kwargs["initial"] = self.current_values()
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        instrument = self.activity.instrument_version.instrument
        self.fields["title"].label = instrument.heading or "What it is about"
        self.fields["facilitator"].queryset = can_take_part(self.activity.setting)  # type: ignore[attr-defined]

    def current_version(self) -> int:
        return self.activity.version

    def current_values(self) -> dict[str, Any]:
        names = ("title", "facilitator_id", "votes_each")
        return {name.removesuffix("_id"): getattr(self.activity, name) for name in names}


class InviteForm(BaseForm):
    submit_label = "Invite"
    members = PeopleField(queryset=None, label="Who else should take part?")

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        there = self.activity.participants.exclude(membership=None).values("membership")
        people = can_take_part(self.activity.setting).exclude(pk__in=there)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]


class AgreedForm(StaleSave, CaseWarning, BaseForm):
    """What was agreed, in words. Saving asks everybody who takes part whether they agree."""

    submit_label = "Save, and ask everyone"

    words = forms.CharField(
        label="What we agreed, in words",
        help_text="A few sentences that everybody can put their name to.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        kwargs["initial"] = self.current_values()
        super().__init__(*args, **kwargs)

    def current_version(self) -> int:
        return self.activity.version

    def current_values(self) -> dict[str, Any]:
        return {"words": self.activity.agreed_words}


class AgreeForm(CaseWarning, BaseForm):
    """One person agrees, or says why not."""

    submit_label = "Send"
    free_text = ("because",)

    agrees = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No, I see it differently")],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="How do you see it?",
        help_text="It stands beside your name in what we agreed.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_silent = not self.cleaned_data.get("because") and "because" not in self.errors
        if self.cleaned_data.get("agrees") == "no" and is_silent:
            self.add_error("because", "Say in a few words how you see it")
        return cleaned


class OpenForm(BaseForm):
    """Opens a session to guests."""

    submit_label = "Make a code"

    limit = forms.IntegerField(
        label="Guests at most",
        help_text="The code works for four hours, and for so many people.",
        min_value=1,
        max_value=MOST_GUESTS,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "w-5", "inputmode": "numeric"}),
        error_messages={
            "min_value": "Let at least one guest in",
            "max_value": f"Let at most {MOST_GUESTS} guests in",
        },
    )


class CodeForm(BaseForm):
    """The code on the screen."""

    submit_label = "Go on"
    marks_optional = False

    code = forms.CharField(
        label="The code on the screen",
        help_text="Six letters and figures, like K4T 9PM. Capitals or not, it doesn’t matter.",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "w-10",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class GuestForm(CaseWarning, BaseForm):
    """Who joins: shown beside what they put in."""

    submit_label = "Join"

    name = forms.CharField(
        label="Your name", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    agency = forms.CharField(
        label="Your agency or service",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = forms.ChoiceField(
        label="Where do you work?",
        help_text="Your cards carry the badge of this sector.",
        choices=[("", "Choose"), *Sector.choices],
    )
