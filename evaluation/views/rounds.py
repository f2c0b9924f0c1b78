"""Check-ins as they are run: the list, getting one ready, opening it, and its page in each phase."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config.typing import SettingRequest
from evaluation.answering import place_of
from evaluation.models import Phase, Round
from evaluation.rounds import commands
from evaluation.rounds.forms import ClosingDayForm, RoundForm
from evaluation.rounds.lists import listed_rounds, open_page, plan_page
from evaluation.rounds.pages import results_page
from evaluation.rounds.paper import actions_of
from evaluation.views.reaching import back_to, refused, round_of
from partnerships.access import Permission, setting_view
from partnerships.views import posted
from toolkits.instruments import builtin
from toolkits.instruments.definition import Instrument, Kind
from toolkits.versions import current


@setting_view(Permission.ROUND_ANSWER)
@require_safe
def round_list(request: SettingRequest) -> HttpResponse:
    runs = request.membership.may(Permission.ROUND_RUN)
    context = {
        "rounds": listed_rounds(request.setting, request.membership),
        "runs": runs,
        "checklists": _checklists() if runs else (),
    }
    return render(request, "evaluation/round_list.html", context)


@setting_view(Permission.ROUND_RUN)
def start_round(request: SettingRequest, code: str) -> HttpResponseBase:
    instrument = _checklist(request, code)
    form = RoundForm(posted(request), setting=request.setting, instrument=instrument)
    form.cancel_url = reverse("evaluation:round_list", args=[request.setting.slug])
    if form.is_valid():
        round_ = commands.start_round(
            setting=request.setting, code=code, wanted=form.wanted(), by=request.membership
        )
        return back_to(request, round_)
    return render(
        request, "evaluation/round_form.html", {"form": form, "instrument": instrument, "round": None}
    )


@setting_view(Permission.ROUND_RUN)
def edit_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    form = RoundForm(posted(request), setting=request.setting, instrument=round_.instrument, round_=round_)
    form.cancel_url = reverse("evaluation:round_detail", args=[request.setting.slug, pk])
    if form.is_valid():
        try:
            commands.change_round(
                round_=round_, wanted=form.wanted(), by=request.membership, seen_version=form.seen_version
            )
        except commands.StaleRound as stale:
            form.add_error(None, str(stale))
        except commands.Refused as why:
            return refused(request, round_, why)
        else:
            return back_to(request, round_)
    context = {"form": form, "instrument": round_.instrument, "round": round_}
    return render(request, "evaluation/round_form.html", context)


@setting_view(Permission.ROUND_ANSWER)
@require_safe
def round_detail(request: SettingRequest, pk: uuid.UUID) -> HttpResponse:
    """The plan, who has answered, or the results: what there is to see for this person now."""
    round_ = round_of(request, pk)
    runs = request.membership.may(Permission.ROUND_RUN)
    context: dict[str, Any] = {"round": round_, "runs": runs, "instrument": round_.instrument}
    place = place_of(round_, request.membership)
    context["place"] = place
    if round_.is_closed and (runs or (round_.shared_at and place and place.has_answered)):
        context |= {"page": results_page(round_, request.membership), "actions": actions_of(round_)}
        return render(request, "evaluation/round_results.html", context)
    if runs and round_.phase in (Phase.DRAFT, Phase.READY):
        return render(request, "evaluation/round_plan.html", context | {"plan": plan_page(round_)})
    if runs and round_.is_open:
        context |= {
            "page": open_page(round_),
            "form": ClosingDayForm(initial={"closes_on": round_.closes_on}),
        }
        return render(request, "evaluation/round_open.html", context)
    return render(request, "evaluation/round_asked.html", context)


@setting_view(Permission.ROUND_RUN)
@require_POST
def open_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Opens it now, or on its day."""
    round_ = round_of(request, pk)
    try:
        found = commands.open_round(round_=round_, by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, "Everyone is asked." if found.is_open else "It opens by itself on its day.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
@require_POST
def open_now(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Opens today what was to open later."""
    round_ = round_of(request, pk)
    try:
        commands.open_now(round_=round_, by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, "Everyone is asked.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
@require_POST
def group_round(request: SettingRequest, pk: uuid.UUID, grouping: str) -> HttpResponseBase:
    """Counts answers by sector, in wider groups, or all together."""
    round_ = round_of(request, pk)
    if grouping not in Round.Grouping.values:
        raise Http404
    try:
        commands.group_by(round_=round_, grouping=Round.Grouping(grouping), by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
@require_POST
def name_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Makes it a check-in with names."""
    round_ = round_of(request, pk)
    try:
        commands.make_named(round_=round_, by=request.membership)
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, "This check-in is with names now. Everyone is told so before they answer.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
def discard_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    if request.method == "POST":
        try:
            commands.discard_round(round_=round_, by=request.membership)
        except commands.Refused as why:
            return refused(request, round_, why)
        messages.success(request, f"“{round_.title}” is taken away. Nobody was asked.")
        return redirect("evaluation:round_list", request.setting.slug)
    context = {
        "question": f"Take “{round_.title}” away?",
        "text": "Nobody has been asked yet, so nothing is lost but what you have set up.",
        "verb": "Take it away",
        "back_url": reverse("evaluation:round_detail", args=[request.setting.slug, pk]),
    }
    return render(request, "confirm.html", context)


@setting_view(Permission.ROUND_RUN)
@require_POST
def remind_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    many = commands.remind(round_=round_, by=request.membership)
    if many:
        messages.success(
            request, f"A reminder is on its way to {many} {'person' if many == 1 else 'people'}."
        )
    else:
        messages.info(request, "Nobody was written to: everyone has answered, or had a reminder today.")
    return back_to(request, round_)


@setting_view(Permission.ROUND_RUN)
@require_POST
def move_closing_day(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    round_ = round_of(request, pk)
    form = ClosingDayForm(request.POST)
    if not form.is_valid():
        context = {
            "round": round_,
            "runs": True,
            "instrument": round_.instrument,
            "form": form,
            "place": None,
        }
        return render(request, "evaluation/round_open.html", context | {"page": open_page(round_)})
    try:
        commands.change_closing_day(
            round_=round_, closes_on=form.cleaned_data["closes_on"], by=request.membership
        )
    except commands.Refused as why:
        return refused(request, round_, why)
    messages.success(request, "The last day is changed.")
    return back_to(request, round_)


def _checklist(request: SettingRequest, code: str) -> Instrument:
    """The checklist that this setting would run: its own version, else the built-in one."""
    if code not in builtin() and not request.setting.instrument_versions.filter(code=code).exists():
        raise Http404
    instrument = current(code, request.setting).instrument
    if instrument.kind is not Kind.CHECKLIST:
        raise Http404
    return instrument


def _checklists() -> tuple[Instrument, ...]:
    return tuple(one for one in builtin().values() if one.kind is Kind.CHECKLIST)
