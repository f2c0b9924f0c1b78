"""Making a booklet: in one piece, since a PDF that is joined from parts loses its tags (docs/adr), with progress
from the pages as they are laid out. It stops when it is cancelled, and leaves a sign of life while it lasts.
"""

import logging
from collections.abc import Callable
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from directory.booklet.pages import AROUND, booklet_paper
from directory.booklet.wanted import Wanted
from directory.models import Booklet
from partnerships.models import Membership, Setting

logger = logging.getLogger(__name__)
State = Booklet.State
TELL_EVERY = 1.0


class Cancelled(Exception):
    """Somebody took the booklet away, or asked for another, while it was made."""


@transaction.atomic
def begin_booklet(setting: Setting, by: Membership, wanted: Wanted, sheets: int) -> Booklet:
    """A new one; those of before that never came to an end go."""
    setting.booklets.exclude(state=State.READY).delete()
    booklet: Booklet = setting.booklets.create(by=by, sheets=sheets, wanted=wanted.kept())
    return booklet


def write_booklet(pk: UUID) -> None:
    booklet = Booklet.objects.select_related("setting").filter(pk=pk).exclude(state=State.READY).first()
    if booklet is None or _is_overtaken(booklet):
        return
    row = Booklet.objects.filter(pk=pk)
    row.update(state=State.MAKING, done_at=timezone.now(), progress=0)
    try:
        paper = booklet_paper(booklet.setting, Wanted.read(booklet.wanted))
        row.update(sheets=len(paper.entries), done_at=timezone.now())
        content = paper.pdf(on_page=telling(row, len(paper.entries))).content
    except Cancelled:
        return
    except Exception:
        logger.exception("The booklet %s could not be made", pk)
        row.update(state=State.FAILED)
        return
    _keep(row, booklet, content, len(paper.entries))


def telling(row: QuerySet[Booklet], sheets: int) -> Callable[[int], None]:
    """Keeps how many sheets are laid out, about each second; raises Cancelled when the booklet is gone."""
    told = {"at": 0.0, "most": 0}

    def on_page(number: int) -> None:
        told["most"] = max(told["most"], number)
        if monotonic() - told["at"] < TELL_EVERY:
            return
        told["at"] = monotonic()
        through = min(sheets, max(0, int(told["most"]) - AROUND // 2))
        if not row.update(progress=through, done_at=timezone.now()):
            raise Cancelled

    return on_page


def _is_overtaken(booklet: Booklet) -> bool:
    """Whether a later one of the same edition was asked for."""
    later = booklet.setting.booklets.filter(created_at__gt=booklet.created_at).exclude(state=State.FAILED)
    return _of_edition(later, booklet).exists()


@transaction.atomic
def _keep(row: QuerySet[Booklet], booklet: Booklet, content: bytes, sheets: int) -> None:
    """The one before it of the same edition goes."""
    if row.update(state=State.READY, content=content, done_at=timezone.now(), progress=sheets):
        _of_edition(booklet.setting.booklets.exclude(pk=booklet.pk), booklet).delete()


def _of_edition(booklets: QuerySet[Booklet], booklet: Booklet) -> QuerySet[Booklet]:
    edition = Wanted.read(booklet.wanted).edition
    pks = [
        pk for pk, wanted in booklets.values_list("pk", "wanted") if Wanted.read(wanted).edition == edition
    ]
    return booklets.filter(pk__in=pks)
