"""Lists that are fetched from an address: once when somebody adds them, then each night.

A record keeps to its sheet by its key in the feed. Where both sides have a value, the feed's own rule says who wins;
without one theirs is taken, unless somebody here has changed the field since the feed last said something about it.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.utils import timezone

from config.fetching import Address, Fetched, NotFetched, fetch, is_public, json_of
from directory.changes.suggesting import make_suggestion
from directory.commands import Refused
from directory.imports import batches, rows
from directory.imports.documents import read_page
from directory.imports.notes import PLACES, is_withheld, kept_values
from directory.imports.plan import Plan, Sheet
from directory.imports.records import Record
from directory.imports.rows import NotASpreadsheet
from directory.models import Feed, ImportBatch, Service, SourceRecord, Suggestion
from directory.sheet.coding import decoded
from directory.sheet.rewriting import CHUNK
from directory.sheet.values import Values, changed

OURS, THEIRS = "ours", "theirs"
MOST_PAGES = 400
SECONDS = 300.0
SECONDS_A_PAGE = 30.0
MOST_BYTES = 60 * 1024 * 1024  # of all pages together
PAUSE = 0.1  # between two pages, so that their server can do something else
MOST_FAILURES = 5
NIGHT = 2  # from this hour on
AT_A_TIME = 20
GIVEN_UP = timedelta(minutes=10)
SHOWN = 50
TOO_LONG = "The feed has more than {most:,} services, the most that is brought. Ask for one with a filter"
EMPTY = "The feed holds no services. Check the address with whoever runs it"
BROKEN = "Something in the feed could not be understood. Tell whoever runs Joined Up if it stays so"
TAKEN_BACK = "You took an import of this list back. Start it again when the list is right"
State = ImportBatch.State

logger = logging.getLogger(__name__)


def fetch_records(
    feed: Feed, *, allowed: Callable[[Address], bool] = is_public, pause: float = PAUSE
) -> list[Record] | None:
    """All records of all pages; None when the feed says that nothing is new. Raises words for the person."""
    until = time.monotonic() + SECONDS
    first = fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified, allowed=allowed)
    if first.unchanged:
        return None
    records, pages = _page(first)
    size = len(first.content)
    for number in range(2, min(pages, MOST_PAGES) + 1):
        time.sleep(pause)
        left = max(0.0, min(SECONDS_A_PAGE, until - time.monotonic()))
        page = fetch(page_address(feed.address, number), seconds=left, allowed=allowed)
        records += _page(page)[0]
        size += len(page.content)
        if len(records) > rows.MAX_ROWS or size > MOST_BYTES:
            raise NotFetched(TOO_LONG.format(most=rows.MAX_ROWS))
    if len(records) > rows.MAX_ROWS or pages > MOST_PAGES:
        raise NotFetched(TOO_LONG.format(most=rows.MAX_ROWS))
    if not records:
        raise NotFetched(EMPTY)
    is_whole = pages <= 1  # else what is new on another page would not show in the marks of the first
    feed.etag, feed.last_modified = (first.etag, first.last_modified) if is_whole else ("", "")
    once = {record.key or f"row {number}": record for number, record in enumerate(records)}
    for number, record in enumerate(once.values(), 1):
        record.number = number
    return list(once.values())


def _page(found: Fetched) -> tuple[list[Record], int]:
    return read_page(json_of(found))


def page_address(address: str, number: int) -> str:
    parts = urlsplit(address)
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "page"
    ]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", number)])))


def fetch_feed(
    feed: Feed, *, allowed: Callable[[Address], bool] = is_public, pause: float = PAUSE
) -> ImportBatch | None:
    """Fetches, and keeps the records for an import; None when there is nothing new or it failed."""
    feed.tried_at = timezone.now()
    try:
        records = fetch_records(feed, allowed=allowed, pause=pause)
    except (NotFetched, NotASpreadsheet) as problem:
        _failed(feed, str(problem))
        return None
    except Exception:
        logger.exception("The feed %s could not be read", feed.pk)
        _failed(feed, BROKEN)
        return None
    feed.failures, feed.problem, feed.fetched_at, feed.asked_at = 0, "", feed.tried_at, None
    if records is not None:
        feed.report = {"count": len(records), "vanished": _vanished(feed, records)}
    feed.save(update_fields=FETCHED)
    if records is None:
        return None
    for older in feed.imports.filter(state__in=batches.DROPPABLE):
        batches.drop(older)
    batch = ImportBatch(setting=feed.setting, by=feed.made_by, feed=feed, file_name=feed.name)
    return batches.keep_records(batch, records)


def was_brought(feed: Feed, batch: ImportBatch) -> None:
    """From now on we ask only for what is new; until all has come in, everything is fetched again."""
    if batch.state == State.DONE:
        feed.save(update_fields=["etag", "last_modified"])


FETCHED = ("failures", "problem", "tried_at", "fetched_at", "asked_at", "report", "paused_at")


def _failed(feed: Feed, problem: str) -> None:
    feed.failures, feed.problem, feed.asked_at = feed.failures + 1, problem[:300], None
    if feed.failures >= MOST_FAILURES:
        feed.paused_at = timezone.now()
    feed.save(update_fields=FETCHED)


def _vanished(feed: Feed, records: list[Record]) -> list[dict[str, str]]:
    """Sheets whose record is no longer in the feed: told, never taken off."""
    keys = {record.key for record in records}
    gone = feed.records.exclude(key__in=keys).select_related("service")
    return [{"pk": str(each.service_id), "name": each.service.name} for each in gone[:SHOWN]]


def prepare(batch: ImportBatch, records: list[Record]) -> "Weighing":
    """Gives each record the number of the sheet that it became, and what its rule needs to decide."""
    assert batch.feed is not None
    known = {each.key: each for each in batch.feed.records.all()}
    for record in records:
        record.values.pop("id", None)
        if record.key in known:
            record.values["id"] = known[record.key].service_id
    return Weighing(batch.feed, {key: decoded(each.values) for key, each in known.items()})


class Weighing:
    """Decides, field by field, what of a record counts for a sheet that is there."""

    def __init__(self, feed: Feed, last: dict[str, Values]) -> None:
        self.feed, self.last = feed, last
        self.said: dict[str, Values] = {}
        self.lost: list[tuple[UUID, Values]] = []

    def weigh(self, record: Record, sheet: Sheet) -> None:
        self.said[record.key] = dict(record.values)
        if sheet.service is None:
            return
        last = self.last.get(record.key, {})
        dropped = {
            name: value for name, value in record.values.items() if not self._wins(name, last, sheet.values)
        }
        record.values = {name: value for name, value in record.values.items() if name not in dropped}
        record.values.setdefault("name", sheet.values["name"])
        both = {name: value for name, value in dropped.items() if self._is_news(name, last, value)}
        if both and sheet.is_kept:
            self.lost.append((sheet.service.pk, both))

    def _wins(self, name: str, last: Values, ours: Values) -> bool:
        """Whether theirs counts: by the rule, or because there is nothing here, or nobody here has changed it."""
        rule = self.feed.wins.get(name, "")
        if is_withheld(ours) and name in {*PLACES, "withheld"}:
            return False  # no feed says where a withheld address is, or that it is none
        if name == "id" or rule:
            return name == "id" or bool(rule == THEIRS)
        if not ours.get(name):
            return True
        return name in last and not changed({name: ours[name]}, {name: last[name]})

    def _is_news(self, name: str, last: Values, value: Any) -> bool:
        """The feed says something new where somebody here has changed it too."""
        return (
            name in last and not self.feed.wins.get(name) and bool(changed({name: last[name]}, {name: value}))
        )


def remember(batch: ImportBatch, plan: Plan, weighing: Weighing) -> None:
    """What the feed said last of each record, and the suggestions where both sides have changed something."""
    rows = [
        SourceRecord(
            setting=batch.setting,
            feed=batch.feed,
            key=step.record.key,
            service=step.sheet.service,
            values=kept_values(said, said),
            seen_at=timezone.now(),
        )
        for step in plan.steps
        if step.record.key and step.sheet.service and (said := weighing.said.get(step.record.key)) is not None
    ]
    SourceRecord.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["feed", "key"],
        update_fields=["service", "values", "seen_at"],
    )
    for pk, values in weighing.lost[:SHOWN]:
        service = Service.objects.with_whole_parts().get(pk=pk)
        with suppress(Refused):  # it says the same by now
            make_suggestion(
                service=service,
                source=Suggestion.Source.FEED,
                changes=values,
                said_by=batch.file_name[:120],
                setting=batch.setting,
            )


def due(now: Any) -> list[Feed]:
    """Feeds to fetch this night: those of which something has been brought in, and that are not paused."""
    if timezone.localtime(now).hour < NIGHT:
        return []
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    found = Feed.objects.filter(paused_at=None, records__isnull=False).exclude(tried_at__gte=midnight)
    return list(found.exclude(asked_at__gte=now - GIVEN_UP).distinct()[:AT_A_TIME])


def forget_unchanged(batch: ImportBatch) -> None:
    """An import of the night that changed nothing is not kept among the others."""
    report = batch.report
    if batch.state == State.DONE and not (report.get("new") or report.get("changed")):
        batch.delete()


def pause_after_undo(batch: ImportBatch) -> None:
    Feed.objects.filter(imports=batch).update(paused_at=timezone.now(), problem=TAKEN_BACK)
