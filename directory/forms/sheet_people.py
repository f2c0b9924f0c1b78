"""Whom to ask for: several people or roles, each with numbers of their own."""

from typing import Any

from django import forms

from config.fields import EmailField
from directory.forms.sheet_fields import NUMBERS_HINT, PhonesField, line
from directory.forms.sheet_rows import RowsForm, drop
from directory.models import Rules
from directory.sheet.values import PHONE_KINDS, Values
from directory.sheet.whereabouts import Person, places_of, shown_of
from directory.sheet.wording import person_words, place_words


class PersonRow(forms.Form):
    name = line("Name", 120, "If there is one person to ask for")
    title = line("Role", 120, "Like “family worker”")
    is_public = forms.BooleanField(
        label="The person agrees that the public sees the name",
        help_text="Without it the public sees the role, and people who are signed in see the name",
        required=False,
    )
    telephone = PhonesField(label="Telephone", help_text=NUMBERS_HINT)
    text = PhonesField(label="Text messages", help_text="Numbers that take text messages", rows=1)
    fax = PhonesField(label="Fax", rows=1)
    email = EmailField(label="E-mail", required=False, max_length=254)
    place = forms.ChoiceField(label="Where?", required=False)
    drop = drop("contact")


class PeopleForm(RowsForm):
    key, title, noun = "contacts", "Whom to ask for", "contact"
    Row = PersonRow
    free_text = ("name", "title")

    @classmethod
    def rows_of(cls, values: Values) -> list[Person]:
        found: list[Person] = values["contacts"]
        return found

    def rows_words(self, rows: Any) -> str:
        consents = {True: "the public sees the name", False: ""}
        return "\n".join(
            ", ".join(
                filter(None, [person_words(who), self._place_words(who.place), consents[who.is_public]])
            )
            for who in rows or []
        )

    def _place_words(self, place: int | None) -> str:
        return dict(self._places()).get("" if place is None else str(place), "") if place is not None else ""

    def _places(self) -> list[tuple[str, str]]:
        """Of a place that is withheld, what others may read of it too."""
        return [
            (str(number), place_words(shown_of(place)) or f"Place {number + 1}")
            for number, place in enumerate(places_of(self.values))
        ]

    def row_field(self, name: str, field: forms.Field) -> forms.Field:
        if name == "place":
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "At no place in particular"), *self._places()]
        return field

    def row_values(self, each: Person) -> dict[str, Any]:
        return {
            "name": each.name,
            "title": each.title,
            "is_public": each.is_public,
            "email": each.email,
            "place": "" if each.place is None else str(each.place),
            **{
                name: [(number, note) for kind, number, note in each.phones if kind == own]
                for name, own in PHONE_KINDS.items()
            },
        }

    def read_row(self, number: int, row: dict[str, Any]) -> list[Person]:
        phones = [
            (str(kind.value), each, note)
            for name, kind in PHONE_KINDS.items()
            for each, note in row[name] or []
        ]
        said = Person(
            name=row["name"] or "",
            title=row["title"] or "",
            is_public=bool(row["is_public"]),
            email=row["email"] or "",
            phones=tuple(phones),
            place=int(row["place"]) if row["place"] else None,
        )
        if not (said.name or said.title or said.email) and phones:
            self.add_error(f"name-{number}", "Enter a name or a role for these numbers")
        return [said] if said.name or said.title or said.email else []

    def said(self, old: Values) -> Values:
        return {"contacts": self.cleaned_data["rows"]}

    @classmethod
    def lines(cls, values: Values, rules: Rules) -> list[tuple[str, str]]:
        found = [("Contact person", person_words(who)) for who in cls.rows_of(values)]
        return found or [("Contact person", "")]
