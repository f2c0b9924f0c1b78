"""Session pages are reached by members under their setting and by guests under /join/: the same views, two doors."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from config.kept import kept_from
from config.typing import SettingRequest
from partnerships.access import Permission, public_view, setting_view
from partnerships.audit import Actor, acting
from toolkits.refusals import Refused
from toolkits.seats import Seat, guest_activity, guest_seat, member_seat
from toolkits.stages import Stage, may_enter

SeatedView = Callable[..., HttpResponseBase]
"""Gets the request, the seat, and what else stands in the address."""
RELATED = ("instrument_version", "setting", "facilitator__user")
CONFLICT = 409


def member(view: SeatedView) -> Callable[..., HttpResponseBase]:
    """The door for members: a session that they run, or that they were invited to and that has started."""

    @setting_view(Permission.ACTIVITY_TAKE_PART)
    @wraps(view)
    def entered(request: SettingRequest, activity: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = get_object_or_404(request.setting.activities.staged().select_related(*RELATED), pk=activity)
        seat = member_seat(request, found)
        if not may_enter(Stage(found.stage), seat.viewer):
            raise Http404
        return answered(view, request, seat, *args, **kwargs)

    return entered


def runner(view: SeatedView) -> Callable[..., HttpResponseBase]:
    """The door for whoever runs the session: to the others who take part it is refused."""

    @member
    @wraps(view)
    def entered(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not seat.runs:
            return render(request, "errors/403.html", status=403)
        return view(request, seat, *args, **kwargs)

    return entered


def guest(view: SeatedView) -> Callable[..., HttpResponseBase]:
    """The door for guests: their browser holds the key of this one session. Others are asked for the code."""

    @public_view
    @wraps(view)
    def entered(request: HttpRequest, activity: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = guest_activity(activity)
        seat = guest_seat(request, found) if found else None
        if seat is None:
            return redirect("toolkits:join")
        with acting(Actor.PARTICIPANT, str(seat.participant and seat.participant.pk), route=_route(request)):
            return answered(view, request, seat, *args, **kwargs)

    return entered


def _route(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def answered(
    view: SeatedView, request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """What the view says; or, where the change was refused, why, with everything that was typed."""
    try:
        return view(request, seat, *args, **kwargs)
    except Refused as refusal:
        return refused(request, seat, refusal)


def refused(request: HttpRequest, seat: Seat, refusal: Refused) -> HttpResponse:
    context: dict[str, Any] = {"seat": seat, "refusal": refusal, "kept": kept_from(request)}
    if getattr(request, "htmx", None):
        response = render(request, "toolkits/_refused.html", context, status=CONFLICT)
        response["HX-Retarget"], response["HX-Reswap"] = "#told", "innerHTML"
        return response
    context["frame"] = "base_guest.html" if seat.is_guest else "base.html"
    return render(request, "toolkits/refused.html", context, status=CONFLICT)
