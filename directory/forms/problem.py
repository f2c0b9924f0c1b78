"""What somebody on the public page says is wrong with a sheet."""

from typing import Any

from django import forms

from config.fields import EmailField
from config.forms import BaseForm, CaseWarning
from config.sessionless import Sessionless
from directory.models import Suggestion

Kind = Suggestion.Kind
KINDS = [
    (Kind.OUT_OF_DATE.value, "Something is out of date or wrong"),
    (Kind.MORE.value, "Something is missing"),
    (Kind.CLOSED.value, "The service has ended"),
    (Kind.OTHER.value, "Something else"),
]


class WrongForm(CaseWarning, BaseForm):
    """Something is wrong with a sheet, in words."""

    submit_label = "Send"
    marks_optional = False
    kind = forms.ChoiceField(
        label="What is wrong?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose an answer to “What is wrong?”"},
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="What should it say, and how do you know? No names of children",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        needs_words = self.cleaned_data.get("kind") not in {None, Kind.CLOSED}
        if needs_words and not self.cleaned_data.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in a few words what is wrong, or what it should say")
        return cleaned


class ProblemForm(Sessionless, WrongForm):
    """The same from anybody, signed in or not."""

    purpose = "problem"
    email = EmailField(
        label="Your e-mail address",
        required=False,
        help_text="Leave it empty, or give it so that they may ask you. Only they see it.",
    )

    def prepare(self) -> None:
        words = "What should it say? Please write nothing about a child, and no names."
        self.fields["words"].help_text = words
