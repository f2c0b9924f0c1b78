"""Every form of the product is a BaseForm or a BaseModelForm, drawn by crispy-forms with templates/bootstrap5/.

What they share: a summary of errors that takes the focus, errors that say what to do, label, hint, error and
field in this order. Mixins add the warning about case data (CaseWarning), the trap for robots (Honeypot) and the
choice between two versions of one page (config.stale.StaleSave).
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.models import ModelFormMetaclass
from django.forms.utils import pretty_name
from django.utils.html import format_html
from django.utils.text import slugify

from config import fields
from config.case_data import Finding, find_case_data

CHOICE_WIDGETS = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)
MODEL_FIELDS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.EmailField: fields.EmailField,
    models.URLField: fields.WebAddressField,
    models.DateField: fields.FlexibleDateField,
}

Section = tuple[str, Sequence[str]]
"""The words above a group of fields, and the names of the fields."""


class Helper(FormHelper):  # type: ignore[misc]
    """Posts to the page's own address, without asking the resolver for it."""

    form_action = ""


class Look(forms.BaseForm):
    """How a form is drawn. A view may set `submit_label` and `cancel_url` on the form it makes."""

    submit_label = "Save"
    cancel_url = ""
    cancel_label = "Cancel"
    action_url = ""
    """Where to post; empty: to the page's own address."""
    form_tag = True
    marks_optional = True
    draft_key = ""
    """With a key, the browser keeps what is typed until the form has been saved."""
    sections: Sequence[Section] = ()
    pairs: Sequence[Sequence[str]] = ()
    """Names of short fields that stand side by side."""
    buttons: ClassVar[str] = """{% include "components/form_buttons.html" %}"""
    use_required_attribute = False
    summary_shown = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare()
        for name, field in self.fields.items():
            dress(name, field)

    def prepare(self) -> None:
        """The place to change fields of a form, before they get their looks and words."""

    @property
    def helper(self) -> Helper:
        helper = Helper()
        helper.form_tag = self.form_tag
        helper.form_action = self.action_url
        helper.attrs = {"novalidate": "", **({"data-draft": self.draft_key} if self.draft_key else {})}
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        sections = self.sections or [("", list(self.fields))]
        named = {name for _, names in sections for name in names}
        rest = [name for name in self.fields if name not in named]
        groups = [_section(title, self._lined(names)) for title, names in sections]
        return Layout(*groups, *rest, *([HTML(self.buttons)] if self.form_tag else []))

    def _lined(self, names: Sequence[str]) -> list[str | Div]:
        """The names of the fields that there are, those of a pair in one line."""
        lined: list[str | Div] = []
        together = {pair[0]: pair for pair in self.pairs if set(pair) <= set(names)}
        inner = {name for pair in together.values() for name in pair[1:]}
        for name in names:
            if name in self.fields and name not in inner:
                pair = together.get(name)
                lined.append(Div(*pair, css_class="beside") if pair else name)
        return lined

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(the id to go to, the words) of each error, those of the whole form first, then in the order of fields."""
        whole = [("", str(words)) for words in self.non_field_errors()]
        return whole + [(first_id(bound), str(words)) for bound in self for words in bound.errors]


def _section(title: str, names: list[str | Div]) -> Fieldset | Layout:
    if not title:
        return Layout(*names)
    return Fieldset(
        format_html("{}", title),
        *names,
        css_id=f"section-{slugify(title)}",
        css_class="section",
        template="bootstrap5/layout/section.html",
    )


def first_id(bound: BoundField) -> str:
    """The id of the first control that answers for this field."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def dress(name: str, field: forms.Field) -> None:
    """Gives the field's control its class, and the field errors that say what to do."""
    attrs = field.widget.attrs
    if field.label is None:
        field.label = pretty_name(name)
    css = control_class(field.widget)
    if css and css not in attrs.get("class", "").split():
        attrs["class"] = f"{css} {attrs.get('class', '')}".strip()
    if isinstance(field.widget, forms.Textarea):
        if attrs.pop("cols", None) == "40" and attrs.get("rows") == "10":
            attrs["rows"] = "3"
        if limit := getattr(field, "max_length", None):
            attrs.setdefault("data-count", limit)
            attrs.pop("maxlength", None)
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = required_words(field)
    if isinstance(field, forms.IntegerField):
        field.error_messages.setdefault("min_value", "Enter %(limit_value)s or more")
        field.error_messages.setdefault("max_value", "Enter %(limit_value)s or less")
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = "Use at most %(limit_value)s characters; this has %(show_value)s"  # type: ignore[attr-defined]


