"""What the service is, in a few sentences of other languages, each written by a person."""

from typing import Any

from django import forms

from directory.forms.sheet import tidy
from directory.forms.sheet_fields import block
from directory.forms.sheet_rows import RowsForm, drop
from directory.models import Rules
from directory.sheet.languages import CHOICES, language_words
from directory.sheet.values import Values

TWICE = "There is a summary in this language already: put both into one"


class SummaryRow(forms.Form):
    language = forms.ChoiceField(label="Language", required=False)
    words = block("Summary", "Two or three sentences: what it does, for whom, how to get there", 4, 1000)
    drop = drop("summary")


class SummariesForm(RowsForm):
    key, title, noun = "summaries", "In other languages", "summary"
    intro = "The public page shows these to people who read that language. Somebody who speaks it should write it."
    Row = SummaryRow

    @classmethod
    def rows_of(cls, values: Values) -> list[tuple[str, str]]:
        return list(values["summaries"].items())

    def rows_words(self, rows: Any) -> str:
        return "\n".join(f"{language_words(code)}: {words}" for code, words in rows or [])

    def row_field(self, name: str, field: forms.Field) -> forms.Field:
        if name == "language":
            assert isinstance(field, forms.ChoiceField)
            known = dict(CHOICES)
            others = [(code, code) for code in self.values["summaries"] if code not in known]
            field.choices = [("", "Choose"), *(each for each in CHOICES if each[0] != "en"), *others]
        return field

    def row_values(self, each: tuple[str, str]) -> dict[str, Any]:
        return {"language": each[0], "words": each[1]}

    def read_row(self, number: int, row: dict[str, Any]) -> list[tuple[str, str]]:
        code, words = row["language"], tidy(row["words"] or "")
        if words and not code:
            self.add_error(f"language-{number}", "Choose the language that this is written in")
        if code and any(code == each[0] for read in self.read.values() for each in read):
            self.add_error(f"language-{number}", TWICE)
        return [(code, words)] if code and words else []

    def said(self, old: Values) -> Values:
        return {"summaries": dict(self.cleaned_data["rows"])}

    @classmethod
    def lines(cls, values: Values, rules: Rules) -> list[tuple[str, str]]:
        return [(language_words(code), words) for code, words in cls.rows_of(values)] or [("Summaries", "")]
