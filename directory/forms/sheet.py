"""A part of the information sheet as a form: opened, compared with what others saved, and saved by itself."""

from typing import Any, ClassVar

from django.db import connection
from django.http import Http404

from config.forms import BaseForm
from config.stale import OWN, StaleSave
from directory.forms.sheet_fields import block, line
from directory.forms.withholding import WithheldWarning, telling
from directory.models import Rules, Service
from directory.sheet.saving import update_sheet
from directory.sheet.values import LABELS, Values, changed, values_of
from directory.sheet.whereabouts import Whereabouts, places_of
from directory.sheet.wording import in_words
from partnerships.models import Setting

__all__ = ["SectionForm", "block", "differing", "line", "tidy"]


class SectionForm(StaleSave, WithheldWarning, BaseForm):
    """Its fields are values of the sheet by the same names. `intro`: a sentence above the form."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    intro: ClassVar[str] = ""

    def __init__(
        self,
        *args: Any,
        instance: Service,
        setting: Setting | None,
        is_whole: bool = True,
        over: Values | None = None,
        **kwargs: Any,
    ) -> None:
        """`is_whole`: for whoever keeps the sheet, and so reads all of an address that is withheld. `over`: what the
        person has suggested already, shown instead of what stands on the sheet.
        """
        self.instance, self.setting, self.is_whole, self.over = instance, setting, is_whole, over or {}
        self.values = self._values(instance)
        super().__init__(*args, **{"initial": self.shown(self.values), **kwargs})
        self.asks_of_any = any(
            place.withheld and not (is_whole and [*telling(place)]) for place in places_of(self.values)
        )
        self.draft_key = f"service-{instance.pk}-{self.key}"

    def _values(self, service: Service) -> Values:
        return {**values_of(service, whole=self.is_whole), **self.over}

    def kept_back(self) -> list[Whereabouts]:
        return [place for place in places_of(self.values) if place.withheld]

    def _row(self) -> Service:
        """Fresh when something is to be saved: what another person saved meanwhile counts."""
        if not self.is_bound:
            return self.instance
        rows = Service.objects.filter(pk=self.instance.pk)
        if connection.in_atomic_block and rows.select_for_update().get().merged_into_id:
            raise Http404  # joined meanwhile: directory.leading_on keeps what was typed
        return rows.with_whole_parts().get()

    def current_values(self) -> dict[str, Any]:
        return self.shown(self._values(self._row()))

    def shown(self, values: Values) -> dict[str, Any]:
        """The sheet as the form shows it."""
        return {name: values[name] for name in self.base_fields if name in values}

    def said(self, old: Values) -> Values:
        """What was typed as values of the sheet; `old` lends what the form does not show."""
        return {name: tidy(value) for name, value in self.cleaned_data.items() if name not in OWN}

    def as_changes(self) -> Values:
        """What was typed, to be suggested."""
        return self.said(self._values(self._row()))

    def save(self, commit: bool = True) -> Service:
        service = self._row()
        old = values_of(service, whole=True)
        new = self.said(old)
        update_sheet(self.setting, service, new, differing(old, new))
        return service

    @classmethod
    def lines(cls, values: Values, rules: Rules) -> list[tuple[str, str]]:
        """(label, words) of each thing that this part of the sheet says, for the overview."""
        return [
            (LABELS[name], worded(name, values[name], rules))
            for name in cls.base_fields
            if name in LABELS and name in values
        ]


def worded(name: str, value: Any, rules: Rules) -> str:
    """As in_words; levels of need in the words of the area."""
    if name == "levels":
        return ", ".join(rules.levels[level] for level in value)
    return in_words(name, value)


def differing(old: Values, new: Values) -> list[str]:
    """Also a change of spacing alone is one: the person typed it."""
    return sorted({*changed(old, new), *(name for name in new if name in old and new[name] != old[name])})


def tidy(value: Any) -> Any:
    """Text with one kind of line end, each line without space around it."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in value.replace("\r\n", "\n").split("\n")).strip()
