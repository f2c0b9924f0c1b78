"""Live updates, as the rest of the product uses them: `publish` a change, put a `token` in the page.

The truth is in PostgreSQL. A change does NOTIFY with the activity and its new version; every server process
listens on one connection (config/stream.py) and sends the changed card to the browsers that show the activity.
A browser that misses a version fetches the page's `data-live-state`. See docs/adr/0005-processes-and-live-work.md.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection

CHANNEL = "live"
SALT = "config.live"
EVERYONE = "*"
TOKEN_SECONDS = 600
LARGEST_PAYLOAD = 7999  # bytes; PostgreSQL refuses more


@dataclass(frozen=True)
class Change:
    """One version of an activity for one audience, or for EVERYONE except the audiences in `but`.

    `html` is what changed: elements with ids. None: fetch the whole state. Empty: nothing to see for this audience.
    """

    activity: str
    version: int
    audience: str
    html: str | None
    but: tuple[str, ...] = ()

    def is_for(self, audience: str) -> bool:
        return audience not in self.but if self.audience == EVERYONE else audience == self.audience

    def payload(self) -> str:
        """As JSON that NOTIFY takes; without the html when that is too large."""
        fields: dict[str, Any] = {"a": self.activity, "v": self.version, "to": self.audience, "but": self.but}
        if self.html is not None:
            full = json.dumps(fields | {"html": self.html}, ensure_ascii=False, separators=(",", ":"))
            if len(full.encode()) <= LARGEST_PAYLOAD:
                return full
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, payload: str) -> "Change":
        fields = json.loads(payload)
        return cls(fields["a"], fields["v"], fields["to"], fields.get("html"), tuple(fields["but"]))


def token(activity_id: UUID | str, audience: str) -> str:
    """Opens the stream of one activity to one audience for ten minutes; goes into `data-live="/live/<token>/"`."""
    return signing.dumps([str(activity_id), audience], salt=SALT, compress=False)


def read_token(text: str) -> tuple[str, str] | None:
    """The activity and audience, or None if the token is old or not ours."""
    try:
        activity, audience = signing.loads(text, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return activity, audience


def publish(activity_id: UUID | str, version: int, html_by_audience: Mapping[str, str | None]) -> None:
    """Tell every browser that shows the activity about `version`, when the transaction commits.

    For each audience: the changed elements as HTML, each with an id; or None, and they fetch the whole state.
    An audience that is not named sees no change, unless `EVERYONE` is given for the rest.
    """
    with connection.cursor() as cursor:
        for change in _changes(str(activity_id), version, html_by_audience):
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, change.payload()])


def _changes(activity: str, version: int, html_by_audience: Mapping[str, str | None]) -> Iterator[Change]:
    named = tuple(audience for audience in html_by_audience if audience != EVERYONE)
    for audience in named:
        yield Change(activity, version, audience, html_by_audience[audience])
    yield Change(activity, version, EVERYONE, html_by_audience.get(EVERYONE, ""), but=named)
