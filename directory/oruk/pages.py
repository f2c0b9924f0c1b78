"""The page object of Open Referral UK, and how many things there are without counting them at each request."""

from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db.models import QuerySet

SLOW = 10_000
"""From so many things on, their number may be a minute old: counting them costs more than the page."""
SECONDS = 60
MOST_REMEMBERED = 500


class Counts:
    """The numbers of large results, by what was asked for."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[int, float]] = {}

    def of(self, rows: "QuerySet[Any]", key: object, now: float | None = None) -> int:
        now = monotonic() if now is None else now
        count, until = self._known.get(key, (0, 0.0))
        if now < until:
            return count
        count = rows.order_by().count()
        if count >= SLOW:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = (count, now + SECONDS)
        return count

    def forget(self) -> None:
        self._known.clear()


COUNTS = Counts()


def page_of(contents: Sequence[dict[str, Any]], *, total: int, number: int, per_page: int) -> dict[str, Any]:
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def rows_of(rows: Any, *, total: int, number: int, per_page: int) -> Any:
    """The rows of one page. Beyond the last one there are none, and nothing is asked of the database."""
    start = (number - 1) * per_page
    return rows[start : start + per_page] if start < total else rows[:0]
