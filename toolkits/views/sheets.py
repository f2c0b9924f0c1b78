"""Reading sheets of one person: the profile, what somebody brings to the team. One set of pages for every such tool."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.downloads import shown_pdf
from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from toolkits.sheet_history import versions_of
from toolkits.sheet_lists import PersonLine, team_sheets
from toolkits.sheet_paper import sheet_pdf
from toolkits.sheets import WISHES, draft_of, mine_elsewhere, parts, to_review, wishes
from toolkits.views.asking import asked, standing


@setting_view(Permission.PEOPLE_READ)
@require_safe
def sheet_detail(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    found = asked(request, code, person)
    context = found.context()
    if found.sheet:
        written_with = found.sheet.activity.instrument_version.instrument
        context["parts"] = parts(written_with, found.sheet.data)
        context["review_due"] = bool(to_review(written_with, found.sheet.data, timezone.localdate()))
    if found.may_write:
        context["draft"] = draft_of(found.person, code, request.membership)
        context["elsewhere"] = mine_elsewhere(found.person, code) if found.is_mine and not found.sheet else []
    return render(request, "toolkits/sheet.html", context)


@setting_view(Permission.PEOPLE_READ)
@require_safe
def sheet_list(request: SettingRequest, code: str) -> HttpResponse:
    """Everybody's; a coordinator also sees who has not filled theirs in."""
    instrument = standing(request.setting, code)
    lines = team_sheets(request.setting, instrument)
    sees_all = request.membership.may(Permission.PEOPLE_EDIT)
    context = {
        "instrument": instrument,
        "lines": lines if sees_all else [line for line in lines if line.sheet],
        "missing": _missing(lines),
        "sees_all": sees_all,
        "has_wishes": instrument.layout in WISHES,
    }
    return render(request, "toolkits/sheet_list.html", context)


def _missing(lines: list[PersonLine]) -> int:
    return sum(line.sheet is None for line in lines)


@setting_view(Permission.PEOPLE_READ)
@require_safe
def wish_list(request: SettingRequest, code: str) -> HttpResponse:
    """What people wish for, added up without their names."""
    instrument = standing(request.setting, code)
    if instrument.layout not in WISHES:
        raise Http404
    lines = team_sheets(request.setting, instrument)
    data = [line.sheet.data for line in lines if line.sheet]
    context = {"instrument": instrument, "wishes": wishes(instrument, data), "count": len(data)}
    return render(request, "toolkits/wish_list.html", context)


@setting_view(Permission.PEOPLE_READ)
@require_safe
def sheet_history(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    found = asked(request, code, person)
    if found.sheet is None:
        raise Http404
    return render(
        request, "toolkits/sheet_history.html", {**found.context(), "versions": versions_of(found.sheet)}
    )


@setting_view(Permission.PEOPLE_READ)
@require_safe
def sheet_paper(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    found = asked(request, code, person)
    if found.sheet is None:
        raise Http404
    content = sheet_pdf(found.sheet, found.person).content
    return shown_pdf(content, f"{code}-{found.person.pk}", cache="private, no-cache")
