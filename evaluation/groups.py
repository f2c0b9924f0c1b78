"""The groups that a check-in's answers are counted in, and which of them are too small to stand alone. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from evaluation.models import Round
from partnerships.sectors import Sector
from toolkits.statistics import suppress

OTHERS = Sector.OTHER.value


@dataclass(frozen=True)
class Named:
    """How a group is called on its own, and in a sentence. `plural` chooses between "says" and "say"."""

    label: str
    words: str
    plural: bool = False


NAMES = {
    "education": Named("Education", "education"),
    "send": Named("SEND and early years", "SEND"),
    "health": Named("Health", "health"),
    "social_care": Named("Social care", "social care"),
    "police": Named("Police and justice", "police"),
    "housing": Named("Housing", "housing"),
    "voluntary": Named("Voluntary and community", "the voluntary sector"),
    "independent": Named("Independent provider", "independent providers", plural=True),
    "family": Named("Family or young person", "families", plural=True),
    "other": Named("Others", "others", plural=True),
}
EVERYONE = Named("Everyone", "everyone")
WIDE = {
    "education": (Named("Education and early years", "education and early years"), ("education", "send")),
    "health": (NAMES["health"], ("health",)),
    "social_care": (NAMES["social_care"], ("social_care",)),
    "voluntary": (
        Named("Voluntary and other services", "voluntary and other services", plural=True),
        ("voluntary", "independent", "police", "housing", "family", "other"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """`key` is a Sector: what an anonymous answer is stored under, and the badge that the group wears."""

    key: str
    label: str
    words: str
    plural: bool
    sectors: tuple[str, ...]
    invited: int

    @classmethod
    def of(cls, key: str, named: Named, sectors: Iterable[str], invited: int) -> Self:
        return cls(
            key=key,
            label=named.label,
            words=named.words,
            plural=named.plural,
            sectors=tuple(sectors),
            invited=invited,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "sectors": tuple(data["sectors"])})

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "sectors": list(self.sectors)}

    @property
    def sector(self) -> Sector:
        return Sector(self.key)

    @property
    def people(self) -> str:
        return "1 person" if self.invited == 1 else f"{self.invited} people"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What will be shown by group, if everyone who is asked answers."""

    asked: tuple[Group, ...]
    """As people were asked, before anything is counted together."""
    groups: tuple[Group, ...]
    """As answers will be counted."""
    minimum: int
    is_anonymous: bool

    @property
    def invited(self) -> int:
        return sum(group.invited for group in self.asked)

    @property
    def too_small(self) -> tuple[Group, ...]:
        """Groups that can't be shown by themselves."""
        return tuple(group for group in self._counted_together if group.invited < self.minimum)

    @property
    def taken_along(self) -> tuple[Group, ...]:
        """Groups large enough, counted with the small ones because those could be worked out otherwise."""
        return tuple(group for group in self._counted_together if group.invited >= self.minimum)

    @property
    def shows_groups(self) -> bool:
        return len(self.groups) > 1

    @property
    def can_open(self) -> bool:
        return self.invited >= (self.minimum if self.is_anonymous else 1)

    @property
    def sectors(self) -> int:
        return len({sector for group in self.asked for sector in group.sectors})

    @property
    def _counted_together(self) -> tuple[Group, ...]:
        return tuple(group for group in self.asked if not self.stands_alone(group))

    def stands_alone(self, group: Group) -> bool:
        return any(counted.sectors == group.sectors for counted in self.groups)


def plan(invited: Mapping[str, int], *, grouping: str, minimum: int, is_anonymous: bool) -> Plan:
    """How `invited` people by sector will be counted.

    Without names, a group of fewer than `minimum` is stored as "others"; as long as those together stay below it, the
    next smallest goes there too. With names every group stands for itself.
    """
    asked = tuple(_asked(invited, grouping))
    groups = _folded(asked, minimum) if is_anonymous else asked
    return Plan(asked=asked, groups=groups, minimum=minimum, is_anonymous=is_anonymous)


def stored_key(groups: Iterable[Group], sector: str) -> str:
    """The group that somebody of `sector` is counted in."""
    return next((group.key for group in groups if sector in group.sectors), OTHERS)


def read_groups(round_: Round) -> tuple[Group, ...]:
    """As they were fixed at opening."""
    return tuple(Group.from_json(data) for data in round_.groups)


def _asked(invited: Mapping[str, int], grouping: str) -> Iterable[Group]:
    present = [sector.value for sector in Sector if invited.get(sector.value)]
    if grouping == Round.Grouping.NONE:
        if present:
            yield Group.of(OTHERS, EVERYONE, present, sum(invited.values()))
        return
    if grouping == Round.Grouping.SECTORS:
        for sector in present:
            yield Group.of(sector, NAMES[sector], [sector], invited[sector])
        return
    for key, (named, sectors) in WIDE.items():
        here = [sector for sector in sectors if sector in present]
        if here:
            yield Group.of(key, named, here, sum(invited[sector] for sector in here))


def _folded(asked: tuple[Group, ...], minimum: int) -> tuple[Group, ...]:
    alone = suppress({group.key: group.invited for group in reversed(asked)}, minimum)
    kept = tuple(group for group in asked if group.key in alone and group.key != OTHERS)
    rest = [group for group in asked if group not in kept]
    if not rest:
        return kept
    sectors = [sector for group in rest for sector in group.sectors]
    named = NAMES[OTHERS] if kept else EVERYONE
    return (*kept, Group.of(OTHERS, named, sectors, sum(group.invited for group in rest)))
