"""Saying on the sheet what holds for a while, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping, notices
from directory.changes import ending
from directory.forms import NoticeForm
from directory.forms.ending import EndForm
from directory.forms.withholding import kept_back_by
from directory.models import Notice, Service
from directory.views.keeping import detail_url
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted


def sayable(request: SettingRequest, pk: UUID) -> Service:
    service = sheet_of(request, pk)
    if not keeping.may_say(request.membership, service):
        raise PermissionDenied
    return service


@setting_view(Permission.DIRECTORY_READ)
def say_notice(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sayable(request, pk)
    reach = keeping.reach_of(request.membership, service)
    form = NoticeForm(posted(request), places=kept_back_by(request.setting, service=service))
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        said = form.as_notice()
        made = notices.say(service=service, setting=reach, said_by=str(request.membership), **said)
        messages.success(request, f"{notices.notice_words(made)}: everybody sees it now.")
        return redirect(detail_url(request, service))
    context = {"form": form, "service": service, "is_here": reach is not None}
    return render(request, "directory/say_notice.html", context)


@setting_view(Permission.DIRECTORY_READ)
def say_ended(request: SettingRequest, pk: UUID) -> HttpResponse:
    """By whoever changes the sheet: at all schools that use it, everybody reads it, and decides on the own list."""
    service = sheet_of(request, pk)
    if not keeping.may_edit(request.membership, service):
        raise PermissionDenied
    places = kept_back_by(request.setting, service=service)
    form = EndForm(posted(request), seen=ending.seen_of(service), places=places)
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        try:
            ending.say_ended_by(service=service, by=request.membership, **form.cleaned_data)
            messages.success(request, f"Everybody who looks up {service.name} reads it now.")
            return redirect(detail_url(request, service))
        except ending.SaidMeanwhile as refusal:
            form.ask_anew(ending.seen_of(service), str(refusal))
    context = {
        "form": form,
        "service": service,
        "is_shared": keeping.used_elsewhere(service, request.setting),
    }
    return render(request, "directory/say_ended.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def end_notice(request: SettingRequest, pk: UUID, notice: UUID) -> HttpResponse:
    """Whoever may say it may end it: those who keep the sheet everything, others what is said at their school."""
    service = sayable(request, pk)
    reach = keeping.reach_of(request.membership, service)
    ours = notices.holding(request.setting).filter(service=service)
    may = reach is None or keeping.may_ask(request.membership, service)
    if may and ours.filter(kind=Notice.Kind.ENDED, pk=notice):
        return _goes_on(request, service)
    found = get_object_or_404(ours if reach is None else ours.filter(setting=reach), pk=notice)
    notices.end(found)
    messages.success(request, f"{service.name}: “{notices.notice_words(found)}” is over.")
    return redirect(detail_url(request, service))


def _goes_on(request: SettingRequest, service: Service) -> HttpResponse:
    """They told us that it has not ended: of a sheet that the agency keeps, any school that uses it may hear so."""
    ending.goes_on(service, by=request.membership)
    messages.success(request, f"{service.name} goes on: nobody reads any more that it has ended.")
    return redirect(detail_url(request, service))
