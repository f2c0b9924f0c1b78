"""Forms that anybody may send, signed in or not: neither a session nor a cookie is needed, or made.

Three things stand in for the cookie of other forms: the browser says that the form was sent from one of our own
pages, a signed ticket says that we drew it lately, and a box that only robots fill in is empty. Limits on how many
are sent are the view's (partnerships/limits.py), and the view is csrf_exempt.
"""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.http import HttpRequest

from config.forms import Helper, Honeypot

SALT = "sessionless"
TICKET_SECONDS = 12 * 60 * 60
TICKET = "ticket"


def ticket(purpose: str) -> str:
    """Says that we drew a form for `purpose`, and when."""
    return signing.dumps(purpose, salt=SALT, compress=False)


def is_ticket(text: str, purpose: str) -> bool:
    """Whether it is one of ours, for this purpose, and not too old."""
    try:
        return bool(signing.loads(text, salt=SALT, max_age=TICKET_SECONDS) == purpose)
    except signing.BadSignature:
        return False


def is_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of ours. A browser that says nothing leaves it to the ticket."""
    said = request.headers.get("Origin") or request.headers.get("Referer")
    if not said:
        return True
    sender = urlsplit(said)
    return f"{sender.scheme}://{sender.netloc}" == f"{request.scheme}://{request.get_host()}"


class FreshTicket(forms.HiddenInput):
    """Always draws a new ticket, so that a form whose ticket was too old can be sent once more."""

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def format_value(self, value: Any) -> str:
        return ticket(self.purpose)


class Sessionless(Honeypot):
    """For a form that is sent without a session: `SomeForm(request=request)` reads what was posted, if anything was.

    `reads=False`: it was posted to have another row; nothing is checked.
    """

    purpose: ClassVar[str]

    def __init__(self, *, request: HttpRequest, reads: bool = True, **kwargs: Any) -> None:
        data = request.POST if request.method == "POST" and reads else None
        super().__init__(data, **kwargs)
        self.is_from_here = is_from_here(request)
        self.fields[TICKET] = forms.CharField(required=False, widget=FreshTicket(self.purpose))

    @property
    def helper(self) -> Helper:
        helper = super().helper
        helper.disable_csrf = True
        return helper

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not (self.is_from_here and is_ticket(self.cleaned_data.pop(TICKET, ""), self.purpose)):
            raise forms.ValidationError(
                "This page had been open for a long time. Check what you typed, and send it again"
            )
        return cleaned
