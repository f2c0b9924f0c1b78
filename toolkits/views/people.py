"""Who takes part: inviting members, and opening the door for guests."""

import uuid
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.views import posted
from toolkits import commands
from toolkits.boards import people_of
from toolkits.forms.sessions import InviteForm, OpenForm
from toolkits.seats import Seat
from toolkits.stages import Deed
from toolkits.views.pages import join_address, page_of
from toolkits.views.seating import runner


@runner
def session_people(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everybody who takes part, and the form that invites more."""
    form = InviteForm(posted(request), activity=seat.activity) if seat.may(Deed.INVITE) else None
    if form and request.method == "POST" and form.is_valid():
        new = commands.invite(
            activity=seat.activity, members=form.cleaned_data["members"], by=seat.membership
        )
        messages.success(request, f"{len(new)} {'person' if len(new) == 1 else 'people'} more take part.")
        return redirect(seat.url("session_people"))
    return page_of(request, seat, "people", {"form": form, "people": people_of(seat.activity)})


@runner
@require_POST
def uninvite_person(request: HttpRequest, seat: Seat, participant: uuid.UUID) -> HttpResponse:
    if commands.uninvite(by=seat, participant_id=participant):
        messages.success(request, "Taken off the list.")
    else:
        messages.error(request, "Somebody who has put something in stays on the list, with what they put in.")
    return redirect(seat.url("session_people"))


@runner
@require_POST
def open_joining(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        return page_of(request, seat, "join_screen", {"form": form, "address": join_address(), "qr": ""})
    commands.open_joining(by=seat, limit=form.cleaned_data["limit"])
    return redirect(seat.url("join_screen"))


@runner
@require_POST
def close_joining(request: HttpRequest, seat: Seat) -> HttpResponse:
    commands.close_joining(by=seat)
    messages.success(request, "Nobody else can join by code now. Whoever has joined stays.")
    return redirect(seat.url("session_people"))


@runner
@require_safe
def join_screen(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The code, as large as the screen allows, for everybody in the room."""
    context: dict[str, Any] = {"address": join_address(), "qr": "", "form": OpenForm()}
    if seat.activity.takes_guests:
        link = f"{settings.SITE_URL}{reverse('toolkits:join')}?code={seat.activity.join_code}"
        code = segno.make(link, error="m")
        context["qr"] = code.svg_data_uri(scale=6, border=3, light="#ffffff", dark="#231a2b")
    return page_of(request, seat, "join_screen", context)
