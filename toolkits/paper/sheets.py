"""Sheets that one person writes: the practitioner's profile, and what somebody brings to the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerships.paper import Fact, School, day, is_long
from partnerships.sectors import Sector
from toolkits.instruments.definition import Field, FieldType, Group, Instrument
from toolkits.paper.base import InstrumentPaper, outcomes

SIDE_BY_SIDE = 2
LONGEST = 120
"""More promises or letters than this, and horizons stand one below the other."""


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """A field with what was written in it, one string a line."""

    label: str
    lines: tuple[str, ...]
    is_list: bool = False
    is_numbered: bool = False

    @property
    def is_long(self) -> bool:
        return is_long(self.lines)


@dataclass(frozen=True, kw_only=True)
class ProfilePaper(InstrumentPaper):
    """A practitioner's profile. `contact` stands in the box on top; make it with `profile_paper`."""

    contact: tuple[Fact, ...] = ()
    rows: tuple[FieldLine, ...] = ()
    small_print: str = "Written by the practitioner. Seen by the team and by school staff."


@dataclass(frozen=True, kw_only=True)
class Promise:
    number: int
    benefit: str
    measure: str
    outcome: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class HorizonPaper:
    text: str
    when: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, kw_only=True)
class BenefitsPaper(InstrumentPaper):
    """What somebody brings to the team, over three horizons; make it with `benefits_paper`."""

    horizons: tuple[HorizonPaper, ...] = ()

    @property
    def outcomes(self) -> tuple[tuple[str, str], ...]:
        return outcomes(self.instrument)

    @property
    def is_crowded(self) -> bool:
        """Too much for three columns side by side."""
        promises = [promise for horizon in self.horizons for promise in horizon.promises]
        most = max((len(horizon.promises) for horizon in self.horizons), default=0)
        longest = max(
            (max(len(one.benefit), len(one.measure), len(one.evidence)) for one in promises), default=0
        )
        return most > SIDE_BY_SIDE or longest > LONGEST


def written(answer: Any) -> tuple[str, ...]:
    """An answer as lines: a text by its paragraphs, rows as they are; what is empty falls away."""
    lines = answer.splitlines() if isinstance(answer, str) else answer or ()
    return tuple(line.strip() for line in lines if isinstance(line, str) and line.strip())


def profile_paper(
    instrument: Instrument,
    answers: Mapping[str, Any],
    *,
    school: School,
    on: date,
    version: int = 1,
    sector: Sector | None = None,
    facts: tuple[Fact, ...] = (),
) -> ProfilePaper:
    """A profile from its answers (field key → text or texts). `facts` come after job title and service."""
    first = (Fact(label="Job title", text=str(answers.get("job_title", ""))),)
    service = Fact(label="Agency or service", text=str(answers.get("service", "")), sector=sector)
    fields = instrument.fields
    return ProfilePaper(
        instrument=instrument,
        school=school,
        title=str(answers.get("name", "")),
        on=on,
        version=version,
        facts=tuple(fact for fact in (*first, service, *facts) if fact.text),
        contact=tuple(
            Fact(label=instrument.field(key).text, text=str(answers[key]))
            for key in ("telephone", "email", "whereabouts")
            if answers.get(key)
        ),
        rows=tuple(_line(field, answers) for field in fields if field.group and field.group != "contact"),
    )


def _line(field: Field, answers: Mapping[str, Any]) -> FieldLine:
    is_list = field.type is FieldType.ROWS
    return FieldLine(
        label=field.text,
        lines=written(answers.get(field.key)),
        is_list=is_list,
        is_numbered=is_list and field.rows_min == field.rows_max,
    )


def benefits_paper(
    instrument: Instrument,
    answers: Mapping[str, Any],
    *,
    school: School,
    on: date,
    version: int = 1,
    sector: Sector | None = None,
    reviews: Mapping[str, str] | None = None,
) -> BenefitsPaper:
    """A benefits sheet from its answers; `reviews` says when each horizon is looked at, by group key."""
    facts = (
        Fact(label="Name", text=str(answers.get("name", ""))),
        Fact(label="Service", text=str(answers.get("service", "")), sector=sector),
        Fact(label="Written", text=day(on)),
    )
    return BenefitsPaper(
        instrument=instrument,
        school=school,
        title=instrument.title,
        kicker="Benefits sheet",
        on=on,
        version=version,
        facts=tuple(fact for fact in facts if fact.text),
        horizons=tuple(_horizon(group, answers, reviews or {}) for group in instrument.groups),
    )


def _horizon(group: Group, answers: Mapping[str, Any], reviews: Mapping[str, str]) -> HorizonPaper:
    rows = [row for row in answers.get(group.key) or () if row.get("benefit") or row.get("measure")]
    return HorizonPaper(
        text=group.text,
        when=reviews.get(group.key, ""),
        promises=tuple(
            Promise(number=number, **{key: str(row.get(key) or "") for key in ROW_KEYS})
            for number, row in enumerate(rows, start=1)
        ),
    )


ROW_KEYS = ("benefit", "measure", "outcome", "evidence")
