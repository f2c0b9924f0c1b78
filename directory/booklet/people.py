"""The people of a booklet: who to ask for, and on which page."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.models import Service
from partnerships.models import Setting

Said = tuple[str, str, Service]
"""The name, the role, and the service that they work for."""


@dataclass(frozen=True, order=True)
class Person:
    """`key` is what they are sorted by: the last word of the name first."""

    key: tuple[str, ...]
    name: str
    role: str
    service: str
    anchor: str


def people_of(setting: Setting, services: list[Service], *, is_public: bool) -> list[Person]:
    """Each once for each service. `is_public`: only those who agreed, and nobody that only the school knows."""
    roles: dict[tuple[str, Service], list[str]] = {}
    for name, role, service in _said(setting, services, is_public=is_public):
        roles.setdefault((name, service), []).extend([role] if role else [])
    found = [_person(name, service, _once(words)) for (name, service), words in roles.items()]
    return sorted(found)


def _said(setting: Setting, services: list[Service], *, is_public: bool) -> Iterator[Said]:
    for service in services:
        for who in service.contacts.all():
            if who.name and (who.is_public or not is_public):
                yield who.name, who.title, service
    if not is_public:
        yield from _known_here(setting, services)


def _known_here(setting: Setting, services: list[Service]) -> Iterator[Said]:
    by_pk = {service.pk: service for service in services}
    for tie in setting.partnerships.live().filter(service__in=services).exclude(contact_name=""):
        yield tie.contact_name, f"for {setting.called}", by_pk[tie.service_id]
    for member in setting.memberships.current().filter(service__in=services, tie_confirmed_on__isnull=False):
        assert member.service_id is not None
        yield member.user.full_name, member.job_title, by_pk[member.service_id]


def _once(roles: list[str]) -> list[str]:
    """Each role as it was written first: "Team lead" is "team lead"."""
    kept: dict[str, str] = {}
    for role in roles:
        kept.setdefault(role.casefold(), role)
    return list(kept.values())


def _person(name: str, service: Service, roles: list[str]) -> Person:
    words = name.casefold().split()
    key = (*words[-1:], *words[:-1], service.name.casefold())
    return Person(key, name, ", ".join(roles), service.name, f"sheet-{service.pk}")
