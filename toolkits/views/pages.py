"""What the pages of a session show, by the stage it is at."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from toolkits.boards import board_for, people_of
from toolkits.forms.cards import CardForm
from toolkits.forms.sessions import AgreedForm, AgreeForm
from toolkits.live import stream
from toolkits.models import AgreedVersion, Card
from toolkits.seats import Seat
from toolkits.stages import Deed, Stage, may, moves

BY_VOTES = "votes"
STAGE_TEMPLATES = {
    Stage.DRAFT: "toolkits/_draft.html",
    Stage.INDIVIDUAL: "toolkits/_individual.html",
    Stage.REVEAL: "toolkits/_board.html",
    Stage.DISCUSS: "toolkits/_board.html",
    Stage.AGREED: "toolkits/_agreed.html",
}


def session_context(request: HttpRequest, seat: Seat, **forms: Any) -> dict[str, Any]:
    """Everything that toolkits/_session.html needs; `forms` are those that came back with errors."""
    activity, stage = seat.activity, Stage(seat.activity.stage)
    instrument = activity.instrument_version.instrument
    order = request.GET.get("order", "")
    context: dict[str, Any] = {
        "seat": seat,
        "activity": activity,
        "instrument": instrument,
        "stage": stage,
        "is_talk": stage is Stage.DISCUSS,
        "board": board_for(activity, seat.viewer, by_votes=order == BY_VOTES),
        "order": order,
        "moves": moves(instrument.kind, stage) if seat.runs else (),
        "live": stream(seat),
        "setting": activity.setting,
        "seat_base": seat.url("activity_detail"),
        "stage_template": STAGE_TEMPLATES[stage],
        "join_address": join_address(),
        "removed": _removed(request, seat),
    }
    if seat.may(Deed.ADD_CARD):
        context["card_form"] = forms.get("card_form") or CardForm(zones=instrument.zones)
    if stage is Stage.DISCUSS:
        context |= _agreeing(seat, forms)
    if stage is Stage.AGREED:
        context["agreed"] = activity.agreed_versions.defer("pdf").first()
        context["versions"] = activity.agreed_versions.defer("pdf", "content")
    return context | forms


def _removed(request: HttpRequest, seat: Seat) -> Card | None:
    """The card that this person has just taken off, if it can still be put back."""
    try:
        card = seat.activity.cards.filter(pk=request.GET.get("removed", ""), merged_into=None).first()
    except ValidationError:
        return None
    if card is None or card.removed_at is None:
        return None
    stage = Stage(seat.activity.stage)
    return card if may(Deed.REMOVE_CARD, stage, seat.viewer, author=card.participant_id) else None


def _agreeing(seat: Seat, forms: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"people": people_of(seat.activity)}
    if seat.may(Deed.WRITE_AGREED):
        found["agreed_form"] = forms.get("agreed_form") or AgreedForm(activity=seat.activity)
    mine = seat.participant
    if seat.may(Deed.SAY_AGREE) and seat.activity.agreed_words and mine:
        said = {True: "yes", False: "no", None: ""}[mine.agrees]
        initial = {"agrees": said, "because": mine.disagrees_because}
        found["agree_form"] = forms.get("agree_form") or AgreeForm(initial=initial)
    return found


def session_page(request: HttpRequest, seat: Seat, **forms: Any) -> HttpResponse:
    template = "toolkits/guest_session.html" if seat.is_guest else "toolkits/session.html"
    context = session_context(request, seat, **forms)
    if wrong := next((form for form in forms.values() if form.is_bound), None):
        context["form"] = wrong
    return render(request, template, context)


def page_of(
    request: HttpRequest, seat: Seat, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page beside the board: toolkits/<name>.html, in the frame of a member or of a guest."""
    frame = "base_guest.html" if seat.is_guest else "base.html"
    full = {
        "seat": seat,
        "activity": seat.activity,
        "setting": seat.activity.setting,
        "frame": frame,
        **context,
    }
    return render(request, f"toolkits/{name}.html", full, status=status)


def back_to(seat: Seat, anchor: str = "", query: str = "") -> HttpResponse:
    return redirect(f"{seat.url('activity_detail')}{query}{anchor}")


def join_address() -> str:
    """As it is read out: "hillside.example/join"."""
    return f"{settings.SITE_URL}{reverse('toolkits:join')}".partition("://")[2].rstrip("/")


def published(version: AgreedVersion) -> bytes:
    """The stored bytes; empty as long as they are being made."""
    return bytes(version.pdf or b"")
