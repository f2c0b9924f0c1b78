"""A sheet of one person on paper; one function for each layout."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from config.pdf import Pdf
from partnerships.models import Membership
from partnerships.paper import Paper, School, day
from partnerships.sectors import Sector
from toolkits.models import Contribution
from toolkits.paper import benefits_paper, profile_paper
from toolkits.sheets import due_on, written_on

Maker = Callable[[Contribution, Membership, date], Paper]


def _profile(sheet: Contribution, person: Membership, on: date) -> Paper:
    return profile_paper(
        sheet.activity.instrument_version.instrument,
        sheet.data,
        school=School.of(person.setting),
        on=on,
        version=sheet.version,
        sector=Sector(person.sector),
    )


def _benefits(sheet: Contribution, person: Membership, on: date) -> Paper:
    instrument = sheet.activity.instrument_version.instrument
    due = {group.key: due_on(group, sheet.data) for group in instrument.groups}
    return benefits_paper(
        instrument,
        sheet.data,
        school=School.of(person.setting),
        on=written_on(sheet.data) or on,
        version=sheet.version,
        sector=Sector(person.sector),
        reviews={key: day(when) for key, when in due.items() if when},
    )


MAKERS: dict[str, Maker] = {"profile": _profile, "horizons": _benefits}


def sheet_pdf(sheet: Contribution, person: Membership) -> Pdf:
    maker = MAKERS[sheet.activity.instrument_version.instrument.layout]
    return maker(sheet, person, timezone.localdate(sheet.updated_at)).pdf()
