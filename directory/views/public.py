"""What parents, carers and pupils read without signing in. No session, no cookie; nothing about them is kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from directory.models import Service
from directory.notices import with_notices
from directory.public.families import ForFamilies, SchoolPerson, Today
from directory.public.family_search import FamilySearch, Offered
from directory.public.publishing import published_by, publishing_setting
from directory.use.figures import record_opened, record_search
from partnerships.access import public_view
from partnerships.models import Setting

PAGE = 20
KEPT_SECONDS = 60
"""So long may a browser show a page again without asking: a list that is full should be told soon."""


def family_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A public page that is only looked at: small, asked again by its ETag, the same for everybody."""
    kept = cache_control(public=True, max_age=KEPT_SECONDS)(view)
    return public_view(require_safe(gzip_page(conditional_page(kept))))


@family_page
def public_list(request: HttpRequest, slug: str) -> HttpResponse:
    today = Today.at(publishing_setting(slug))
    asked = FamilySearch.from_query(request.GET)
    found = asked.apply(today)
    page = Paginator(found.services, PAGE).get_page(request.GET.get("page"))
    if asked.words and not asked.narrows:
        record_search(today.setting, asked.words, page.paginator.count, request)
    context = {
        **around(today),
        "asked": asked,
        "found": found,
        "offered": Offered.by(today.setting),
        "ticks": asked.ticks,
        "page_obj": page,
        "lines": [ForFamilies.of(service, today) for service in page],
    }
    return render(request, "directory/family/list.html", context)


@family_page
def public_service(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    today = Today.at(publishing_setting(slug))
    line = ForFamilies.of(public_sheet(today.setting, pk), today)
    record_opened(today.setting, line.service, is_public=True)
    return render(request, "directory/family/sheet.html", {**around(today), "line": line})


def around(today: Today) -> dict[str, Any]:
    """What every page for families shows beside its own."""
    return {"setting": today.setting, "person": SchoolPerson.of(today.setting, today.rules)}


def public_sheet(setting: Setting, pk: UUID) -> Service:
    return get_object_or_404(with_notices(published_by(setting).with_parts(), setting), pk=pk)
