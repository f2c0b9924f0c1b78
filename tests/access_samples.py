"""What the ids and words in URLs stand for when the access matrix asks for each page.

Each app keeps its part in tests/<app>/access.py: `SAMPLES` (URL name → what fills the URL, besides the slug),
`ROLES` (URL name → role → status, where a permission alone does not decide), `SIGNED_IN` (URL names that everybody
signed in may open), `PUBLIC` (of other packages' views that need no sign-in), `GUEST` (that a guest may open).
A sample may be asked for twice for the same school: it gets or creates its row.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from directory.models import Service
from partnerships.access import Role
from partnerships.models import Membership, Partnership, Setting
from tests.factories import MembershipFactory, PartnershipFactory, ServiceFactory, SettingFactory, UserFactory

APPS = ("config", "partnerships", "directory", "toolkits", "evaluation")


@dataclass
class World:
    """One school with somebody in each role. Whatever it holds has `mark` in its name, so that a leak shows."""

    slug: str
    mark: str
    people: dict[Role, Membership] = field(default_factory=dict)

    @cached_property
    def setting(self) -> Setting:
        setting: Setting = SettingFactory(slug=self.slug, name=f"{self.mark} School")
        return setting

    def add_people(self) -> None:
        for role in Role:
            user = UserFactory(full_name=f"{self.mark} {role.label}")
            self.people[role] = MembershipFactory(setting=self.setting, user=user, roles=[role.value])

    @property
    def coordinator(self) -> Membership:
        return self.people[Role.COORDINATOR]

    @property
    def practitioner(self) -> Membership:
        return self.people[Role.PRACTITIONER]

    @cached_property
    def service(self) -> Service:
        """Private, kept by the setting, which has a live partnership with it."""
        service: Service = ServiceFactory(name=f"{self.mark} Service", steward=self.setting)
        return service

    @cached_property
    def partnership(self) -> Partnership:
        partnership: Partnership = PartnershipFactory(setting=self.setting, service=self.service)
        return partnership


Sample = Callable[[World], dict[str, Any]]

SAMPLES: dict[str, Sample] = {}
ROLES: dict[str, dict[str, int]] = {}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
GUEST: set[str] = set()

for app in APPS:
    part = importlib.import_module(f"tests.{app}.access")
    SAMPLES |= part.SAMPLES
    ROLES |= part.ROLES
    SIGNED_IN |= part.SIGNED_IN
    PUBLIC |= part.PUBLIC
    GUEST |= part.GUEST
