"""Counting what people look for and open, without persons.

What happens in a request goes to a bounded buffer in memory; a thread writes it in batches, so that looking at a
page changes no row. Opened sheets are counted by week. Of searches only those without a result are kept: their
words, and how many different visitors used them, told apart by a digest whose key is thrown away with the week.
"""

import atexit
import hashlib
import hmac
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from directory.models import Opened, SearchTerm, SearchVisitor, Service, WeekSalt
from directory.use.discretion import may_keep_term, names_a_refuge, never_counted
from directory.use.pathways import matching as pathways_for
from partnerships.models import Setting

logger = logging.getLogger(__name__)

TOLD_FROM = 5
"""So many different visitors have to use a word before it is told."""
MOST_KEYS = 5_000
FULL = 500
MOST_TERMS = 300
"""Different words kept for one school in one week: a robot can't fill the table."""

MOST_VISITORS = 500
"""Of one word in one week: more are not told apart."""
KEPT_WEEKS = 3 * 52

OpenedKey = tuple[UUID, UUID, date, bool]
SearchKey = tuple[UUID, date, str]


@dataclass
class Buffer:
    opened: Counter[OpenedKey] = field(default_factory=Counter)
    searches: dict[SearchKey, set[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.opened) + len(self.searches)


_lock = threading.Lock()
_full = threading.Event()
_buffer = Buffer()
_writer: threading.Thread | None = None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def record_opened(setting: Setting, service: Service, *, is_public: bool) -> None:
    """Somebody opened a sheet. Cheap: nothing is written now, and nothing about who it was is kept."""
    key = (setting.pk, service.pk, monday(timezone.localdate()), is_public)
    with _lock:
        if key in _buffer.opened or len(_buffer) < MOST_KEYS:
            _buffer.opened[key] += 1
    _wake_writer()


def record_search(setting: Setting, term: str, found: int, request: HttpRequest) -> None:
    """Somebody looked for `term` (and narrowed nothing down) and got so many results."""
    words = " ".join(term.lower().split())[:100]
    if found or not may_keep_term(words, term):
        return
    key = (setting.pk, monday(timezone.localdate()), words)
    with _lock:
        if key in _buffer.searches or len(_buffer) < MOST_KEYS:
            visitors = _buffer.searches.setdefault(key, set())
            if len(visitors) < MOST_VISITORS:
                visitors.add(_visitor(request))
    _wake_writer()


def _visitor(request: HttpRequest) -> str:
    """Tells visitors apart for the few seconds until it is digested; without a session on public pages."""
    membership = getattr(request, "membership", None)
    if membership is not None:
        return f"member {membership.pk}"
    return f"{request.META.get('REMOTE_ADDR', '')} {request.META.get('HTTP_USER_AGENT', '')[:200]}"


def _wake_writer() -> None:
    global _writer
    if not settings.WRITE_FIGURES_EVERY:
        return
    with _lock:
        if _writer is None or not _writer.is_alive():
            _writer = threading.Thread(target=_keep_writing, name="figures", daemon=True)
            _writer.start()
            atexit.register(flush)
    if len(_buffer) >= FULL:
        _full.set()


def _keep_writing() -> None:
    while True:
        _full.wait(settings.WRITE_FIGURES_EVERY)
        _full.clear()
        flush()
        connection.close()


def flush() -> None:
    """Writes what was counted. Without the database it is kept for the next time, as far as there is room."""
    global _buffer
    with _lock:
        taken, _buffer = _buffer, Buffer()
    if not len(taken):
        return
    try:
        with transaction.atomic():
            _write_opened(taken.opened)
            _write_searches(taken.searches)
    except DatabaseError as error:
        logger.info("The figures wait for the database: %s", str(error).strip())
        _take_back(taken)


def _take_back(taken: Buffer) -> None:
    with _lock:
        if len(taken) + len(_buffer) <= MOST_KEYS:
            _buffer.opened.update(taken.opened)
            for key, visitors in taken.searches.items():
                _buffer.searches.setdefault(key, set()).update(visitors)


def forget_unwritten() -> None:
    global _buffer
    with _lock:
        _buffer = Buffer()


COUNT_OPENED = """
    INSERT INTO directory_opened (setting_id, service_id, week, inside, public) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (setting_id, service_id, week) DO UPDATE
    SET inside = directory_opened.inside + EXCLUDED.inside, public = directory_opened.public + EXCLUDED.public
"""


def _write_opened(opened: Counter[OpenedKey]) -> None:
    """In the order of their keys, so that two servers don't wait for each other for ever."""
    pks = {key[1] for key in opened}
    counted = set(Service.objects.filter(pk__in=pks).values_list("pk", flat=True)) - never_counted(pks)
    here = _there_still(key[0] for key in opened)
    rows = [
        (setting, service, week, 0 if is_public else count, count if is_public else 0)
        for (setting, service, week, is_public), count in sorted(opened.items(), key=str)
        if service in counted and setting in here
    ]
    with connection.cursor() as cursor:
        cursor.executemany(COUNT_OPENED, rows)


def _there_still(pks: Iterable[UUID]) -> dict[UUID, Setting]:
    return Setting.objects.defer("logo").in_bulk(set(pks))


def _write_searches(searches: dict[SearchKey, set[str]]) -> None:
    """What a pathway answers was found."""
    here = _there_still(key[0] for key in searches)
    for (setting, week, words), visitors in sorted(searches.items(), key=str):
        if setting in here and not pathways_for(here[setting], words) and not names_a_refuge(words):
            _write_search(setting, week, words, visitors)


def _write_search(setting: UUID, week: date, words: str, visitors: set[str]) -> None:
    known = SearchTerm.objects.filter(setting_id=setting, week=week)
    term = known.filter(term=words).first()
    if term is None:
        if known.count() >= MOST_TERMS:
            return
        term, _ = SearchTerm.objects.get_or_create(setting_id=setting, week=week, term=words)
    if term.visitors >= MOST_VISITORS:
        return
    salt = _salt(week)
    seen = [SearchVisitor(term=term, digest=_digest(salt, term, visitor)) for visitor in visitors]
    SearchVisitor.objects.bulk_create(seen, ignore_conflicts=True)
    SearchTerm.objects.filter(pk=term.pk).update(visitors=term.seen.count())


def _salt(week: date) -> str:
    return WeekSalt.objects.get_or_create(week=week, defaults={"salt": secrets.token_hex(32)})[0].salt


def _digest(salt: str, term: SearchTerm, visitor: str) -> str:
    """Another one for each term, so that nobody can be followed from one word to the next."""
    said = f"{term.pk}|{visitor}".encode()
    return hmac.new(bytes.fromhex(salt), said, hashlib.sha256).hexdigest()[:32]


@transaction.atomic
def forget_past_weeks(today: date) -> None:
    """When a week is over, its key and digests go, and so do the words that too few visitors used: only their
    number stays, as the term "".
    """
    this_week = monday(today)
    past = SearchTerm.objects.filter(week__lt=this_week)
    few = past.filter(visitors__lt=TOLD_FROM).exclude(term="")
    for setting, week, visitors in few.select_for_update().values_list("setting", "week", "visitors"):
        rest, _ = SearchTerm.objects.get_or_create(setting_id=setting, week=week, term="")
        rest.visitors += visitors
        rest.save(update_fields=["visitors"])
    few.delete()
    SearchVisitor.objects.filter(term__week__lt=this_week).delete()
    oldest = this_week - timedelta(weeks=KEPT_WEEKS)
    SearchTerm.objects.filter(week__lt=oldest).delete()
    Opened.objects.filter(week__lt=oldest).delete()
    WeekSalt.objects.filter(week__lt=this_week).delete()
