"""What holds for a while, said on the sheet or on the practitioner's telephone."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from config.fields import EmailField, FlexibleDateField
from config.forms import BaseForm
from config.sessionless import Sessionless
from directory.forms.sheet import line
from directory.forms.withholding import WithheldWarning
from directory.models import Notice
from directory.notices import usual_end

LONGEST = 366
MOST_WEEKS = 200
KINDS = [
    (Notice.Kind.AWAY, "Not in school this week"),
    (Notice.Kind.FULL, "List full"),
    (Notice.Kind.WAITING, "Waiting now"),
    (Notice.Kind.CLOSED, "Closed"),
    (Notice.Kind.ALERT, "Something to know now"),
]


class NoticeForm(WithheldWarning, BaseForm):
    """`ends_on` of the answer is the last day; the day that is typed for "closed" is the first one after."""

    submit_label = "Say it now"
    free_text = ["words"]
    kind = forms.ChoiceField(label="What is it?", choices=KINDS, widget=forms.RadioSelect)
    weeks = forms.IntegerField(
        label="Weeks to wait now",
        help_text="If it is a waiting list",
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        widget=forms.NumberInput(attrs={"class": "w-2", "inputmode": "numeric"}),
        error_messages={
            "min_value": "Enter 0 or more weeks",
            "max_value": f"Enter at most {MOST_WEEKS} weeks",
            "invalid": "Enter the weeks as a number, like 6",
        },
    )
    until = FlexibleDateField(
        label="Until",
        required=False,
        to_come=True,
        help_text="If it is closed: the day on which it opens again. Else the last day, or nothing for the usual time",
    )
    words = line("In a few words", 200, "What people should know, if it needs saying")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, today = self.cleaned_data.get("kind"), timezone.localdate()
        if (
            kind == Notice.Kind.WAITING
            and self.cleaned_data.get("weeks") is None
            and "weeks" not in self.errors
        ):
            self.add_error("weeks", "Enter how many weeks people wait now")
        if kind == Notice.Kind.ALERT and not self.cleaned_data.get("words") and "words" not in self.errors:
            self.add_error("words", "Write what people should know")
        if kind and "until" not in self.errors:
            self._check_until(kind, self.cleaned_data.get("until"), today)
        return cleaned

    def _check_until(self, kind: str, until: date | None, today: date) -> None:
        is_closed = kind == Notice.Kind.CLOSED
        if until is None and is_closed:
            self.add_error("until", "Enter the day on which it opens again")
        elif until is not None and until < today + timedelta(days=is_closed):
            self.add_error("until", "Enter a day that is still to come")
        elif until is not None and until > today + timedelta(days=LONGEST):
            self.add_error("until", "Enter a day within a year")
        else:
            ends_on = until - timedelta(days=is_closed) if until else usual_end(kind, today)
            self.cleaned_data["ends_on"] = ends_on

    def as_notice(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("kind", "ends_on", "weeks")} | {
            "words": self.cleaned_data.get("words") or ""
        }


class PhoneForm(Sessionless, NoticeForm):
    """One of the buttons on the practitioner's telephone, with what it has to ask."""

    purpose = "lasting-link"
    marks_optional = False
    asks: ClassVar[dict[str, str]] = {Notice.Kind.WAITING: "weeks", Notice.Kind.CLOSED: "until"}

    def __init__(self, *, request: HttpRequest, of_kind: str) -> None:
        self.of_kind = of_kind
        super().__init__(request=request, auto_id=f"{of_kind}_%s", initial={"kind": of_kind})
        self.is_bound = self.is_bound and request.POST.get("kind") == of_kind

    def prepare(self) -> None:
        kept = {"kind", self.asks.get(self.of_kind)}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.fields["kind"].widget = forms.HiddenInput()
        if "weeks" in self.fields:
            self.fields["weeks"].help_text = ""
        if "until" in self.fields:
            self.fields["until"].label, self.fields["until"].help_text = "Open again on", "Like 12 January"


class UsualForm(Sessionless, BaseForm):
    purpose = "lasting-link"


class LastingLinkForm(BaseForm):
    submit_label = "Send the link"
    person = line("Whose telephone is it?", 120, "A name, as people here know them", required=True)
    email = EmailField(label="E-mail", help_text="The link is sent there", max_length=254)
