"""Inviting people, and their arrival. Rows are locked: two clicks at once make one member."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships import mail
from partnerships.addresses import Address
from partnerships.invitations import State, check, link_for, state_of
from partnerships.models import Invitation, Membership, Partnership, Setting, User
from partnerships.models.people import invitation_expiry, new_nonce

MakeUser = Callable[[], User]


@dataclass(frozen=True)
class Offer:
    """What the people of one list are invited as."""

    roles: Sequence[str]
    sector: str
    partnership: Partnership | None = None
    job_title: str = ""


class InvitationProblem(Exception):
    """The invitation can't be accepted; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


@transaction.atomic
def invite_people(
    *, setting: Setting, addresses: Sequence[Address], offer: Offer, by: Membership | None
) -> list[Invitation]:
    """Invites those who are neither here nor invited already, and mails each of them."""
    ready = check(setting, addresses).ready
    made = [made for address in ready if (made := _invite(setting, address, offer, by))]
    _mail(made)
    return made


def _invite(setting: Setting, address: Address, offer: Offer, by: Membership | None) -> Invitation | None:
    try:
        with transaction.atomic():
            return setting.invitations.create(
                email=address.email,
                full_name=address.name[:120],
                roles=list(offer.roles),
                sector=offer.sector,
                service=offer.partnership.service if offer.partnership else None,
                job_title=offer.job_title,
                invited_by=by,
            )
    except IntegrityError:  # somebody else has invited them just now
        return None


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Membership) -> bool:
    """A new link for another 14 days; the older one stops. False if the invitation no longer waits."""
    row = _waiting(invitation)
    if row is None:
        return False
    row.nonce = new_nonce()
    row.expires_at = invitation_expiry()
    row.sent_at = timezone.now()
    row.sent_count += 1
    row.save(update_fields=["nonce", "expires_at", "sent_at", "sent_count"])
    _mail([row])
    return True


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Membership) -> bool:
    """The link stops. False if the invitation no longer waits."""
    row = _waiting(invitation)
    if row is None:
        return False
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    return True


def _waiting(invitation: Invitation) -> Invitation | None:
    return Invitation.objects.waiting().select_for_update().filter(pk=invitation.pk).first()


@transaction.atomic
def accept_invitation(*, invitation: Invitation, make_user: MakeUser) -> Membership:
    """Makes a member of the person that `make_user` gives. Raises InvitationProblem if somebody was quicker.

    `make_user` is called under the lock, so that two clicks make one person.
    """
    row = Invitation.objects.select_for_update(of=("self",)).select_related("setting").get(pk=invitation.pk)
    if (state := state_of(row, invitation.nonce)) is not State.OPEN:
        raise InvitationProblem(state)
    membership = _join(row, make_user())
    row.accepted_at, row.accepted_by = timezone.now(), membership
    row.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def _join(invitation: Invitation, user: User) -> Membership:
    """A new membership; somebody who has left before comes back to the old one."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        setting=invitation.setting, user=user, defaults=_offered(invitation)
    )
    if is_new:
        return membership
    offered = _offered(invitation)
    if membership.is_current:
        offered = {
            "roles": [*membership.roles, *(role for role in invitation.roles if role not in membership.roles)]
        }
    for name, value in {**offered, "left_on": None}.items():
        setattr(membership, name, value)
    membership.version += 1
    membership.save()
    return membership


def _offered(invitation: Invitation) -> dict[str, object]:
    return {
        "roles": invitation.roles,
        "job_title": invitation.job_title,
        "sector": invitation.sector,
        "service": invitation.service,
        "joined_on": timezone.localdate(),
        "tie_confirmed_on": None,
        "tie_confirmed_by": "",
    }


def _mail(invitations: Sequence[Invitation]) -> None:
    messages = [
        mail.compose(
            to=invitation.email,
            template="email/invitation.txt",
            context={"invitation": invitation, "setting": invitation.setting, "link": link_for(invitation)},
        )
        for invitation in invitations
    ]
    if messages:
        transaction.on_commit(lambda: mail.post(messages))
