"""Who keeps a sheet, and who may change it.

A sheet has one keeper: a setting, or the agency itself (no steward).
- Kept by a setting: its coordinators change the sheet and decide on suggestions. A practitioner of the same setting
  changes the sheet of their own service, once the tie is confirmed.
- Kept by the agency: a practitioner whose tie to the service is confirmed, in whatever setting, changes the sheet
  and decides; so does whoever holds a link of the agency's. No school does.
- Everybody else who sees the sheet suggests.
"""

from directory.models import Service
from partnerships.access import Permission
from partnerships.models import Membership, Setting


def may_edit(membership: Membership, service: Service) -> bool:
    if service.steward_id not in (None, membership.setting_id):
        return False
    return may_decide(membership, service) or is_own(membership, service)


def may_decide(membership: Membership, service: Service) -> bool:
    """On what others suggest, and on what becomes of the sheet."""
    if service.steward_id is None:
        return is_own(membership, service)
    return service.steward_id == membership.setting_id and membership.may(Permission.DIRECTORY_EDIT)


def is_own(membership: Membership, service: Service) -> bool:
    """The service that somebody works for, with the tie confirmed."""
    return (
        membership.may(Permission.DIRECTORY_EDIT_OWN)
        and membership.service_id == service.pk
        and membership.tie_confirmed_on is not None
    )


def may_ask(membership: Membership, service: Service) -> bool:
    """Who may ask whether the sheet is right, and say what they were told: coordinators of the school that keeps it,
    and of any that uses it when the agency itself does.
    """
    return membership.may(Permission.DIRECTORY_EDIT) and service.steward_id in (None, membership.setting_id)


def may_say(membership: Membership, service: Service) -> bool:
    """Who may say what holds for a while: coordinators, and the service's own practitioners."""
    return membership.may(Permission.DIRECTORY_EDIT) or is_own(membership, service)


def reach_of(membership: Membership, service: Service) -> Setting | None:
    """Where it holds: everywhere (None) from those who keep the sheet, else at the own school."""
    return None if may_edit(membership, service) else membership.setting


def keeper_words(service: Service, setting: Setting) -> str:
    if service.steward is None:
        return f"{service.agency.name} itself"
    return setting.name if service.steward_id == setting.pk else service.steward.name


def why_not_public(setting: Setting) -> str:
    """What has to happen before a sheet of this setting can be public; "" when nothing."""
    if not setting.may_publish:
        return "Name the school’s safeguarding lead, with a telephone number, first"
    if not setting.publishes_directory:
        return "Open the school’s public page first"
    return ""


def used_elsewhere(service: Service, setting: Setting) -> bool:
    """Whether another school has a live partnership with it."""
    return service.partnerships.live().exclude(setting=setting).exists()
