"""Whom the keeping of a sheet is offered to."""

from typing import Any

from django import forms

from config.forms import BaseForm, CaseWarning
from directory.changes.handing_over import keepers_for, of_agency
from directory.models import Service
from partnerships.models import Setting

AGENCY = "agency"


class HandOverForm(CaseWarning, BaseForm):
    submit_label = "Offer it"
    marks_optional = False
    to = forms.ChoiceField(label="Who looks after it from now on?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="A word to them",
        help_text="It can stay empty",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        self.service = service
        self.schools = {str(setting.pk): setting for setting in keepers_for(service)}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        agency = [(AGENCY, f"{self.service.agency.name} itself: {names}")] if (names := self._names()) else []
        field.choices = [*agency, *((pk, setting.name) for pk, setting in self.schools.items())]

    def _names(self) -> str:
        people = of_agency(self.service) if self.service.steward_id is not None else []
        return ", ".join(dict.fromkeys(who.user.full_name for who in people))

    @property
    def is_possible(self) -> bool:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        return bool(field.choices)

    def receiver(self) -> Setting | None:
        """None is the agency."""
        chosen = self.cleaned_data["to"]
        return None if chosen == AGENCY else self.schools[chosen]
