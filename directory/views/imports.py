"""Bringing a spreadsheet: upload, what each column is, what would happen, bring in, rows to check."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory.forms.imports import MappingForm, MendForm, UploadForm
from directory.imports import batches, mending
from directory.imports.bring import Choices
from directory.imports.files import NotASpreadsheet, NotYetAvailable
from directory.models import ImportBatch, ImportRow, Service
from partnerships.access import Permission, setting_view
from partnerships.views import posted

SAMPLES = 3
HEADING_ROWS = 8
SHOWN = 25

State = ImportBatch.State


def batch_of(request: SettingRequest, pk: UUID, *states: str) -> ImportBatch:
    return get_object_or_404(request.setting.imports, pk=pk, **({"state__in": states} if states else {}))


@setting_view(Permission.DIRECTORY_EDIT)
def import_start(request: SettingRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    form.cancel_url = reverse("directory:service_list", args=[request.setting.slug])
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.start(file.name, file.read(), by=request.membership)
        except (NotASpreadsheet, NotYetAvailable) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("directory:import_columns", request.setting.slug, batch.pk)
    earlier = request.setting.imports.exclude(state=State.DROPPED).select_related("by__user")[:10]
    return render(request, "directory/import_start.html", {"form": form, "earlier": earlier})


@setting_view(Permission.DIRECTORY_EDIT)
def import_columns(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk, State.MAPPING, State.PREVIEW)
    form = MappingForm(posted(request), batch=batch, initial={"sector": batch.sector})
    if form.is_valid():
        batches.preview(batch, form.mapping(), form.cleaned_data["sector"])
        return redirect("directory:import_preview", request.setting.slug, batch.pk)
    rows = batches.rows_of(batch)
    below = [row for row in rows if row.number > batch.heading_row]
    columns = [
        (form[f"column_{at}"], _samples(row.cells[at] for row in below if at < len(row.cells)))
        for at in range(len(batch.headings))
    ]
    context = {
        "batch": batch,
        "form": form,
        "columns": columns,
        "first": rows[:HEADING_ROWS],
        "count": len(below),
    }
    return render(request, "directory/import_columns.html", context)


def _samples(cells: Iterable[str]) -> list[str]:
    found = dict.fromkeys(cell for cell in cells if cell)
    return list(found)[:SAMPLES]


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def choose_headings(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Another row holds the headings, or none does."""
    batch = batch_of(request, pk, State.MAPPING, State.PREVIEW)
    number = request.POST.get("heading_row", "")
    batches.choose_heading_row(batch, int(number) if number.isascii() and number.isdigit() else 0)
    return redirect("directory:import_columns", request.setting.slug, batch.pk)


@setting_view(Permission.DIRECTORY_EDIT)
def import_preview(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk)
    if batch.state == State.MAPPING:
        return redirect("directory:import_columns", request.setting.slug, batch.pk)
    if batch.state != State.PREVIEW:
        return redirect("directory:import_result", request.setting.slug, batch.pk)
    rows = list(batch.rows.exclude(outcome=""))
    new = [row for row in rows if row.outcome == ImportRow.Outcome.NEW]
    context: dict[str, Any] = {
        "batch": batch,
        "report": batch.report,
        "matches": _with_services(request, [row for row in new if row.listed]),
        "lone": [row for row in new if row.only_named and not row.listed],
        "new": [row for row in new if not row.only_named and not row.listed][:SHOWN],
        "changed": [row for row in rows if row.changes][:SHOWN],
        "changed_count": sum(bool(row.changes) for row in rows),
        "twice": [row for row in rows if row.earlier][:SHOWN],
        "bad": [row for row in rows if row.problems][:SHOWN],
        "children": batches.about_children(batch, rows)[:SHOWN],
        "bad_count": sum(bool(row.problems) for row in rows),
    }
    context["new_count"] = sum(not row.only_named and not row.listed for row in new)
    return render(request, "directory/import_preview.html", context)


def _with_services(request: SettingRequest, rows: list[ImportRow]) -> list[tuple[ImportRow, list[Service]]]:
    wanted = {pk for row in rows for pk in row.listed}
    found = Service.linkable_by(request.setting).filter(pk__in=wanted).select_related("agency")
    services = {str(service.pk): service for service in found}
    return [(row, [services[pk] for pk in row.listed if pk in services]) for row in rows]


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def bring_in(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk)
    rows = list(batch.rows.filter(outcome=ImportRow.Outcome.NEW))
    links = batches.links_from(request.POST, [row for row in rows if row.listed])
    lone = {row.number for row in rows if row.only_named}
    left_out = {number for number in lone if f"leave_{number}" in request.POST}
    if batch.state == State.PREVIEW:
        batches.finish(batch, Choices(links, left_out))
    return redirect("directory:import_result", request.setting.slug, batch.pk)


@setting_view(Permission.DIRECTORY_EDIT)
def import_result(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk, State.DONE)
    rows = batch.rows.to_check().select_related("service")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    mended = batch.rows.exclude(mended_at=None).count()
    context = {"batch": batch, "report": batch.report, "page_obj": page, "mended": mended}
    return render(request, "directory/import_result.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def mend_row(request: SettingRequest, pk: UUID, number: int) -> HttpResponse:
    batch = batch_of(request, pk, State.DONE)
    row = get_object_or_404(batch.rows.to_check().select_related("service"), number=number)
    form = MendForm(posted(request), row=row)
    form.cancel_url = reverse("directory:import_result", args=[request.setting.slug, batch.pk])
    if form.is_valid():
        mending.mend(row, form.answers(), by=request.membership)
        messages.success(request, f"Row {row.number} is in order.")
        return redirect(form.cancel_url)
    cells = [(heading, cell) for heading, cell in zip(batch.headings, row.cells, strict=False) if cell]
    context = {"batch": batch, "row": row, "form": form, "cells": cells}
    return render(request, "directory/mend_row.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def leave_row(request: SettingRequest, pk: UUID, number: int) -> HttpResponse:
    """The row stays as it was brought in."""
    batch = batch_of(request, pk, State.DONE)
    mending.leave(get_object_or_404(batch.rows.to_check(), number=number))
    messages.success(request, f"Row {number} stays as it is.")
    return redirect("directory:import_result", request.setting.slug, batch.pk)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def drop_import(request: SettingRequest, pk: UUID) -> HttpResponse:
    batches.drop(batch_of(request, pk, State.MAPPING, State.PREVIEW))
    messages.success(request, "Nothing was brought in, and the file is not kept.")
    return redirect("directory:import_start", request.setting.slug)
