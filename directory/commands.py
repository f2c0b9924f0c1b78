"""What changes a service together with its partnership, and who may ask for it.

`by` is the membership that acts; the change is refused when it may not. History keeps who did it.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from directory.keeping import may_edit, why_not_private, why_not_public
from directory.models import Service
from directory.sheet.saving import (
    bring_back,
    create_partnerships,
    create_sheets,
    record_confirmation,
    take_off,
)
from directory.sheet.values import Values
from partnerships.access import Permission
from partnerships.models import Membership, Partnership

MOVED = "The sheet was changed a moment ago. Look through it once more, and then say so"


class Refused(ValueError):
    """The change can't be made; the words say why, and what to do."""


@transaction.atomic
def add_service(*, values: Values, by: Membership) -> Service:
    """A new private sheet kept by the setting, and its partnership."""
    _check(by.may(Permission.DIRECTORY_EDIT))
    (service,) = create_sheets(by.setting, [values])
    return service


@transaction.atomic
def link_service(*, service: Service, by: Membership) -> Partnership:
    """The setting works with a sheet that is there already. Doing it twice changes nothing."""
    service = _held(service)
    _check(by.may(Permission.DIRECTORY_EDIT) and service in Service.linkable_by(by.setting))
    if not by.setting.partnerships.filter(service=service).exists():
        create_partnerships(by.setting, [(service, {})])
    bring_back(by.setting, service)
    return by.setting.partnerships.get(service=service)


@transaction.atomic
def confirm_service(*, service: Service, version: int, who: str, how: str, by: Membership) -> None:
    """Somebody said that the sheet is right today, as it was when `by` looked at it."""
    service = _held(service)
    _check(may_edit(by, service))
    if service.version != version:
        raise Refused(MOVED)
    record_confirmation(service, who=who, how=how)


@transaction.atomic
def change_visibility(*, service: Service, visibility: str, by: Membership) -> None:
    service = _held(service)
    _check(by.may(Permission.DIRECTORY_EDIT) and service.steward_id == by.setting_id)
    becomes_public = visibility == Service.Visibility.PUBLIC != service.visibility
    if becomes_public and (problem := why_not_public(by.setting)):
        raise Refused(problem)
    if visibility == Service.Visibility.PRIVATE and (problem := why_not_private(service, by.setting)):
        raise Refused(problem)
    service.visibility = Service.Visibility(visibility)
    service.version += 1
    service.save(update_fields=["visibility", "version", "updated_at"])


@transaction.atomic
def take_off_list(*, partnership: Partnership, by: Membership) -> None:
    _check(by.may(Permission.DIRECTORY_EDIT) and partnership.setting_id == by.setting_id)
    take_off(partnership)


@transaction.atomic
def put_back(*, partnership: Partnership, by: Membership) -> None:
    """Undoes take_off_list."""
    _check(by.may(Permission.DIRECTORY_EDIT) and partnership.setting_id == by.setting_id)
    bring_back(by.setting, partnership.service)


def _held(service: Service) -> Service:
    """As it is now, until the transaction ends."""
    return Service.objects.select_for_update().get(pk=service.pk)


def _check(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
