"""Forms about one's own sign-in: arriving by an invitation, and the account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config.forms import BaseForm
from partnerships.models import User

THEME_CHOICES = [("", "As my device is set"), ("light", "Light"), ("dark", "Dark")]


class NameForm(BaseForm):
    full_name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues know you; it stands beside what you write",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_full_name(self) -> str:
        return " ".join(str(self.cleaned_data["full_name"]).split())


class ArrivalForm(NameForm):
    """Somebody new chooses a name and a password."""

    submit_label = "Join"
    marks_optional = False
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 10 characters. Three words that only you would put together are easy to remember",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        password = self.cleaned_data.get("password")
        if password:
            person = User(email=self.email, full_name=self.cleaned_data.get("full_name", ""))
            try:
                validate_password(password, person)
            except ValidationError as problems:
                self.add_error("password", problems)
        return cleaned

    def make_user(self) -> User:
        return User.objects.create_user(
            self.email, self.cleaned_data["password"], full_name=self.cleaned_data["full_name"]
        )


class ThemeForm(BaseForm):
    marks_optional = False
    submit_label = "Save"
    theme = forms.ChoiceField(
        label="Light or dark", choices=THEME_CHOICES, required=False, widget=forms.RadioSelect
    )
