"""Mail without a mail server: files, and the demo's outbox."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail
from django.test import Client
from django.urls import reverse

from config import mail


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "config.mail.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.DEMO = True
    return tmp_path / "mail"


def post(subject: str = "Ruth asks you to join Hillside", text: str = "Grüße") -> None:
    send_mail(subject, text, None, ["new@example.org"])


def test_each_message_is_a_file_for_its_owner_only(folder: Path) -> None:
    post("One")
    post("Two")
    files = sorted(folder.iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    assert [posted.subject for posted in mail.posted()] == ["Two", "One"]


def test_message_is_read_back_as_it_was_written() -> None:
    post("Welcome – Ünal’s invitation, which has a subject too long for one line of a header", "Grüße,\nRuth")
    (found,) = mail.posted()
    assert (
        found.subject == "Welcome – Ünal’s invitation, which has a subject too long for one line of a header"
    )
    assert (found.to, found.text.strip()) == ("new@example.org", "Grüße,\nRuth")


def test_outbox_lists_messages_and_links_in_them_can_be_followed(client: Client) -> None:
    post(text="Open this: http://127.0.0.1:8000/invite/abc/ <script>alert(1)</script>")
    listed = client.get(reverse("outbox")).content.decode()
    assert "Ruth asks you to join Hillside" in listed
    (found,) = mail.posted()
    page = client.get(reverse("outbox_mail", args=[found.name])).content.decode()
    assert '<a href="http://127.0.0.1:8000/invite/abc/"' in page
    assert "<script>alert" not in page


def test_empty_outbox_says_how_something_gets_into_it(client: Client) -> None:
    assert "Nothing has been sent yet" in client.get(reverse("outbox")).content.decode()


def test_outbox_is_there_in_the_demo_only(client: Client, settings: Any) -> None:
    post()
    (found,) = mail.posted()
    settings.DEMO = False
    for url in (reverse("outbox"), reverse("outbox_mail", args=[found.name])):
        response = client.get(url)
        assert response.status_code == 404
        assert "Ruth asks" not in response.content.decode()


@pytest.mark.parametrize("name", ["..", "secret_key", "20260101T000000000000Z-%2e%2e"])
def test_outbox_opens_nothing_but_messages(client: Client, folder: Path, name: str) -> None:
    post()
    (folder.parent / "secret_key.eml").write_text("Subject: secret\n\nsecret")
    response = client.get(f"/demo/outbox/{name}/")
    assert response.status_code == 404
    assert "secret" not in response.content.decode().replace("secret_key", "")


def test_attachments_do_not_hide_the_text() -> None:
    message = EmailMessage("Report 3", "Here it is.", None, ["g@example.org"])
    message.attach("report.pdf", b"%PDF-1.7", "application/pdf")
    message.send()
    (found,) = mail.posted()
    assert found.text.strip() == "Here it is."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp+tls://u%40x:p%3A@mail.example:2525", ("mail.example", 2525, "u@x", "p:", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", "", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_email_url_names_the_server(url: str, expected: tuple[object, ...]) -> None:
    found = mail.smtp_settings(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("url", ["mail.example", "https://mail.example", "smtp://"])
def test_email_url_that_names_none_says_how_to_write_it(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp\+tls://user:password@host:587"):
        mail.smtp_settings(url)
