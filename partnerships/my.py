"""Everything that all schools of a person ask of them, in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnerships.calendar import Entry, days_from, entries_of
from partnerships.models import Membership, Setting, User
from partnerships.registry import Found, Waiting, registry


@dataclass(frozen=True)
class Asked:
    """One thing that waits, and the school that asks."""

    setting: Setting
    waiting: Waiting


@dataclass(frozen=True)
class Reply:
    setting: Setting
    found: Found


@dataclass(frozen=True)
class MySchools:
    memberships: list[Membership]
    asked: list[Asked]
    replies: list[Reply]
    entries: list[Entry]

    @property
    def has_something(self) -> bool:
        return bool(self.asked or self.replies or self.entries)

    @property
    def minutes(self) -> int:
        return sum(each.waiting.minutes for each in self.asked)


def schools_of(user: User) -> list[Membership]:
    return list(user.memberships.current().order_by("setting__name"))


def my_schools(user: User, today: date, days: int) -> MySchools:
    memberships = schools_of(user)
    return MySchools(
        memberships,
        asked_of(memberships),
        [
            Reply(each.setting, found)
            for each in memberships
            for source in registry.replies
            for found in source(each)
        ],
        entries_of(memberships, days_from(today, days)),
    )


def asked_of(memberships: Iterable[Membership]) -> list[Asked]:
    """What is most urgent first, whichever school asks."""
    found = [
        Asked(membership.setting, waiting)
        for membership in memberships
        for source in registry.waiting
        for waiting in source(membership)
    ]
    return sorted(found, key=lambda each: (each.waiting.urgency, each.setting.name))
