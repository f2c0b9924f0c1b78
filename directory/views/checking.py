"""After an import: what it did, and the rows to check, mended on the page or at the desk."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.downloads import attachment
from config.typing import SettingRequest
from directory.exports import as_xlsx
from directory.forms.imports import MendForm
from directory.imports import lists, mending
from directory.imports.previews import summary_words
from directory.models import ImportBatch
from directory.views.imports import batch_of, to_batch
from partnerships.access import Permission, setting_view
from partnerships.views import posted

SHOWN = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

State = ImportBatch.State


@setting_view(Permission.DIRECTORY_EDIT)
def import_result(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk)
    if batch.state not in {State.DONE, State.UNDONE}:
        return to_batch(request, batch)
    rows = batch.rows.to_check().select_related("service")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    mended = batch.rows.exclude(mended_at=None).count()
    context = {
        "batch": batch,
        "report": batch.report,
        "words": summary_words(batch),
        "page_obj": page,
        "mended": mended,
    }
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


@setting_view(Permission.DIRECTORY_EDIT)
def download_rows(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The rows to check as a spreadsheet, with what to put right in its first column."""
    batch = batch_of(request, pk, State.DONE)
    content = as_xlsx(lists.to_check(batch), "Rows to check")
    return attachment(content, XLSX, f"{request.setting.slug}-rows-to-check.xlsx")
