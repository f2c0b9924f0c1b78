"""A check-in from its closing on: results fixed, shared, talked over, agreed, printed."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from config.downloads import shown_pdf
from config.typing import SettingRequest
from evaluation import closing
from evaluation.anonymity import AlreadyAnswered, NotOpen, has_answered
from evaluation.answering import Place, send_typed
from evaluation.level_forms import LevelsForm, proposed_levels
from evaluation.models import Round
from evaluation.results import read
from evaluation.rounds import commands
from evaluation.rounds.lists import open_page
from evaluation.rounds.paper import agreed_pdf
from evaluation.views.reaching import back_to, refused, round_of
from partnerships.access import Permission, setting_view
from partnerships.commands.actions import add_action
from partnerships.forms.actions import ActionForm
from partnerships.models import Action
from partnerships.views import posted
from toolkits.checklist import ChecklistForm, parse, review


@setting_view(Permission.ROUND_RUN)
def close_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    if request.method == "POST":
        try:
            closing.close_round(round_=round_, by=request.membership)
        except commands.Refused as why:
            return refused(request, round_, why)
        messages.success(request, "Closed. The results are fixed now, and only you see them.")
        return back_to(request, round_)
    if not round_.is_open:
        return back_to(request, round_)
    context = {"round": round_, "page": open_page(round_), "minimum": round_.minimum}
    return render(request, "evaluation/round_close.html", context)


@setting_view(Permission.ROUND_RUN)
@require_POST
def share_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    try:
        commands.share_round(round_=round_, by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, "Shared. Everyone who answered is told by mail.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
def edit_levels(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The level that the group agrees on, statement by statement."""
    round_ = round_of(request, pk)
    if not round_.is_closed or not read(round_).is_enough:
        raise Http404
    with transaction.atomic():
        commands.locked(round_)
        first = proposed_levels(round_.instrument, round_) if "middles" in request.GET else {}
        form = LevelsForm(posted(request), round_=round_, instrument=round_.instrument, proposed=first)
        if form.is_valid():
            try:
                commands.record_levels(
                    round_=round_,
                    levels=form.levels(),
                    words=form.cleaned_data["agreed_words"],
                    by=request.membership,
                    seen_version=None,
                )
            except commands.Refused as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, "The levels are saved.")
                return back_to(request, round_)
    form.cancel_url = reverse("evaluation:round_detail", args=[request.setting.slug, pk])
    context = {"round": round_, "form": form, "has_levels": round_.agreed_levels.exists()}
    return render(request, "evaluation/round_levels.html", context)


@setting_view(Permission.ROUND_RUN)
@require_POST
def agree_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    try:
        version = closing.agree_round(round_=round_, by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, f"Agreed: version {version.number} is kept, with its paper.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
@require_POST
def reopen_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    closing.reopen_round(round_=round_, by=request.membership)
    messages.success(
        request, "Open again. The version that was agreed is kept; the next one gets the next number."
    )
    return back_to(request, round_)


@setting_view(Permission.ROUND_ANSWER)
@require_safe
def round_paper(request: SettingRequest, pk: uuid.UUID) -> HttpResponse:
    """The sheet as a PDF: as it was agreed, else a draft of how it stands."""
    visible = request.setting.rounds.results_visible_to(request.membership).values("pk")
    round_ = round_of(request, pk)
    if not request.setting.rounds.filter(pk=pk, pk__in=visible).exists() or not read(round_).is_enough:
        raise Http404
    return shown_pdf(agreed_pdf(round_.activity), slugify(round_.title))


@setting_view(Permission.ROUND_RUN)
@require_safe
def round_people(request: SettingRequest, pk: uuid.UUID) -> HttpResponse:
    """Who answered what, of a check-in with names: everyone was told so before they answered."""
    round_ = round_of(request, pk)
    if round_.is_anonymous or not round_.is_closed:
        raise Http404
    sent = (
        round_.activity.contributions.filter(is_draft=False)
        .select_related("participant__membership__user", "participant__membership__service__agency")
        .order_by("participant__sector", "participant__membership__user__full_name")
    )
    instrument = round_.instrument
    people = [(one.participant, review(instrument, parse(instrument, one.data))) for one in sent]
    return render(request, "evaluation/round_people.html", {"round": round_, "people": people})


@setting_view(Permission.ROUND_RUN)
def type_in(request: SettingRequest, pk: uuid.UUID, participant: uuid.UUID) -> HttpResponseBase:
    """What somebody without an account answered on paper."""
    round_ = round_of(request, pk)
    place = _paper_place(round_, participant)
    if not round_.is_open:
        return back_to(request, round_)
    answers = {} if round_.is_anonymous else place.answers()
    form = ChecklistForm(posted(request), instrument=round_.instrument, answers=answers)
    form.submit_label = "Hand it in"
    form.cancel_url = reverse("evaluation:round_detail", args=[request.setting.slug, pk])
    if form.is_valid():
        try:
            send_typed(place=place, answers=form.answers())
        except (AlreadyAnswered, NotOpen):
            return refused(
                request, round_, commands.Refused("That form was typed in before, or the check-in is closed.")
            )
        messages.success(request, f"{place.participant.name}’s form is typed in.")
        return back_to(request, round_)
    return render(request, "evaluation/round_type_in.html", {"round": round_, "form": form, "place": place})


@setting_view(Permission.ROUND_RUN)
def add_round_action(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Something to be done that came out of this check-in."""
    round_ = round_of(request, pk)
    if not round_.is_closed:
        raise Http404
    new = Action(setting=request.setting, owner=request.membership)
    form = ActionForm(posted(request), instance=new, viewer=request.membership)
    form.submit_label = "Add the action"
    form.cancel_url = reverse("evaluation:round_detail", args=[request.setting.slug, pk])
    if form.is_valid():
        add_action(
            setting=request.setting,
            by=request.membership,
            origin_kind="round",
            origin_id=round_.pk,
            origin_words=round_.title,
            **form.as_arguments(),
        )
        messages.success(request, "The action is added.")
        return back_to(request, round_)
    return render(request, "evaluation/round_action.html", {"round": round_, "form": form})


def _paper_place(round_: Round, participant: uuid.UUID) -> Place:
    """Somebody without an account; without names each form is typed in once."""
    found = round_.activity.participants.guests().filter(pk=participant, is_invited=True).first()
    if found is None or (round_.is_anonymous and has_answered(found)):
        raise Http404
    return Place(round_, found)
