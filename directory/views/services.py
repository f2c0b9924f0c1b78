"""The directory of a setting: the list, its spreadsheet, each service's page, its history and its PDF."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from config.downloads import shown_pdf
from config.typing import SettingRequest
from directory import keeping, notices, search
from directory.changes.handing_over import last_offer
from directory.changes.suggestion_lists import to_decide
from directory.menu import menu
from directory.models import Rules, Service
from directory.paper.printing import sheet_paper
from directory.sheet.completeness import essential_missing, missing
from directory.sheet.presenting import present
from directory.use import figures
from partnerships.access import Permission, setting_view
from partnerships.models import Partnership

PAGE = 20


@setting_view(Permission.DIRECTORY_READ)
def service_list(request: SettingRequest) -> HttpResponse:
    setting = request.setting
    found = search.find(setting, search.Filter.from_query(request.GET))
    if found.asked.words and not found.asked.narrows:
        figures.record_search(setting, found.asked.words, 0 if found.is_loose else found.count, request)
    own = found.own(setting) if found.asked.words else []
    page = Paginator([pk for pk in found.pks if pk not in own], PAGE).get_page(request.GET.get("page"))
    shown_own = own if page.number == 1 else []
    lines = search.lines_of(found, [*shown_own, *page], setting)
    context = {
        "found": found,
        "rules": Rules.of(setting),
        "own": lines[: len(shown_own)],
        "lines": lines[len(shown_own) :],
        "page_obj": page,
        "has_any": bool(found.every) or Service.visible_to(setting).exists(),
        "may_edit": request.membership.may(Permission.DIRECTORY_EDIT),
        "taken_off": _taken_off(request),
        "menu": list(menu(request.membership)),
    }
    is_partial = request.htmx and request.htmx.target == "found"
    return render(request, f"directory/{'_found' if is_partial else 'service_list'}.html", context)


def _taken_off(request: SettingRequest) -> Partnership | None:
    """What was taken off the list just now, so that it can be put back."""
    try:
        pk = UUID(request.GET.get("off", ""))
    except ValueError:
        return None
    ended = request.setting.partnerships.filter(pk=pk, ended_on=timezone.localdate())
    return ended.select_related("service").first()


def sheet_of(request: SettingRequest, pk: UUID) -> Service:
    """A sheet of the setting's directory, or one that it keeps for others; with its parts."""
    doors = (Service.visible_to(request.setting), request.setting.services_kept.active())
    for door in doors:
        if service := notices.with_notices(door.with_parts(), request.setting).filter(pk=pk).first():
            return service
    raise Http404


def partnership_of(request: SettingRequest, service: Service) -> Partnership | None:
    return request.setting.partnerships.live().filter(service=service).first()


def is_concerned(request: SettingRequest, service: Service) -> bool:
    """Whether somebody can be the one who hands a sheet over, or gets it."""
    membership = request.membership
    return membership.may(Permission.DIRECTORY_EDIT) or membership.service_id == service.pk


def _step_back(request: SettingRequest) -> dict[str, str]:
    """To the search that somebody came from, as they left it; else to the whole directory."""
    home = reverse("directory:service_list", args=[request.setting.slug])
    came_from = urlsplit(request.headers.get("Referer", ""))
    if (came_from.netloc, came_from.path) != (request.get_host(), home) or not came_from.query:
        return {"url": home, "words": "Directory"}
    words = search.Filter.from_query(QueryDict(came_from.query)).words
    return {
        "url": f"{home}?{came_from.query}",
        "words": f"Found for “{words}”" if words else "Directory, as you left it",
    }


@setting_view(Permission.DIRECTORY_READ)
def service_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sheet_of(request, pk)
    partnership = partnership_of(request, service)
    figures.record_opened(request.setting, service, is_public=False)
    may_edit = keeping.may_edit(request.membership, service)
    context: dict[str, Any] = {
        "service": service,
        "back": _step_back(request),
        "sheet": present(service, setting=request.setting),
        "notices": notices.notices_of(service, request.setting),
        "partnership": partnership,
        "keeper": keeping.keeper_words(service, request.setting),
        "may_edit": may_edit,
        "only_suggests": keeping.only_suggests_words(request.membership, service),
        "gaps": missing(service) if may_edit else [],
        "is_incomplete": may_edit and essential_missing(service),
        "may_say": keeping.may_say(request.membership, service),
        "may_ask": keeping.may_ask(request.membership, service),
        "suggested": to_decide(request.membership).filter(service=service).count(),
        "may_suggest": request.membership.may(Permission.DIRECTORY_SUGGEST),
        "may_run": request.membership.may(Permission.DIRECTORY_EDIT),
        "is_kept": service.steward_id == request.setting.pk,
        "hand_over": last_offer(request.membership, service) if is_concerned(request, service) else None,
        "practitioners": service.memberships.current().filter(setting=request.setting),
    }
    return render(request, "directory/service_detail.html", context)


@setting_view(Permission.DIRECTORY_READ)
def service_paper(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sheet_of(request, pk)
    paper = sheet_paper(service, request.setting, partnership_of(request, service))
    return shown_pdf(paper.pdf().content, slugify(service.name)[:60] or "service")
