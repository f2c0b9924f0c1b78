"""What people do with cards: one address for each deed; members and guests come through their own doors."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from partnerships.views import posted
from toolkits import commands
from toolkits.boards import board_for
from toolkits.commands.locking import locked, opened_card
from toolkits.forms.cards import ActionForm, CardForm, ChangeCardForm, MergeForm
from toolkits.models import Card
from toolkits.refusals import CardGone
from toolkits.seats import Seat
from toolkits.stages import Deed, Stage, may, may_see
from toolkits.views.pages import back_to, page_of, session_page
from toolkits.views.seating import guest, member, runner


@require_POST
def _add(request: HttpRequest, seat: Seat) -> HttpResponse:
    zones = seat.activity.instrument_version.instrument.zones
    form = CardForm(request.POST, zones=zones)
    if not form.is_valid():
        return _add_again(request, seat, form)
    given = form.cleaned_data
    card = commands.add_card(by=seat, zone=given["zone"], text=given["text"], card_id=given["card_id"])
    if getattr(request, "htmx", None):
        return _added(request, seat, card)
    return back_to(seat, anchor="#add-card")


def _add_again(request: HttpRequest, seat: Seat, form: CardForm) -> HttpResponse:
    if getattr(request, "htmx", None):
        context = {"card_form": form, "seat": seat, "again": True}
        return render(request, "toolkits/_add_card.html", context)
    return session_page(request, seat, card_form=form)


def _added(request: HttpRequest, seat: Seat, card: Card) -> HttpResponse:
    """A fresh form, and the card for its place on the page."""
    instrument = seat.activity.instrument_version.instrument
    board = board_for(seat.activity, seat.viewer)
    context = {
        "seat": seat,
        "activity": seat.activity,
        "card_form": CardForm(zones=instrument.zones, initial={"zone": card.zone}),
        "view": board.view(card),
        "zone": instrument.zone(card.zone),
        "is_talk": seat.activity.stage == Stage.DISCUSS,
        "is_own_list": seat.activity.stage == Stage.INDIVIDUAL,
        "seat_base": seat.url("activity_detail"),
        "board": board,
    }
    return render(request, "toolkits/_card_added.html", context)


add_card = member(_add)
guest_add_card = guest(_add)


def _detail(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    """One card: to read, and to change for whoever may."""
    found = _visible(seat, card)
    if not may(Deed.CHANGE_CARD, Stage(seat.activity.stage), seat.viewer, author=found.participant_id):
        if request.method == "POST":
            commands.change_card(by=seat, card_id=card, zone=found.zone, text=found.text, seen_version=None)
        return _card_page(request, seat, found)
    with transaction.atomic():
        if request.method == "POST":
            _, found = opened_card(Deed.CHANGE_CARD, seat, card)
        zones = seat.activity.instrument_version.instrument.zones
        form = ChangeCardForm(posted(request), card=found, zones=zones)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            commands.change_card(
                by=seat, card_id=card, zone=given["zone"], text=given["text"], seen_version=found.version
            )
            return back_to(seat, anchor=f"#card-{card}")
    return _card_page(request, seat, found, form)


def _visible(seat: Seat, card: uuid.UUID) -> Card:
    found = get_object_or_404(seat.activity.cards.select_related("participant__membership__user"), pk=card)
    stage = Stage(seat.activity.stage)
    if not may_see(stage, seat.viewer, author=found.participant_id):
        return get_object_or_404(seat.activity.cards.none(), pk=card)
    if found.removed_at or found.merged_into_id:
        raise CardGone(found)
    return found


def _card_page(
    request: HttpRequest, seat: Seat, card: Card, form: ChangeCardForm | None = None
) -> HttpResponse:
    stage = Stage(seat.activity.stage)
    context = {
        "form": form,
        "view": board_for(seat.activity, seat.viewer).view(card),
        "zone": seat.activity.instrument_version.instrument.zone(card.zone),
        "may_remove": may(Deed.REMOVE_CARD, stage, seat.viewer, author=card.participant_id),
        "may_merge": seat.may(Deed.MERGE_CARDS),
        "may_make_action": seat.may(Deed.MAKE_ACTION),
    }
    return page_of(request, seat, "card", context)


card_detail = member(_detail)
guest_card_detail = guest(_detail)


@require_POST
def _remove(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    _visible(seat, card)
    commands.remove_card(by=seat, card_id=card)
    return back_to(seat, query=f"?removed={card}")


remove_card = member(_remove)
guest_remove_card = guest(_remove)


@require_POST
def _restore(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    get_object_or_404(seat.activity.cards, pk=card)
    commands.restore_card(by=seat, card_id=card)
    return back_to(seat, anchor=f"#card-{card}")


restore_card = member(_restore)
guest_restore_card = guest(_restore)


@require_POST
def _vote(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    found = _visible(seat, card)
    if request.POST.get("give") == "1":
        commands.give_vote(by=seat, card_id=card)
    else:
        commands.take_vote_back(by=seat, card_id=card)
    if not getattr(request, "htmx", None):
        return back_to(seat, anchor=f"#card-{card}")
    board = board_for(seat.activity, seat.viewer)
    view = board.view(found)
    zone = seat.activity.instrument_version.instrument.zone(found.zone)
    context = {
        "seat": seat,
        "seat_base": seat.url("activity_detail"),
        "board": board,
        "view": view,
        "zone": zone,
    }
    return render(request, "toolkits/_voted.html", {**context, "is_talk": True})


vote_card = member(_vote)
guest_vote_card = guest(_vote)


@runner
def merge_cards(request: HttpRequest, seat: Seat) -> HttpResponse:
    with transaction.atomic():
        if request.method == "POST":
            locked(seat.activity.pk)
        board = board_for(seat.activity, seat.viewer)
        form = MergeForm(posted(request), board=board, initial=_first_of(board, request.GET.get("card")))
        form.cancel_url = seat.url("activity_detail")
        if request.method == "POST" and form.is_valid():
            card, card_version = form.chosen("card")
            into, into_version = form.chosen("into")
            words = form.cleaned_data["text"] or next(v.card.text for v in board.cards if v.card.pk == into)
            merged = commands.merge_cards(
                by=seat, card_id=card, into_id=into, text=words, seen=(card_version, into_version)
            )
            return back_to(seat, anchor=f"#card-{merged.pk}")
    return page_of(request, seat, "merge", {"form": form})


def _first_of(board: object, card: str | None) -> dict[str, str]:
    views = getattr(board, "cards", ())
    return {"card": next((f"{v.card.pk}:{v.card.version}" for v in views if str(v.card.pk) == card), "")}


@runner
@require_POST
def split_card(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    get_object_or_404(seat.activity.cards, pk=card)
    commands.split_card(by=seat, card_id=card)
    return back_to(seat, anchor=f"#card-{card}")


@runner
def make_action(request: HttpRequest, seat: Seat, card: uuid.UUID) -> HttpResponse:
    found = _visible(seat, card)
    form = ActionForm(posted(request), activity=seat.activity, initial={"text": found.text})
    form.cancel_url = seat.url("activity_detail")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        commands.make_action(
            by=seat,
            card_id=card,
            text=given["text"],
            due_on=given["due_on"],
            owner=form.chosen_person(),
            owner_partnership=form.chosen_partner(),
            owner_name=given["owner_name"],
        )
        messages.success(request, "The action is on the list.")
        return back_to(seat, anchor=f"#card-{card}")
    return page_of(request, seat, "make_action", {"form": form, "card": found})
