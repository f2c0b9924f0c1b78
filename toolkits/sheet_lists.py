"""Who has filled in a sheet, and who has not."""

from dataclasses import dataclass

from partnerships.access import Role
from partnerships.models import Membership, Setting
from toolkits.instruments.definition import Instrument
from toolkits.models import Contribution, Draft
from toolkits.sheets import Part, parts, sheets


@dataclass(frozen=True)
class PersonLine:
    """Somebody who is asked for a sheet, or has written one."""

    person: Membership
    sheet: Contribution | None = None
    is_begun: bool = False

    @property
    def parts(self) -> list[Part]:
        assert self.sheet is not None
        return parts(self.sheet.activity.instrument_version.instrument, self.sheet.data)


def team_sheets(setting: Setting, instrument: Instrument) -> list[PersonLine]:
    """Every practitioner, and everybody else who has written one, by name; in three queries."""
    written: dict[object, Contribution] = {}
    for sheet in sheets(setting, instrument.code):
        written.setdefault(sheet.participant.membership_id, sheet)
    begun = set(
        Draft.objects.filter(
            participant__activity__setting=setting,
            participant__activity__lifecycle="standing",
            participant__activity__instrument_version__code=instrument.code,
        ).values_list("participant__membership", flat=True)
    )
    people = setting.memberships.current().order_by("user__full_name")
    return [
        PersonLine(person, written.get(person.pk), person.pk in begun)
        for person in people
        if Role.PRACTITIONER in person.roles or person.pk in written
    ]
