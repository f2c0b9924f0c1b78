"""Change it, by a link: the parts of the sheet, each a form of its own, sent without an account.

The forms are those of whoever keeps the sheet. Of an address that is withheld nothing is shown, and nothing is asked.
"""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.agency import answering
from directory.agency.links import Purpose, find
from directory.commands import Refused
from directory.forms import SectionForm
from directory.forms.agency import MovedForm, by_link
from directory.models import AgencyLink
from directory.sheet.values import values_of
from directory.views.agency import (
    find_speaking,
    link_over,
    said_so_far,
    sheet_context,
    too_often,
    unkept,
    within_limit,
)
from directory.views.parts import part_of, placed, rows_of
from partnerships.access import public_view


@dataclass(frozen=True)
class Way:
    """The pages of one kind of link: the whole sheet, the form of a part, and another row in it."""

    purpose: Purpose
    sheet: str
    part: str
    row: str


MAIL = Way(Purpose.CONFIRM, "directory:agency_answer", "directory:agency_part", "directory:agency_row")
PHONE = Way(Purpose.LASTING, "directory:lasting_sheet", "directory:lasting_part", "directory:lasting_row")


@csrf_exempt
@public_view
@transaction.atomic
def agency_part(request: HttpRequest, token: str, part: str) -> HttpResponse:
    return _changed(request, token, part, MAIL)


@csrf_exempt
@require_POST
@public_view
def agency_row(request: HttpRequest, token: str, part: str) -> HttpResponse:
    return _with_a_row(request, token, part, MAIL)


@public_view
def lasting_sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link on a practitioner's telephone: what is not only for a while."""
    found = find_speaking(token, PHONE.purpose)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    context = {**sheet_context(request, found.link, PHONE.part, token), "token": token}
    return unkept(render(request, "directory/lasting_sheet.html", context))


@csrf_exempt
@public_view
@transaction.atomic
def lasting_part(request: HttpRequest, token: str, part: str) -> HttpResponse:
    return _changed(request, token, part, PHONE)


@csrf_exempt
@require_POST
@public_view
def lasting_row(request: HttpRequest, token: str, part: str) -> HttpResponse:
    return _with_a_row(request, token, part, PHONE)


@csrf_exempt
@require_POST
@public_view
def agency_moved(request: HttpRequest, token: str) -> HttpResponse:
    return _moved(request, token, MAIL)


@csrf_exempt
@require_POST
@public_view
def lasting_moved(request: HttpRequest, token: str) -> HttpResponse:
    return _moved(request, token, PHONE)


def _moved(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    """The place has changed: one button, for an address that is withheld is neither shown nor asked."""
    found = find_speaking(token, way.purpose)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if not within_limit(request):
        return too_often(request)
    if MovedForm(request=request).is_valid():
        try:
            answering.say_place_has_changed(key=token, purpose=way.purpose)
        except answering.LinkOver:
            return link_over(request, find(token, way.purpose))
    return redirect(way.sheet, token)


def _changed(request: HttpRequest, token: str, part: str, way: Way) -> HttpResponse:
    """Sheet and link are held between looking whether somebody else has saved and saving."""
    found = find_speaking(token, way.purpose, lock=request.method == "POST")
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = _form(request, found.link, part_of(values_of(found.link.service), part))
    if form.is_valid():
        try:
            answering.change_by_link(key=token, changes=form.as_changes(), purpose=way.purpose)
            return redirect(way.sheet, token)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _shown(request, found.link, form, token, way)


def _with_a_row(request: HttpRequest, token: str, part: str, way: Way) -> HttpResponse:
    """Shows what was typed again, with an empty row more. Nothing is kept."""
    found = find_speaking(token, way.purpose)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    kind = rows_of(part_of(values_of(found.link.service), part))
    form = _form(request, found.link, kind, typed=request.POST, reads=False)
    return _shown(request, found.link, form, token, way)


def _form(request: HttpRequest, link: AgencyLink, kind: type[SectionForm], **kwargs: object) -> SectionForm:
    service = link.service
    form = by_link(kind)(
        request=request,
        instance=service,
        setting=service.steward,
        is_whole=False,
        over=said_so_far(link),
        **kwargs,
    )
    form.submit_label = "Send it" if service.steward else "Save"
    form.draft_key = ""
    return form


def _shown(request: HttpRequest, link: AgencyLink, form: SectionForm, token: str, way: Way) -> HttpResponse:
    address = [token, form.key]
    placed(
        form,
        back=reverse(way.sheet, args=[token]),
        here=reverse(way.part, args=address),
        rows=reverse(way.row, args=address),
    )
    context = {"form": form, "service": link.service, "setting": link.service.steward}
    return unkept(render(request, "directory/agency_part.html", context))
