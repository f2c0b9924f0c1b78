"""Mail as plain text from templates/email/: the first line is the subject."""

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string


class MailNotSent(Exception):
    """What was to be kept is kept, but the mail server did not take the mail."""


def compose(*, to: str, template: str, context: dict[str, Any]) -> EmailMessage:
    text = render_to_string(template, context)
    subject, _, body = text.lstrip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[to])


def post(messages: Iterable[EmailMessage]) -> None:
    """Sends them over one connection; called on commit."""
    try:
        with get_connection() as connection:
            connection.send_messages(list(messages))
    except (SMTPException, OSError) as problem:
        raise MailNotSent from problem
