"""What people suggest about sheets: the list, and the page on which the keeper decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.changes import ending, suggesting
from directory.changes.side_by_side import Row, rows_of
from directory.changes.suggestion_lists import found_by, kinds_for
from directory.commands import Refused
from directory.forms import DecideForm
from directory.forms.withholding import kept_back_by
from directory.models import Service, Suggestion
from partnerships.access import Permission, setting_view
from partnerships.views import posted

PAGE = 30


@setting_view(Permission.DIRECTORY_READ)
def suggestion_list(request: SettingRequest) -> HttpResponse:
    kinds = kinds_for(request.membership)
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds))
    page = Paginator(kinds[kind].found, PAGE).get_page(request.GET.get("page"))
    context = {"kind": kind, "kinds": kinds, "page_obj": page}
    return render(request, "directory/suggestion_list.html", context)


def suggestion_of(request: SettingRequest, pk: UUID) -> Suggestion:
    """One that this person decides, or made; 404 for every other."""
    found = found_by(request.membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def open_suggestion(request: SettingRequest, pk: UUID) -> Suggestion:
    """One that waits for a decision of this person."""
    suggestion = suggestion_of(request, pk)
    if not keeping.may_decide(request.membership, suggestion.service):
        raise Http404
    return suggestion


@setting_view(Permission.DIRECTORY_READ)
def suggestion_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    suggestion = suggestion_of(request, pk)
    decides = keeping.may_decide(request.membership, suggestion.service)
    if suggestion.closed_at is not None or not decides:
        return _shown(request, suggestion, rows_of(suggestion, whole=decides), None)
    return _decided(request, suggestion, rows_of(suggestion, whole=True), posted(request))


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def take_suggestion(request: SettingRequest, pk: UUID) -> HttpResponse:
    """All that is plain: what has moved or is contested waits for a choice of its own."""
    suggestion = open_suggestion(request, pk)
    rows = rows_of(suggestion, whole=True)
    return _decided(
        request, suggestion, rows, _chosen(request, [row for row in rows if row.is_plain], "take")
    )


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def decline_suggestion(request: SettingRequest, pk: UUID) -> HttpResponse:
    suggestion = open_suggestion(request, pk)
    rows = rows_of(suggestion, whole=True)
    return _decided(request, suggestion, rows, _chosen(request, rows, "leave"))


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def take_off_suggestion(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The service has ended, as they say: off the list, from which it can be put back."""
    suggestion = open_suggestion(request, pk)
    if suggestion.closed_at is not None:  # sent twice
        return redirect("directory:suggestion_detail", request.setting.slug, pk)
    form = DecideForm(request.POST, rows=[], places=kept_back_by(request.setting, service=suggestion.service))
    if form.is_valid():
        try:
            ending.take_off_as_said(suggestion, reply=form.cleaned_data["reply"], by=request.membership)
            return redirect(_off(request, suggestion.service))
        except Refused as problem:
            form.add_error(None, str(problem))
    return _shown(request, suggestion_of(request, pk), [], form)


def _off(request: SettingRequest, service: Service) -> str:
    """The list, which offers to put it back."""
    ended = request.setting.partnerships.filter(service=service).first()
    home = reverse("directory:service_list", args=[request.setting.slug])
    return f"{home}?off={ended.pk}" if ended else home


def _chosen(request: SettingRequest, rows: list[Row], what: str) -> QueryDict:
    """What was posted, with one choice for all of these rows."""
    data = request.POST.copy()
    for row in rows:
        data[f"choice_{row.change.pk}"] = what
    return data


def _decided(
    request: SettingRequest, suggestion: Suggestion, rows: list[Row], data: QueryDict | None
) -> HttpResponse:
    """Decides and goes back to the list; when that can't be, the page again, with the sheet as it is now."""
    places = kept_back_by(request.setting, service=suggestion.service)
    form = DecideForm(data, rows=rows, places=places)
    if not suggestion.answer_to:
        form.fields["reply"].help_text = "They left no address, so this is for your school to remember"
    if form.is_valid():
        taken, left = form.chosen("take"), form.chosen("leave")
        seen, reply = form.seen(taken), form.cleaned_data["reply"]
        try:
            suggesting.decide(suggestion, taken=seen, left=left, reply=reply, by=request.membership)
        except Refused as problem:
            form.add_error(None, str(problem))
            rows = rows_of(suggestion, whole=True)
        else:
            messages.success(request, _done_words(suggestion, bool(taken)))
            return redirect("directory:suggestion_list", request.setting.slug)
    return _shown(request, suggestion, rows, form)


def _done_words(suggestion: Suggestion, is_taken: bool) -> str:
    name = suggestion.service.name
    if suggestion.kind == Suggestion.Kind.CLOSED:
        return f"{name} stays on the list."
    states = set(suggestion.changes.values_list("state", flat=True))
    if not states:
        return f"Done with what was said about {name}."
    if "open" in states:
        return f"Saved. The rest of what is suggested for {name} waits here."
    return f"Taken over into the sheet of {name}." if is_taken else f"The sheet of {name} stays as it is."


def _shown(
    request: SettingRequest, suggestion: Suggestion, rows: list[Row], form: DecideForm | None
) -> HttpResponse:
    fresh = {row.change.pk: row for row in rows}
    plain = sum(fresh[row.change.pk].is_plain for row in form.rows) if form else 0
    context: dict[str, Any] = {
        "suggestion": suggestion,
        "service": suggestion.service,
        "decided": [row for row in rows if row.change.state != "open" or form is None],
        "form": form,
        "choices": [(fresh[row.change.pk], choice) for row, choice in form.choices()] if form else [],
        "plain": plain,
        "may_take_off": request.membership.may(Permission.DIRECTORY_EDIT),
        "is_shared": keeping.used_elsewhere(suggestion.service, request.setting),
        "needs_choice": form is not None and (len(form.rows), plain) != (1, 1),
    }
    return render(request, "directory/suggestion_detail.html", context)
