"""Forms about cards."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from config.fields import FlexibleDateField
from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from partnerships.access import Permission
from partnerships.models import Membership, Partnership
from toolkits.boards import Board, CardView
from toolkits.instruments.definition import Zone
from toolkits.models import Activity, Card

CARD_LENGTH = 200


def text_field() -> forms.CharField:
    return forms.CharField(
        label="One thought",
        help_text="A few words. No names of children or families.",
        max_length=CARD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Where does it belong?")


class CardForm(CaseWarning, BaseForm):
    """A new card. `card_id` is made with the form, so that a double tap puts one card on the board."""

    submit_label = "Add the card"

    card_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    zone = zone_field()
    text = text_field()

    def __init__(self, *args: Any, zones: Iterable[Zone], **kwargs: Any) -> None:
        self.zones = tuple(zones)
        kwargs["initial"] = {"card_id": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        _offer(self.fields["zone"], self.zones)


class ChangeCardForm(StaleSave, CaseWarning, BaseForm):
    """A card's words and its zone. Made while the activity is locked, it shows both versions of a stale save."""

    submit_label = "Save the card"

    zone = zone_field()
    text = text_field()

    def __init__(self, *args: Any, card: Card, zones: Iterable[Zone], **kwargs: Any) -> None:
        self.card = card
        self.zones = tuple(zones)
        kwargs["initial"] = self.current_values()
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        _offer(self.fields["zone"], self.zones)

    def current_version(self) -> int:
        return self.card.version

    def current_values(self) -> dict[str, Any]:
        return {"zone": self.card.zone, "text": self.card.text}


def _offer(field: forms.Field, zones: Iterable[Zone]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(zone.key, zone.text) for zone in zones]


class MergeForm(CaseWarning, BaseForm):
    """Two cards that say the same become one. A choice carries the version of the card as it was shown."""

    submit_label = "Merge them"

    card = forms.ChoiceField(label="This card")
    into = forms.ChoiceField(label="Goes onto this one")
    text = forms.CharField(
        label="What the card then says",
        help_text="Leave it empty to keep the words of the second card.",
        max_length=CARD_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        groups = [
            (zone.zone.text, [(_choice(view), _cut(view.card.text)) for view in zone.cards])
            for zone in self.board.zones
            if zone.cards
        ]
        for name in ("card", "into"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Choose a card"), *groups]
            field.error_messages["invalid_choice"] = (
                "Choose the card again: it was changed or taken off the board in the meantime"
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        card, into = self.cleaned_data.get("card"), self.cleaned_data.get("into")
        if card and card == into:
            self.add_error("into", "Choose another card than the first")
        return cleaned

    def chosen(self, name: str) -> tuple[uuid.UUID, int]:
        """The card and the version of it that was shown."""
        card, _, version = self.cleaned_data[name].partition(":")
        return uuid.UUID(card), int(version)


def _choice(view: CardView) -> str:
    return f"{view.card.pk}:{view.card.version}"


def _cut(text: str, length: int = 80) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


class ActionForm(CaseWarning, BaseForm):
    """Something to be done, with one owner and a day."""

    submit_label = "Add the action"
    free_text = ("text", "owner_name")

    text = forms.CharField(
        label="What is to be done", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label="Who does it", required=False)
    owner_name = forms.CharField(
        label="Or somebody who is not on the list",
        max_length=120,
        required=False,
        help_text="Name and agency. They are not told by e-mail.",
    )
    due_on = FlexibleDateField(label="By when", help_text="For example 27 March 2026")

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        people = activity.setting.memberships.current().order_by("user__full_name")
        self.people = {str(person.pk): person for person in people if person.may(Permission.ACTION_OWN)}
        live = activity.setting.partnerships.live().select_related("service").order_by("service__sort_name")
        self.partners = {str(partnership.pk): partnership for partnership in live}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        people = [
            (key, f"{person.user.full_name}, {person.agency_name}") for key, person in self.people.items()
        ]
        partners = [(key, partnership.service.name) for key, partnership in self.partners.items()]
        field.choices = [("", "Choose"), ("People", people), ("Services", partners)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if bool(self.cleaned_data.get("owner")) == bool(self.cleaned_data.get("owner_name")):
            self.add_error(
                "owner", "Choose one person or service who does it, or type a name: one of the two"
            )
        return cleaned

    def chosen_person(self) -> Membership | None:
        return self.people.get(self.cleaned_data["owner"])

    def chosen_partner(self) -> Partnership | None:
        return self.partners.get(self.cleaned_data["owner"])
