"""Mail from templates/email/: plain text whose first line is the subject, and the same as a page."""

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from config.letters import as_page


class MailNotSent(Exception):
    """What was to be kept is kept, but the mail server did not take the mail."""


def compose(*, to: str, template: str, context: dict[str, Any]) -> EmailMessage:
    text = render_to_string(template, context)
    subject, _, body = (part.strip() for part in text.lstrip().partition("\n"))
    message = EmailMultiAlternatives(subject, f"{body}\n", to=[to])
    message.attach_alternative(as_page(subject, body), "text/html")
    return message


def post(messages: Iterable[EmailMessage]) -> None:
    """Sends them over one connection; called on commit."""
    try:
        with get_connection() as connection:
            connection.send_messages(list(messages))
    except (SMTPException, OSError) as problem:
        raise MailNotSent from problem
