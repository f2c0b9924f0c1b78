"""Who keeps a sheet, and who may change it.

A sheet has one keeper: a setting, or the agency itself. Of a setting, the coordinators may change what it
keeps; a practitioner may change the sheet of their own service once the keeper has confirmed the tie.
"""

from directory.models import Service
from partnerships.access import Permission
from partnerships.models import Membership, Setting


def may_edit(membership: Membership, service: Service) -> bool:
    if service.steward_id != membership.setting_id:
        return False
    return membership.may(Permission.DIRECTORY_EDIT) or is_own(membership, service)


def is_own(membership: Membership, service: Service) -> bool:
    """The service that somebody works for, with the tie confirmed."""
    return (
        membership.may(Permission.DIRECTORY_EDIT_OWN)
        and membership.service_id == service.pk
        and membership.tie_confirmed_on is not None
    )


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
