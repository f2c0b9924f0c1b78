"""Answering a check-in. What is typed goes from page to page in the browser until it is sent.

Without names nothing is written before that: no draft, no session. The key of an answer is in the address of no page,
only in a cookie for these pages and in the code that the person is shown.
"""

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.typing import SettingRequest
from evaluation import anonymity, answering
from evaluation.anonymity import AlreadyAnswered, NotOpen
from evaluation.answering import Place, StaleAnswer, place_of
from evaluation.groups import read_groups, stored_key
from evaluation.rounds.forms import CodeForm
from evaluation.views.reaching import back_to, refused, round_of
from partnerships import limits
from partnerships.access import Permission, setting_view
from toolkits.checklist import Answers, ChecklistForm, parse, progress, review, unanswered

COOKIE = "check_in_key"
CODE_TRIES = 10
CODE_SECONDS = 600
CLOSED_WORDS = "This check-in is closed, so your answers can’t be sent or changed any more."
ALREADY_WORDS = (
    "You have answered this check-in already. To change your answers, enter the code you were shown then."
)


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_safe
def answer_round(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    place = _place(request, pk)
    if not place.round.is_open:
        return back_to(request, place.round)
    if not place.round.is_anonymous:
        return _form_page(request, place, place.answers())
    key = _key_of(request, place)
    answers = anonymity.kept(place.round, key) if key else None
    if answers is not None:
        return _form_page(request, place, parse(place.round.instrument, answers))
    if place.has_answered:
        return render(request, "evaluation/answer_code.html", {"round": place.round, "form": CodeForm()})
    return _form_page(request, place, {})


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_POST
def check_answer(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Everything on one page before it is sent."""
    place = _place(request, pk)
    form = ChecklistForm(request.POST, instrument=place.round.instrument)
    if not form.is_valid():
        return _page(request, place, form)
    answers = form.answers()
    if not place.round.is_anonymous:
        try:
            answering.keep_draft(place=place, answers=answers, by=request.membership)
        except NotOpen:
            return _closed(request, place, answers)
    return _check_page(request, place, answers, _key_of(request, place) or anonymity.new_key())


@setting_view(Permission.ROUND_ANSWER)
@require_POST
def save_answer(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Keeps what is filled in so far, of a check-in with names."""
    place = _place(request, pk)
    form = ChecklistForm(request.POST, instrument=place.round.instrument)
    if place.round.is_anonymous:
        raise Http404
    if not form.is_valid():
        return _page(request, place, form)
    try:
        answering.keep_draft(place=place, answers=form.answers(), by=request.membership)
    except NotOpen:
        return _closed(request, place, form.answers())
    messages.success(request, "Kept. Nobody sees it until you send it.")
    return back_to(request, place.round)


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_POST
def change_answer(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Back from checking to the form, with everything in it."""
    place = _place(request, pk)
    return _form_page(request, place, _carried(request, place))


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_POST
def send_answer(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    place, key = _place(request, pk), anonymity.read_key(request.POST.get("key", ""))
    answers = _carried(request, place)
    if not answers or (place.round.is_anonymous and not key):
        return back_to(request, place.round, "answer_round")
    try:
        if place.round.is_anonymous:
            anonymity.take(round_=place.round, participant=place.participant, answers=answers, key=key)
        else:
            answering.send_named(place=place, answers=answers, seen_version=_seen(request))
    except NotOpen:
        return _closed(request, place, answers)
    except StaleAnswer as stale:
        return _check_page(request, place, answers, "", stale=str(stale))
    except AlreadyAnswered:
        return refused(request, place.round, AlreadyAnswered(ALREADY_WORDS))
    response = back_to(request, place.round, "answer_thanks")
    if place.round.is_anonymous:
        _keep_key(request, response, place, key)
    return response


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_safe
def answer_thanks(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    place = _place(request, pk)
    if not place.has_answered:
        return back_to(request, place.round, "answer_round")
    key = _key_of(request, place) if place.round.is_anonymous else ""
    context = {"round": place.round, "code": anonymity.key_words(key)}
    return render(request, "evaluation/answer_thanks.html", context)


@setting_view(Permission.ROUND_ANSWER)
@never_cache
@require_POST
def open_answer(request: SettingRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Opens an answer without a name to whoever has its code."""
    place, form = _place(request, pk), CodeForm(request.POST)
    if form.is_valid():
        if not limits.hit(f"check-in-code:{request.membership.pk}", CODE_TRIES, CODE_SECONDS):
            form.add_error("code", "That was tried too often. Wait ten minutes, then try again")
        elif anonymity.kept(place.round, form.cleaned_data["code"]) is None:
            form.add_error("code", "This code opens no answers here. Compare it letter by letter")
        else:
            response = back_to(request, place.round, "answer_round")
            _keep_key(request, response, place, form.cleaned_data["code"])
            return response
    return render(request, "evaluation/answer_code.html", {"round": place.round, "form": form})


def _place(request: SettingRequest, pk: uuid.UUID) -> Place:
    place = place_of(round_of(request, pk), request.membership)
    if place is None or place.round.opened_at is None:
        raise Http404
    return place


def _form_page(request: SettingRequest, place: Place, answers: Answers) -> HttpResponse:
    return _page(request, place, ChecklistForm(instrument=place.round.instrument, answers=answers), answers)


def _page(
    request: SettingRequest, place: Place, form: ChecklistForm, answers: Answers | None = None
) -> HttpResponse:
    instrument = place.round.instrument
    shown = progress(instrument, answers or {})
    context = {
        "round": place.round,
        "instrument": instrument,
        "form": form,
        "pages": shown,
        "links": {page.group.key: f"#group-{page.group.key}" for page, _, _ in shown},
        "counted_with": _counted_with(place),
        "has_answered": place.has_answered,
    }
    return render(request, "evaluation/answer.html", context)


def _check_page(
    request: SettingRequest, place: Place, answers: Answers, key: str, *, stale: str = ""
) -> HttpResponse:
    instrument = place.round.instrument
    context: dict[str, Any] = {
        "round": place.round,
        "groups": review(instrument, answers),
        "gaps": len(unanswered(instrument, answers)),
        "is_empty": not answers,
        "carried": json.dumps(answers),
        "key": key,
        "seen": 0 if place.round.is_anonymous else place.sent_version,
        "stale": stale,
    }
    return render(request, "evaluation/answer_check.html", context)


def _counted_with(place: Place) -> str:
    """The group that this person's answers are counted in, in words."""
    groups = read_groups(place.round)
    key = stored_key(groups, place.participant.sector)
    return next((group.words for group in groups if group.key == key), "everyone")


def _carried(request: SettingRequest, place: Place) -> Answers:
    try:
        data = json.loads(request.POST.get("answers", ""))
    except ValueError:
        data = {}
    return parse(place.round.instrument, data)


def _seen(request: SettingRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else None


def _closed(request: SettingRequest, place: Place, answers: Answers) -> HttpResponse:
    """It closed while somebody was answering: their answers are shown, so that they can keep them."""
    context = {
        "round": place.round,
        "groups": review(place.round.instrument, answers),
        "words": CLOSED_WORDS,
    }
    return render(request, "evaluation/answer_closed.html", context, status=409)


def _signer(place: Place) -> signing.Signer:
    """The cookie is good for one person in one check-in: a shared computer does not hand it on."""
    return signing.Signer(salt=f"check-in:{place.round.pk}:{place.participant.pk}")


def _key_of(request: SettingRequest, place: Place) -> str:
    try:
        return anonymity.read_key(_signer(place).unsign(request.COOKIES.get(COOKIE, "")))
    except signing.BadSignature:
        return ""


def _keep_key(request: SettingRequest, response: HttpResponseBase, place: Place, key: str) -> None:
    """Until the browser is closed, and for the pages of this answer only."""
    assert isinstance(response, HttpResponse)
    response.set_cookie(
        COOKIE,
        _signer(place).sign(key),
        path=reverse("evaluation:answer_round", args=[request.setting.slug, place.round.pk]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
