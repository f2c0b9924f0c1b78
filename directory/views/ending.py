"""This service has ended: said, and taken back, behind an agency's link.

Looking changes nothing, so a scanner of mail ends nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.agency import ending
from directory.agency.answering import LinkOver
from directory.agency.links import Purpose, find
from directory.changes.ending import SaidMeanwhile, seen_of
from directory.forms.ending import EndedForm, GoesOnForm
from directory.models import AgencyLink
from directory.views.agency import find_speaking, link_over, too_often, unkept, within_limit
from partnerships.access import public_view


@csrf_exempt
@public_view
def agency_ended(request: HttpRequest, token: str) -> HttpResponse:
    return _ended(request, token, Purpose.CONFIRM)


@csrf_exempt
@public_view
def lasting_ended(request: HttpRequest, token: str) -> HttpResponse:
    return _ended(request, token, Purpose.LASTING)


@csrf_exempt
@require_POST
@public_view
def agency_goes_on(request: HttpRequest, token: str) -> HttpResponse:
    return _goes_on(request, token, Purpose.CONFIRM)


@csrf_exempt
@require_POST
@public_view
def lasting_goes_on(request: HttpRequest, token: str) -> HttpResponse:
    return _goes_on(request, token, Purpose.LASTING)


def _start(purpose: Purpose) -> str:
    """The page that such a link opens."""
    return f"directory:{ending.PAGES[purpose]}"


def _ended(request: HttpRequest, token: str, purpose: Purpose) -> HttpResponse:
    found = find_speaking(token, purpose)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    service = found.link.service
    form = EndedForm(request=request, link=found.link, seen=seen_of(service))
    form.cancel_url = reverse(_start(purpose), args=[token])
    if form.is_valid():
        try:
            ending.end_by_link(key=token, purpose=purpose, **form.cleaned_data)
            return redirect(_start(purpose), token)
        except LinkOver:
            return link_over(request, find(token, purpose))
        except SaidMeanwhile as refusal:
            form.ask_anew(seen_of(service), str(refusal))
    return _shown(request, found.link, form)


def _shown(request: HttpRequest, link: AgencyLink, form: EndedForm) -> HttpResponse:
    context = {"form": form, "service": link.service, "setting": link.service.steward}
    context["is_phone"] = link.purpose == Purpose.LASTING
    return unkept(render(request, "directory/agency_ended.html", context))


def _goes_on(request: HttpRequest, token: str, purpose: Purpose) -> HttpResponse:
    """What can't be taken back any more is told by the page itself."""
    found = find_speaking(token, purpose)
    if found.link is None or not ending.may_take_back(found.link):
        return redirect(_start(purpose), token) if found.link else link_over(request, found)
    if not within_limit(request):
        return too_often(request)
    form = GoesOnForm(request=request)
    if form.is_valid():
        try:
            ending.goes_on_by_link(key=token, purpose=purpose)
        except LinkOver:
            return link_over(request, find(token, purpose))
    return redirect(_start(purpose), token)
