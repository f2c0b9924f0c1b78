"""Change it, by the link in an agency's mail: the parts of the sheet, each a form of its own.

The forms are those of whoever keeps the sheet. Of an address that is withheld nothing is shown, and nothing is asked.
"""

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
from directory.forms.agency import by_link
from directory.models import AgencyLink
from directory.sheet.values import values_of
from directory.views.agency import (
    link_over,
    open_link,
    said_so_far,
    too_often,
    unkept,
    within_limit,
)
from directory.views.parts import part_of, placed, rows_of
from partnerships.access import public_view


@csrf_exempt
@public_view
@transaction.atomic
def agency_part(request: HttpRequest, token: str, part: str) -> HttpResponse:
    """Link and sheet are held between looking whether somebody else has saved and saving."""
    found = find(token, Purpose.CONFIRM, lock=request.method == "POST")
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = _form(request, found.link, part_of(values_of(found.link.service), part))
    if form.is_valid():
        try:
            answering.change_by_link(key=token, changes=form.as_changes())
            return redirect("directory:agency_answer", token)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _shown(request, found.link, form, token)


@csrf_exempt
@require_POST
@public_view
def agency_row(request: HttpRequest, token: str, part: str) -> HttpResponse:
    """Shows what was typed again, with an empty row more. Nothing is kept."""
    found = open_link(token)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    kind = rows_of(part_of(values_of(found.link.service), part))
    form = _form(request, found.link, kind, typed=request.POST, reads=False)
    return _shown(request, found.link, form, token)


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


def _shown(request: HttpRequest, link: AgencyLink, form: SectionForm, token: str) -> HttpResponse:
    address = [token, form.key]
    placed(
        form,
        back=reverse("directory:agency_answer", args=[token]),
        here=reverse("directory:agency_part", args=address),
        rows=reverse("directory:agency_row", args=address),
    )
    context = {"form": form, "service": link.service, "setting": link.service.steward}
    return unkept(render(request, "directory/agency_part.html", context))
