"""Pages for when something goes wrong. They say what to do next, and keep what was typed.

The pages of 404 and 403 have the whole frame around them; the others are drawn without the request, since
the frame asks the database.
"""

import logging
import re
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from config.kept import kept_from

logger = logging.getLogger("joined_up.errors")
DATABASE_DOWN = (OperationalError, InterfaceError)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = "20"
FAMILIES, SLUG = "/d/", re.compile(r"[-a-zA-Z0-9_]{1,100}")
"""Where the pages for families are, and the name of a school there."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return _plain("413", 413)
    return _plain("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A family hears of help and not of sessions; where its address leads further in, the way to the school's page."""
    if request.path.startswith(FAMILIES):
        school, _, further = request.path.removeprefix(FAMILIES).partition("/")
        context = {"public_list": f"{FAMILIES}{school}/" if further and SLUG.fullmatch(school) else ""}
        return HttpResponse(render_to_string("errors/404_family.html", context), status=404)
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also where a database error ends that no view saw, as of reading the session."""
    problem = sys.exc_info()[1]
    if isinstance(problem, DATABASE_DOWN):
        return database_down(request, problem)
    return _plain("500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for long, or cookies are off: what was typed can be sent once more."""
    return _with_what_was_typed(request, "csrf", 403)


def database_down(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("Database: %s", str(problem).strip())
    response = _with_what_was_typed(request, "503", 503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _plain(name: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{name}.html"), status=status)


def _with_what_was_typed(request: HttpRequest, name: str, status: int) -> HttpResponse:
    kept = kept_from(request) if request.method == "POST" else None
    context = {"kept": kept, "action": request.get_full_path(), "csrf_token": get_token(request)}
    response = HttpResponse(render_to_string(f"errors/{name}.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response
