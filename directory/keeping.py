"""Who keeps a sheet, and who may change it.

A sheet has one keeper: a setting, or the agency itself (no steward).
- Kept by a setting: its coordinators change the sheet and decide on suggestions. A practitioner of the same setting
  changes the sheet of their own service, once the tie is confirmed.
- Kept by the agency: a practitioner whose tie is confirmed changes the sheet and decides, if their own address shows
  that they are of this service (`fits`), or the school that handed the sheet over has confirmed the tie. One school's
  word alone is not enough, for the sheet is everybody's. So does whoever holds a link of the agency's. No school does.
- Everybody else who sees the sheet suggests.
"""

from urllib.parse import urlsplit

from directory.models import AgencyLink, HandOver, Service
from directory.models.service import EMAIL_DOMAIN
from partnerships.access import Permission
from partnerships.models import Membership, Setting

SHARED_DOMAINS = frozenset(
    "aol.com btinternet.com facebook.com fastmail.com gmail.com gmx.co.uk gmx.com google.com googlemail.com "
    "hotmail.co.uk hotmail.com icloud.com instagram.com linkedin.com linktr.ee live.co.uk live.com mac.com mail.com "
    "me.com msn.com nhs.net ntlworld.com outlook.com plus.net pm.me proton.me protonmail.com sky.com sites.google.com "
    "talk21.com talktalk.net tiscali.co.uk twitter.com virginmedia.com x.com yahoo.co.uk yahoo.com ymail.com "
    "youtube.com zoho.com".split()
)
"""Many who have nothing to do with one another have an address or a page there: only the same address counts."""
OF_WHOLE_BODIES = (
    *(".gov.uk", ".gov.scot", ".gov.wales", ".llyw.cymru", ".mod.uk", ".nhs.uk", ".nhs.scot", ".nhs.wales"),
    *(".police.uk", ".sch.uk", ".ac.uk"),
)
"""A council or a trust has hundreds of services under one name: there too, only the same address counts."""


def may_edit(membership: Membership, service: Service) -> bool:
    if service.steward_id not in (None, membership.setting_id):
        return False
    return may_decide(membership, service) or is_own(membership, service)


def is_of_keeper(membership: Membership, service: Service) -> bool:
    """Of the school that keeps the sheet, or of the agency that does."""
    return service.steward_id == membership.setting_id or may_edit(membership, service)


def may_decide(membership: Membership, service: Service) -> bool:
    """On what others suggest, and on what becomes of the sheet."""
    if service.steward_id is None:
        return is_own(membership, service)
    return service.steward_id == membership.setting_id and membership.may(Permission.DIRECTORY_EDIT)


def link_may_decide(link: AgencyLink, service: Service) -> bool:
    """Of a sheet that the agency keeps. A lasting link goes wherever a school sent it, so its address has to fit."""
    if service.steward_id is not None or link.steward_id is not None or link.service_id != service.pk:
        return False
    if link.purpose == AgencyLink.Purpose.CONFIRM:
        return True
    return fits(link.email, service) or (link.made_by is not None and is_own(link.made_by, service))


def is_tied(membership: Membership, service: Service) -> bool:
    """Works for the service, as this school has confirmed: good for what is said at this school."""
    return (
        membership.may(Permission.DIRECTORY_EDIT_OWN)
        and membership.service_id == service.pk
        and membership.tie_confirmed_on is not None
    )


def is_own(membership: Membership, service: Service) -> bool:
    """Speaks for the service everywhere: tied to it, and not by the word of just any school."""
    return is_tied(membership, service) and (
        membership.setting_id == service.steward_id
        or fits(membership.user.email, service)
        or (service.steward_id is None and membership.setting_id == handed_over_by(service))
    )


def speaks_for_own(membership: Membership) -> bool:
    """Whether somebody speaks for the service that they work for."""
    if membership.tie_confirmed_on is None or membership.service is None:
        return False
    return is_own(membership, membership.service)


def fits(email: str, service: Service) -> bool:
    """Whether an address is one of this very service: it stands on the sheet, or has a domain that is its alone."""
    address = email.lower()
    theirs = {each.lower() for each in (service.email, service.ask_email, service.agency.email) if each}
    if address in theirs or (address and service.contacts.filter(email__iexact=address).exists()):
        return True
    domain = address.rpartition("@")[2]
    known = {each.rpartition("@")[2] for each in theirs} | {host_of(service.website)}
    return domain in known - {""} and not is_shared(domain, service)


def is_shared(domain: str, service: Service) -> bool:
    """Whether others than the service have addresses there: anybody, a whole public body, or the service of another
    sheet that schools can see.
    """
    if domain in SHARED_DOMAINS or f".{domain}".endswith(OF_WHOLE_BODIES):
        return True
    others = Service.linkable_by(None).exclude(pk=service.pk)
    return others.annotate(domain=EMAIL_DOMAIN).filter(domain=domain).exists()


def host_of(website: str) -> str:
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def handed_over_by(service: Service) -> object:
    """The id of the school from which the agency took the keeping over last; None when no school did."""
    done = HandOver.objects.filter(service=service, to=None).exclude(accepted_at=None)
    return done.order_by("-accepted_at").values_list("giver", flat=True).first()


def only_suggests_words(membership: Membership, service: Service) -> str:
    """Why somebody who works for the service can't change its sheet; "" for everybody else."""
    if service.steward_id is not None or not is_tied(membership, service) or is_own(membership, service):
        return ""
    return (
        f"{service.agency.name} keeps this sheet for all schools. Your e-mail address is not one that stands on it, so "
        "you can suggest a change here; it is decided by the link in the mail that asks whether the sheet is right."
    )


def may_ask(membership: Membership, service: Service) -> bool:
    """Who may ask whether the sheet is right, and say what they were told: coordinators of the school that keeps it,
    and of any that uses it when the agency itself does.
    """
    return membership.may(Permission.DIRECTORY_EDIT) and service.steward_id in (None, membership.setting_id)


def may_say(membership: Membership, service: Service) -> bool:
    """Who may say what holds for a while: coordinators, and the service's own practitioners."""
    return membership.may(Permission.DIRECTORY_EDIT) or is_tied(membership, service)


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


def why_not_private(service: Service, setting: Setting) -> str:
    """Why the sheet can’t go back to this setting alone; "" when it can."""
    if used_elsewhere(service, setting):
        return "Another school uses this sheet, so it can’t go back to your school alone"
    if HandOver.objects.open().filter(service=service).exists():
        return "The keeping of this sheet is offered to somebody. Take the offer back first"
    return ""


def used_elsewhere(service: Service, setting: Setting) -> bool:
    """Whether another school has a live partnership with it."""
    return service.partnerships.live().exclude(setting=setting).exists()
