"""Form fields that read what people type through config.values, and say what to do when they can't."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from config import values

Parser = Callable[[str], str]


class ParsedField(forms.CharField):
    """A line of text that `parse` turns into its stored form."""

    parse: ClassVar[Parser]
    input_attrs: ClassVar[dict[str, str]]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), **self.input_attrs}

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return typed
        try:
            return type(self).parse(typed)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class UKPhoneField(ParsedField):
    parse: ClassVar[Parser] = values.parse_phone
    widget = forms.TextInput(attrs={"type": "tel"})
    input_attrs = {"inputmode": "tel", "class": "w-20"}


class PostcodeField(ParsedField):
    parse: ClassVar[Parser] = values.parse_postcode
    input_attrs = {"class": "w-10", "autocapitalize": "characters", "spellcheck": "false"}


class WebAddressField(ParsedField):
    parse: ClassVar[Parser] = values.parse_web
    input_attrs = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}


class EmailField(ParsedField):
    parse: ClassVar[Parser] = values.parse_email
    widget = forms.EmailInput
    input_attrs = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class FlexibleDateField(forms.Field):
    """A date as people write it: "3/3/2026", "3 March 2026", "2026-03-03".

    `to_come`: without a year, the next such day.
    """

    widget = forms.TextInput

    def __init__(self, *, to_come: bool = False, **kwargs: Any) -> None:
        self.to_come = to_come
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "w-10", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return values.day_words(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return values.parse_date(value, since=timezone.localdate() if self.to_come else None)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True
