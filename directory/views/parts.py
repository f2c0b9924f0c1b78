"""The parts of a sheet as pages: the overview of all, and the form of one, whoever changes or suggests."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404

from directory.changes.suggesting import withholds
from directory.forms import SECTIONS, RowsForm, SectionForm
from directory.models import Rules
from directory.sheet.values import ASK_EMAIL, Values


@dataclass(frozen=True)
class PartLines:
    """A part of the sheet on the overview: what it says now, and whether that is anything."""

    key: str
    title: str
    url: str
    lines: list[tuple[str, str]]
    is_said: bool = False
    """It stands here as somebody suggests it, not as it is on the sheet."""

    @property
    def filled(self) -> list[tuple[str, str]]:
        return [line for line in self.lines if line[1]]

    @property
    def empty(self) -> str:
        """What is not filled in, in one line."""
        return ", ".join(f"{label[0].lower()}{label[1:]}" for label, words in self.lines if not words)


def overview(
    values: Values,
    rules: Rules,
    address: Callable[[str], str],
    *,
    is_whole: bool = False,
    over: Values | None = None,
) -> list[PartLines]:
    """`address`: of the page that changes a part. `is_whole` and `over` as of a SectionForm."""
    values = values if is_whole else {name: value for name, value in values.items() if name != ASK_EMAIL}
    shown = {**values, **(over or {})}
    return [
        PartLines(
            form.key,
            form.title,
            address(form.key),
            lines := form.lines(shown, rules),
            bool(over) and lines != form.lines(values, rules),
        )
        for form in SECTIONS.values()
        if is_whole or _is_open(form, values)
    ]


def part_of(values: Values, key: str, *, is_whole: bool = False) -> type[SectionForm]:
    """404 for one that there is not, or that only the keeper of the sheet reads."""
    form = SECTIONS.get(key)
    if form is None or not (is_whole or _is_open(form, values)):
        raise Http404
    return form


def rows_of(form: type[SectionForm]) -> type[SectionForm]:
    """404 for a part that has no rows to add to."""
    if not issubclass(form, RowsForm):
        raise Http404
    return form


def _is_open(form: type[SectionForm], values: Values) -> bool:
    """Of an address that is withheld, only its keeper reads and changes the places."""
    return form.key != "places" or not withholds(values)


def placed(form: SectionForm, *, back: str, here: str, rows: str) -> SectionForm:
    """The form with its addresses: where it goes back to, where it is sent, and where rows are added."""
    form.cancel_url, form.action_url = back, here
    if isinstance(form, RowsForm):
        form.row_url = rows
    return form
