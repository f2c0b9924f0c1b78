"""What others suggest about a sheet that its agency keeps: decided behind a link, without an account.

Looking changes nothing, so a scanner of mail decides nothing.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from directory.agency import answering
from directory.agency.links import Found, Purpose, find
from directory.changes.side_by_side import rows_for_link
from directory.changes.suggestion_lists import suggested_to
from directory.commands import Refused
from directory.forms.suggestions import LinkDecideForm
from directory.models import Suggestion
from directory.views.agency import link_over, too_often, unkept, within_limit
from partnerships.access import public_view

PAGES = {Purpose.CONFIRM: "directory:agency_answer", Purpose.LASTING: "directory:lasting_link"}
ENDED = {Purpose.CONFIRM: "directory:agency_ended", Purpose.LASTING: "directory:lasting_ended"}
SHEETS = {Purpose.CONFIRM: "directory:agency_answer", Purpose.LASTING: "directory:lasting_sheet"}


@csrf_exempt
@public_view
def agency_suggestion(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Behind the link of the mail that asks whether the sheet is right."""
    return _decided(request, token, pk, Purpose.CONFIRM)


@csrf_exempt
@public_view
def lasting_suggestion(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Behind the link on a practitioner's telephone."""
    return _decided(request, token, pk, Purpose.LASTING)


def _decided(request: HttpRequest, token: str, pk: UUID, purpose: Purpose) -> HttpResponse:
    found = find(token, purpose)
    if found.link is None or not found.is_open:
        return link_over(request, found)
    suggestion = _suggestion_of(found, pk)
    if suggestion is None:
        return redirect(PAGES[purpose], token)
    if request.method == "POST" and not within_limit(request):
        return too_often(request)
    form = LinkDecideForm(request=request, rows=rows_for_link(suggestion))
    if form.is_valid():
        try:
            _decide(form, token, purpose, suggestion)
            return redirect(PAGES[purpose], token)
        except answering.LinkOver:
            return link_over(request, find(token, purpose))
        except Refused as problem:
            form.add_error(None, str(problem))
    return _shown(request, suggestion, form, purpose=purpose, token=token)


def _suggestion_of(found: Found, pk: UUID) -> Suggestion | None:
    """None when it is decided already; 404 for any that this link does not decide."""
    assert found.link is not None
    waiting = {each.pk: each for each in suggested_to(found.link)}
    if pk in waiting:
        return waiting[pk]
    if found.link.service.suggestions.filter(pk=pk).exclude(closed_at=None).exists():
        return None
    raise Http404


def _decide(form: LinkDecideForm, token: str, purpose: Purpose, suggestion: Suggestion) -> None:
    taken = form.chosen("take")
    answering.decide_by_link(
        key=token,
        purpose=purpose,
        suggestion=suggestion,
        taken=form.seen(taken),
        left=form.chosen("leave"),
        reply=form.cleaned_data["reply"],
    )


def _shown(
    request: HttpRequest, suggestion: Suggestion, form: LinkDecideForm, *, purpose: Purpose, token: str
) -> HttpResponse:
    """With the texts as they stand now, also when the sheet has changed meanwhile."""
    fresh = {row.change.pk: row for row in rows_for_link(suggestion)}
    context = {
        "suggestion": suggestion,
        "service": suggestion.service,
        "form": form,
        "choices": [(fresh[row.change.pk], choice) for row, choice in form.choices()],
        "back": PAGES[purpose],
        "sheet": SHEETS[purpose],
        "ended": ENDED[purpose],
        "token": token,
    }
    return unkept(render(request, "directory/link_suggestion.html", context))
