"""What somebody suggests beside what stands on the sheet: the rows of the page on which its keeper decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.word_differences import Piece, word_differences
from directory.changes.suggesting import PLACE_NAMES, digest, digest_of
from directory.models import Service, SuggestedChange, Suggestion
from directory.sheet.coding import decoded
from directory.sheet.values import LABELS, values_of
from directory.sheet.wording import in_words

NOTHING = "Nothing"


@dataclass(frozen=True)
class Rival:
    """Another open suggestion to the same field."""

    suggestion: Suggestion
    words: str


@dataclass(frozen=True)
class Row:
    change: SuggestedChange
    label: str
    then: str
    """What the sheet said when it was suggested."""
    now: str
    new: str
    pieces: Sequence[Piece]
    has_moved: bool
    """The sheet says something else than it did then."""
    rivals: Sequence[Rival]
    seen: str
    is_hidden: bool = False
    """Where it is, of a sheet whose address is withheld: not for a page that a link opens."""

    @property
    def is_plain(self) -> bool:
        """Nothing to choose between but the two texts."""
        return not self.has_moved and not self.rivals

    @property
    def is_forgotten(self) -> bool:
        """Decided, of an address that is withheld."""
        return self.change.name in PLACE_NAMES and self.change.before == self.change.value


def rows_of(suggestion: Suggestion, *, whole: bool) -> list[Row]:
    """`whole`: for whoever keeps the sheet, who may read all of an address that is withheld."""
    service = Service.objects.with_whole_parts().get(pk=suggestion.service_id)
    shown = values_of(service)
    seen = values_of(service, whole=True) if whole else shown
    changes = sorted(suggestion.changes.all(), key=lambda change: list(LABELS).index(change.name))
    others = rivals_of(suggestion) if whole else {}
    return [
        Row(
            change=change,
            label=LABELS[change.name],
            then=words_of(change.name, change.before),
            now=in_words(change.name, seen[change.name]),
            new=words_of(change.name, change.value),
            pieces=word_differences(
                in_words(change.name, seen[change.name]), words_of(change.name, change.value)
            ),
            has_moved=digest(change.name, shown) != digest_of(change.before),
            rivals=others.get(change.name, []),
            seen=digest(change.name, seen),
        )
        for change in changes
    ]


def rows_for_link(suggestion: Suggestion) -> list[Row]:
    """For an agency behind its link: as for any keeper, without an address that is withheld."""
    rows = rows_of(suggestion, whole=True)
    is_withheld = suggestion.service.places.exclude(withheld="").exists()
    return [
        replace(row, is_hidden=True, now="", then="", new="", seen="", pieces=(), rivals=())
        if is_withheld and row.change.name in {*PLACE_NAMES, "withheld"}
        else row
        for row in rows
    ]


def rivals_of(suggestion: Suggestion) -> dict[str, list[Rival]]:
    found = SuggestedChange.objects.filter(
        suggestion__service=suggestion.service_id, suggestion__closed_at=None, state="open"
    ).exclude(suggestion=suggestion)
    rivals: dict[str, list[Rival]] = {}
    for change in found.select_related("suggestion__setting").order_by("suggestion__made_at"):
        rival = Rival(change.suggestion, words_of(change.name, change.value))
        rivals.setdefault(change.name, []).append(rival)
    return rivals


def words_of(name: str, value: Any) -> str:
    """Of a value as it is kept in a suggestion."""
    return in_words(name, decoded({name: value})[name]) if value is not None else ""
