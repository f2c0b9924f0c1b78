"""The form in which a group records the levels that it agrees on."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from evaluation.findings import capital
from evaluation.models import Round
from evaluation.results import read
from evaluation.rounds.forms import as_it_is_now
from evaluation.rounds.pages import StatementRow, questions
from evaluation.rounds.paper import Levels, levels_of
from toolkits.checklist import scale_of
from toolkits.instruments.definition import Instrument


class LevelsForm(StaleSave, CaseWarning, BaseForm):
    """The level that the group agrees on for each statement, and what it agreed in words."""

    submit_label = "Save these levels"
    marks_optional = False

    def __init__(
        self, *args: Any, round_: Round, instrument: Instrument, proposed: dict[str, str], **kwargs: Any
    ) -> None:
        self.round, self.instrument = round_, instrument
        recorded = self._values(levels_of(round_), round_.agreed_words)
        kwargs["initial"] = {key: value or proposed.get(key, "") for key, value in recorded.items()}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        levels = [
            ("", "Not agreed yet"),
            *((level.key, capital(level.text)) for level in scale_of(self.instrument).levels),
        ]
        for statement in self.instrument.statements:
            key = statement.key
            self.fields[f"level_{key}"] = forms.ChoiceField(
                label="Agreed level", choices=levels, required=False
            )
            self.fields[f"note_{key}"] = _line("Why, or what shows it")
            self.fields[f"dissent_{key}"] = _line("Who sees it differently, and why")
        self.fields["agreed_words"] = forms.CharField(
            label="What we agreed, in words",
            help_text="Two or three sentences that somebody who was not there understands",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def free_text(self) -> list[str]:  # type: ignore[override]
        return [f"{part}_{one.key}" for one in self.instrument.statements for part in ("note", "dissent")]

    def current_version(self) -> int:
        return as_it_is_now(self.round, self.is_bound).version

    def current_values(self) -> dict[str, Any]:
        now = as_it_is_now(self.round, self.is_bound)
        return self._values(levels_of(now), now.agreed_words)

    def _values(self, levels: Levels, words: str) -> dict[str, str]:
        values = {
            f"{part}_{one.key}": levels.get(one.key, {}).get(part, "")
            for one in self.instrument.statements
            for part in ("level", "note", "dissent")
        }
        return {**values, "agreed_words": words}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for statement in self.instrument.statements:
            key, given = statement.key, self.cleaned_data
            if not given.get(f"level_{key}") and (given.get(f"note_{key}") or given.get(f"dissent_{key}")):
                self.add_error(
                    f"level_{key}", f"Choose a level for “{statement.text}”, or take out the words"
                )
        return cleaned

    def groups(self) -> list[tuple[str, list["LevelRow"]]]:
        """Each question with its statements, and how answers spread beside the level to choose."""
        blocks = questions(self.instrument, read(self.round), {})
        return [(block.text, [self._level_row(row) for row in block.rows]) for block in blocks]

    def _level_row(self, row: StatementRow) -> "LevelRow":
        key = row.statement.key
        return LevelRow(row, self[f"level_{key}"], self[f"note_{key}"], self[f"dissent_{key}"])

    def levels(self) -> Levels:
        given = self.cleaned_data
        return {
            one.key: {part: given[f"{part}_{one.key}"] for part in ("level", "note", "dissent")}
            for one in self.instrument.statements
            if given[f"level_{one.key}"]
        }


@dataclass(frozen=True)
class LevelRow:
    row: StatementRow
    level: BoundField
    note: BoundField
    dissent: BoundField

    @property
    def has_words(self) -> bool:
        return bool(self.note.value() or self.dissent.value() or self.note.errors or self.dissent.errors)


def proposed_levels(instrument: Instrument, round_: Round) -> dict[str, str]:
    """The middle answers as levels to begin with; a middle between two levels proposes none."""
    by_value = {level.value: level.key for level in scale_of(instrument).levels}
    middles = {one.key: one.centre.median for one in read(round_).statements if one.centre}
    return {f"level_{key}": by_value[int(middle)] for key, middle in middles.items() if middle in by_value}


def _line(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False)
