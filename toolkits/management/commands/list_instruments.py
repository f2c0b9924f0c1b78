"""Every built-in instrument as JSON, for programs outside."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from toolkits.instruments import builtin
from toolkits.instruments.definition import Field, Instrument, Rung, Statement, Zone


class Command(BaseCommand):
    help = "Lists the built-in instruments as JSON, with their zones, statements, rungs and fields."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        listed = [described(instrument) for instrument in builtin().values()]
        self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2))


def described(one: Instrument) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind.value,
        "title": one.title,
        "source": one.source,
        "version": one.version,
        "zones": [_entry(one, zone) for zone in one.zones],
        "statements": [_entry(one, statement) for statement in one.statements],
        "rungs": [_entry(one, rung) for rung in one.rungs],
        "fields": [entry for field in one.fields for entry in _cells(one, field)],
    }


def _entry(one: Instrument, item: Zone | Statement | Rung | Field) -> dict[str, str]:
    return {"key": item.key, "text": item.text, "group": one.group_text(item.group)}


def _cells(one: Instrument, field: Field) -> Iterator[dict[str, str]]:
    """A field; of one whose rows have columns, each column, with the field as its group."""
    if not field.columns:
        yield _entry(one, field)
    for column in field.columns:
        group = one.group_text(field.group) or field.text
        yield {"key": f"{field.key}.{column.key}", "text": column.text, "group": group}
