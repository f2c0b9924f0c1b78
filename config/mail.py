"""Where mail goes: to the server that EMAIL_URL names, else into files that the demo's outbox shows."""

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage as ParsedMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"\d{8}T\d{12}Z-[a-z0-9_]+")
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def smtp_settings(url: str) -> dict[str, Any]:
    """`smtp+tls://user:password@host:587` as Django's settings; `smtp` is in the clear, `smtps` TLS throughout."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("Write EMAIL_URL as smtp+tls://user:password@host:587, or with smtps:// or smtp://.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["15"])[0]),
    }


class FolderBackend(BaseEmailBackend):
    """One file for each message, readable for its owner only, whole or not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _write(message.message().as_bytes())
        return len(email_messages)


def _write(message: bytes) -> None:
    folder = Path(settings.MAIL_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    handle, unfinished = tempfile.mkstemp(prefix=f"{moment}-", suffix=".unfinished", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(message)
    os.rename(unfinished, Path(unfinished).with_suffix(".eml"))


@dataclass(frozen=True)
class Posted:
    """A message as the outbox shows it."""

    name: str
    subject: str
    to: str
    sent_at: datetime
    text: str


def posted() -> Iterable[Posted]:
    """The messages in the folder, the newest first."""
    paths = sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)
    return (_read(path) for path in paths if NAME.fullmatch(path.stem))


def posted_as(name: str) -> Posted | None:
    path = Path(settings.MAIL_DIR) / f"{name}.eml"
    return _read(path) if NAME.fullmatch(name) and path.exists() else None


def _read(path: Path) -> Posted:
    message = message_from_bytes(path.read_bytes(), _class=ParsedMessage, policy=modern)
    body = message.get_body(("plain",))
    moment = datetime.strptime(path.stem.partition("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    text = str(body.get_content()) if body else ""
    subject = " ".join(str(message["Subject"]).split())
    return Posted(path.stem, subject, str(message["To"]), moment, text)
