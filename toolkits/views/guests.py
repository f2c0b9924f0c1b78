"""Joining by code, without an account: the code, then a name, then the one session."""

import uuid

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partnerships.access import public_view
from partnerships.limits import hit, place_of, reached
from partnerships.views import posted
from toolkits import commands
from toolkits.forms.sessions import CodeForm, GuestForm
from toolkits.models import Activity
from toolkits.refusals import JoinRefused
from toolkits.seats import Seat, forget_key, guest_activity, guest_seat, keep_key
from toolkits.views.seating import guest

SALT = "toolkits.join"
TICKET_SECONDS = 1800
WRONG_CODES = 20
"""For one address in ten minutes: a school's people share one, so it can't be small."""
WINDOW = 600
TOO_MANY = 429


@public_view
def join(request: HttpRequest) -> HttpResponse:
    """Asks for the code on the screen; the picture on the screen brings it along."""
    form = CodeForm(posted(request), initial={"code": request.GET.get("code", "")[:20]})
    status = 200
    if request.method == "POST" and form.is_valid():
        key = f"join:{place_of(request)}"
        if reached(key, WRONG_CODES, WINDOW):
            form.add_error(
                "code", "That was tried too often. Wait ten minutes, or ask for help, and try again."
            )
            status = TOO_MANY
        else:
            try:
                activity = commands.activity_by_code(form.cleaned_data["code"])
                return redirect(_ticket_address(activity))
            except JoinRefused as refusal:
                hit(key, WRONG_CODES, WINDOW)
                form.add_error("code", str(refusal))
    return render(request, "toolkits/join.html", {"form": form}, status=status)


def _ticket_address(activity: Activity) -> str:
    ticket = signing.dumps([str(activity.pk), activity.join_code], salt=SALT)
    return f"{_enter_path(activity)}?ticket={ticket}"


def _enter_path(activity: Activity) -> str:
    return Seat(activity).url("enter")


def _has_ticket(request: HttpRequest, activity: Activity) -> bool:
    """Whether this browser came here with the code that lets people in now."""
    try:
        pk, code = signing.loads(request.GET.get("ticket", ""), salt=SALT, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError):
        return False
    return bool(pk == str(activity.pk) and code == activity.join_code)


@public_view
def guest_enter(request: HttpRequest, activity: uuid.UUID) -> HttpResponseBase:
    """Asks who joins."""
    found = guest_activity(activity)
    if found is None or not _has_ticket(request, found):
        messages.error(request, "Type the code on the screen once more: it has changed, or you waited long.")
        return redirect("toolkits:join")
    if guest_seat(request, found):
        return redirect("toolkits:guest_activity", found.pk)
    form = GuestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            joined = commands.join(activity=found, code=found.join_code, **form.cleaned_data)
        except JoinRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("toolkits:guest_activity", found.pk)
            keep_key(response, found, joined.key, secure=request.is_secure())
            return response
    return render(request, "toolkits/enter.html", {"form": form, "activity": found, "setting": found.setting})


@guest
@require_POST
def guest_leave(request: HttpRequest, seat: Seat) -> HttpResponse:
    commands.leave(by=seat)
    messages.success(request, "You have left the session. Thank you for taking part.")
    response = redirect("toolkits:join")
    forget_key(response, seat.activity)
    return response
