"""Fields of the sheet's forms that hold more than one thing: numbers, topics, rows."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.sheet.telephones import Phone, read_phones, write_phones

TOPIC_LENGTH = 60
NUMBERS_HINT = "One a line. Words about a number go behind it in brackets, like 01632 960 318 (mornings)"


def line(label: str, limit: int, hint: str = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, help_text=hint, **{"required": False, **kwargs})


def block(label: str, hint: str = "", rows: int = 4, limit: int = 4000) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, help_text=hint, required=False, widget=widget)


def ticks(label: str, choices: Any, hint: str = "", *, in_columns: bool = False) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"data-columns": ""} if in_columns else {})
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=widget
    )


def one_of(label: str, choices: Any, hint: str = "") -> forms.ChoiceField:
    widget = forms.RadioSelect
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, required=False, widget=widget)


def count(label: str, most: int, hint: str = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-10"})
    words = f"Enter a whole number from 0 to {most}, or leave it empty"
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        help_text=hint,
        required=False,
        widget=widget,
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class ListField(forms.CharField):
    """Text in which `read` finds a list, and `write` puts it again."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.widget.attrs["rows"] = rows

    def read(self, text: str) -> list[Any]:
        raise NotImplementedError

    def write(self, value: list[Any]) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else self.read(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return self.write(value) if isinstance(value, list) else value

    def in_words(self, value: Any) -> str:
        return self.write(value) if isinstance(value, list) else str(value or "")


class PhonesField(ListField):
    """Telephone numbers, each (number, note)."""

    def read(self, text: str) -> list[Phone]:
        found: list[Phone] = []
        for piece in filter(None, (part.strip() for part in text.splitlines())):
            phones, problems = read_phones(piece)
            if problems:
                raise ValidationError([f"“{what}”: {words}" for what, words in problems])
            found += phones
        return list(dict.fromkeys(found))

    def write(self, value: list[Phone]) -> str:
        return "\n".join(write_phones([phone]) for phone in value)


class TopicsField(ListField):
    """Words with commas between them."""

    def read(self, text: str) -> list[str]:
        pieces = [" ".join(piece.split()) for piece in re.split(r"[,;\n]", text)]
        long = next((piece for piece in pieces if len(piece) > TOPIC_LENGTH), "")
        if long:
            raise ValidationError(f"Put commas between the topics: “{long[:40]}…” is too long for one")
        found: dict[str, str] = {}
        for piece in filter(None, pieces):
            found.setdefault(piece.lower(), piece)
        return list(found.values())

    def write(self, value: list[str]) -> str:
        return ", ".join(value)


class Rows(forms.Field):
    """Holds what the rows of a form say together, so that two versions of it can be compared."""

    widget = forms.HiddenInput

    def __init__(self, in_words: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.in_words = in_words
