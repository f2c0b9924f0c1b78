"""Starting a session, its page, and moving it on."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from config.typing import SettingRequest
from partnerships.access import Permission, setting_view
from partnerships.views import posted
from toolkits import commands
from toolkits.commands.locking import locked
from toolkits.forms.sessions import SessionForm, StartForm
from toolkits.instruments.definition import Kind
from toolkits.live import audience
from toolkits.refusals import MoveRefused, StaleMove
from toolkits.seats import Seat
from toolkits.stages import Stage
from toolkits.views.pages import back_to, page_of, session_context, session_page
from toolkits.views.seating import guest, member, runner
from toolkits.views.tools import startable

TOKEN_RENEWED_SECONDS = 300


@setting_view(Permission.ACTIVITY_RUN)
def start_activity(request: SettingRequest, code: str) -> HttpResponse:
    instrument = startable(request.setting, code)
    form = StartForm(posted(request), instrument=instrument, by=request.membership)
    if request.method == "POST" and form.is_valid():
        activity = _start(request, code, form)
        messages.success(request, "The session is ready. Start it when everyone is.")
        return redirect("toolkits:activity_detail", request.setting.slug, activity.pk)
    return render(request, "toolkits/start.html", {"form": form, "instrument": instrument})


@transaction.atomic
def _start(request: SettingRequest, code: str, form: StartForm) -> Any:
    given = form.cleaned_data
    activity = commands.start_activity(
        setting=request.setting,
        code=code,
        title=given["title"],
        by=request.membership,
        facilitator=given["facilitator"],
        votes_each=given["votes_each"],
    )
    commands.invite(activity=activity, members=form.invited(), by=request.membership)
    return activity


@require_safe
def _detail(request: HttpRequest, seat: Seat) -> HttpResponse:
    if seat.activity.instrument_version.instrument.kind is Kind.CHECKLIST:
        round_id = seat.activity.round.pk
        return redirect("evaluation:round_detail", seat.activity.setting.slug, round_id)
    return session_page(request, seat)


activity_detail = member(_detail)
guest_activity = guest(_detail)


@require_safe
def _state(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """The part of the page that changes, for browsers that missed something or can't stream."""
    tag = _tag(request, seat)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = render(request, "toolkits/_session.html", session_context(request, seat))
    response["ETag"] = tag
    patch_cache_control(response, no_cache=True, private=True)
    return response


def _tag(request: HttpRequest, seat: Seat) -> str:
    """Also changes every five minutes, since the page carries a token that lasts ten."""
    bucket = int(timezone.now().timestamp() // TOKEN_RENEWED_SECONDS)
    order = request.GET.get("order", "")[:8]
    return f'"{seat.activity.live_version}.{audience(seat.viewer)}.{seat.runs:d}.{bucket}.{order}"'


activity_state = member(_state)
guest_activity_state = guest(_state)


@runner
@require_POST
def move_activity(request: HttpRequest, seat: Seat) -> HttpResponse:
    to, version = request.POST.get("to", ""), request.POST.get("version", "")
    if to not in Stage.values or not version.isdigit():
        return back_to(seat)
    try:
        commands.move_stage(
            activity=seat.activity, to=Stage(to), by=seat.membership, seen_version=int(version)
        )
    except (StaleMove, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return back_to(seat, anchor="#what-we-agreed" if isinstance(refusal, MoveRefused) else "")
    return back_to(seat)


@runner
def edit_activity(request: HttpRequest, seat: Seat) -> HttpResponse:
    with transaction.atomic():
        activity = locked(seat.activity.pk) if request.method == "POST" else seat.activity
        form = SessionForm(posted(request), activity=activity)
        form.cancel_url = seat.url("activity_detail")
        if request.method == "POST" and form.is_valid():
            commands.change_session(
                by=seat,
                title=form.cleaned_data["title"],
                votes_each=form.cleaned_data["votes_each"],
                facilitator=form.cleaned_data["facilitator"],
                seen_version=activity.version,
            )
            messages.success(request, "The session is changed.")
            return back_to(seat)
    return page_of(request, seat, "edit_session", {"form": form})


@runner
@require_POST
def take_part(request: HttpRequest, seat: Seat) -> HttpResponse:
    commands.take_part(by=seat)
    return back_to(seat)


@setting_view(Permission.ACTIVITY_TAKE_PART)
@require_safe
def card_origin(request: SettingRequest, card: uuid.UUID) -> HttpResponse:
    """From an action to the session whose card it was."""
    sessions = request.setting.activities.for_membership(request.membership)
    activity = get_object_or_404(sessions, cards__pk=card)
    return redirect("toolkits:activity_detail", request.setting.slug, activity.pk)
