"""This service has ended, said behind an agency's link; and taken back."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from config.fields import FlexibleDateField
from config.forms import BaseForm
from config.sessionless import Sessionless
from directory.forms.sheet_fields import line
from directory.forms.withholding import WithheldWarning
from directory.models import AgencyLink, Withheld

YEAR = 366
LONG_AGO = 5 * YEAR


class EndedForm(Sessionless, WithheldWarning, BaseForm):
    """`seen`: the id of what is said of the end already; it comes along, so that nobody overwrites another unseen."""

    purpose: ClassVar[str] = "agency-ended"
    submit_label = "Say that it has ended"
    free_text = ["words"]
    last_day = FlexibleDateField(
        label="Last day",
        help_text="On which people can turn to you. It may be still to come",
        error_messages={"required": "Enter the last day, like 31 March 2027"},
    )
    words = line("Who does it now?", 120, "A service or a telephone number, if there is one")
    name = line("Your name", 120, "So that people know who said so")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *, link: AgencyLink, seen: str, **kwargs: Any) -> None:
        initial = {"last_day": timezone.localdate(), "name": link.person, "seen": seen}
        super().__init__(initial=initial, **kwargs)
        self.asks_of_any = link.service.places.exclude(withheld=Withheld.NO).exists()

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if not today - timedelta(days=LONG_AGO) <= day <= today + timedelta(days=YEAR):
            raise forms.ValidationError("Enter a day within the last five years or the next one")
        return day

    def ask_anew(self, seen: str, why: str) -> None:
        """About what is said by now; what was typed stays."""
        self.data = {**dict(self.data.items()), "seen": seen}
        self.add_error(None, why)


class GoesOnForm(Sessionless, BaseForm):
    purpose = "agency-ended"
