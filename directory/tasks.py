"""What the worker does for the directory."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from directory.booklet import booklet_paper
from directory.models import Booklet
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
