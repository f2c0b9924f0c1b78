"""The form of a checklist, made from its definition; reading, completing and reviewing answers.

Answers are stored as `{statement key: {"level": answer key, "evidence": text}}`; what is not answered is not there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from config.forms import BaseForm, CaseWarning
from toolkits.instruments.definition import Group, Instrument, Scale, Statement

Answers = dict[str, dict[str, str]]

EVIDENCE_LENGTH = 500
ALL = "all"


@dataclass(frozen=True)
class ChecklistPage:
    """One heading with its statements; `number` counts from 1."""

    group: Group
    statements: tuple[Statement, ...]
    number: int
    of: int
    previous_key: str = ""
    next_key: str = ""


def pages(instrument: Instrument) -> list[ChecklistPage]:
    """One page for each heading; a checklist without headings has one page, "all"."""
    groups = [(group, items) for group, items in instrument.by_group() if items]
    if not groups:
        groups = [(Group(key=ALL, text=instrument.title), instrument.statements)]
    keys = ["", *(group.key for group, _ in groups), ""]
    return [
        ChecklistPage(group, items, number, len(groups), keys[number - 1], keys[number + 1])
        for number, (group, items) in enumerate(groups, start=1)
    ]


def page(instrument: Instrument, group_key: str) -> ChecklistPage:
    """:raises LookupError: there is no such heading"""
    for found in pages(instrument):
        if found.group.key == group_key:
            return found
    raise LookupError(group_key)


@dataclass(frozen=True)
class FormRow:
    statement: Statement
    level: BoundField
    evidence: BoundField

    @property
    def is_wrong(self) -> bool:
        return bool(self.level.errors or self.evidence.errors)


class ChecklistForm(CaseWarning, BaseForm):
    """One page of a checklist, or all of it. Nothing is required: a gap is shown before sending, never filled in."""

    submit_label = "Save and go on"

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        page: ChecklistPage | None = None,
        answers: Answers | None = None,
        **kwargs: Any,
    ) -> None:
        self.instrument = instrument
        self.pages = [page] if page else pages(instrument)
        self.statements = [statement for each in self.pages for statement in each.statements]
        kwargs["initial"] = {**_initial(answers or {}), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields.update(_fields(self.statements, scale_of(self.instrument)))

    def rows(self) -> list[FormRow]:
        return [self._row(statement) for statement in self.statements]

    def groups(self) -> list[tuple[Group, list[FormRow]]]:
        return [(each.group, [self._row(statement) for statement in each.statements]) for each in self.pages]

    def _row(self, statement: Statement) -> FormRow:
        return FormRow(statement, self[f"level_{statement.key}"], self[f"evidence_{statement.key}"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for statement in self.statements:
            evidence = self.cleaned_data.get(f"evidence_{statement.key}")
            if evidence and not self.cleaned_data.get(f"level_{statement.key}"):
                words = f"Choose an answer to “{statement.text}”, or take out what shows it"
                self.add_error(f"level_{statement.key}", words)
        return cleaned

    def answers(self) -> Answers:
        """What was answered here, once the form is valid."""
        chosen = {item.key: self.cleaned_data[f"level_{item.key}"] for item in self.statements}
        return {
            key: {"level": level, "evidence": self.cleaned_data[f"evidence_{key}"]}
            for key, level in chosen.items()
            if level
        }


def _initial(answers: Answers) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, answer in answers.items():
        found[f"level_{key}"] = answer["level"]
        found[f"evidence_{key}"] = answer.get("evidence", "")
    return found


def _fields(statements: Iterable[Statement], scale: Scale) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for statement in statements:
        found[f"level_{statement.key}"] = _level_field(statement, scale)
        found[f"evidence_{statement.key}"] = _evidence_field()
    return found


def _level_field(statement: Statement, scale: Scale) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=statement.text,
        help_text=statement.hint,
        choices=[(answer.key, answer.text.capitalize()) for answer in scale.answers],
        widget=forms.RadioSelect,
        required=False,
    )


def _evidence_field() -> forms.CharField:
    return forms.CharField(
        label="What shows it?",
        max_length=EVIDENCE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def scale_of(instrument: Instrument) -> Scale:
    assert instrument.scale is not None, f"{instrument.code} has no scale"
    return instrument.scale


def parse(instrument: Instrument, data: object) -> Answers:
    """Stored answers as this version of the instrument knows them: unknown statements and answers fall away."""
    known = {answer.key for answer in scale_of(instrument).answers}
    given = data if isinstance(data, Mapping) else {}
    return {
        statement.key: {"level": level, "evidence": _text(answer.get("evidence"))[:EVIDENCE_LENGTH]}
        for statement in instrument.statements
        if isinstance(answer := given.get(statement.key), Mapping)
        and isinstance(level := answer.get("level"), str)
        and level in known
    }


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def merge(kept: Answers, new: Answers, page: ChecklistPage) -> Answers:
    """`kept` with this page's answers in place of its own; what was cleared on it goes."""
    asked = {statement.key for statement in page.statements}
    return {key: answer for key, answer in kept.items() if key not in asked} | new


def unanswered(instrument: Instrument, answers: Answers) -> list[Statement]:
    return [statement for statement in instrument.statements if statement.key not in answers]


def progress(instrument: Instrument, answers: Answers) -> list[tuple[ChecklistPage, int, int]]:
    """Each page with how many of its statements are answered, and how many there are."""
    return [
        (each, sum(statement.key in answers for statement in each.statements), len(each.statements))
        for each in pages(instrument)
    ]


@dataclass(frozen=True)
class ReviewRow:
    statement: Statement
    level: str = ""
    text: str = ""
    evidence: str = ""

    @property
    def is_answered(self) -> bool:
        return bool(self.level)


@dataclass(frozen=True)
class ReviewGroup:
    page: ChecklistPage
    rows: list[ReviewRow]


def review(instrument: Instrument, answers: Answers) -> list[ReviewGroup]:
    """Every statement with its answer in words, for the page that checks them."""
    scale = scale_of(instrument)
    return [ReviewGroup(each, list(_review_rows(each, scale, answers))) for each in pages(instrument)]


def _review_rows(page: ChecklistPage, scale: Scale, answers: Answers) -> Iterator[ReviewRow]:
    for statement in page.statements:
        answer = answers.get(statement.key)
        if answer is None:
            yield ReviewRow(statement)
        else:
            text = scale.text(answer["level"]).capitalize()
            yield ReviewRow(statement, answer["level"], text, answer.get("evidence", ""))
