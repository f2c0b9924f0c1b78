"""Did it work? One tap on the sheet, more about it if somebody likes, and the service's answer."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.forms.results import AboutResultForm, AnswerForm
from directory.models import ReferralResult, Service
from directory.use import referrals
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.limits import hit
from partnerships.views import posted

AN_HOUR = 30
TOO_OLD = "That page was opened too long ago. Say it again on the sheet."


def _sheet(request: SettingRequest, pk: UUID) -> Service:
    service = sheet_of(request, pk)
    if not referrals.may_tell(request.membership, service):
        raise PermissionDenied
    return service


def _sheet_url(request: SettingRequest, pk: UUID) -> str:
    return reverse("directory:service_detail", args=[request.setting.slug, pk])


@require_POST
@setting_view(Permission.ACTIVITY_TAKE_PART)
def tell_result(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Counts what came of a referral. The limit is the school's: nothing is kept of who asked."""
    service = _sheet(request, pk)
    result = request.POST.get("result", "")
    if result not in ReferralResult.Result.values:
        messages.warning(request, "Choose what came of it: press one of the four.")
        return redirect(_sheet_url(request, pk))
    if not hit(f"result:{request.setting.pk}:{pk}", AN_HOUR, 3600):
        messages.warning(request, "So many came in this hour that we stopped counting. Try again later.")
        return redirect(_sheet_url(request, pk))
    try:
        token = referrals.tell_result(
            setting=request.setting, service=service, result=result, key=request.POST.get("key", "")
        )
    except referrals.TooOld:
        messages.warning(request, TOO_OLD)
        return redirect(_sheet_url(request, pk))
    if request.htmx:
        return _told(request, service, token)
    return redirect("directory:told_detail", request.setting.slug, pk, token)


@setting_view(Permission.ACTIVITY_TAKE_PART)
def told_detail(request: SettingRequest, pk: UUID, token: str) -> HttpResponse:
    """What was just counted, with the chance to say more or undo it."""
    return _told(request, _sheet(request, pk), token)


def _told(request: SettingRequest, service: Service, token: str) -> HttpResponse:
    row = _row(request, service, token)
    if row is None:
        messages.warning(request, TOO_OLD)
        return redirect(_sheet_url(request, service.pk))
    form = AboutResultForm.about(row)
    form.form_tag = False
    name = "_told" if request.htmx else "told_detail"
    context = {"form": form, "row": row, "service": service, "token": token}
    return render(request, f"directory/{name}.html", context)


def _row(request: SettingRequest, service: Service, token: str) -> ReferralResult | None:
    try:
        return referrals.told_result(setting=request.setting, service=service, token=token)
    except referrals.TooOld:
        return None


@require_POST
@setting_view(Permission.ACTIVITY_TAKE_PART)
def say_about_result(request: SettingRequest, pk: UUID) -> HttpResponse:
    row = _row(request, _sheet(request, pk), request.POST.get("token", ""))
    form = AboutResultForm.about(row, request.POST) if row else None
    if row and form and form.is_valid():
        row.need, row.reason = form.cleaned_data["need"], form.cleaned_data.get("reason", "")
        row.save(update_fields=["need", "reason"])
        messages.success(request, "Thank you. It is counted, and nothing else is kept.")
    else:
        messages.warning(request, TOO_OLD)
    return redirect(_sheet_url(request, pk))


@require_POST
@setting_view(Permission.ACTIVITY_TAKE_PART)
def undo_result(request: SettingRequest, pk: UUID) -> HttpResponse:
    row = _row(request, _sheet(request, pk), request.POST.get("token", ""))
    if row:
        row.delete()
        messages.success(request, "It is not counted any more.")
    else:
        messages.warning(request, "It is too late to undo it, or it was undone already.")
    return redirect(_sheet_url(request, pk))


@setting_view(Permission.DIRECTORY_READ)
def answer_figures(request: SettingRequest, pk: UUID) -> HttpResponse:
    """The service's own people see the figures first, and say something to them."""
    service = sheet_of(request, pk)
    if not keeping.is_own(request.membership, service):
        raise PermissionDenied
    answer = referrals.answer_of(service)
    form = AnswerForm(posted(request), instance=answer)
    form.cancel_url = _sheet_url(request, pk)
    if form.is_valid():
        referrals.say_answer(service, words=form.cleaned_data["words"], who=request.user.full_name)
        messages.success(request, "Schools read your answer beside the figures.")
        return redirect(_sheet_url(request, pk))
    figures = referrals.figures_of(service, request.setting, is_own=True)
    return render(
        request, "directory/answer_figures.html", {"form": form, "service": service, "figures": figures}
    )
