"""Forms about check-ins: what is asked and of whom, its last day, the code of an answer, the levels agreed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from config.fields import FlexibleDateField
from config.forms import BaseForm, CaseWarning
from config.stale import StaleSave
from evaluation.anonymity import KEY_LENGTH, read_key
from evaluation.models import Round
from evaluation.rounds.commands import OnPaper, Wanted
from partnerships.access import Permission
from partnerships.models import Membership, Setting, Term
from partnerships.sectors import Sector
from toolkits.instruments.definition import Instrument
from toolkits.models import Participant

DAYS_OPEN = 14
EVERYONE, SECTORS, PEOPLE = "everyone", "sectors", "people"
WITHOUT, WITH = "without", "with"
PAPER_WORDS = (
    "Line {}: write name, service and sector with commas between, like “Jo Farrow, Harbour, voluntary”"
)
SECTOR_WORDS = "Line {}: “{}” is no sector. Choose one of: {}"


class RoundForm(StaleSave, CaseWarning, BaseForm):
    """What is asked, when, of whom, and whether names are kept."""

    submit_label = "Go on: see how it will be shown"
    free_text = ["title"]
    sections = (
        ("What and when", ["title", "words", "term", "opens_on", "closes_on"]),
        ("Whom you ask", ["whom", "sectors", "people", "on_paper"]),
        ("Names", ["names"]),
    )

    title = forms.CharField(max_length=200, help_text="People read it in the invitation")
    words = forms.CharField(
        label="Why you ask",
        help_text="A sentence or two for those who are asked",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    term = forms.ModelChoiceField(
        queryset=Term.objects.none(),
        required=False,
        empty_label="None",
        help_text="Results are compared term by term",
    )
    opens_on = FlexibleDateField(label="Opens on", help_text="Today, or a later day: it then opens by itself")
    closes_on = FlexibleDateField(label="Last day to answer", help_text="It closes by itself after this day")
    whom = forms.ChoiceField(
        label="Whom do you ask?",
        help_text="Ask people from at least three sectors, so that you see where views differ",
        choices=[
            (EVERYONE, "Everyone who works with us"),
            (SECTORS, "Everyone from some sectors"),
            (PEOPLE, "People I choose"),
        ],
        widget=forms.RadioSelect,
    )
    sectors = forms.MultipleChoiceField(
        label="From which sectors?",
        help_text="For “everyone from some sectors”",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.MultipleChoiceField(
        label="Which people?",
        help_text="For “people I choose”",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    on_paper = forms.CharField(
        label="People without an account",
        help_text="They answer on paper and you type it in. One a line: name, service, sector",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    names = forms.ChoiceField(
        label="With or without names?",
        choices=[
            (WITHOUT, "Without names: nobody sees who answered what, and small groups are hidden"),
            (WITH, "With names: you see who answered what, and everyone is told so before they answer"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, setting: Setting, instrument: Instrument, round_: Round | None = None, **kwargs: Any
    ) -> None:
        self.setting, self.round = setting, round_
        self.members = {str(member.pk): member for member in who_can_answer(setting)}
        first = _values(round_) if round_ else _new(setting, instrument)
        kwargs["initial"] = {**first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        term = self.fields["term"]
        assert isinstance(term, forms.ModelChoiceField)
        term.queryset = self.setting.terms.order_by("-starts")
        _choices(self.fields["sectors"], _sector_choices(self.members.values()))
        _choices(
            self.fields["people"], [(key, _person_words(member)) for key, member in self.members.items()]
        )

    def current_version(self) -> int:
        return as_it_is_now(self.round, self.is_bound).version if self.round else 0

    def current_values(self) -> dict[str, Any]:
        return _values(as_it_is_now(self.round, self.is_bound)) if self.round else {}

    @property
    def seen_version(self) -> int | None:
        version: int | None = self.cleaned_data["version"]
        return version

    def clean_on_paper(self) -> str:
        lines: str = self.cleaned_data["on_paper"]
        read_on_paper(lines)
        return lines

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        opens_on, closes_on = given.get("opens_on"), given.get("closes_on")
        if opens_on and opens_on < timezone.localdate():
            self.add_error("opens_on", "Choose today or a later day")
        elif opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "Choose a last day that is not before the day it opens")
        if given.get("whom") == SECTORS and not given.get("sectors"):
            self.add_error("sectors", "Choose at least one sector")
        if given.get("whom") == PEOPLE and not given.get("people") and not given.get("on_paper"):
            self.add_error("people", "Choose at least one person")
        return cleaned

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            title=given["title"],
            term=given["term"],
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            is_anonymous=given["names"] == WITHOUT,
            words=given["words"],
            members=tuple(self._members()),
            on_paper=read_on_paper(given["on_paper"]),
        )

    def _members(self) -> Iterable[Membership]:
        given = self.cleaned_data
        chosen = {
            EVERYONE: lambda member: True,
            SECTORS: lambda member: member.sector in given["sectors"],
            PEOPLE: lambda member: str(member.pk) in given["people"],
        }[given["whom"]]
        return filter(chosen, self.members.values())


def who_can_answer(setting: Setting) -> list[Membership]:
    """Members who may answer a check-in, by sector and name."""
    order = list(Sector.values)
    current = setting.memberships.current().order_by("user__full_name")
    able = [member for member in current if member.may(Permission.ROUND_ANSWER)]
    return sorted(able, key=lambda member: order.index(member.sector))


class ClosingDayForm(BaseForm):
    submit_label = "Change the last day"
    marks_optional = False
    closes_on = FlexibleDateField(label="Last day to answer")

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Choose today or a later day")
        return day


class CodeForm(BaseForm):
    """The code that opens an answer without a name."""

    submit_label = "Open my answers"
    marks_optional = False
    code = forms.CharField(
        label="The code of your answers",
        help_text="Sixteen letters and figures, as the last page showed them",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "w-20",
            }
        ),
    )

    def clean_code(self) -> str:
        key = read_key(self.cleaned_data["code"])
        if not key:
            raise forms.ValidationError(f"Enter all {KEY_LENGTH} letters and figures of the code")
        return key


def _choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _sector_choices(members: Iterable[Membership]) -> list[tuple[str, str]]:
    many: dict[str, int] = {}
    for member in members:
        many[member.sector] = many.get(member.sector, 0) + 1
    return [
        (sector.value, f"{sector.label} ({count} {'person' if count == 1 else 'people'})")
        for sector in Sector
        if (count := many.get(sector.value, 0))
    ]


def _person_words(member: Membership) -> str:
    return f"{member.user.full_name}, {member.agency_name} ({Sector(member.sector).label})"


def read_on_paper(lines: str) -> tuple[OnPaper, ...]:
    """:raises forms.ValidationError: a line can't be read; the words name it"""
    numbered = enumerate(lines.splitlines(), start=1)
    return tuple(_on_paper(line, number) for number, line in numbered if line.strip())


