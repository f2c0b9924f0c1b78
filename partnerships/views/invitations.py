"""Inviting people by pasting their addresses, and arriving by the link that they get."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from config.typing import SettingRequest
from partnerships import commands, invitations
from partnerships.access import Permission, Role, public_view, setting_view
from partnerships.arrival import Arrival, arrival_at
from partnerships.audit import Actor, acting
from partnerships.forms.account import ArrivalForm
from partnerships.forms.people import InvitationForm
from partnerships.invitations import State
from partnerships.mail import MailNotSent
from partnerships.models import User
from partnerships.sectors import Sector
from partnerships.views import posted

NOT_SENT = (
    "The invitations are kept, but the mail could not be sent just now. Choose “Send again” in a few minutes"
)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@setting_view(Permission.PEOPLE_EDIT)
def invite_people(request: SettingRequest) -> HttpResponse:
    """The list is pasted, then shown as it was understood; nothing is kept or sent before `send_invitations`."""
    form = InvitationForm(posted(request), setting=request.setting)
    if not form.is_valid():
        return render(request, "partnerships/invite_people.html", {"form": form})
    return _preview(request, form)


def _preview(request: SettingRequest, form: InvitationForm) -> HttpResponse:
    checked = invitations.check(request.setting, form.pasted.addresses)
    form.form_tag = False
    context = {
        "form": form,
        "sending": InvitationForm(request.POST, setting=request.setting, auto_id=False),
        "checked": checked,
        "unreadable": form.pasted.unreadable,
        "offer": form.offer,
        "role_words": ", ".join(Role(role).label for role in form.offer.roles),
        "sector_words": Sector(form.offer.sector).label,
    }
    return render(request, "partnerships/invite_preview.html", context)


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def send_invitations(request: SettingRequest) -> HttpResponse:
    form = InvitationForm(request.POST, setting=request.setting)
    if not form.is_valid():
        return render(request, "partnerships/invite_people.html", {"form": form})
    try:
        sent = commands.invite_people(
            setting=request.setting, addresses=form.pasted.addresses, offer=form.offer, by=request.membership
        )
    except MailNotSent:
        messages.warning(request, NOT_SENT)
    else:
        messages.success(request, f"{len(sent)} invitation{'' if len(sent) == 1 else 's'} sent.")
    return redirect("partnerships:person_list", request.setting.slug)


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def send_invitation_again(request: SettingRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(request.setting.invitations, pk=pk)
    try:
        was_sent = commands.send_invitation_again(invitation=invitation, by=request.membership)
    except MailNotSent:
        messages.warning(request, NOT_SENT)
    else:
        _say(request, was_sent, f"Sent again to {invitation.email}. The older link no longer works.")
    return redirect("partnerships:person_list", request.setting.slug)


@require_POST
@setting_view(Permission.PEOPLE_EDIT)
def withdraw_invitation(request: SettingRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(request.setting.invitations, pk=pk)
    was_withdrawn = commands.withdraw_invitation(invitation=invitation, by=request.membership)
    _say(
        request,
        was_withdrawn,
        f"The invitation to {invitation.email} is withdrawn. Its link no longer works.",
    )
    return redirect("partnerships:person_list", request.setting.slug)


def _say(request: SettingRequest, is_done: bool, words: str) -> None:
    if is_done:
        messages.success(request, words)
    else:
        messages.warning(request, "This invitation no longer waits: it was accepted or withdrawn meanwhile.")


@public_view
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens. Looking at it changes nothing."""
    arrival = arrival_at(token, request.user)
    form = ArrivalForm(email=arrival.email, initial={"full_name": arrival.name}) if arrival.is_new else None
    return _show(request, arrival, form)


@require_POST
@public_view
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    arrival = arrival_at(token, request.user)
    if arrival.is_new:
        return _arrive(request, arrival)
    if not arrival.is_theirs:
        return _show(request, arrival, None)
    assert isinstance(request.user, User)
    user = request.user
    return _accept(request, arrival, make_user=lambda: user)


def _arrive(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    form = ArrivalForm(request.POST, email=arrival.email)
    if not form.is_valid():
        return _show(request, arrival, form)
    return _accept(request, arrival, make_user=form.make_user)


def _accept(request: HttpRequest, arrival: Arrival, *, make_user: "commands.MakeUser") -> HttpResponse:
    assert arrival.invitation is not None
    try:
        with acting(Actor.LINK, arrival.email):
            membership = commands.accept_invitation(invitation=arrival.invitation, make_user=make_user)
    except commands.InvitationProblem:
        return _show(request, arrival_at(_token(request), request.user), None)
    if not request.user.is_authenticated:
        login(request, membership.user, backend=BACKEND)
    messages.success(request, f"Welcome to {membership.setting.name}.")
    return redirect(membership.setting)


def _show(request: HttpRequest, arrival: Arrival, form: ArrivalForm | None) -> HttpResponse:
    """410 for a link that worked once and is over."""
    status = {State.OPEN: 200, State.UNKNOWN: 404}.get(arrival.state, 410)
    context = {"arrival": arrival, "form": form, "token": _token(request)}
    response = render(request, "partnerships/invitation.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None
    return str(request.resolver_match.kwargs["token"])
