"""The versions of a sheet: when, by whom, and which answers changed."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partnerships.audit import Actor
from partnerships.models import User
from toolkits.instruments.definition import Instrument
from toolkits.models import Contribution
from toolkits.sheets import Part, line, parts


@dataclass(frozen=True)
class SheetVersion:
    number: int
    saved_at: datetime
    saved_by: str
    changed: tuple[str, ...]
    """The questions whose answers differ from the version before."""
    parts: list[Part]


def versions_of(sheet: Contribution) -> list[SheetVersion]:
    """The newest first."""
    events = list(sheet.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    latest = {event.version: event for event in events if not event.is_draft}
    instrument = sheet.activity.instrument_version.instrument
    names = _names(event.pgh_context for event in latest.values())
    found: list[SheetVersion] = []
    before: dict[str, Any] = {}
    for number, event in sorted(latest.items()):
        changed = _changed(instrument, before, event.data)
        who = _who(event.pgh_context, names)
        found.append(SheetVersion(number, event.pgh_created_at, who, changed, parts(instrument, event.data)))
        before = event.data
    return found[::-1]


def _changed(instrument: Instrument, before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    return tuple(field.text for field in instrument.fields if line(field, before) != line(field, after))


def _names(contexts: Any) -> dict[str, str]:
    ids = {str(context.metadata.get("who", "")) for context in contexts if context}
    known = User.objects.filter(pk__in=[pk for pk in ids if _is_uuid(pk)])
    return {str(user.pk): user.full_name for user in known}


def _who(context: Any, names: dict[str, str]) -> str:
    metadata = context.metadata if context else {}
    return names.get(str(metadata.get("who", "")), "") if metadata.get("kind") == Actor.USER else ""


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
