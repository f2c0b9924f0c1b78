"""Who stands at the door with an invitation, and what they can do next."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from partnerships import invitations
from partnerships.invitations import State
from partnerships.models import Invitation, User


@dataclass(frozen=True)
class Arrival:
    """`visitor` is who is signed in, if anybody; `knows_us`: the address invited has an account."""

    invitation: Invitation | None
    state: State
    visitor: User | None
    knows_us: bool

    @property
    def email(self) -> str:
        return self.invitation.email if self.invitation else ""

    @property
    def name(self) -> str:
        return self.invitation.full_name if self.invitation else ""

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_new(self) -> bool:
        """Nobody is signed in, and the address has no account: a name and a password are asked for."""
        return self.is_open and self.visitor is None and not self.knows_us

    @property
    def must_sign_in(self) -> bool:
        return self.is_open and self.visitor is None and self.knows_us

    @property
    def is_theirs(self) -> bool:
        return self.is_open and self.visitor is not None and self.visitor.email.lower() == self.email.lower()

    @property
    def is_in_already(self) -> bool:
        """The link is used, by the very person who opens it again."""
        accepted = self.invitation.accepted_by if self.invitation else None
        return self.visitor is not None and accepted is not None and accepted.user_id == self.visitor.pk


def arrival_at(token: str, visitor: "User | AnonymousUser") -> Arrival:
    invitation, state = invitations.find(token)
    knows_us = invitation is not None and User.objects.filter(email__iexact=invitation.email).exists()
    return Arrival(invitation, state, visitor if isinstance(visitor, User) else None, knows_us)
