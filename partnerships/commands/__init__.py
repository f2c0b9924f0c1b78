"""What changes several things at once: atomic, keyword-only, `by` is who does it, mail goes out on commit."""

from partnerships.commands.actions import add_action
from partnerships.commands.invitations import (
    InvitationProblem,
    MakeUser,
    accept_invitation,
    invite_people,
    send_invitation_again,
    withdraw_invitation,
)
from partnerships.commands.people import LastCoordinator, change_person, confirm_tie, end_access
from partnerships.commands.settings import create_setting

__all__ = [
    "InvitationProblem",
    "LastCoordinator",
    "MakeUser",
    "accept_invitation",
    "add_action",
    "change_person",
    "confirm_tie",
    "create_setting",
    "end_access",
    "invite_people",
    "send_invitation_again",
    "withdraw_invitation",
]
