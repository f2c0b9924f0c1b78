"""What is missing on the sheets that a school keeps, and filling in many at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from config.typing import SettingRequest
from directory.forms.grid import ColumnsForm, GridRow
from directory.models import Rules, Service
from directory.models.service import ServiceQuerySet
from directory.sheet import completeness
from directory.sheet.values import LABELS
from partnerships.access import Permission, setting_view

PAGE = 25


def _kept(request: SettingRequest) -> ServiceQuerySet:
    kept: ServiceQuerySet = (
        request.setting.services_kept.active().with_whole_parts().order_by("sort_name", "pk")
    )
    return kept


def _lacking(request: SettingRequest, rows: list[completeness.Incomplete]) -> completeness.Missing | None:
    """The gap that the address asks for."""
    gap = completeness.BY_NAME.get(request.GET.get("gap", ""))
    return gap if gap and any(gap in row.gaps for row in rows) else None


@setting_view(Permission.DIRECTORY_EDIT)
def gap_list(request: SettingRequest) -> HttpResponse:
    kept = list(_kept(request))
    rows = completeness.by_importance(kept)
    gap = _lacking(request, rows)
    chosen = [row for row in rows if gap in row.gaps] if gap else rows
    context = {
        "page_obj": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
        "counts": completeness.counted(rows),
        "gap": gap,
        "kept": len(kept),
        "complete": len(kept) - len(rows),
    }
    return render(request, "directory/gap_list.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def edit_grid(request: SettingRequest) -> HttpResponse:
    columns = ColumnsForm.chosen(request.GET.getlist("columns"))
    page = Paginator(_shown(request), PAGE).get_page(request.GET.get("page"))
    rows = _rows(request, columns, page.object_list)
    if request.method == "POST":
        rows = _rows(request, columns, _posted(request), request.POST)
        saved = sum(_saved(row) for row in rows)
        if not any(row.errors for row in rows):
            messages.success(
                request, f"{saved} sheet{'s' * (saved != 1)} saved." if saved else "Nothing was changed."
            )
            return redirect(request.get_full_path())
        rows = _rows(
            request, columns, page.object_list, keep={row.instance.pk: row for row in rows if row.errors}
        )
    context = {
        "rows": rows,
        "wrong": [row for row in rows if row.errors],
        "headings": [LABELS[name] for name in columns],
        "columns_form": ColumnsForm(initial={"columns": columns}),
        "page_obj": page,
    }
    return render(request, "directory/edit_grid.html", context)


def _shown(request: SettingRequest) -> Any:
    """All that we keep, or those that lack what the address names."""
    kept = _kept(request)
    gap = completeness.BY_NAME.get(request.GET.get("gap", ""))
    return [service for service in kept if gap in completeness.missing(service)] if gap else kept


def _posted(request: SettingRequest) -> list[Service]:
    """The sheets that the page had, as far as we keep them still."""
    pks = []
    for text in request.POST.getlist("row")[:PAGE]:
        try:
            pks.append(UUID(text))
        except ValueError:
            continue
    return list(_kept(request).filter(pk__in=pks))


def _rows(
    request: SettingRequest,
    columns: list[str],
    services: Any,
    data: Any = None,
    keep: dict[UUID, GridRow] | None = None,
) -> list[GridRow]:
    """A form for each sheet; `keep`: those that stay as they were sent."""
    levels = Rules.of(request.setting).levels
    keep = keep or {}
    rows = [
        GridRow(data, instance=service, setting=request.setting, columns=columns, levels=levels)
        for service in services
        if service.pk not in keep
    ]
    return [*keep.values(), *rows]


def _saved(row: GridRow) -> bool:
    """Each sheet is a save of its own: what is wrong with one keeps none of the others."""
    if row.is_untouched():
        row.leave()
        return False
    with transaction.atomic():
        if not row.is_valid():
            return False
        row.save()
        return True
