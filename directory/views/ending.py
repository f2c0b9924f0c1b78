"""This service has ended: said, and taken back, behind an agency's link.

Looking changes nothing, so a scanner of mail ends nothing.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.agency import ending
from directory.agency.answering import LinkOver
from directory.agency.lasting import speaks_for_service
from directory.agency.links import Found, Purpose, find
from directory.changes.ending import SaidMeanwhile, seen_of
from directory.forms.ending import EndedForm, GoesOnForm
from directory.models import AgencyLink
from directory.views.agency import link_over, too_often, unkept, within_limit
from partnerships.access import public_view


@dataclass(frozen=True)
class Way:
    """Of one kind of link: what it is for, and the page that it opens."""

    purpose: Purpose
    start: str


MAIL = Way(Purpose.CONFIRM, "directory:agency_answer")
PHONE = Way(Purpose.LASTING, "directory:lasting_link")


@csrf_exempt
@public_view
def agency_ended(request: HttpRequest, token: str) -> HttpResponse:
    return _ended(request, token, MAIL)


@csrf_exempt
@public_view
def lasting_ended(request: HttpRequest, token: str) -> HttpResponse:
    return _ended(request, token, PHONE)


@csrf_exempt
@require_POST
@public_view
def agency_goes_on(request: HttpRequest, token: str) -> HttpResponse:
    return _goes_on(request, token, MAIL)


@csrf_exempt
@require_POST
@public_view
def lasting_goes_on(request: HttpRequest, token: str) -> HttpResponse:
    return _goes_on(request, token, PHONE)


def _found(token: str, way: Way) -> Found:
    """A school can send a lasting link to any address: 404 for one that does not speak for the service."""
    found = find(token, way.purpose)
    if found.link is not None and found.is_open and way is PHONE and not speaks_for_service(found.link):
        raise Http404
    return found


def _ended(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    found = _found(token, way)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    service = found.link.service
    form = EndedForm(request=request, link=found.link, seen=seen_of(service))
    form.cancel_url = reverse(way.start, args=[token])
    if form.is_valid():
        try:
            ending.end_by_link(key=token, purpose=way.purpose, **form.cleaned_data)
            return redirect(way.start, token)
        except LinkOver:
            return link_over(request, find(token, way.purpose))
        except SaidMeanwhile as refusal:
            form.ask_anew(seen_of(service), str(refusal))
    return _shown(request, found.link, form)


def _shown(request: HttpRequest, link: AgencyLink, form: EndedForm) -> HttpResponse:
    context = {"form": form, "service": link.service, "setting": link.service.steward}
    context["is_phone"] = link.purpose == Purpose.LASTING
    return unkept(render(request, "directory/agency_ended.html", context))


def _goes_on(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    """What can't be taken back any more is told by the page itself."""
    found = _found(token, way)
    if found.link is None or not ending.may_take_back(found.link):
        return redirect(way.start, token) if found.link else link_over(request, found)
    if not within_limit(request):
        return too_often(request)
    form = GoesOnForm(request=request)
    if form.is_valid():
        try:
            ending.goes_on_by_link(key=token, purpose=way.purpose)
        except LinkOver:
            return link_over(request, find(token, way.purpose))
    return redirect(way.start, token)
