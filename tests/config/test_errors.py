"""What people see when something goes wrong: no page of it loses what was typed, or shows how the inside looks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from config import errors, health, urls
from config.kept import kept_from
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from partnerships.access import public_view

WORDS = "Warm & quick; <b>Tuesdays</b>\nMrs Öz answers"


@public_view
def fall_over(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "gone": OperationalError("could not connect to server: secret.example"),
        "closed": InterfaceError("connection already closed"),
        "bug": ZeroDivisionError("secret detail"),
        "forbidden": PermissionDenied(),
        "odd": SuspiciousOperation(),
    }[how]


@public_view
def read_it(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns: list[Any] = [*urls.urlpatterns, path("fall/<how>/", fall_over), path("read/", read_it)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser() -> Client:
    """One that shows the page of an error, and checks forged posts."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "c" * 32
    return client


def post(browser: Client, path: str, **fields: Any) -> Any:
    return browser.post(path, {"csrfmiddlewaretoken": "c" * 32, **fields})


@pytest.mark.parametrize("how", ["gone", "closed"])
def test_save_while_the_database_is_gone_keeps_what_was_typed(browser: Client, how: str) -> None:
    response = post(browser, f"/fall/{how}/?tab=2", notes=WORDS, service="7d0e", days=["mon", "tue"])
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Warm &amp; quick; &lt;b&gt;Tuesdays&lt;/b&gt;\nMrs Öz answers" in page
    assert f'action="/fall/{how}/?tab=2"' in page
    assert page.count('name="days"') == 2
    assert "secret.example" not in page


def test_what_was_typed_can_be_sent_again_with_a_token_that_is_good(browser: Client) -> None:
    page = post(browser, "/fall/gone/", notes=WORDS).content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = browser.post("/read/", {"csrfmiddlewaretoken": token, "notes": WORDS})
    assert again.content == b"2"


def test_page_that_could_not_be_read_says_to_try_again(browser: Client) -> None:
    response = browser.get("/fall/gone/")
    assert response.status_code == 503
    assert "What you typed" not in response.content.decode()
    assert "Content-Security-Policy" in response


def test_database_lost_before_the_view_is_noticed_too(browser: Client, monkeypatch: Any) -> None:
    """As when the session is read, or written after the page was made."""

    def lost(*args: object, **kwargs: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", lost)
    browser.cookies[project.SESSION_COOKIE_NAME] = "s" * 32
    response = post(browser, "/my/account/name/", full_name="Ruth Adeyemi-Ó Briain")
    assert response.status_code == 503
    assert "Ruth Adeyemi-Ó Briain" in response.content.decode()


@pytest.mark.parametrize("name", ["password", "new_password1", "oldpassword", "code"])
def test_secrets_are_neither_shown_nor_kept(browser: Client, name: str) -> None:
    page = post(browser, "/fall/gone/", email="a@example.org", **{name: "correct horse"}).content.decode()
    assert "a@example.org" in page
    assert "correct horse" not in page
    assert "Send it again" not in page


def test_files_are_named_to_be_chosen_again(browser: Client) -> None:
    upload = SimpleUploadedFile("services.csv", b"Name\nSchool nurse\n")
    page = post(browser, "/fall/gone/", notes=WORDS, file=upload).content.decode()
    assert "services.csv" in page
    assert "School nurse" not in page


def test_stale_form_token_keeps_what_was_typed(browser: Client) -> None:
    response = browser.post("/read/", {"csrfmiddlewaretoken": "old", "notes": WORDS})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Mrs Öz answers" in page
    assert "Send it again" in page


def test_kept_fields_have_words_as_labels_and_hide_what_is_for_machines(rf: RequestFactory) -> None:
    fields = {"referral_how": "By post", "sector": "health", "id": "0b1c77a4-6a47-4e0c-b1c6-1d0f2f2ddfb5"}
    kept = kept_from(rf.post("/", fields))
    assert [(field.label, field.is_typed) for field in kept.fields] == [
        ("Referral how", True),
        ("Sector", False),
        ("Id", False),
    ]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/fall/bug/", 500, "went wrong"),
        ("/fall/odd/", 400, "<h1>"),
        ("/fall/forbidden/", 403, "role"),
        ("/no/such/page/", 404, "nothing at this address"),
    ],
)
@pytest.mark.django_db
def test_error_page_is_ours_and_shows_nothing_of_the_inside(
    browser: Client, path: str, status: int, says: str
) -> None:
    response = browser.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert says in page
    assert "Joined Up" in page
    assert "Traceback" not in page
    assert "secret" not in page


def test_request_that_is_too_large_is_refused_unread(browser: Client, settings: Any) -> None:
    settings.LARGEST_REQUEST = 100
    response = post(browser, "/read/", notes="x" * 200)
    assert response.status_code == 413
    assert "too large" in response.content.decode().lower()


def test_too_many_fields_are_refused_as_too_large(browser: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = browser.post("/read/", {str(number): "x" for number in range(9)})
    assert response.status_code == 413


def test_healthz_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"up\n"


@pytest.mark.django_db
def test_readyz_is_ready_once_every_migration_is_in(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "_known", set())
    assert client.get("/readyz").content == b"ready\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    health._known.clear()
    response = client.get("/readyz")
    assert (response.status_code, response.content[:28]) == (503, b"the database lacks migration")


def test_readyz_says_when_the_database_does_not_answer(client: Client, monkeypatch: Any) -> None:
    def lost(*args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", lost)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_error_pages_that_need_no_request_are_drawn_without_one(rf: RequestFactory) -> None:
    pages: list[Callable[[HttpRequest], HttpResponse]] = [errors.server_error, errors.bad_request]
    assert all(b"<h1>" in page(rf.get("/")).content for page in pages)
