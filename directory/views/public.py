"""What parents, carers and pupils read without signing in. No cookies, nothing counted."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from directory import search
from directory.models import Service
from directory.presenting import present
from directory.publishing import published_by, publishing_setting
from partnerships.access import public_view

PAGE = 20


@public_view
def public_list(request: HttpRequest, slug: str) -> HttpResponse:
    setting = publishing_setting(slug)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    takes_now = request.GET.get("take") == Service.Capacity.OPEN
    found = search.matching(published_by(setting), words)
    if takes_now:
        found = found.filter(capacity=Service.Capacity.OPEN)
    page = Paginator(found.order_by(*search.BEST_FIRST).with_parts(), PAGE).get_page(request.GET.get("page"))
    context = {
        "setting": setting,
        "words": words,
        "takes_now": takes_now,
        "page_obj": page,
        "lines": [(service, present(service, is_public=True)) for service in page],
        "has_any": bool(page.paginator.count) or published_by(setting).exists(),
    }
    return render(request, "directory/public_list.html", context)


@public_view
def public_service(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    setting = publishing_setting(slug)
    service = get_object_or_404(published_by(setting).with_parts(), pk=pk)
    context = {"setting": setting, "service": service, "sheet": present(service, is_public=True)}
    return render(request, "directory/public_service.html", context)
