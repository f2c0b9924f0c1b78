"""What the worker does for the directory."""

import logging
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from directory.booklet import booklet_paper
from directory.imports import working
from directory.imports.batches import AT_ONCE
from directory.models import Booklet, ImportBatch
from partnerships.audit import Actor, acting

logger = logging.getLogger(__name__)


@task()
def make_booklet(booklet_id: str) -> None:
    """Idempotent: one that is ready stays as it is."""
    with acting(Actor.TASK, "make_booklet"):
        write_booklet(UUID(booklet_id))


def write_booklet(pk: UUID) -> None:
    booklet = (
        Booklet.objects.select_related("setting").filter(pk=pk).exclude(state=Booklet.State.READY).first()
    )
    if booklet is None:
        return
    booklet.state = Booklet.State.MAKING
    booklet.save(update_fields=["state"])
    try:
        content = booklet_paper(booklet.setting).pdf().content
    except Exception:
        logger.exception("The booklet %s could not be made", pk)
        booklet.state = Booklet.State.FAILED
        booklet.save(update_fields=["state"])
        return
    with transaction.atomic():
        booklet.state, booklet.content, booklet.done_at = Booklet.State.READY, content, timezone.now()
        booklet.save()
        booklet.setting.booklets.exclude(pk=pk).delete()


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
