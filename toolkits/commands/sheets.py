"""Keeping sheets that one person writes: what is being typed, and what is handed in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from partnerships.models import Membership, Setting
from toolkits.instruments.definition import Lifecycle
from toolkits.models import Activity, Contribution, Draft, Participant
from toolkits.sheets import sheet_of
from toolkits.versions import current

LONGEST = 20_000
"""Characters of one answer in a draft: what is typed is kept as it is, but not without end."""


@transaction.atomic
def standing_activity(setting: Setting, code: str) -> Activity:
    """The one activity behind all sheets of a kind in a setting, made when the first is begun."""
    version = current(code, setting)
    activity, _ = Activity.objects.get_or_create(
        setting=setting,
        instrument_version=version,
        lifecycle=Lifecycle.STANDING.value,
        defaults={"title": version.title},
    )
    return activity


def _participant(person: Membership, code: str) -> Participant:
    """Somebody's place in the standing activity, locked: two saves of one sheet follow each other."""
    activity = standing_activity(person.setting, code)
    participant, _ = Participant.objects.get_or_create(
        activity=activity,
        membership=person,
        defaults={"agency_name": person.agency_name[:120], "sector": person.sector},
    )
    return Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)


@transaction.atomic
def keep_draft(
    *, person: Membership, code: str, typed: Mapping[str, str], based_on: int, by: Membership
) -> Draft:
    """Keeps what `by` has typed on somebody's sheet, as it was typed."""
    data = {name: value[:LONGEST] for name, value in typed.items()}
    draft, _ = Draft.objects.update_or_create(
        participant=_participant(person, code), by=by, defaults={"data": data, "based_on": based_on}
    )
    return draft


@transaction.atomic
def drop_draft(*, person: Membership, code: str, by: Membership) -> None:
    Draft.objects.filter(
        participant__membership=person,
        participant__activity__lifecycle=Lifecycle.STANDING.value,
        participant__activity__instrument_version__code=code,
        by=by,
    ).delete()


def held_sheet(person: Membership, code: str) -> Contribution | None:
    """The sheet as it stands, and nobody else saves it before this transaction ends."""
    _participant(person, code)
    return sheet_of(person, code)


@transaction.atomic
def save_sheet(*, person: Membership, code: str, data: Mapping[str, Any], by: Membership) -> Contribution:
    """Hands a sheet in, as its next version. Call with the sheet held, after looking at its version."""
    participant = _participant(person, code)
    before = sheet_of(person, code)
    version = before.version + 1 if before else 1
    sheet, _ = Contribution.objects.update_or_create(
        participant=participant,
        defaults={
            "activity": participant.activity,
            "data": dict(data),
            "is_draft": False,
            "version": version,
        },
    )
    drop_draft(person=person, code=code, by=by)
    return sheet
