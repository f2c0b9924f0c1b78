"""What is to be done: the list, adding by hand, changing, and what came of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.downloads import attachment
from config.typing import SettingRequest
from partnerships import commands
from partnerships.access import Permission, setting_view
from partnerships.action_list import ActionFilter, as_csv, chosen_actions
from partnerships.forms.actions import ActionForm, DropForm, OutcomeForm
from partnerships.history import changes, saved_last_by
from partnerships.models import Action
from partnerships.registry import registry
from partnerships.views import posted


@setting_view(Permission.ACTION_OWN)
def action_list(request: SettingRequest) -> HttpResponse:
    chosen = ActionFilter.from_query(request.GET)
    context = {
        "actions": chosen_actions(request.membership, chosen),
        "chosen": chosen,
        "sees_all": request.membership.may(Permission.ACTION_ALL),
        "has_any": request.setting.actions.for_membership(request.membership).exists(),
    }
    is_partial = request.htmx and request.htmx.target == "actions"
    return render(
        request, "partnerships/_actions.html" if is_partial else "partnerships/action_list.html", context
    )


@setting_view(Permission.ACTION_OWN)
def export_actions(request: SettingRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    chosen = ActionFilter.from_query(request.GET)
    content = as_csv(chosen_actions(request.membership, chosen))
    return attachment(content, "text/csv; charset=utf-8", f"actions-{timezone.localdate():%Y-%m-%d}.csv")


def _action(request: SettingRequest, pk: UUID, *, lock: bool = False) -> Action:
    mine = request.setting.actions.for_membership(request.membership).with_owners()
    return get_object_or_404(mine.select_for_update(of=("self",)) if lock else mine, pk=pk)


@setting_view(Permission.ACTION_OWN)
def action_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    action = _action(request, pk)
    origin = registry.origins.get(action.origin_kind) if action.origin_id else None
    context = {
        "action": action,
        "origin_url": reverse(origin, args=[request.setting.slug, action.origin_id]) if origin else "",
        "may_drop": request.membership.may(Permission.ACTION_ALL),
        "changes": changes(action),
    }
    return render(request, "partnerships/action_detail.html", context)


@setting_view(Permission.ACTION_OWN)
def add_action(request: SettingRequest) -> HttpResponse:
    hands_on = request.membership.may(Permission.ACTION_ALL)
    new = Action(setting=request.setting, owner=None if hands_on else request.membership)
    form = ActionForm(posted(request), instance=new, viewer=request.membership)
    if form.is_valid():
        commands.add_action(setting=request.setting, by=request.membership, **form.as_arguments())
        messages.success(request, "The action is added.")
        return redirect("partnerships:action_list", request.setting.slug)
    return render(request, "partnerships/add_action.html", {"form": form})


@setting_view(Permission.ACTION_OWN)
def edit_action(request: SettingRequest, pk: UUID) -> HttpResponse:
    with transaction.atomic():
        form = ActionForm(posted(request), instance=_action(request, pk), viewer=request.membership)
        if form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return redirect("partnerships:action_detail", request.setting.slug, pk)
        form.saved_by = saved_last_by(form.instance) if form.stale else ""
    return render(request, "partnerships/edit_action.html", {"form": form, "action_id": pk})


@setting_view(Permission.ACTION_OWN)
def finish_action(request: SettingRequest, pk: UUID) -> HttpResponse:
    return _close(request, pk, OutcomeForm(posted(request)), heading="It is done", close=Action.finish)


@setting_view(Permission.ACTION_ALL)
def drop_action(request: SettingRequest, pk: UUID) -> HttpResponse:
    return _close(request, pk, DropForm(posted(request)), heading="Drop it", close=Action.drop)


@transaction.atomic
def _close(
    request: SettingRequest,
    pk: UUID,
    form: OutcomeForm,
    *,
    heading: str,
    close: Callable[[Action, str], None],
) -> HttpResponse:
    action = _action(request, pk, lock=request.method == "POST")
    if not action.is_open:
        messages.warning(request, f"This action is closed already: {action.when_words}.")
        return redirect("partnerships:action_detail", request.setting.slug, pk)
    if form.is_valid():
        close(action, form.cleaned_data["outcome"])
        messages.success(request, f"The action is {action.state}.")
        return redirect("partnerships:action_list", request.setting.slug)
    return render(
        request, "partnerships/close_action.html", {"form": form, "action": action, "heading": heading}
    )


@require_POST
@setting_view(Permission.ACTION_OWN)
def reopen_action(request: SettingRequest, pk: UUID) -> HttpResponse:
    with transaction.atomic():
        action = _action(request, pk, lock=True)
        if not action.is_open:
            action.reopen()
    messages.success(request, "The action is open again.")
    return redirect("partnerships:action_detail", request.setting.slug, pk)