def _on_paper(line: str, number: int) -> OnPaper:
    parts = [part.strip() for part in line.rsplit(",", 2)]
    if len(parts) != 3 or not all(parts):
        raise forms.ValidationError(PAPER_WORDS.format(number))
    name, agency, typed = parts
    sector = next((one for one in Sector if one.label.lower().startswith(typed.lower())), None)
    if sector is None or len(typed) < 3:
        raise forms.ValidationError(
            SECTOR_WORDS.format(number, typed, ", ".join(one.label for one in Sector))
        )
    return OnPaper(name=name[:80], agency=agency[:120], sector=sector)


def _new(setting: Setting, instrument: Instrument) -> dict[str, Any]:
    today = timezone.localdate()
    term = setting.term_on(today)
    return {
        "title": f"{instrument.title}, {term.name.lower()}" if term else instrument.title,
        "term": term,
        "opens_on": today,
        "closes_on": today + timedelta(days=DAYS_OPEN),
        "whom": EVERYONE,
    }


def _values(round_: Round) -> dict[str, Any]:
    """What the form shows of a check-in that is being got ready."""
    people: list[Participant] = list(round_.activity.participants.with_people())
    on_paper = [one for one in people if one.membership is None]
    return {
        "title": round_.activity.title,
        "words": round_.words,
        "term": round_.term,
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "whom": PEOPLE,
        "people": [str(one.membership_id) for one in people if one.membership_id],
        "on_paper": "\n".join(
            f"{one.guest_name}, {one.agency_name}, {Sector(one.sector).label}" for one in on_paper
        ),
        "names": WITHOUT if round_.is_anonymous else WITH,
    }


def as_it_is_now(round_: Round, is_bound: bool) -> Round:
    """As the page showed it; as it is in the database once the form comes back."""
    return Round.objects.with_activity().get(pk=round_.pk) if is_bound else round_
