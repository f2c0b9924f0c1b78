"""What an agency meets that has no account: the link in its mail. Looking changes nothing; no cookie is needed.

Scanners of mail open every link: only the button on the page says anything, and it is sent by POST.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from directory.agency import answering
from directory.agency.asking import sheet_lines
from directory.agency.links import Found, Purpose, State, find
from directory.commands import Refused
from directory.forms.agency import AgencySheetForm, AnswerForm
from directory.models import AgencyLink
from directory.sheet.values import values_of
from partnerships.access import public_view
from partnerships.limits import hit, place_of

ANSWERS, WINDOW = 40, 3600
"""From one address in an hour: an agency's people share one."""
STATUS = {State.OPEN: 200, State.USED: 200, State.UNKNOWN: 404}


def within_limit(request: HttpRequest) -> bool:
    return hit(f"agency-link:{place_of(request)}", ANSWERS, WINDOW)


def unkept(response: HttpResponse) -> HttpResponse:
    """Neither the browser nor a search engine keeps it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def link_over(request: HttpRequest, found: Found) -> HttpResponse:
    """What to do now; nothing of the sheet."""
    status = STATUS.get(found.state, 410)
    context = {"state": found.state.value, "answered_at": found.link.answered_at if found.link else None}
    return unkept(render(request, "directory/agency_over.html", context, status=status))


def too_often(request: HttpRequest) -> HttpResponse:
    return unkept(
        render(request, "directory/agency_over.html", {"state": "too often", "answered_at": None}, status=429)
    )


def sheet_context(link: AgencyLink) -> dict[str, Any]:
    service = link.service
    return {
        "service": service,
        "setting": service.steward,
        "lines": sheet_lines(values_of(service)),
        "suggested": answering.suggested_to(link),
    }


@csrf_exempt
@public_view
def agency_answer(request: HttpRequest, token: str) -> HttpResponse:
    found = find(token, Purpose.CONFIRM)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = AnswerForm(request=request, initial=_first(found.link))
    if not form.is_valid():
        return _ask(request, found.link, form)
    try:
        version, name = form.cleaned_data["version"] or 0, form.cleaned_data["who"]
        answering.confirm_by_link(key=token, version=version, name=name)
    except answering.LinkOver:
        return link_over(request, find(token, Purpose.CONFIRM))
    except answering.SheetMoved:
        return _ask_again(request, token)
    return redirect("directory:agency_answer", token)


def _first(link: AgencyLink) -> dict[str, Any]:
    return {"version": link.service.version, "who": link.person}


def _ask(request: HttpRequest, link: AgencyLink, form: AnswerForm) -> HttpResponse:
    assert request.resolver_match is not None
    form.cancel_url = reverse("directory:agency_change", kwargs=request.resolver_match.kwargs)
    return unkept(render(request, "directory/agency_answer.html", {**sheet_context(link), "form": form}))


def _ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """With the sheet as it is now, and its version."""
    found = find(token, Purpose.CONFIRM)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    form = AnswerForm(request=request, initial=_first(found.link))
    form.data = {**request.POST.dict(), "version": str(found.link.service.version)}
    form.add_error(None, answering.MOVED)
    return _ask(request, found.link, form)


@csrf_exempt
@public_view
def agency_change(request: HttpRequest, token: str) -> HttpResponse:
    found = find(token, Purpose.CONFIRM)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    form = AgencySheetForm(request=request, values=values_of(found.link.service))
    form.cancel_url = reverse("directory:agency_answer", args=[token])
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    if form.is_valid():
        try:
            answering.change_by_link(
                key=token,
                changes=form.as_changes(),
                name=form.cleaned_data["who"],
                words=form.cleaned_data["words"],
            )
            return redirect("directory:agency_answer", token)
        except answering.LinkOver:
            return link_over(request, find(token, Purpose.CONFIRM))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return unkept(
        render(request, "directory/agency_change.html", {**sheet_context(found.link), "form": form})
    )
