"""The address of a sheet that was joined with another leads on to the one that stays.

A page that does not find a sheet asks here, whatever the page: of a school, of the public, in the API. What somebody
typed on a sheet that was joined meanwhile is kept, and can be suggested to the other.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from directory.forms import SECTIONS
from directory.forms.sheet import differing
from directory.models import Service
from directory.public.publishing import published_by, publishing_setting
from directory.sheet.values import LABELS, values_of
from directory.sheet.wording import in_words

SAFE = frozenset({"GET", "HEAD"})
HIDDEN = frozenset({"csrfmiddlewaretoken", "version", "seen"})


def joined_into(pk: UUID) -> Service | None:
    """The sheet that stays of one that was joined with it; None for every other."""
    row = Service.objects.filter(pk=pk).exclude(merged_into=None).select_related("merged_into").first()
    service = row.merged_into if row else None
    return service if service and service.retired_at is None else None


class LeadOnMiddleware:
    """Answers for a sheet that was not found, if it was joined with one that may be seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or match.app_name != "directory":
            return None
        pk = match.kwargs.get("pk")
        service = joined_into(pk) if isinstance(pk, UUID) else None
        if service is None or not _may_see(request, service):
            return None
        if request.method not in SAFE:
            return _typed_meanwhile(request, service)
        address = reverse(match.view_name, kwargs={**match.kwargs, "pk": service.pk})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)


def _may_see(request: HttpRequest, service: Service) -> bool:
    setting = getattr(request, "setting", None)
    if setting is not None:
        doors = (Service.visible_to(setting), setting.services_kept.active())
        return any(door.filter(pk=service.pk).exists() for door in doors)
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    return bool(slug) and published_by(publishing_setting(str(slug))).filter(pk=service.pk).exists()


def _typed_meanwhile(request: HttpRequest, service: Service) -> HttpResponse | None:
    """What was typed, and the way to suggest it; only for members."""
    match = request.resolver_match
    if match is None or not hasattr(request, "membership"):
        return None
    typed = [(name, value) for name, value in _pairs(request.POST) if name not in HIDDEN]
    context = {
        "service": service,
        "typed": typed,
        "typed_on": match.kwargs["pk"],
        "words": _words(request, match.kwargs.get("part", ""), service, typed),
        "part": match.kwargs.get("part", ""),
    }
    return render(request, "directory/joined_meanwhile.html", context, status=409)


def _words(request: Any, part: str, service: Service, typed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What differs from the sheet that was typed on; all as it was typed where that can't be read."""
    if part in SECTIONS:
        data = request.POST.copy()
        data["version"] = str(service.version)
        form = SECTIONS[part](data, instance=service, setting=request.setting, is_whole=False)
        if form.is_valid():
            old = values_of(Service.objects.with_parts().get(pk=request.resolver_match.kwargs["pk"]))
            new = form.said(old)
            return [(LABELS[name], in_words(name, new[name])) for name in differing(old, new)]
    return [(name.replace("_", " ").capitalize(), value) for name, value in typed if value.strip()]


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in data.lists() for value in values]
