"""Changing a sheet: an overview of its parts, and each part a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.forms import SectionForm
from directory.models import Rules, Service
from directory.sheet.values import values_of
from directory.views.parts import overview, part_of, placed, rows_of
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.history import saved_last_by
from partnerships.views import posted


def editable(request: SettingRequest, pk: UUID) -> Service:
    """A sheet that this person may change; 404 for one that they can't see, 403 for one that others keep."""
    service = sheet_of(request, pk)
    if not keeping.may_edit(request.membership, service):
        raise PermissionDenied
    return service


@setting_view(Permission.DIRECTORY_READ)
def service_edit(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = editable(request, pk)
    values, rules = values_of(service, whole=True), Rules.of(request.setting)
    parts = overview(values, rules, lambda part: _address(request, pk, "edit_section", part), is_whole=True)
    return render(request, "directory/service_edit.html", {"service": service, "parts": parts})


@setting_view(Permission.DIRECTORY_READ)
def edit_section(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    service = editable(request, pk)
    kind = part_of(values_of(service), part, is_whole=True)
    with transaction.atomic():
        form = kind(posted(request), instance=service, setting=request.setting)
        if form.is_valid():
            form.save()
            messages.success(request, f"Saved: {kind.title[0].lower()}{kind.title[1:]}.")
            return redirect(_address(request, pk, "service_edit") + f"#part-{part}")
    if form.stale:
        form.saved_by = saved_last_by(service)
    return _shown(request, service, form)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def add_row(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    """Shows what was typed again, with an empty row more and without the dropped ones. Nothing is saved."""
    service = editable(request, pk)
    kind = rows_of(part_of(values_of(service), part, is_whole=True))
    return _shown(request, service, kind(instance=service, setting=request.setting, typed=request.POST))


def _address(request: SettingRequest, pk: UUID, name: str, *part: str) -> str:
    return reverse(f"directory:{name}", args=[request.setting.slug, pk, *part])


def _shown(request: SettingRequest, service: Service, form: SectionForm) -> HttpResponse:
    placed(
        form,
        back=_address(request, service.pk, "service_edit"),
        here=_address(request, service.pk, "edit_section", form.key),
        rows=_address(request, service.pk, "add_row", form.key),
    )
    return render(request, "directory/edit_section.html", {"form": form, "service": service})
