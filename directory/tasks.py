"""What the worker does for the directory."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from directory.booklet.making import write_booklet
from directory.imports import feeding, working
from directory.imports.batches import AT_ONCE
from directory.models import Feed, ImportBatch, OpenSheet
from partnerships import limits
from partnerships.audit import Actor, acting

State = ImportBatch.State
DAY_SECONDS = 24 * 60 * 60


@task()
def make_booklet(booklet_id: str) -> None:
    """Idempotent: one that is ready stays as it is."""
    with acting(Actor.TASK, "make_booklet"):
        write_booklet(UUID(booklet_id))


@task()
def carry_import_on(batch_id: str) -> None:
    """Idempotent, and for one worker at a time."""
    working.carry_on(UUID(batch_id))


def set_going(batch: ImportBatch, state: str, *, only_from: Collection[str]) -> None:
    """Begins the work of this state, at once if the list is short. A second click changes nothing."""
    found = ImportBatch.objects.filter(pk=batch.pk, state__in=only_from)
    if not found.update(state=state, progress=0, moved_at=timezone.now()):
        return
    if batch.count <= AT_ONCE:
        working.carry_on(batch.pk)
    else:
        carry_import_on.enqueue(str(batch.pk))


def take_up_imports(today: date) -> None:
    """Imports whose worker died are carried on; the worker looks each minute."""
    for batch in working.lost(today):
        ImportBatch.objects.filter(pk=batch.pk).update(moved_at=timezone.now())
        carry_import_on.enqueue(str(batch.pk))


@task()
def fetch_feed(feed_id: str) -> None:
    """The first time it stops at the preview, for somebody to look; after that it is brought in.

    Where the queue was long it may stand in it twice: the second time nobody is waiting for it any more.
    """
    with working.alone(UUID(feed_id)) as is_mine, acting(Actor.TASK, "fetch_feed"):
        waiting = Feed.objects.select_related("setting", "made_by").exclude(asked_at=None)
        feed = waiting.filter(pk=feed_id).first() if is_mine else None
        if feed is not None and (batch := feeding.fetch_feed(feed)):
            bring_feed(feed, batch)


def bring_feed(feed: Feed, batch: ImportBatch) -> None:
    steps = {State.READING: State.MAPPING, State.BRINGING: State.PREVIEW}
    for state, before in steps.items() if feed.records.exists() else [(State.READING, State.MAPPING)]:
        found = ImportBatch.objects.filter(pk=batch.pk, state=before)
        if found.update(state=state, progress=0, moved_at=timezone.now()):
            working.carry_on(batch.pk)
    batch.refresh_from_db()
    feeding.was_brought(feed, batch)
    feeding.forget_unchanged(batch)


def ask_for(feed: Feed) -> None:
    """Puts it in the queue, unless it is there already."""
    now = timezone.now()
    waiting = Feed.objects.filter(pk=feed.pk, asked_at__gte=now - feeding.GIVEN_UP)
    if not waiting.exists():
        Feed.objects.filter(pk=feed.pk).update(asked_at=now)
        fetch_feed.enqueue(str(feed.pk))


def renew_open_sheets(today: date) -> None:
    """Once a day, whichever worker comes first."""
    if limits.hit("open-sheets", 1, DAY_SECONDS):
        OpenSheet.renew()


def fetch_due_feeds(today: date) -> None:
    """Each night; the worker looks each minute."""
    for feed in feeding.due(timezone.now()):
        ask_for(feed)
