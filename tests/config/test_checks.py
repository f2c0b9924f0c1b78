"""What `manage.py check --deploy` finds wrong with a real server's environment."""

from types import SimpleNamespace
from typing import Any

import pytest

from config import checks

GOOD = {
    "PRODUCTION": True,
    "SITE_URL": "https://joinedup.example",
    "ALLOWED_HOSTS": ["joinedup.example"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


def problems(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> list[str]:
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**(GOOD | changed)))
    return [problem.msg for problem in checks.environment(None)]


def test_complete_environment_has_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(monkeypatch) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PRODUCTION", False, "PRODUCTION=1"),
        ("SITE_URL", "http://joinedup.example", "https"),
        ("SITE_URL", "https://elsewhere.example", "Add elsewhere.example"),
        ("EMAIL_BACKEND", "config.mail.FolderBackend", "EMAIL_URL"),
        ("DATABASES", {"default": {"ENGINE": "config.embedded"}}, "DATABASE_URL"),
    ],
)
def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object, says: str
) -> None:
    (found,) = problems(monkeypatch, **{name: value})
    assert says in found
