from partnerships.models.action import Action
from partnerships.models.limit import Attempt
from partnerships.models.partnership import Partnership
from partnerships.models.people import Invitation, Membership, User
from partnerships.models.sent import SentMail
from partnerships.models.setting import Setting, Term
from partnerships.models.visitor import Visitor

__all__ = [
    "Action",
    "Attempt",
    "Invitation",
    "Membership",
    "Partnership",
    "SentMail",
    "Setting",
    "Term",
    "User",
    "Visitor",
]
