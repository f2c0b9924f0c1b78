"""The list of people as it is asked for: filtered, and grouped by sector."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerships.access import Role
from partnerships.models import Membership
from partnerships.models.people import MembershipQuerySet
from partnerships.sectors import Sector


@dataclass(frozen=True)
class PeopleFilter:
    """What can't be read counts as not asked for."""

    words: str = ""
    role: str = ""
    sector: str = ""
    open_ties: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PeopleFilter":
        role, sector = query.get("role", ""), query.get("sector", "")
        return cls(
            words=" ".join(query.get("q", "").split())[:100],
            role=role if role in Role.values else "",
            sector=sector if sector in Sector.values else "",
            open_ties=query.get("tie") == "open",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.words or self.role or self.sector or self.open_ties)

    def apply(self, people: MembershipQuerySet) -> MembershipQuerySet:
        found = people.matching(self.words)
        if self.role:
            found = found.with_role(Role(self.role))
        if self.sector:
            found = found.filter(sector=self.sector)
        return found.tie_to_confirm() if self.open_ties else found


@dataclass(frozen=True)
class Group:
    sector: Sector
    people: list[Membership]


def groups_of(people: Iterable[Membership]) -> list[Group]:
    """In the usual order of the sectors; within each as the people came."""
    rows = list(people)
    found = [Group(sector, [each for each in rows if each.sector == sector]) for sector in Sector]
    return [group for group in found if group.people]
