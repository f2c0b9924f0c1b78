"""Which stored version of an instrument a new activity runs."""

from partnerships.models import Setting
from toolkits.instruments import instrument
from toolkits.models import InstrumentVersion


def current(code: str, setting: Setting | None = None) -> InstrumentVersion:
    """The setting's own latest version if it has one, else the built-in one.

    :raises UnknownInstrument: there is no such instrument
    """
    own = setting and setting.instrument_versions.filter(code=code).order_by("-version").first()
    if own:
        return own
    return InstrumentVersion.objects.get(setting=None, code=code, version=instrument(code).version)
