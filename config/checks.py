"""What `manage.py check --deploy` says about a real server's environment, besides Django's own checks."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def environment(app_configs: Any, **options: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    site = urlsplit(settings.SITE_URL)
    if not settings.PRODUCTION:
        problems.append(Warning("This is a demo: set PRODUCTION=1.", id="config.W001"))
    if site.scheme != "https":
        problems.append(Error("Set SITE_URL to the https address that people use.", id="config.E001"))
    if site.hostname not in settings.ALLOWED_HOSTS:
        problems.append(Error(f"Add {site.hostname}, of SITE_URL, to ALLOWED_HOSTS.", id="config.E002"))
    if settings.EMAIL_BACKEND == "config.mail.FolderBackend":
        problems.append(Error("Set EMAIL_URL: mail is written to files that nobody gets.", id="config.E003"))
    if settings.DATABASES["default"]["ENGINE"] == "config.embedded":
        problems.append(Warning("Set DATABASE_URL: the embedded server is for trying out.", id="config.W002"))
    return problems
