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


class EndForm(WithheldWarning, BaseForm):
    """`seen`: the id of what is said of the end already; it comes along, so that nobody overwrites another unseen."""

    submit_label = "Say that it has ended"
    free_text = ["words"]
    last_day = FlexibleDateField(
        label="Last day",
        help_text="On which people can turn to the service. It may be still to come",
        error_messages={"required": "Enter the last day, like 31 March 2027"},
    )
    words = line("Who does it now?", 120, "A service or a telephone number, if there is one")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        initial = {"last_day": timezone.localdate(), "seen": seen, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

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


class EndedForm(Sessionless, EndForm):
    """Behind an agency's link."""

    purpose: ClassVar[str] = "agency-ended"
    name = line("Your name", 120, "So that people know who said so")

    def __init__(self, *, link: AgencyLink, **kwargs: Any) -> None:
        super().__init__(initial={"name": link.person}, **kwargs)
        self.asks_of_any = link.service.places.exclude(withheld=Withheld.NO).exists()


class GoesOnForm(Sessionless, BaseForm):
    purpose = "agency-ended"
