"""The results of a closed check-in, as they were fixed at closing and are read ever after.

What is hidden is not in here: nothing that reads a `Results` can show what protects people.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from evaluation.groups import Group
from evaluation.models import Round

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Centre:
    """Where ratings lie, in the values of the scale's levels. `low` to `high` is the middle half.

    `agreement` is rWG, 0 to 1; None for fewer than two ratings.
    """

    n: int
    median: float
    low: float
    high: float
    mean: float
    agreement: float | None

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self | None:
        return cls(**data) if data else None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A group's middle answer. How many of it answered what is kept only for check-ins with names."""

    median: float
    counts: Mapping[str, int] | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**data)


@dataclass(frozen=True, kw_only=True)
class GroupResult:
    """`answered` is None where it is hidden."""

    group: Group
    answered: int | None

    @property
    def is_shown(self) -> bool:
        return self.answered is not None


@dataclass(frozen=True, kw_only=True)
class StatementResult:
    """`answered` counts levels and "don't know"; None where too few did. `counts` None: too few chose a level."""

    key: str
    answered: int | None
    counts: Mapping[str, int] | None
    outside: Mapping[str, int] | None
    centre: Centre | None
    by_group: Mapping[str, Cell] = field(default_factory=dict)
    gap: float = 0
    comments: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "centre": Centre.from_json(data["centre"]),
                "by_group": _cells(data["by_group"]),
                "comments": tuple(data["comments"]),
            }
        )

    @property
    def all_counts(self) -> dict[str, int] | None:
        """Levels and what stands outside the scale; None where it is hidden."""
        if self.counts is None or self.outside is None:
            return None
        return {**self.counts, **self.outside}


@dataclass(frozen=True, kw_only=True)
class ThemeResult:
    """All the shown ratings under one heading."""

    key: str
    centre: Centre | None
    by_group: Mapping[str, Cell] = field(default_factory=dict)
    gap: float = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            **{**data, "centre": Centre.from_json(data["centre"]), "by_group": _cells(data["by_group"])}
        )


@dataclass(frozen=True, kw_only=True)
class Results:
    """`is_enough` False: fewer than `minimum` answered without names, and nothing else is kept."""

    invited: int
    answered: int
    minimum: int
    is_anonymous: bool
    is_enough: bool
    groups: tuple[GroupResult, ...] = ()
    statements: tuple[StatementResult, ...] = ()
    themes: tuple[ThemeResult, ...] = ()

    def to_json(self) -> dict[str, Any]:
        groups = [{"group": each.group.to_json(), "answered": each.answered} for each in self.groups]
        data: dict[str, Any] = json.loads(json.dumps({**asdict(self), "format": FORMAT, "groups": groups}))
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        rest = {key: value for key, value in data.items() if key != "format"}
        groups = (
            GroupResult(group=Group.from_json(each["group"]), answered=each["answered"])
            for each in data["groups"]
        )
        return cls(
            **{
                **rest,
                "groups": tuple(groups),
                "statements": tuple(map(StatementResult.from_json, data["statements"])),
                "themes": tuple(map(ThemeResult.from_json, data["themes"])),
            }
        )

    @property
    def shown_groups(self) -> tuple[Group, ...]:
        return tuple(each.group for each in self.groups if each.is_shown)

    @property
    def hidden_groups(self) -> tuple[Group, ...]:
        return tuple(each.group for each in self.groups if not each.is_shown)

    @property
    def compares_groups(self) -> bool:
        return len(self.groups) > 1 and bool(self.shown_groups)

    def group(self, key: str) -> Group:
        return next(each.group for each in self.groups if each.group.key == key)

    def statement(self, key: str) -> StatementResult:
        return next(statement for statement in self.statements if statement.key == key)

    def theme(self, key: str) -> ThemeResult:
        return next(theme for theme in self.themes if theme.key == key)


def read(round_: Round) -> Results:
    """The results of a closed check-in."""
    return Results.from_json(round_.fixed_results)


def _cells(data: Mapping[str, Any]) -> dict[str, Cell]:
    return {key: Cell.from_json(cell) for key, cell in data.items()}
