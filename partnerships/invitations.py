"""Links that invite somebody, what such a link is worth today, and who of a list can be invited."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from partnerships.addresses import Address
from partnerships.models import Invitation, Membership, Setting

_signer = Signer(salt="partnerships.invitation", sep=".")


class State(StrEnum):
    OPEN = "open"
    UNKNOWN = "unknown"
    REPLACED = "replaced"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED = "used"


def token_for(invitation: Invitation) -> str:
    """Holds the id and the nonce: a new nonce makes every older link useless."""
    return _signer.sign(f"{invitation.pk.hex}.{invitation.nonce}")


def link_for(invitation: Invitation) -> str:
    return settings.SITE_URL + reverse("partnerships:invitation_detail", args=[token_for(invitation)])


def find(token: str) -> tuple[Invitation | None, State]:
    """The invitation that `token` was made for, and whether it can still be accepted."""
    try:
        identifier, nonce = _signer.unsign(token).split(".", 1)
    except (BadSignature, ValueError):
        return None, State.UNKNOWN
    invitation = (
        Invitation.objects.select_related("setting", "service", "invited_by__user", "accepted_by")
        .defer("setting__logo")
        .filter(pk=uuid.UUID(identifier))
        .first()
    )
    return (invitation, state_of(invitation, nonce)) if invitation else (None, State.UNKNOWN)


def state_of(invitation: Invitation, nonce: str) -> State:
    if invitation.accepted_at:
        return State.USED
    if invitation.withdrawn_at:
        return State.WITHDRAWN
    if invitation.nonce != nonce:
        return State.REPLACED
    return State.EXPIRED if invitation.is_expired else State.OPEN


@dataclass(frozen=True)
class Checked:
    """A list of people, sorted by what can be done with each."""

    ready: list[Address]
    here: list[Address]
    waiting: list[Address]


def check(setting: Setting, addresses: Sequence[Address]) -> Checked:
    """Who of `addresses` can be invited, who is here already, and who has an invitation waiting."""
    emails = [address.email for address in addresses]
    members = Membership.objects.filter(setting=setting).current().filter(user__email__in=emails)
    here = {email.lower() for email in members.values_list("user__email", flat=True)}
    invited = setting.invitations.waiting().filter(email__in=emails)
    waiting = {email.lower() for email in invited.values_list("email", flat=True)} - here
    return Checked(
        ready=[address for address in addresses if address.email not in here | waiting],
        here=[address for address in addresses if address.email in here],
        waiting=[address for address in addresses if address.email in waiting],
    )
