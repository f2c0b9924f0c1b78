"""What an agency meets that has no account: the link in its mail. Looking changes nothing; no cookie is needed.

Scanners of mail open every link: only the button on the page says anything, and it is sent by POST.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from directory.agency import answering
from directory.agency.ending import may_take_back
from directory.agency.lasting import speaks_for_service
from directory.agency.links import Found, Purpose, State, find
from directory.changes.ending import ending_of
from directory.changes.suggesting import withholds
from directory.changes.suggestion_lists import suggested_to
from directory.commands import Refused
from directory.forms.agency import AnswerForm, MovedForm
from directory.forms.ending import GoesOnForm
from directory.models import AgencyLink, Rules
from directory.sheet.coding import decoded
from directory.sheet.values import LABELS, Values, values_of
from directory.views.parts import overview
from partnerships.access import public_view
from partnerships.limits import hit, place_of

ANSWERS, WINDOW = 240, 3600
"""From one address in an hour: an agency's people share one."""
STATUS = {State.OPEN: 200, State.USED: 200, State.UNKNOWN: 404}


def within_limit(request: HttpRequest) -> bool:
    return hit(f"agency-link:{place_of(request)}", ANSWERS, WINDOW)


def unkept(response: HttpResponse) -> HttpResponse:
    """Neither the browser nor a search engine keeps it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def find_speaking(token: str, purpose: Purpose, *, lock: bool = False) -> Found:
    """A school can send a lasting link to any address: 404 for one that does not speak for the service."""
    found = find(token, purpose, lock=lock)
    if found.link is not None and found.is_open and not speaks_for_service(found.link):
        raise Http404
    return found


def link_over(request: HttpRequest, found: Found) -> HttpResponse:
    """What to do now; nothing of the sheet."""
    status = STATUS.get(found.state, 410)
    context: dict[str, Any] = {"state": found.state.value, "link": found.link}
    if found.link is not None and found.link.answer == AgencyLink.Answer.ENDED:
        context |= about_end(request, found.link)
    return unkept(render(request, "directory/agency_over.html", context, status=status))


def about_end(request: HttpRequest, link: AgencyLink) -> dict[str, Any]:
    """What is said of the end of the service, and the form that takes it back, for whoever may."""
    said = ending_of(link.service)
    may = said is not None and may_take_back(link)
    return {"ending": said, "goes_on": GoesOnForm(request=request) if may else None}


def too_often(request: HttpRequest) -> HttpResponse:
    return unkept(
        render(request, "directory/agency_over.html", {"state": "too often", "link": None}, status=429)
    )


def open_link(token: str) -> Found:
    return find(token, Purpose.CONFIRM)


@csrf_exempt
@public_view
def agency_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet part by part, each to be changed; and at the end, that all of it is right, or all the rest."""
    found = open_link(token)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = AnswerForm(request=request, link=found.link)
    if not form.is_valid():
        return _ask(request, form, token)
    said = form.cleaned_data
    version, words = said["version"] or 0, said.get("words", "")
    try:
        answering.answer_by_link(key=token, version=version, name=said["who"], words=words)
    except answering.LinkOver:
        return link_over(request, open_link(token))
    except Refused as refusal:
        return _ask_anew(request, token, str(refusal))
    return redirect("directory:agency_answer", token)


def _ask(request: HttpRequest, form: AnswerForm, token: str) -> HttpResponse:
    context = {**sheet_context(request, form.link, "directory:agency_part", token), "form": form}
    context |= about_end(request, form.link)
    return unkept(render(request, "directory/agency_answer.html", context))


def sheet_context(request: HttpRequest, link: AgencyLink, page: str, token: str) -> dict[str, Any]:
    """The sheet part by part, as it would be by this link. `page`: the name of the page that changes a part."""
    service = link.service
    values, over, rules = values_of(service), said_so_far(link), Rules.of(service.steward)
    moved = answering.has_said_place_has_changed(link)
    may_move = not moved and answering.may_say_place_has_changed(link)
    return {
        "service": service,
        "setting": service.steward,
        "parts": overview(values, rules, lambda part: reverse(page, args=[token, part]), over=over),
        "has_said": answering.has_said(link),
        "said": [*(LABELS[name] for name in over), *(["The place has changed"] if moved else [])],
        "suggested": suggested_to(link),
        "is_withheld": withholds(values),
        "has_moved": moved,
        "moved": MovedForm(request=request) if may_move else None,
    }


def _ask_anew(request: HttpRequest, token: str, why: str) -> HttpResponse:
    """With the sheet as it is now, and its version."""
    found = open_link(token)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    form = AnswerForm(request=request, link=found.link)
    form.ask_anew(found.link.service.version, why)
    return _ask(request, form, token)


def said_so_far(link: AgencyLink) -> Values:
    """What was said by this link and waits for the school that keeps the sheet."""
    waiting = answering.waiting_from(link)
    return decoded({change.name: change.value for change in waiting.changes.all()}) if waiting else {}
