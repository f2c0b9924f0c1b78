"""How much one address may ask of the API: a sustained rate, and a burst of a minute's worth at once.

Counted in the memory of each process: reading must write nothing, and a figure in the database for each request would
cost more than most answers. Several processes let through several times as much.
"""

from threading import Lock
from time import monotonic

MOST_REMEMBERED = 20_000


class Throttle:
    """The generic cell rate algorithm: for each address only the time at which it has used up what it may."""

    def __init__(self, a_minute: int) -> None:
        self.each = 60.0 / a_minute
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, address: str, now: float | None = None) -> float:
        """How many seconds this address has to wait; 0 when it is let through, and counted."""
        now = monotonic() if now is None else now
        with self._lock:
            until = max(self._until.get(address, now), now) + self.each
            if until - now > 60.0:
                return until - now - 60.0
            self._until[address] = until
            if len(self._until) > MOST_REMEMBERED:
                self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Whoever may ask freely again; if that frees too little, all of them."""
        self._until = {address: until for address, until in self._until.items() if until > now}
        if len(self._until) > MOST_REMEMBERED // 2:
            self._until = {}
