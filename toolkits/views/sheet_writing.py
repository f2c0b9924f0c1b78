"""Writing a sheet: kept as it is typed, checked, handed in; looked at again later."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from partnerships.views import posted
from toolkits.commands import sheets as commands
from toolkits.forms.sheet_review import ReviewForm
from toolkits.forms.sheets import SheetForm
from toolkits.models import Draft
from toolkits.sheets import draft_of, mine_elsewhere, parts, prefilled, sheet_of, to_copy, to_review
from toolkits.views.asking import Asked, writable

NOT_KEPT = ("csrfmiddlewaretoken",)


@setting_view(Permission.PEOPLE_READ)
def sheet_edit(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    found = writable(request, code, person)
    if request.method == "POST":
        form = _form(found, request.POST)
        commands.keep_draft(
            person=found.person,
            code=code,
            typed=_typed(request.POST),
            based_on=_based_on(request.POST),
            by=request.membership,
        )
        if form.is_valid():
            return redirect("toolkits:sheet_check", *found.url_args)
        return _edit_page(request, found, form)
    draft = draft_of(found.person, code, request.membership)
    return _edit_page(request, found, _opened(found, draft), draft)


def _opened(found: Asked, draft: Draft | None) -> SheetForm:
    """The sheet to go on with. A draft that somebody else overtook shows both versions at once."""
    if draft is None:
        return SheetForm(
            instrument=found.instrument, sheet=found.sheet, start=prefilled(found.instrument, found.person)
        )
    if found.sheet and draft.based_on != found.sheet.version:
        form = _form(found, _posted(draft))
        form.is_valid()
        return form
    return SheetForm(instrument=found.instrument, sheet=found.sheet, typed=_shown(draft))


def _form(found: Asked, posted: QueryDict) -> SheetForm:
    return SheetForm(posted, instrument=found.instrument, sheet=found.sheet)


def _posted(draft: Draft) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted.update(draft.data)
    return posted


def _shown(draft: Draft) -> dict[str, str]:
    return {name: value for name, value in draft.data.items() if name not in ("version", "seen")}


def _typed(posted: QueryDict) -> dict[str, str]:
    return {name: value for name, value in posted.items() if isinstance(value, str) and name not in NOT_KEPT}


def _based_on(posted: QueryDict) -> int:
    version = posted.get("version", "")
    return int(version) if version.isdigit() else 0


def _edit_page(
    request: SettingRequest, found: Asked, form: SheetForm, draft: Draft | None = None
) -> HttpResponse:
    form.cancel_url = ""
    elsewhere = (
        mine_elsewhere(found.person, found.instrument.code) if found.is_mine and not found.sheet else []
    )
    context = {**found.context(), "form": form, "draft": draft, "elsewhere": elsewhere}
    return render(request, "toolkits/sheet_edit.html", context)


@setting_view(Permission.PEOPLE_READ)
@require_POST
def keep_draft(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    """Keeps what is being typed; says when."""
    found = writable(request, code, person)
    draft = commands.keep_draft(
        person=found.person,
        code=code,
        typed=_typed(request.POST),
        based_on=_based_on(request.POST),
        by=request.membership,
    )
    return render(request, "toolkits/_kept.html", {"draft": draft})


@setting_view(Permission.PEOPLE_READ)
@require_POST
def drop_draft(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    found = writable(request, code, person)
    commands.drop_draft(person=found.person, code=code, by=request.membership)
    messages.success(request, "What you had not handed in is gone.")
    return redirect("toolkits:sheet_detail", *found.url_args)


@setting_view(Permission.PEOPLE_READ)
def sheet_check(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    """The answers once more, before they are handed in."""
    found = writable(request, code, person)
    draft = draft_of(found.person, code, request.membership)
    if draft is None:
        return redirect("toolkits:sheet_edit", *found.url_args)
    if request.method == "POST":
        return _hand_in(request, found, draft)
    form = _form(found, _posted(draft))
    if not form.is_valid():
        return redirect("toolkits:sheet_edit", *found.url_args)
    context = {**found.context(), "parts": parts(found.instrument, form.answers()), "draft": draft}
    return render(request, "toolkits/sheet_check.html", context)


def _hand_in(request: SettingRequest, found: Asked, draft: Draft) -> HttpResponse:
    code = found.instrument.code
    with transaction.atomic():
        held = found._replace(sheet=commands.held_sheet(found.person, code))
        form = _form(held, _posted(draft))
        if form.is_valid():
            commands.save_sheet(person=found.person, code=code, data=form.answers(), by=request.membership)
            messages.success(request, "Saved. Everyone who works with you here can read it.")
            return redirect("toolkits:sheet_detail", *found.url_args)
    return _edit_page(request, held, form)


@setting_view(Permission.PEOPLE_READ)
@require_POST
def copy_sheet(request: SettingRequest, code: str, person: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Begins a sheet from one's own in another school."""
    found = writable(request, code, person)
    if not found.is_mine:
        raise Http404
    mine = request.user.memberships.current().exclude(pk=found.person.pk)
    sheet = sheet_of(get_object_or_404(mine, pk=other), code)
    if sheet is None:
        raise Http404
    start = {**prefilled(found.instrument, found.person), **to_copy(sheet)}
    form = SheetForm(instrument=found.instrument, start=start)
    typed = {name: str(value) for name, value in form.initial.items() if not callable(value)}
    commands.keep_draft(
        person=found.person, code=code, typed=typed, based_on=form.current_version(), by=request.membership
    )
    school = sheet.activity.setting.name
    messages.success(request, f"Filled in as at {school}. Add what is different here, then save.")
    return redirect("toolkits:sheet_edit", *found.url_args)


@setting_view(Permission.PEOPLE_READ)
def sheet_review(request: SettingRequest, code: str, person: uuid.UUID) -> HttpResponse:
    """Looking again at what is due: what came of it, and what shows it."""
    found = writable(request, code, person)
    with transaction.atomic():
        sheet = commands.held_sheet(found.person, code) if request.method == "POST" else found.sheet
        if sheet is None:
            raise Http404
        due = to_review(found.instrument, sheet.data, timezone.localdate())
        form = ReviewForm(posted(request), sheet=sheet, fields_due=due)
        if request.method == "POST" and form.is_valid():
            commands.save_sheet(person=found.person, code=code, data=form.answers(), by=request.membership)
            messages.success(request, "Saved.")
            return redirect("toolkits:sheet_detail", *found.url_args)
    return render(
        request, "toolkits/sheet_review.html", {**found.context(), "form": form, "is_due": bool(due)}
    )
