"""Puts the built-in instruments into the database, after every migration."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS

from toolkits.instruments import builtin
from toolkits.instruments.definition import Instrument


def sync_instruments(
    sender: AppConfig | None = None, using: str = DEFAULT_DB_ALIAS, apps: Any = apps, **signal: Any
) -> None:
    """Adds the versions that are missing. Stored versions are never changed: activities ran with them."""
    try:
        stored = apps.get_model("toolkits", "InstrumentVersion")
    except LookupError:  # migrated back to before the table
        return
    for instrument in builtin().values():
        stored.objects.using(using).get_or_create(
            setting=None, code=instrument.code, version=instrument.version, defaults=_columns(instrument)
        )


def _columns(instrument: Instrument) -> dict[str, Any]:
    return {
        "title": instrument.title,
        "kind": instrument.kind.value,
        "definition": instrument.to_json(),
        "sha256": instrument.sha256,
    }
