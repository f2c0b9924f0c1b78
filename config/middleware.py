"""What happens around every request."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from config.errors import DATABASE_DOWN, database_down
from partnerships.audit import Actor, acting

GetResponse = Callable[[HttpRequest], HttpResponse]
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class RequestSizeMiddleware:
    """Refuses a request that says it is too large before anything of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.LARGEST_REQUEST:
            raise RequestDataTooBig
        return self.get_response(request)


class DatabaseDownMiddleware:
    """A view that finds the database gone answers with a page that keeps what was typed (config.errors)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return database_down(request, exception) if isinstance(exception, DATABASE_DOWN) else None


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Asks who is there only where it counts: a public page is the same for everybody, and touches no session."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """Puts who is signed in, and the route, beside every change that a request makes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in CHANGING:
            return self.get_response(request)
        user = request.user
        kind = Actor.USER if user.is_authenticated else Actor.PUBLIC
        with acting(kind, str(user.pk or "")) as context:
            request.history = context  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        context = getattr(request, "history", None)
        match = request.resolver_match
        if context is not None and match is not None:
            context.metadata["route"] = match.view_name
