"""Bringing a spreadsheet: upload, what each column is, what would happen, bring in, take back."""

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
from directory.forms.imports import MappingForm, UploadForm
from directory.imports import batches, taking_back
from directory.imports.previews import parts_of, summary_words
from directory.imports.rows import NotASpreadsheet, Row
from directory.models import ImportBatch
from directory.tasks import set_going
from partnerships.access import Permission, setting_view
from partnerships.views import posted

SAMPLES = 3
SAMPLE_ROWS = 200
HEADING_ROWS = 8
SHOWN = 25
EARLIER = 5

State = ImportBatch.State


def batch_of(request: SettingRequest, pk: UUID, *states: str) -> ImportBatch:
    return get_object_or_404(request.setting.imports, pk=pk, **({"state__in": states} if states else {}))


def to_batch(request: SettingRequest, batch: ImportBatch) -> HttpResponse:
    """Its page, whatever it waits for."""
    return redirect("directory:import_detail", request.setting.slug, batch.pk)


@setting_view(Permission.DIRECTORY_EDIT)
def import_start(request: SettingRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    form.cancel_url = reverse("directory:service_list", args=[request.setting.slug])
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.start(file.name, file.read(), by=request.membership)
        except NotASpreadsheet as problem:
            form.add_error("file", str(problem))
        else:
            if batch.has_records:
                set_going(batch, State.READING, only_from=[State.MAPPING])
            return to_batch(request, batch)
    earlier = request.setting.imports.exclude(state=State.DROPPED).select_related("by__user")[: EARLIER + 1]
    context = {"form": form, "earlier": earlier[:EARLIER], "has_more": len(earlier) > EARLIER}
    return render(request, "directory/import_start.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def import_list(request: SettingRequest) -> HttpResponse:
    """Every import: when, by whom, what it did."""
    found = request.setting.imports.exclude(state=State.DROPPED).select_related("by__user", "feed")
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    lines = [(batch, summary_words(batch)) for batch in page.object_list]
    return render(request, "directory/import_list.html", {"page_obj": page, "lines": lines})


@setting_view(Permission.DIRECTORY_EDIT)
def import_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Where an import stands; while it is worked on, how far it has come."""
    batch = batch_of(request, pk)
    page = {State.MAPPING: "columns", State.PREVIEW: "preview", State.DONE: "result", State.UNDONE: "result"}
    if batch.has_records:
        del page[State.MAPPING]  # there are no headings to ask about; its work has not begun
    if batch.state in page and request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if batch.state in page:
        return redirect(f"directory:import_{page[State(batch.state)]}", request.setting.slug, batch.pk)
    is_partial = request.htmx and request.htmx.target == "progress"
    template = "_import_progress" if is_partial else "import_detail"
    return render(request, f"directory/{template}.html", {"batch": batch})


@setting_view(Permission.DIRECTORY_EDIT)
def import_columns(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = get_object_or_404(request.setting.imports, pk=pk, state__in=batches.DROPPABLE, has_records=False)
    form = MappingForm(posted(request), batch=batch, initial={"sector": batch.sector})
    if form.is_valid():
        batches.map_columns(batch, form.mapping(), form.cleaned_data["sector"])
        set_going(batch, State.READING, only_from=batches.DROPPABLE)
        return to_batch(request, batch)
    rows = [Row(*each) for each in batch.rows.values_list("number", "cells")[:SAMPLE_ROWS]]
    below = [row for row in rows if row.number > batch.heading_row]
    columns = [
        (form[f"column_{at}"], _samples(row.cells[at] for row in below if at < len(row.cells)))
        for at in range(len(batch.headings))
    ]
    context = {"batch": batch, "form": form, "columns": columns, "first": rows[:HEADING_ROWS]}
    return render(request, "directory/import_columns.html", context)


def _samples(cells: Iterable[str]) -> list[str]:
    found = dict.fromkeys(cell for cell in cells if cell)
    return list(found)[:SAMPLES]


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def choose_headings(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Another row holds the headings, or none does."""
    batch = batch_of(request, pk, *batches.DROPPABLE)
    number = request.POST.get("heading_row", "")
    batches.choose_heading_row(batch, int(number) if batches.NUMBER.fullmatch(number) else 0)
    return redirect("directory:import_columns", request.setting.slug, batch.pk)


@setting_view(Permission.DIRECTORY_EDIT)
def import_preview(request: SettingRequest, pk: UUID) -> HttpResponse:
    """What each row would do; `show` is one of the parts, with all of its rows by the page."""
    batch = batch_of(request, pk)
    if batch.state != State.PREVIEW:
        return to_batch(request, batch)
    context: dict[str, Any] = {
        "batch": batch,
        "report": batch.report,
        "parts": parts_of(request.setting, batch, request.GET.get("show", ""), request.GET.get("page")),
        "show": request.GET.get("show", ""),
    }
    return render(request, "directory/import_preview.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def choose_rows(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Keeps what was chosen on one page of the preview, and goes to the next."""
    batch = batch_of(request, pk, State.PREVIEW)
    batches.choose(batch, request.POST)
    address = reverse("directory:import_preview", args=[request.setting.slug, batch.pk])
    part, page = request.POST.get("show", ""), request.POST.get("next", "")
    wanted = f"?show={part}&page={page}" if part.isalpha() and page.isdecimal() else ""
    return redirect(address + wanted)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def bring_in(request: SettingRequest, pk: UUID) -> HttpResponse:
    batch = batch_of(request, pk)
    if batch.state == State.PREVIEW:
        batches.choose(batch, request.POST)
        set_going(batch, State.BRINGING, only_from=[State.PREVIEW])
    return to_batch(request, batch)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def read_again(request: SettingRequest, pk: UUID) -> HttpResponse:
    """After something went wrong: the preview is made anew."""
    batch = batch_of(request, pk)
    set_going(batch, State.READING, only_from=[State.FAILED, State.MAPPING])
    return to_batch(request, batch)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def drop_import(request: SettingRequest, pk: UUID) -> HttpResponse:
    batches.drop(batch_of(request, pk, *batches.DROPPABLE))
    messages.success(request, "Nothing was brought in, and the file is not kept.")
    return redirect("directory:import_start", request.setting.slug)


@setting_view(Permission.DIRECTORY_EDIT)
def undo_import(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Says what taking the import back does; the button does it."""
    batch = batch_of(request, pk)
    if not batch.may_be_undone:
        return to_batch(request, batch)
    if request.method == "POST":
        set_going(batch, State.UNDOING, only_from=[State.DONE])
        return to_batch(request, batch)
    context = {"batch": batch, "will": taking_back.what_happens(batch)}
    return render(request, "directory/undo_import.html", context)
