"""Changing a sheet: an overview of its parts, and each part a page of its own."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.forms import SECTIONS, RowsForm, SectionForm
from directory.models import Rules, Service
from directory.sheet.values import values_of
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


@dataclass(frozen=True)
class PartLines:
    """A part of the sheet on the overview: what it says now, and whether that is anything."""

    key: str
    title: str
    lines: list[tuple[str, str]]

    @property
    def filled(self) -> list[tuple[str, str]]:
        return [line for line in self.lines if line[1]]

    @property
    def empty(self) -> str:
        """What is not filled in, in one line."""
        return ", ".join(f"{label[0].lower()}{label[1:]}" for label, words in self.lines if not words)


@setting_view(Permission.DIRECTORY_READ)
def service_edit(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = editable(request, pk)
    values, rules = values_of(service, whole=True), Rules.of(request.setting)
    parts = [PartLines(form.key, form.title, form.lines(values, rules)) for form in SECTIONS.values()]
    return render(request, "directory/service_edit.html", {"service": service, "parts": parts})


@setting_view(Permission.DIRECTORY_READ)
def edit_section(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    service, kind = editable(request, pk), _part(part)
    with transaction.atomic():
        form = kind(posted(request), instance=service, setting=request.setting)
        if form.is_valid():
            form.save()
            messages.success(request, f"Saved: {kind.title[0].lower()}{kind.title[1:]}.")
            return redirect(_overview(request, service) + f"#part-{part}")
    if form.stale:
        form.saved_by = saved_last_by(service)
    return _shown(request, service, form)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def add_row(request: SettingRequest, pk: UUID, part: str) -> HttpResponse:
    """Shows what was typed again, with an empty row more and without the dropped ones. Nothing is saved."""
    service, kind = editable(request, pk), _part(part)
    if not issubclass(kind, RowsForm):
        raise Http404
    return _shown(request, service, kind(instance=service, setting=request.setting, typed=request.POST))


def _part(key: str) -> type[SectionForm]:
    if key not in SECTIONS:
        raise Http404
    return SECTIONS[key]


def _overview(request: SettingRequest, service: Service) -> str:
    return reverse("directory:service_edit", args=[request.setting.slug, service.pk])


def _shown(request: SettingRequest, service: Service, form: SectionForm) -> HttpResponse:
    address = [request.setting.slug, service.pk, form.key]
    form.cancel_url = _overview(request, service)
    form.action_url = reverse("directory:edit_section", args=address)
    if isinstance(form, RowsForm):
        form.row_url = reverse("directory:add_row", args=address)
    return render(request, "directory/edit_section.html", {"form": form, "service": service})
