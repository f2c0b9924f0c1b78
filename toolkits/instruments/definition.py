"""What an instrument is: frozen data that one engine turns into forms, results and paper.

Text is what people read and may be reworded; keys are for ever, since trends compare the same key over time.
`to_json` leaves out whatever has its default, so that a new optional attribute changes no stored version.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints


class Kind(StrEnum):
    BOARD = "board"
    RANKING = "ranking"
    CHECKLIST = "checklist"
    LADDER = "ladder"
    SHEET = "sheet"
    GUIDE = "guide"
    REFERENCE = "reference"


class Lifecycle(StrEnum):
    STAGED = "staged"
    STANDING = "standing"
    SIGNED = "signed"
    NONE = "none"


class Shelf(StrEnum):
    FRONT = "front"
    MORE = "more"
    ARCHIVE = "archive"


class FieldType(StrEnum):
    LINE = "line"
    TEXT = "text"
    DATE = "date"
    EMAIL = "email"
    TELEPHONE = "telephone"
    WEBSITE = "website"
    CHOICES = "choices"
    ROWS = "rows"


class DefinitionError(ValueError):
    """The definition contradicts itself; the message names the key."""


@dataclass(frozen=True, kw_only=True)
class Data:
    """JSON both ways for a frozen dataclass of text, numbers, enums, other `Data` and tuples of them."""

    def to_json(self) -> dict[str, Any]:
        values = ((item, getattr(self, item.name)) for item in fields(self))
        return {
            item.name: _plain(value)
            for item, value in values
            if item.default is MISSING or value != item.default
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        hints = get_type_hints(cls)
        if unknown := sorted(data.keys() - hints.keys()):
            raise DefinitionError(f"{cls.__name__} has no {', '.join(unknown)}")
        return cls(**{name: _typed(hints[name], value) for name, value in data.items()})


@dataclass(frozen=True, kw_only=True)
class Group(Data):
    """A heading over statements or fields. `months`: how long after writing its rows are looked at again."""

    key: str
    text: str
    hint: str = ""
    months: int = 0


@dataclass(frozen=True, kw_only=True)
class Zone(Data):
    """A named place on a board."""

    key: str
    text: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement(Data):
    """Something to rate or to rank."""

    key: str
    text: str
    group: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Rung(Data):
    """A step of a ladder; the lowest comes first."""

    key: str
    text: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice(Data):
    key: str
    text: str
    with_text: bool = False
    """Choosing it asks for a few words, as in "Other (say which)"."""


@dataclass(frozen=True, kw_only=True)
class Level(Data):
    key: str
    text: str
    value: int


@dataclass(frozen=True, kw_only=True)
class Scale(Data):
    """Levels from low to high, and the answers that stand outside it and are never averaged."""

    key: str
    levels: tuple[Level, ...]
    outside: tuple[Choice, ...] = ()

    @property
    def answers(self) -> "tuple[Level | Choice, ...]":
        """Everything that can be answered, levels first."""
        return (*self.levels, *self.outside)

    def text(self, key: str) -> str:
        return next(answer.text for answer in self.answers if answer.key == key)

    def value(self, key: str) -> int | None:
        """The figure behind an answer; none for one outside the scale."""
        return next((level.value for level in self.levels if level.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Column(Data):
    """One cell of a repeating row. `at_review`: asked for only when the row is looked at again."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    at_review: bool = False


@dataclass(frozen=True, kw_only=True)
class Field(Data):
    """A question on a sheet. `attribute` names what it shows of a `Service` (the agency sheet alone)."""

    key: str
    text: str
    hint: str = ""
    group: str = ""
    type: FieldType = FieldType.LINE
    required: bool = False
    rows_min: int = 0
    rows_max: int = 0
    columns: tuple[Column, ...] = ()
    choices: tuple[Choice, ...] = ()
    attribute: str = ""

    @property
    def numbers(self) -> range:
        """The lines of repeating rows, from 1."""
        return range(1, self.rows_max + 1)


@dataclass(frozen=True, kw_only=True)
class Instrument(Data):
    code: str
    version: int
    kind: Kind
    title: str
    purpose: str
    source: str
    layout: str
    computation: str = ""
    lifecycle: Lifecycle = Lifecycle.STAGED
    shelf: Shelf = Shelf.MORE
    minutes: int = 30
    people: str = ""
    heading: str = ""
    """The label of what one session is about; its suggestions are the starters."""
    starters: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    zones: tuple[Zone, ...] = ()
    statements: tuple[Statement, ...] = ()
    scale: Scale | None = None
    rungs: tuple[Rung, ...] = ()
    fields: tuple[Field, ...] = ()

    def __post_init__(self) -> None:
        for name in ("groups", "zones", "statements", "rungs", "fields"):
            _refuse_twice(f"{self.code}: {name}", (item.key for item in getattr(self, name)))
        known = {group.key for group in self.groups} | {""}
        grouped: tuple[Zone | Statement | Rung | Field, ...] = (
            *self.zones,
            *self.statements,
            *self.rungs,
            *self.fields,
        )
        for item in grouped:
            if item.group not in known:
                raise DefinitionError(f"{self.code}: {item.key} stands under {item.group}, which is no group")
        if self.kind is Kind.CHECKLIST and self.scale is None:
            raise DefinitionError(f"{self.code}: a checklist needs a scale")

    def canonical(self) -> str:
        """The same text on every machine for the same content."""
        return json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def group_text(self, key: str) -> str:
        return next((group.text for group in self.groups if group.key == key), "")

    def by_group(self) -> tuple[tuple[Group, tuple[Statement, ...]], ...]:
        """Each heading with its statements, in the order of the definition."""
        return tuple(
            (group, tuple(item for item in self.statements if item.group == group.key))
            for group in self.groups
        )

    def zone(self, key: str) -> Zone:
        return next(zone for zone in self.zones if zone.key == key)

    def statement(self, key: str) -> Statement:
        return next(statement for statement in self.statements if statement.key == key)

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


def _refuse_twice(where: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DefinitionError(f"{where}: the key {key} is used twice")
        seen.add(key)


def _plain(value: Any) -> Any:
    if isinstance(value, Data):
        return value.to_json()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _typed(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if isinstance(hint, UnionType):
        return _typed(get_args(hint)[0], value)
    if is_dataclass(hint):
        assert isinstance(hint, type) and issubclass(hint, Data)
        return hint.from_json(value)
    return hint(value)
