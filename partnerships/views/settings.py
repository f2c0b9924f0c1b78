"""The school itself: its details, terms and logo."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from partnerships.forms.settings import SECTIONS, LogoForm, TermForm, form_for
from partnerships.history import changes, saved_last_by
from partnerships.logos import logo_response
from partnerships.models import Term
from partnerships.setting_facts import sections_of
from partnerships.terms import add_school_year, half_terms
from partnerships.views import one_at_a_time, posted


@setting_view(Permission.SETTING_EDIT)
def setting_edit(request: SettingRequest) -> HttpResponse:
    """Everything that is kept about the school, each part with its way to change it."""
    context = {
        "sections": sections_of(request.setting),
        "terms": request.setting.terms.all(),
        "has_logo": bool(request.setting.logo),
    }
    return render(request, "partnerships/setting_edit.html", context)


@setting_view(Permission.SETTING_EDIT)
def edit_setting_section(request: SettingRequest, section: str) -> HttpResponse:
    part = SECTIONS.get(section)
    if part is None:
        raise Http404
    with transaction.atomic():
        form = form_for(part)(posted(request), instance=copy(request.setting))
        if form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return redirect("partnerships:setting_edit", request.setting.slug)
        form.saved_by = saved_last_by(request.setting) if form.stale else ""
    return render(request, "partnerships/edit_setting_section.html", {"form": form, "section": part})


@setting_view(Permission.SETTING_EDIT)
def setting_changes(request: SettingRequest) -> HttpResponse:
    return render(request, "partnerships/setting_changes.html", {"changes": changes(request.setting)})


@setting_view(Permission.SETTING_VIEW)
def setting_logo(request: SettingRequest) -> HttpResponse:
    return logo_response(request, request.setting)


@setting_view(Permission.SETTING_EDIT)
def edit_logo(request: SettingRequest) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = LogoForm(posted(request), files)
    if form.is_valid():
        request.setting.logo = form.cleaned_data["logo"]
        request.setting.save(update_fields=["logo"])
        messages.success(request, "The logo is saved.")
        return redirect("partnerships:setting_edit", request.setting.slug)
    return render(
        request, "partnerships/edit_logo.html", {"form": form, "has_logo": bool(request.setting.logo)}
    )


@require_POST
@setting_view(Permission.SETTING_EDIT)
def remove_logo(request: SettingRequest) -> HttpResponse:
    request.setting.logo = None
    request.setting.save(update_fields=["logo"])
    messages.success(request, "The logo is taken off.")
    return redirect("partnerships:setting_edit", request.setting.slug)


@setting_view(Permission.SETTING_EDIT)
def term_list(request: SettingRequest) -> HttpResponse:
    context = {
        "terms": request.setting.terms.order_by("-starts"),
        "proposed": half_terms(timezone.localdate()),
    }
    return render(request, "partnerships/term_list.html", context)


@require_POST
@setting_view(Permission.SETTING_EDIT)
def add_terms(request: SettingRequest) -> HttpResponse:
    """The six half terms of this school year, as far as their days are free."""
    count = add_school_year(request.setting, timezone.localdate())
    messages.success(
        request, f"{count} half terms added. Change the days to your own." if count else "Nothing to add."
    )
    return redirect("partnerships:term_list", request.setting.slug)


@setting_view(Permission.SETTING_EDIT)
def add_term(request: SettingRequest) -> HttpResponse:
    return _term_page(request, Term(setting=request.setting), "Add a term")


@setting_view(Permission.SETTING_EDIT)
def edit_term(request: SettingRequest, pk: UUID) -> HttpResponse:
    return _term_page(request, get_object_or_404(request.setting.terms, pk=pk), "Change the term")


def _term_page(request: SettingRequest, term: Term, title: str) -> HttpResponse:
    with one_at_a_time(request):
        form = TermForm(posted(request), instance=term)
        if form.is_valid():
            form.save()
            messages.success(request, f"{form.instance.name} is saved.")
            return redirect("partnerships:term_list", request.setting.slug)
    return render(request, "partnerships/edit_term.html", {"form": form, "title": title})


@require_POST
@setting_view(Permission.SETTING_EDIT)
def remove_term(request: SettingRequest, pk: UUID) -> HttpResponse:
    term = get_object_or_404(request.setting.terms, pk=pk)
    try:
        term.delete()
    except ProtectedError:
        messages.warning(request, f"{term.name} has check-ins, so it stays.")
    else:
        messages.success(request, f"{term.name} is taken off the list.")
    return redirect("partnerships:term_list", request.setting.slug)
