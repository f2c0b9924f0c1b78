"""The forms of signing in: allauth's, drawn and worded as ours (settings: ACCOUNT_FORMS)."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms

from config.forms import Look
from config.values import EMAIL_WORDS

CHOOSING_WORDS = (
    "At least 10 characters. Three words that don’t belong together are good and easy to remember"
)


class SignInLook(Look):
    marks_optional = False

    def word(self, name: str, label: str, hint: str = "") -> None:
        field = self.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = EMAIL_WORDS

    def word_new_password(self) -> None:
        self.word("password1", "New password", CHOOSING_WORDS)
        self.word("password2", "New password, once more")


class LoginForm(SignInLook, allauth_forms.LoginForm):  # type: ignore[misc]
    submit_label = "Sign in"

    def prepare(self) -> None:
        self.word("login", "E-mail address")
        self.word("password", "Password")


class RequestLoginCodeForm(SignInLook, allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    submit_label = "Send me a code"

    def prepare(self) -> None:
        self.word("email", "E-mail address", "The one that your invitation went to")

    def clean_email(self) -> str:
        check_mail_limit("login-code", self.cleaned_data["email"])
        return str(super().clean_email())


class ConfirmLoginCodeForm(SignInLook, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    submit_label = "Sign in"

    def prepare(self) -> None:
        self.word("code", "Code")
        self.fields["code"].widget.attrs |= {
            "class": "w-10",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }


class ResetPasswordForm(SignInLook, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    submit_label = "Send me a link"

    def prepare(self) -> None:
        self.word("email", "E-mail address", "The one that you sign in with")

    def clean_email(self) -> str:
        check_mail_limit("password-reset", self.cleaned_data["email"])
        return str(super().clean_email())


class ResetPasswordKeyForm(SignInLook, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    submit_label = "Save the new password"

    def prepare(self) -> None:
        self.word_new_password()


class ChangePasswordForm(SignInLook, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    submit_label = "Save the new password"

    def prepare(self) -> None:
        self.word("oldpassword", "Password now")
        self.word_new_password()


class SetPasswordForm(SignInLook, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    submit_label = "Save the password"

    def prepare(self) -> None:
        self.word_new_password()


def check_mail_limit(purpose: str, address: str) -> None:
    adapter: Any = get_adapter()
    if not adapter.may_mail(purpose, address):
        raise adapter.validation_error("too_many_login_attempts")
