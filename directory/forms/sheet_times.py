"""When the service is open: days as ticks and hours as people write them, or plain words. No rules to learn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Any

from django import forms
from django.http import QueryDict

from config.fields import FlexibleDateField
from directory.forms.sheet import tidy
from directory.forms.sheet_fields import block, line, ticks
from directory.forms.sheet_rows import RowsForm, drop
from directory.models import Rhythm, Rules, Season
from directory.sheet.times import (
    ORDINALS,
    WORDS_LENGTH,
    Times,
    clock_words,
    groups_of_days,
    read_clock,
    read_span,
    read_times,
    time_lines,
)
from directory.sheet.values import Values
from partnerships.models.partnership import Weekday

RHYTHMS = [
    (Rhythm.WEEKLY.value, "Every week"),
    (Rhythm.FORTNIGHTLY.value, "Every second week"),
    *((f"{Rhythm.MONTHLY}-{week}", f"The {word} of the month") for week, word in ORDINALS.items()),
    (Rhythm.MONTHLY.value, "Once a month, on no fixed week"),
]
HOURS_WORDS = "Enter when it opens and closes, like 9am and 12.30pm; it closes after it opens"
DAYS_WORDS = "Tick the days on which these hours hold"
SPANS = (("opens", "closes"), ("opens_2", "closes_2"))


class TimesRow(forms.Form):
    days = ticks("Days", Weekday.choices, in_columns=True)
    opens = line("Opens", 12, "Like 9am or 13.30")
    closes = line("Closes", 12, "Like noon or 5pm")
    opens_2 = line("Opens again", 12, "After a break")
    closes_2 = line("Closes again", 12, "On the same days")
    rhythm = forms.ChoiceField(label="How often?", choices=RHYTHMS, required=False)
    season = forms.ChoiceField(label="In term or holidays?", choices=Season.choices, required=False)
    starts_on = FlexibleDateField(
        label="One of its dates",
        required=False,
        help_text="For every second week: a day on which it happens, like 3 March 2026",
    )
    by_appointment = forms.BooleanField(label="By appointment", required=False)
    words = line("Anything to add", 200, "Like “ring first”. Without days: the times in your own words")
    drop = drop("time")


class TimesForm(RowsForm):
    key, title, noun = "times", "Opening or contact times", "time"
    intro = "Tick days and enter hours, or type the times as you would say them in the last box."
    Row = TimesRow
    free_text = ("words",)
    pairs = [("opens", "closes"), ("opens_2", "closes_2"), ("rhythm", "season")]

    def prepare(self) -> None:
        super().prepare()
        hint = "Like “Monday to Thursday 9 to 5; Friday until noon”. What is plain is read, the rest stays as written"
        self.fields["typed"] = block("Or type the times", hint, 2, WORDS_LENGTH)
        self.sections = [*self.sections, ("In your own words", ["typed"])]

    @classmethod
    def rows_of(cls, values: Values) -> list[Times]:
        found: list[Times] = values["opening_times"]
        return found

    def rows_words(self, rows: Any) -> str:
        return "\n".join(time_lines(rows or []))

    def first_rows(self) -> list[dict[str, Any]]:
        if self.typed is not None or self.is_bound:
            return super().first_rows()
        return self._rows_for(self.rows_of(self.values)) or [{}]

    def _rows_for(self, times: Sequence[Times]) -> list[dict[str, Any]]:
        """A row for each group of days with the same hours, two spans in each."""
        rows = []
        for days, hours, rest in groups_of_days(times):
            for at in range(0, len(hours), 2):
                rows.append(self._row_for(days, hours[at : at + 2], rest))
        return rows

    def _row_for(
        self, days: tuple[str, ...], hours: list[tuple[time | None, time | None]], rest: Times
    ) -> dict[str, Any]:
        rhythm = f"{rest.rhythm}-{rest.week}" if rest.week else rest.rhythm
        row = {
            "days": list(days),
            "rhythm": rhythm,
            "starts_on": rest.starts_on,
            "season": rest.season,
            "by_appointment": rest.by_appointment,
            "words": rest.words,
        }
        for names, span in zip(SPANS, hours, strict=False):
            row |= {name: clock_words(at) for name, at in zip(names, span, strict=True) if at}
        return row

    def typed_rows(self, data: QueryDict) -> list[dict[str, Any]]:
        """What was typed in words becomes rows too."""
        rows = [row for row in super().typed_rows(data) if any(row.values())]
        return [*rows, *self._rows_for(read_times(data.get("typed", "")))]

    def read_row(self, number: int, row: dict[str, Any]) -> list[Times]:
        said = self._without_hours(number, row)
        spans = [self._span(number, names, row) for names in SPANS]
        hours = [span for span in spans if span]
        if hours and not said.days:
            self.add_error(f"days-{number}", DAYS_WORDS)
        if said.days:
            return [replace(said, opens=opens, closes=closes) for opens, closes in hours] or [said]
        if not said.words:
            return [said] if said.by_appointment or said.season else []
        read = read_times(said.words)
        return [replace(said, words=each.words) if not each.days else each for each in read]

    def _without_hours(self, number: int, row: dict[str, Any]) -> Times:
        rhythm, _, week = (row["rhythm"] or Rhythm.WEEKLY.value).partition("-")
        starts_on = row["starts_on"]
        if starts_on and rhythm != Rhythm.FORTNIGHTLY:
            self.add_error(f"starts_on-{number}", "Choose “Every second week”, or leave the date empty")
        return Times(
            words=tidy(row["words"] or ""),
            days=tuple(str(day) for day in Weekday if day in (row["days"] or [])),
            rhythm=rhythm if row["days"] else Rhythm.WEEKLY.value,
            week=int(week) if week and row["days"] else None,
            starts_on=starts_on if row["days"] else None,
            season=row["season"] or "",
            by_appointment=bool(row["by_appointment"]),
        )

    def _span(
        self, number: int, names: tuple[str, str], row: dict[str, Any]
    ) -> tuple[time | None, time | None] | None:
        first, second = (row[name] or "" for name in names)
        if not first and not second:
            return None
        if first and second:
            found: tuple[time | None, time | None] | None = read_span(first, second)
        else:
            found = (read_clock(first), read_clock(second))
        if found is None or found == (None, None):
            self.add_error(f"{names[0] if first else names[1]}-{number}", HOURS_WORDS)
            return None
        return found

    def _gather(self) -> None:
        super()._gather()
        if "rows" in self.cleaned_data:
            self.mine += read_times(self.cleaned_data.get("typed") or "")

    def said(self, old: Values) -> Values:
        return {"opening_times": self.cleaned_data["rows"]}

    @classmethod
    def lines(cls, values: Values, rules: Rules) -> list[tuple[str, str]]:
        return [("Open", "\n".join(time_lines(cls.rows_of(values))))]
