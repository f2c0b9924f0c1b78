"""Offering the keeping of a sheet to another school or to its agency, and answering such an offer."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from directory import keeping
from directory.changes import handing_over
from directory.commands import Refused
from directory.forms import HandOverForm
from directory.models import HandOver, Service
from directory.views.keeping import detail_url
from directory.views.services import sheet_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted


@setting_view(Permission.DIRECTORY_READ)
def offer_hand_over(request: SettingRequest, pk: UUID) -> HttpResponse:
    service = sheet_of(request, pk)
    if not keeping.may_decide(request.membership, service):
        raise PermissionDenied
    form = HandOverForm(posted(request), service=service)
    form.cancel_url = detail_url(request, service)
    if form.is_valid():
        try:
            made = handing_over.offer(
                service=service, to=form.receiver(), words=form.cleaned_data["words"], by=request.membership
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Offered. Until they say yes, you look after it as before.")
            return redirect("directory:hand_over_detail", request.setting.slug, made.pk)
    context = {
        "form": form,
        "service": service,
        "is_private": service.visibility == Service.Visibility.PRIVATE,
        "open_offer": handing_over.open_offer(service),
        "address": "",
        "may_invite": request.membership.may(Permission.PEOPLE_EDIT),
    }
    return render(request, "directory/offer_hand_over.html", context)


def hand_over_of(request: SettingRequest, pk: UUID) -> HandOver:
    found = handing_over.offers_seen_by(request.membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@setting_view(Permission.DIRECTORY_READ)
def hand_over_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    hand_over = hand_over_of(request, pk)
    is_open = hand_over.accepted_at is None and hand_over.declined_at is None
    context = {
        "hand_over": hand_over,
        "service": hand_over.service,
        "is_open": is_open,
        "may_accept": is_open and handing_over.may_accept(request.membership, hand_over),
        "may_end": is_open and keeping.may_decide(request.membership, hand_over.service),
    }
    return render(request, "directory/hand_over_detail.html", context)


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def accept_hand_over(request: SettingRequest, pk: UUID) -> HttpResponse:
    hand_over = hand_over_of(request, pk)
    try:
        service = handing_over.accept_offer(hand_over, by=request.membership)
    except Refused as problem:
        messages.warning(request, f"{problem}.")
        return redirect("directory:hand_over_detail", request.setting.slug, pk)
    messages.success(request, f"From now on you look after the sheet of {service.name}.")
    return redirect(detail_url(request, service))


@require_POST
@setting_view(Permission.DIRECTORY_READ)
def end_hand_over(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Declined, or taken back."""
    hand_over = hand_over_of(request, pk)
    try:
        handing_over.end_offer(hand_over, by=request.membership)
    except Refused as problem:
        messages.warning(request, f"{problem}.")
    else:
        messages.success(
            request, f"The offer is over. The sheet of {hand_over.service.name} is kept up to date as before."
        )
    return redirect("directory:hand_over_detail", request.setting.slug, pk)
