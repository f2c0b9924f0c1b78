"""How signing in behaves: by invitation only, in our words, and not tried without end."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from partnerships import limits

WINDOW_SECONDS = 15 * 60
TRIES_PER_ADDRESS = 10
TRIES_PER_PLACE = 100  # a whole school often has one address on the internet
MAILS_PER_ADDRESS = 5


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask the coordinator of the school to invite you again",
        "email_password_mismatch": "The e-mail address or the password is not right. Check both, or ask for a code",
        "enter_current_password": "That is not your password now. Type it again, or reset it",
        "incorrect_code": "That is not the code in the e-mail. Check it, or ask for a new one",
        "incorrect_password": "That is not your password. Type it again, or reset it",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one",
        "too_many_login_attempts": "That was tried too often. Wait 15 minutes, then try again",
        "rate_limited": "That was tried too often. Wait 15 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts each try, right or wrong, before the password is looked at."""
        address, place = str(credentials.get("email", "")).lower(), self.get_client_ip(request)
        within = limits.hit(f"login:{address}", TRIES_PER_ADDRESS, WINDOW_SECONDS)
        if not (limits.hit(f"login-from:{place}", TRIES_PER_PLACE, WINDOW_SECONDS) and within):
            raise self.validation_error("too_many_login_attempts")

    def may_mail(self, purpose: str, address: str) -> bool:
        """Whether one more code or link may go to this address, known or not."""
        return limits.hit(f"{purpose}:{address.lower()}", MAILS_PER_ADDRESS, WINDOW_SECONDS)
