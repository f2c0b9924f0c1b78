"""The directory of a setting as Open Referral JSON, which the import reads back without a change.

What the standard has no place for stands beside it in `joined_up`: every value of the sheet and, for those who run the
directory, of the partnership. `marks` show which of the standard's parts another system has changed since; these win.
Nothing of a withheld address leaves.
"""

from collections.abc import Iterable
from typing import Any

from directory.models import Service
from directory.oruk.answers import as_json
from directory.oruk.cleaning import is_nothing
from directory.oruk.pages import page_of
from directory.oruk.pieces import Json
from directory.oruk.reading import OURS, marks
from directory.oruk.writing import service_json
from directory.sheet.coding import encoded
from directory.sheet.values import ASK_EMAIL, Values, values_to_take, without_withheld
from partnerships.models import Setting

FORMAT = 1
PRIVATE = frozenset({"here_degree", "here_agreement", "here_notes", ASK_EMAIL})


def as_document(setting: Setting, services: Iterable[Service], *, with_private: bool) -> bytes:
    """One page with all of them; `services` come with their parts."""
    partnerships = {each.service_id: each for each in setting.partnerships.live()}
    contents = [
        _with_ours(
            service_json(service),
            own_values(
                values_to_take(service, partnerships.get(service.pk), setting), with_private=with_private
            ),
        )
        for service in services
    ]
    return as_json(page_of(contents, total=len(contents), number=1, per_page=max(len(contents), 1)))


def _with_ours(standard: Json, values: dict[str, Any]) -> Json:
    return {**standard, OURS: {"format": FORMAT, "values": values, "marks": marks(standard)}}


def own_values(values: Values, *, with_private: bool) -> dict[str, Any]:
    """What the sheet says, but nothing of an address that is withheld."""
    left_out = frozenset() if with_private else PRIVATE
    carried = without_withheld(values).items()
    return encoded({name: value for name, value in carried if name not in left_out and not is_nothing(value)})
