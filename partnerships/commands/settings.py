"""How a school starts."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.access import Role
from partnerships.addresses import Address
from partnerships.commands.invitations import Offer, invite_people
from partnerships.models import Invitation, Setting


@dataclass(frozen=True)
class NewSetting:
    setting: Setting
    invitation: Invitation


@transaction.atomic
def create_setting(*, name: str, slug: str, coordinator: Address, kind: str = "") -> NewSetting:
    """Makes a setting and invites its first coordinator. Raises ValidationError with words for a person."""
    setting = Setting(name=name, slug=slug, **({"kind": kind} if kind else {}))
    setting.full_clean()
    setting.save()
    result = invite_people(
        setting=setting,
        addresses=[coordinator],
        offer=Offer(roles=(Role.COORDINATOR,), sector="education"),
        by=None,
    )
    if not result:
        raise ValidationError("The coordinator could not be invited.")
    return NewSetting(setting, result[0])
