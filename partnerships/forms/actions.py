"""Forms about actions."""

from typing import Any

from django import forms

from config.fields import FlexibleDateField
from config.forms import BaseForm, BaseModelForm, CaseWarning
from config.stale import StaleSave
from partnerships.access import Permission
from partnerships.models import Action, Membership, Partnership

OWNER_WORDS = "Choose who does it, or type a name: one of the two"


class OwnerField(forms.ChoiceField):
    """A member or a partner service of the setting, in one list."""

    rows: dict[str, Membership | Partnership]

    def offer(self, action: Action) -> None:
        """Those of the action's setting; and its owner, who may have left."""
        setting = action.setting
        people = {f"person-{each.pk}": each for each in setting.memberships.current().filter(left_on=None)}
        services = {f"service-{each.pk}": each for each in setting.partnerships.with_live_service()}
        self.rows = {**people, **services}
        groups: list[tuple[str, Any]] = [
            ("", "Choose"),
            ("People", [(key, str(each)) for key, each in people.items()]),
            ("Partner services", [(key, each.service.name) for key, each in services.items()]),
        ]
        key, owner = key_of(action), action.owner or action.owner_partnership
        if owner is not None and key not in self.rows:
            self.rows[key] = owner
            groups.append((key, f"{action.owner_words} (has left)"))
        self.choices = groups


class ActionForm(StaleSave, CaseWarning, BaseModelForm):
    """Somebody who may not hand actions to others gets no owner: it is their own."""

    free_text = ["text"]
    marks_optional = False
    owner_key = OwnerField(label="Who does it", required=False)
    due_on = FlexibleDateField(label="By when", help_text="Like 27 March 2026")

    class Meta:
        model = Action
        fields = ["text", "owner_name", "due_on"]
        labels = {"text": "What is to be done", "owner_name": "Or somebody else’s name"}
        help_texts = {"text": "One thing, so that everyone can tell when it is done"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    field_order = ["text", "owner_key", "owner_name", "due_on"]

    def __init__(self, *args: Any, instance: Action, viewer: Membership, **kwargs: Any) -> None:
        self.hands_on = viewer.may(Permission.ACTION_ALL)
        super().__init__(*args, instance=instance, **kwargs)
        if not self.hands_on:
            del self.fields["owner_key"], self.fields["owner_name"]
            return
        owner_key = self.fields["owner_key"]
        assert isinstance(owner_key, OwnerField)
        owner_key.offer(instance)
        self.initial["owner_key"] = key_of(instance)

    def current_values(self) -> dict[str, Any]:
        values = super().current_values()
        row = self._row()
        return {**values, "owner_key": key_of(row)} if row and self.hands_on else values

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.hands_on and not self.errors:
            chosen = self.fields["owner_key"].rows.get(self.cleaned_data["owner_key"])  # type: ignore[attr-defined]
            name = self.cleaned_data["owner_name"]
            if (chosen is None) == (name == ""):
                self.add_error("owner_key", OWNER_WORDS)
            self.instance.owner = chosen if isinstance(chosen, Membership) else None
            self.instance.owner_partnership = chosen if isinstance(chosen, Partnership) else None
        return cleaned

    def as_arguments(self) -> dict[str, Any]:
        """For commands.add_action."""
        new = self.instance
        return {
            "text": new.text,
            "due_on": new.due_on,
            "owner": new.owner,
            "owner_partnership": new.owner_partnership,
            "owner_name": new.owner_name,
        }


def key_of(action: Action) -> str:
    if action.owner_id:
        return f"person-{action.owner_id}"
    return f"service-{action.owner_partnership_id}" if action.owner_partnership_id else ""


class OutcomeForm(CaseWarning, BaseForm):
    submit_label = "Mark as done"
    free_text = ["outcome"]
    outcome = forms.CharField(
        label="What came of it",
        help_text="A sentence for the next meeting",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DropForm(OutcomeForm):
    submit_label = "Drop it"
    outcome = forms.CharField(
        label="Why it is dropped",
        help_text="So that nobody wonders later",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
