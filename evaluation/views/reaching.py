"""How the views of check-ins reach a check-in, and answer when something can't be done."""

import uuid

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from config.typing import SettingRequest
from evaluation.models import Round


def round_of(request: SettingRequest, pk: uuid.UUID) -> Round:
    """A check-in of this setting that this person may see; 404 for any other."""
    visible = request.setting.rounds.with_activity().visible_to(request.membership)
    found: Round = get_object_or_404(visible.distinct(), pk=pk)
    return found


def back_to(request: SettingRequest, round_: Round, name: str = "round_detail") -> HttpResponseBase:
    return redirect(f"evaluation:{name}", request.setting.slug, round_.pk)


def refused(request: SettingRequest, round_: Round, why: Exception) -> HttpResponseBase:
    """Says why a thing was not done, on the check-in's page."""
    messages.error(request, str(why))
    return back_to(request, round_)
