"""Which stored version of an instrument a new activity runs."""

from django.db.models import Q

from partnerships.models import Setting
from toolkits.instruments import builtin, instrument
from toolkits.models import InstrumentVersion


def current(code: str, setting: Setting | None = None) -> InstrumentVersion:
    """The setting's own latest version if it has one, else the built-in one.

    :raises UnknownInstrument: there is no such instrument
    """
    own = setting and setting.instrument_versions.filter(code=code).order_by("-version").first()
    if own:
        return own
    return InstrumentVersion.objects.get(setting=None, code=code, version=instrument(code).version)


def all_current(setting: Setting) -> dict[str, InstrumentVersion]:
    """The same for every tool that there is, by code, in one query."""
    rows = InstrumentVersion.objects.filter(Q(setting=None) | Q(setting=setting)).order_by("version")
    found: dict[str, InstrumentVersion] = {}
    for row in rows:
        is_shipped = (
            row.setting_id is None and row.code in builtin() and row.version == builtin()[row.code].version
        )
        if row.setting_id or (is_shipped and row.code not in found):
            found[row.code] = row
    return dict(sorted(found.items()))
