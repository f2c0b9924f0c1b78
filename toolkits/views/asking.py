"""Which sheet a page is about, and who may write on it."""

import uuid
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.typing import SettingRequest
from partnerships.models import Membership, Setting
from toolkits.instruments.definition import Instrument, Lifecycle
from toolkits.models import Contribution
from toolkits.sheets import may_write, sheet_of
from toolkits.views.tools import known


class Asked(NamedTuple):
    """A sheet: of which tool, whose, what stands in it now, and whether the reader is its writer."""

    instrument: Instrument
    person: Membership
    sheet: Contribution | None
    is_mine: bool
    may_write: bool

    @property
    def url_args(self) -> list[Any]:
        return [self.person.setting.slug, self.instrument.code, self.person.pk]

    def context(self) -> dict[str, Any]:
        return {"asked": self, **self._asdict(), "setting": self.person.setting}


def asked(request: SettingRequest, code: str, person: uuid.UUID) -> Asked:
    instrument = standing(request.setting, code)
    whose = get_object_or_404(
        request.setting.memberships.select_related("user", "setting", "service__agency"), pk=person
    )
    mine = whose.pk == request.membership.pk
    return Asked(instrument, whose, sheet_of(whose, code), mine, may_write(request.membership, whose))


def writable(request: SettingRequest, code: str, person: uuid.UUID) -> Asked:
    found = asked(request, code, person)
    if not found.may_write:
        raise PermissionDenied
    return found


def standing(setting: Setting, code: str) -> Instrument:
    """A tool whose sheets stand and are revised, and are kept here: the directory keeps its own."""
    instrument = known(setting, code)
    if instrument.lifecycle is not Lifecycle.STANDING or any(field.attribute for field in instrument.fields):
        raise Http404
    return instrument