def control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "" if widget.is_hidden else "form-control"


def required_words(field: forms.Field) -> str:
    label = str(field.label)
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return f"Choose at least one answer to “{label}”"
    if isinstance(field.widget, CHOICE_WIDGETS):
        return f"Choose an answer to “{label}”"
    return f"Fill in “{label}”"


class BaseForm(Look, forms.Form):
    pass


class OurModelFields(ModelFormMetaclass):
    """Reads dates, e-mail and web addresses of a model as config.fields does, whatever the form's Meta says."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(model_field)
        return super().__new__(mcs, name, bases, attrs)


def model_field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    ours = MODEL_FIELDS.get(type(field))
    if ours is None or "form_class" in kwargs or getattr(field, "choices", None):
        return field.formfield(**kwargs)
    kwargs.pop("widget", None)
    if isinstance(field, models.DateField):
        return ours(
            required=not field.blank,
            label=_label(field, kwargs),
            help_text=field.help_text,
            **_initial(field),
        )
    return field.formfield(form_class=ours, **kwargs)


def _label(field: "models.Field[Any, Any]", kwargs: dict[str, Any]) -> Any:
    words = str(field.verbose_name)
    return kwargs.get("label") or words[:1].upper() + words[1:]


def _initial(field: "models.Field[Any, Any]") -> dict[str, Any]:
    return {"initial": field.get_default()} if field.has_default() else {}


class BaseModelForm(Look, forms.ModelForm[Any], metaclass=OurModelFields):
    pass


class CaseWarning(Look):
    """Asks before it keeps free text that looks like data about a child (config.case_data).

    Every text area is read, and what `free_text` names. The tick "keep it" holds for the very words it was asked about.
    """

    free_text: Sequence[str] = ()
    case_field = ""
    """The name of the field that shows the tick, once something was found."""
    case_digest = ""
    case_tick = "Keep it: this is not about one child"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        found = {name: findings for name in self._free_text() if (findings := self._findings(name))}
        if found and self.data.get(self.add_prefix("case_ok")) != (digest := _digest(found.values())):
            self.case_field, self.case_digest = next(iter(found)), digest
            for name, findings in found.items():
                self.add_error(name, self.ask_about(findings))
        return cleaned

    def ask_about(self, findings: Sequence[Finding]) -> str:
        return case_words(findings)

    def _free_text(self) -> Iterable[str]:
        for name, field in self.fields.items():
            if name in self.free_text or isinstance(field.widget, forms.Textarea):
                yield name

    def _findings(self, name: str) -> list[Finding]:
        value = self.cleaned_data.get(name)
        return find_case_data(value) if isinstance(value, str) else []


def case_words(findings: Sequence[Finding]) -> str:
    parts = [f"“{finding.words}” looks like {finding.kind}" for finding in findings]
    return f"{'; '.join(parts)}. Leave it out: say “a pupil” or “a small group”. Or tick “keep it” and save again"


def _digest(found: Iterable[Sequence[Finding]]) -> str:
    words = sorted(finding.words for findings in found for finding in findings)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


class Honeypot(Look):
    """A box that people don't see and robots fill in."""

    TRAP = "home_page"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "off", "tabindex": "-1"}
        self.fields[self.TRAP] = forms.CharField(
            required=False, label="Leave this box empty", widget=forms.TextInput(attrs=attrs)
        )
        dress(self.TRAP, self.fields[self.TRAP])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.pop(self.TRAP, ""):
            raise forms.ValidationError(
                "This could not be sent. Please leave the hidden box empty and send it again"
            )
        return cleaned
