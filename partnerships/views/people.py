"""The people of a setting: the list, each one's page, what they may do, and their last day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from partnerships import commands
from partnerships.access import Permission, Role, setting_view
from partnerships.forms.people import LeavingForm, OwnDetailsForm, PersonForm
from partnerships.history import changes, saved_last_by
from partnerships.models import Membership
from partnerships.people import PeopleFilter, groups_of
from partnerships.registry import registry
from partnerships.sectors import Sector
from partnerships.views import posted

LAST_COORDINATOR = "Nobody else is a coordinator here. Make somebody else a coordinator first"


@setting_view(Permission.PEOPLE_READ)
def person_list(request: SettingRequest) -> HttpResponse:
    chosen = PeopleFilter.from_query(request.GET)
    people = chosen.apply(request.setting.memberships.current())
    context: dict[str, Any] = {
        "chosen": chosen,
        "groups": groups_of(people),
        "roles": Role.choices,
        "sectors": Sector.choices,
        "may_edit": False,
        "may_see_visitors": request.membership.may(Permission.VISITOR_READ),
    }
    if request.membership.may(Permission.PEOPLE_EDIT):
        waiting = request.setting.invitations.waiting().select_related("service", "invited_by__user")
        context |= {"may_edit": True, "invitations": waiting}
    is_partial = request.htmx and request.htmx.target == "people"
    return render(
        request, "partnerships/_people.html" if is_partial else "partnerships/person_list.html", context
    )


def _person(request: SettingRequest, pk: UUID) -> Membership:
    """Somebody of the setting; those who have left are shown to coordinators."""
    people = request.setting.memberships.with_people()
    if not request.membership.may(Permission.PEOPLE_EDIT):
        people = people.current()
    return get_object_or_404(people, pk=pk)


@setting_view(Permission.PEOPLE_READ)
def person_detail(request: SettingRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    may_edit = request.membership.may(Permission.PEOPLE_EDIT)
    is_self = person.pk == request.membership.pk
    panels = [panel for source in registry.person_panels for panel in source(request.membership, person)]
    story = changes(person, person.user) if may_edit or is_self else None
    context = {
        "person": person,
        "panels": sorted(panels, key=lambda panel: panel.order),
        "may_edit": may_edit,
        "is_self": is_self,
        "changes": story and [each for each in story if not (each.is_new and each.model == "user")],
    }
    return render(request, "partnerships/person_detail.html", context)


@setting_view(Permission.PEOPLE_READ)
def edit_person(request: SettingRequest, pk: UUID) -> HttpResponse:
    """A coordinator changes anybody; others their own job title and telephone."""
    person = _person(request, pk)
    may_edit = request.membership.may(Permission.PEOPLE_EDIT)
    if not may_edit and person.pk != request.membership.pk:
        raise PermissionDenied
    with transaction.atomic():
        form = (PersonForm if may_edit else OwnDetailsForm)(posted(request), instance=person)
        if form.is_valid() and _save_person(request, form):
            messages.success(request, "Saved.")
            return redirect("partnerships:person_detail", request.setting.slug, pk)
        form.saved_by = saved_last_by(person) if form.stale else ""
    return render(request, "partnerships/edit_person.html", {"form": form, "person": _person(request, pk)})


def _save_person(request: SettingRequest, form: PersonForm | OwnDetailsForm) -> bool:
    if isinstance(form, OwnDetailsForm):
        form.save()
        return True
    try:
        commands.change_person(
            membership=form.save(commit=False), roles=form.cleaned_data["roles"], by=request.membership
        )
    except commands.LastCoordinator:
        form.add_error("roles", LAST_COORDINATOR)
        return False
    return True


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def confirm_tie(request: SettingRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(request.setting.memberships.current(), pk=pk, service__isnull=False)
    commands.confirm_tie(membership=person, by=request.membership)
    messages.success(
        request, f"Confirmed: {person.user.full_name} may now change the sheet of {person.service}."
    )
    return redirect("partnerships:person_detail", request.setting.slug, pk)


@setting_view(Permission.PEOPLE_EDIT)
def end_access(request: SettingRequest, pk: UUID) -> HttpResponse:
    """Somebody leaves: on their last day access ends, and the work stays under their name."""
    person = get_object_or_404(request.setting.memberships.current(), pk=pk)
    form = LeavingForm(posted(request))
    if form.is_valid():
        try:
            commands.end_access(
                membership=person, left_on=form.cleaned_data["left_on"], by=request.membership
            )
        except commands.LastCoordinator:
            form.add_error(None, LAST_COORDINATOR)
        else:
            messages.success(
                request, f"{person.user.full_name}’s access ends. What they wrote stays under their name."
            )
            return redirect("partnerships:person_list", request.setting.slug)
    context = {"form": form, "person": person, "open_actions": person.actions.open().count()}
    return render(request, "partnerships/end_access.html", context)
