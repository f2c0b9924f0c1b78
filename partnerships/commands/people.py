"""What changes somebody's part in a setting. There is never no coordinator: it is checked under a lock."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnerships.access import Role
from partnerships.models import Membership
from partnerships.registry import registry


class LastCoordinator(Exception):
    """Refused: nobody would be left to run the setting."""


@transaction.atomic
def change_person(*, membership: Membership, roles: Sequence[str], by: Membership) -> Membership:
    """Saves `membership` as it stands, with these roles. A tie to another service has to be confirmed again."""
    before = _locked(membership)
    if before.is_coordinator and Role.COORDINATOR not in roles:
        _refuse_last(before)
    membership.roles = [role for role in Role.values if role in roles]
    if membership.service_id != before.service_id:
        membership.tie_confirmed_on, membership.tie_confirmed_by = None, ""
    membership.version = before.version + 1
    membership.save()
    return membership


@transaction.atomic
def confirm_tie(*, membership: Membership, by: Membership) -> None:
    """From now on the practitioner may edit the sheet of the service that they work for."""
    person = _locked(membership)
    if person.service_id is None or person.tie_confirmed_on:
        return
    person.tie_confirmed_on = timezone.localdate()
    person.tie_confirmed_by = by.user.full_name
    person.version += 1
    person.save(update_fields=["tie_confirmed_on", "tie_confirmed_by", "version"])


@transaction.atomic
def end_access(*, membership: Membership, left_on: date, by: Membership) -> None:
    """Access ends when `left_on` begins (today: at once). What they wrote stays, under their name and agency."""
    person = _locked(membership)
    if person.is_coordinator:
        _refuse_last(person)
    person.left_on = left_on
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    for tell in registry.left:
        tell(person)


def _locked(membership: Membership) -> Membership:
    """The row as it is now, locked; always before the setting is locked."""
    return Membership.objects.select_for_update().get(pk=membership.pk)


def _refuse_last(leaving: Membership) -> None:
    """Looks at the others under a lock of the setting: two who leave at once can't both be let go."""
    leaving.setting.hold()
    others = Membership.objects.filter(setting=leaving.setting_id).staying().with_role(Role.COORDINATOR)
    if not others.exclude(pk=leaving.pk).exists():
        raise LastCoordinator
