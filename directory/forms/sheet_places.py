"""Where the service is: several places, each with as much of its address as may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from config.case_data import Finding
from config.fields import PostcodeField
from directory.forms.sheet import tidy
from directory.forms.sheet_fields import line, one_of, ticks
from directory.forms.sheet_rows import RowsForm, drop
from directory.forms.withholding import address_found, base_name
from directory.models import Access, Place, Rules, Withheld
from directory.sheet.values import LABELS, Values
from directory.sheet.whereabouts import KEPT_BACK, Whereabouts, flat_place, places_of
from directory.sheet.wording import place_words

GRADES = [
    (Withheld.NO.value, "All of it"),
    (
        Withheld.COARSE.value,
        "Only the town and the first half of the postcode, like “Wexcombe, WX4”. For a place that people ring first",
    ),
    (
        Withheld.REFUGE.value,
        "Only the council area, and it is never found by distance. For a refuge or safe house",
    ),
]
TEXTS = (
    "name",
    "profile",
    "other_information",
    "referral",
    "who_for",
    "not_for",
    "capacity_note",
    "cost_note",
)
STANDS_IN = "“{}” also stands in {}. Take it out there as well. Or tick “keep it” and save again"


class PlaceRow(forms.Form):
    kind = one_of("What kind of place?", Place.Kind.choices)
    withheld = one_of(
        "How much of the address may others see?",
        GRADES,
        "The rest is kept apart: not on the page, not on paper, not in downloads, searches or the history",
    )
    name = line("Name of the place", 120, "Like “The Boathouse”")
    address_1 = line("Address", 200)
    address_2 = line("Second line", 200)
    city = line("Town or city", 100)
    county = line("County", 100)
    postcode = PostcodeField(label="Postcode", required=False)
    council = line("Council area", 100, "All that is shown of a refuge")
    access = ticks("Access", Access.choices, "Tick what the place has", in_columns=True)
    access_note = line("Getting there and getting in", 200, "Like “buses 7 and 19; ring the side bell”")
    was = forms.IntegerField(widget=forms.HiddenInput, required=False)
    drop = drop("place")


class PlacesForm(RowsForm):
    key, title, noun = "places", "Where it is", "place"
    intro = (
        "Each place on its own. A service without a place to go to can say that it visits, or works online."
    )
    Row = PlaceRow
    pairs = [("city", "county"), ("postcode", "council")]
    address_fields = frozenset({"name", "address_1", "address_2", "city", "county", "postcode", "council"})

    @classmethod
    def rows_of(cls, values: Values) -> list[Whereabouts]:
        return places_of(values)

    def rows_words(self, rows: Sequence[Whereabouts]) -> str:
        return "\n".join(
            f"{Place.Kind(row.kind).label}: {place_words(row)}".rstrip(": ") for row in rows or []
        )

    def first_rows(self) -> list[dict[str, Any]]:
        blank = {"kind": Place.Kind.PHYSICAL.value, "withheld": ""}
        return [{**blank, **row} for row in super().first_rows()]

    def row_values(self, each: Whereabouts) -> dict[str, Any]:
        values = {name: getattr(each, name) for name in PlaceRow.base_fields if hasattr(each, name)}
        return {**values, "access": list(each.access)}

    def read_row(self, number: int, row: dict[str, Any]) -> list[Whereabouts]:
        values: dict[str, Any] = {
            name: tidy(row[name]) or "" for name in (*KEPT_BACK, "council", "kind", "withheld")
        }
        values |= {"kind": row["kind"] or Place.Kind.PHYSICAL.value, "access": tuple(row["access"] or ())}
        place = Whereabouts(**values)
        if not places_of(flat_place([place])):
            return []
        return [replace(place, **self._coordinates(place))]

    def _coordinates(self, place: Whereabouts) -> dict[str, Any]:
        """Those known of the same address, shown as before."""
        for old in self.rows_of(self.values):
            if (old.postcode, old.address_1, old.withheld) == (
                place.postcode,
                place.address_1,
                place.withheld,
            ):
                return {"latitude": old.latitude, "longitude": old.longitude}
        return {}

    def kept_back(self) -> list[Whereabouts]:
        return [each for each in self.mine if each.withheld]

    def _free_text(self) -> Iterable[str]:
        """An address that becomes withheld may stand elsewhere on the sheet; the grade is where that is said."""
        yield from super()._free_text()
        yield from (name for name in self.fields if base_name(name) == "withheld")

    def _findings(self, name: str) -> list[Finding]:
        if base_name(name) != "withheld":
            return super()._findings(name)
        places = self.read.get(int(name.rpartition("-")[2]), [])
        found = [
            Finding(each.words, f"“{LABELS[text]}”")
            for text in TEXTS
            for each in address_found(str(self.values[text]), places)
        ]
        if found:
            self.case_tick = "Keep it: I see to the other text"
        return found

    def ask_about(self, findings: Sequence[Finding]) -> str:
        where = dict.fromkeys(each.kind for each in findings if each.kind.startswith("“"))
        if not where:
            return super().ask_about(findings)
        return STANDS_IN.format(
            "”, “".join(dict.fromkeys(each.words for each in findings)), " and ".join(where)
        )

    def said(self, old: Values) -> Values:
        """Contacts stay with their place when a place before it goes."""
        rows = self.cleaned_data["rows"]
        moves = rows is self.mine
        people = [
            replace(who, place=self._moved(who.place) if moves else who.place) for who in old["contacts"]
        ]
        return {**flat_place(rows), "contacts": people}

    def _moved(self, place: int | None) -> int | None:
        """The new number of the place that was number `place`."""
        left = [self.cleaned_data.get(f"was-{number}") for number, read in self.read.items() if read]
        return left.index(place) if place is not None and place in left else None

    @classmethod
    def lines(cls, values: Values, rules: Rules) -> list[tuple[str, str]]:
        return [("Place", place_words(place)) for place in places_of(values)] or [("Place", "")]
