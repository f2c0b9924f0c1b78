"""Changing a sheet and what is private about it: adding, editing, confirming, sharing, taking off the list."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import commands, keeping
from directory.changes import lookalikes
from directory.changes.suggesting import withholds
from directory.forms import ConfirmForm, PartnershipForm, QuickAddForm, VisibilityForm
from directory.models import Rules, Service
from directory.public.families import ForFamilies, Today
from directory.sheet.values import values_of
from directory.views.editing import editable
from directory.views.parts import overview
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.history import saved_last_by
from partnerships.models import Partnership
from partnerships.views import posted

PAGE = 30


def detail_url(request: SettingRequest, service: Service) -> str:
    return reverse("directory:service_detail", args=[request.setting.slug, service.pk])


@setting_view(Permission.DIRECTORY_EDIT)
def add_service(request: SettingRequest) -> HttpResponse:
    """Looks for a sheet that is there already, and adds a new one when the person says so."""
    form = QuickAddForm(posted(request), initial={"name": request.GET.get("name", "")[:200]})
    form.cancel_url = reverse("directory:service_list", args=[request.setting.slug])
    found: list[lookalikes.Lookalike] = []
    if form.is_valid():
        values = form.as_values()
        found = [] if "new" in request.POST else lookalikes.find(request.setting, values)
        if not found:
            service = commands.add_service(values=values, by=request.membership)
            messages.success(
                request, f"{service.name} is on your list, as incomplete. Fill in how to refer when you can."
            )
            return redirect(detail_url(request, service))
    return render(request, "directory/add_service.html", {"form": form, "found": found})


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def link_service(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = get_object_or_404(Service.linkable_by(request.setting), pk=pk)
    commands.link_service(service=service, by=request.membership)
    messages.success(request, f"{service.name} is on your list.")
    return redirect(detail_url(request, service))


@setting_view(Permission.DIRECTORY_READ)
def confirm_service(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = editable(request, pk)
    initial = {"confirmed_by": request.membership.user.full_name, "version": service.version}
    form = ConfirmForm(posted(request), initial=initial)
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        try:
            commands.confirm_service(service=service, by=request.membership, **form.as_said())
            messages.success(request, f"Thank you. {service.name} is marked as confirmed today.")
            return redirect(detail_url(request, service))
        except commands.Refused as refusal:
            form.ask_anew(service.version, str(refusal))
    values = values_of(service)
    context = {
        "form": form,
        "service": service,
        "parts": overview(
            values,
            Rules.of(request.setting),
            lambda part: reverse("directory:edit_section", args=[request.setting.slug, service.pk, part]),
        ),
        "is_withheld": withholds(values),
    }
    return render(request, "directory/confirm_service.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def service_visibility(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = get_object_or_404(request.setting.services_kept.active().with_parts(), pk=pk)
    form = VisibilityForm(posted(request), service=service, setting=request.setting)
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        chosen = Service.Visibility(form.cleaned_data["visibility"])
        try:
            commands.change_visibility(service=service, visibility=chosen, by=request.membership)
            messages.success(
                request, f"Saved. From now on it is seen by {chosen.label[0].lower()}{chosen.label[1:]}."
            )
            return redirect(detail_url(request, service))
        except commands.Refused as problem:
            form.add_error("visibility", str(problem))
    context = {
        "form": form,
        "setting": request.setting,
        "service": service,
        "line": ForFamilies.of(service, Today.at(request.setting)),
        "problem": keeping.why_not_public(request.setting),
        "section": "directory" if request.setting.may_publish else "safeguarding",
    }
    return render(request, "directory/service_visibility.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def partnership_edit(request: SettingRequest, pk: UUID) -> HttpResponse:
    partnership = live_partnership(request, pk)
    service = partnership.service
    with transaction.atomic():
        form = PartnershipForm(posted(request), instance=partnership)
        if form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return redirect(detail_url(request, service))
        form.saved_by = saved_last_by(partnership) if form.stale else ""
    form.cancel_url = detail_url(request, service)
    return render(request, "directory/partnership_edit.html", {"form": form, "service": service})


def live_partnership(request: SettingRequest, pk: UUID) -> Partnership:
    live = request.setting.partnerships.live().select_related("service", "setting")
    return get_object_or_404(live, service=sheet_of(request, pk))


@setting_view(Permission.DIRECTORY_EDIT)
def take_off_service(request: SettingRequest, pk: UUID) -> HttpResponse:
    partnership = live_partnership(request, pk)
    service = partnership.service
    if request.method == "POST":
        commands.take_off_list(partnership=partnership, by=request.membership)
        return redirect(
            reverse("directory:service_list", args=[request.setting.slug]) + f"?off={partnership.pk}"
        )
    if service.steward_id == request.setting.pk and keeping.used_elsewhere(service, request.setting):
        return render(request, "directory/take_off_kept.html", {"service": service})
    context = {
        "question": f"Take {service.name} off your list?",
        "text": "Nobody finds it in your directory any more. You can put it back with everything that it says.",
        "verb": "Take it off the list",
        "back_url": detail_url(request, service),
    }
    return render(request, "confirm.html", context)


@setting_view(Permission.DIRECTORY_EDIT)
def taken_off_list(request: SettingRequest) -> HttpResponse:
    live = request.setting.partnerships.live().values("pk")
    ended = request.setting.partnerships.exclude(pk__in=live).filter(service__merged_into=None)
    kept = request.setting.services_kept.active().exclude(
        pk__in=Service.visible_to(request.setting).values("pk")
    )
    page = Paginator(ended.select_related("service").order_by("-ended_on", "service__sort_name"), PAGE)
    context = {"page_obj": page.get_page(request.GET.get("page")), "kept": kept}
    return render(request, "directory/taken_off_list.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_EDIT)
def put_back_service(request: SettingRequest, pk: UUID) -> HttpResponse:
    partnership = get_object_or_404(request.setting.partnerships.select_related("service"), pk=pk)
    commands.put_back(partnership=partnership, by=request.membership)
    if not Service.visible_to(request.setting).filter(pk=partnership.service_id).exists():
        messages.warning(request, f"{partnership.service.name} is no longer offered to your school.")
        return redirect("directory:taken_off_list", request.setting.slug)
    messages.success(request, f"{partnership.service.name} is on your list again.")
    return redirect(detail_url(request, partnership.service))
