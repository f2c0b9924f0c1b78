"""The history of a sheet, and putting back what it said before."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from config.typing import SettingRequest
from directory import keeping
from directory.changes import history
from directory.commands import Refused
from directory.forms import RestoreForm
from directory.views.editing import editable
from directory.views.services import partnership_of, sheet_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted


@setting_view(Permission.DIRECTORY_READ)
def service_changes(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sheet_of(request, pk)
    runs = request.membership.may(Permission.DIRECTORY_EDIT)
    partnership = partnership_of(request, service) if runs else None
    context = {
        "service": service,
        "changes": history.of_sheet(service, partnership, by=request.membership),
        "restorable": service if keeping.may_edit(request.membership, service) else None,
    }
    return render(request, "directory/service_changes.html", context)


@setting_view(Permission.DIRECTORY_READ)
def restore_service(request: SettingRequest, pk: UUID, moment: int) -> HttpResponse:
    """What the sheet said after that save beside what it says now; `?field=` ticks one alone."""
    service = editable(request, pk)
    then = history.as_of(service, moment, by=request.membership)
    if then is None:
        raise Http404
    form = RestoreForm(posted(request), then=then, version=service.version, only=request.GET.get("field", ""))
    if form.is_valid():
        try:
            history.restore(service=service, number=moment, by=request.membership, **form.cleaned_data)
        except Refused as problem:
            messages.warning(request, f"{problem}.")
            return redirect(request.get_full_path())
        messages.success(request, "Put back. What it said until now is kept under “What changed”.")
        return redirect("directory:service_detail", request.setting.slug, service.pk)
    context = {"service": service, "then": then, "form": form}
    return render(request, "directory/restore_service.html", context)
