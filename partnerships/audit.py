"""Who made a change. Triggers (pghistory) keep each version; this puts the actor and the route beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import pghistory


class Actor(StrEnum):
    USER = "user"
    PARTICIPANT = "participant"
    LINK = "link"
    COMMAND = "command"
    TASK = "task"
    PUBLIC = "public"


@contextmanager
def acting(kind: Actor, who: str = "", *, route: str = "") -> Iterator[Any]:
    """Changes made inside are by `who` (an id or a name), at `route` (a URL name, never an address).

    Inside a request the route is known already, and is kept unless another is given.
    """
    where = {"route": route} if route else {}
    with pghistory.context(kind=kind.value, who=who, **where) as context:
        yield context
