"""The tools: what each is for, its first step, and its paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.downloads import shown_pdf
from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from partnerships.models import Setting
from partnerships.paper import School
from toolkits.instruments import UnknownInstrument
from toolkits.instruments.definition import Instrument
from toolkits.paper import LAYOUTS, blank_paper
from toolkits.tools import instrument_for, is_run, shelves, tool

VARIANTS = {"blank": False, "fillable": True}
LATEST = 20


@setting_view(Permission.ACTIVITY_TAKE_PART)
@require_safe
def tool_list(request: SettingRequest) -> HttpResponse:
    """The shelves, and the sessions that are open or lately agreed."""
    sessions = request.setting.activities.boards().for_membership(request.membership).with_counts()
    context = {
        "shelves": shelves(request.membership),
        "open_sessions": sessions.unfinished(),
        "agreed_sessions": sessions.agreed()[:LATEST],
    }
    return render(request, "toolkits/tool_list.html", context)


@setting_view(Permission.ACTIVITY_TAKE_PART)
@require_safe
def tool_detail(request: SettingRequest, code: str) -> HttpResponse:
    try:
        found = tool(code, request.membership)
    except UnknownInstrument as problem:
        raise Http404 from problem
    sessions = request.setting.activities.boards().for_membership(request.membership).with_counts()
    context = {"tool": found, "sessions": sessions.filter(instrument_version__code=code)[:LATEST]}
    return render(request, "toolkits/tool.html", context)


@setting_view(Permission.ACTIVITY_TAKE_PART)
@require_safe
def tool_paper(request: SettingRequest, code: str, variant: str) -> HttpResponse:
    """The empty form, to print or to fill in on screen."""
    instrument = known(request.setting, code)
    if variant not in VARIANTS or instrument.layout not in LAYOUTS:
        raise Http404
    paper = blank_paper(
        instrument,
        school=School.of(request.setting),
        on=timezone.localdate(),
        how_back=f"Give it back to {request.membership.user.full_name}, {request.setting.name}.",
    )
    content = paper.pdf(fillable=VARIANTS[variant]).content
    return shown_pdf(content, f"{code}-{variant}")


def known(setting: Setting, code: str) -> Instrument:
    """The tool, or 404."""
    try:
        return instrument_for(setting, code)
    except UnknownInstrument as problem:
        raise Http404 from problem


def startable(setting: Setting, code: str) -> Instrument:
    """A tool that is run in sessions, or 404."""
    instrument = known(setting, code)
    if not is_run(instrument):
        raise Http404
    return instrument
