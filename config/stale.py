"""Two people saved one page: the second sees both versions and chooses, field by field.

A form made from a row carries the row's `version` and a digest of each value it showed (`seen`). When the row has
moved on, the form is not valid; `stale` holds the fields that differ, and the next save carries the choices.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import connection, models

from config.forms import Look
from config.values import day_words

STALE_WORDS = "Somebody else saved this page while you were typing. Choose which answers to keep"
OWN = ("version", "seen")


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    yours: str
    theirs: str
    keep: str
    """"yours" or "theirs": what is chosen to begin with."""
    prefix: str = ""
    """The form's, where a page has several."""

    @property
    def choice_name(self) -> str:
        return _choice_name(self.prefix, self.name)


class LookedThrough(Look):
    """For a form that says something of a whole row as somebody saw it; the row's `version` comes along."""

    def ask_anew(self, version: int, why: str) -> None:
        """About the row as it is now; what was typed stays."""
        self.data = {**dict(self.data.items()), "version": str(version)}
        self.add_error(None, why)


class StaleSave(Look):
    """For a model form whose model has `version`. Validate and save in one transaction: the row is locked between.

    A form that is more than one row overrides `current_version` and `current_values`.
    """

    stale: list[Difference]
    saved_by = ""
    """Who made the other version, if the view knows: "Amara Oduya, today at 10.42"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale = []
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial["version"] = self.current_version()
        self.initial["seen"] = lambda: _packed(self, self.current_values())  # once the form knows its choices

    def current_version(self) -> int:
        """The version of the row as it is now in the database; 0 for a new one."""
        return row.version if (row := self._row()) else 0

    def current_values(self) -> dict[str, Any]:
        """The value of each field as the row has it now."""
        row = self._row()
        return (
            forms.model_to_dict(row, fields=[name for name in self.fields if name not in OWN]) if row else {}
        )

    def _row(self) -> Any:
        instance: models.Model = self.instance  # type: ignore[attr-defined]
        if instance._state.adding:
            return None
        if not self.is_bound:
            return instance
        rows = type(instance)._base_manager.filter(pk=instance.pk)
        if connection.in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        return rows.get()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        version = self.current_version()
        if self.cleaned_data.get("version") == version:
            self._take_theirs()
        else:
            self._show_both(version)
        return cleaned

    def _take_theirs(self) -> None:
        """The choices of a form that has shown both versions."""
        chosen = [name for name in self.fields if self.data.get(_choice_name(self.prefix, name)) == "theirs"]
        values = self.current_values() if chosen else {}
        for name in chosen:
            if name in values:
                self.cleaned_data[name] = self.fields[name].to_python(values[name])

    def _show_both(self, version: int) -> None:
        theirs = self.current_values()
        if any(name in theirs and name not in self.cleaned_data for name in self.fields if name not in OWN):
            return  # what can't be read yet is compared when it can
        self.stale = list(self._differences(theirs))
        renewed = {"version": str(version), "seen": _packed(self, theirs)}
        self.data = _with(self.data, {self.add_prefix(name): value for name, value in renewed.items()})
        if self.stale:
            self.add_error(None, STALE_WORDS)

    def _differences(self, theirs: dict[str, Any]) -> Iterable[Difference]:
        seen = _unpacked(self.cleaned_data.get("seen") or "")
        for name, field in self.fields.items():
            if name in OWN or name not in theirs or name not in self.cleaned_data:
                continue
            your_words, their_words = words(field, self.cleaned_data[name]), words(field, theirs[name])
            if your_words != their_words and seen.get(name) != _digest(their_words):
                keep = "theirs" if seen.get(name) == _digest(your_words) else "yours"
                label = str(field.label or name.replace("_", " ").capitalize())
                yield Difference(name, label, your_words, their_words, keep, self.prefix or "")

    def save(self, commit: bool = True) -> Any:
        """Saves, with the next version."""
        self.instance.version = self.current_version() + 1  # type: ignore[attr-defined]
        return super().save(commit=commit)  # type: ignore[misc]


def _choice_name(prefix: str | None, name: str) -> str:
    return f"{prefix}-keep_{name}" if prefix else f"keep_{name}"


def was_shown(form: StaleSave, values: dict[str, Any]) -> bool:
    """Whether a form that was sent showed these very values when it was opened."""
    seen = _unpacked(form.data.get(form.add_prefix("seen")) or "")
    return all(seen.get(name) == _digest(words(form.fields[name], value)) for name, value in values.items())


def _with(data: Any, changes: dict[str, str]) -> Any:
    """A copy of what was sent, with some of it changed."""
    copied = data.copy()
    for name, value in changes.items():
        copied[name] = value
    return copied


def words(field: forms.Field, value: Any) -> str:
    """A value as a person reads it. Two values are the same when their words are.

    A field with values of its own kind has `in_words`.
    """
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return ", ".join(sorted(words(field, each) for each in value))
    choices = dict(_flat(getattr(field, "choices", ())))
    key = value.pk if isinstance(value, models.Model) else value
    return choices.get(str(key), "\n".join(str(value).split("\r\n")).strip())


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _packed(form: Look, values: dict[str, Any]) -> str:
    digests = {
        name: _digest(words(form.fields[name], value))
        for name, value in values.items()
        if name in form.fields
    }
    return json.dumps(digests, separators=(",", ":"))


def _unpacked(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
