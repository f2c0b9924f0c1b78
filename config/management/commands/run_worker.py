"""The worker: background tasks as they come, and each minute what is due."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from config.errors import DATABASE_DOWN
from config.processes import end_with_parent
from partnerships.audit import Actor, acting
from partnerships.limits import clear_expired
from partnerships.registry import registry

logger = logging.getLogger("joined_up.worker")
LOOK_EVERY = 1.0
DUE_EVERY = 60.0
LONGEST_PAUSE = 30.0
ONE_AT_A_TIME = 5_301_907  # the key of an advisory lock: of several workers, one does what is due
KEEP_RESULTS = timedelta(days=14)
LONGEST_TASK = timedelta(minutes=15)
MOST_TRIES = 3
MAIL_HOURS = range(7, 19)


def forget_old_attempts(today: date) -> None:
    clear_expired()


def forget_old_sessions(today: date) -> None:
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def forget_old_results(today: date) -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_RESULTS).delete()


def take_up_lost_tasks(today: date) -> None:
    """Tasks whose worker was killed are done again, for they are idempotent; one that is lost again and again fails."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_TASK)
    for result in lost:
        if len(result.worker_ids) >= MOST_TRIES:
            result.set_failed(RuntimeError("Its worker was killed each time."))
        else:
            DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.READY)


HOUSEKEEPING: list[Callable[[date], None]] = [
    forget_old_attempts,
    forget_old_sessions,
    forget_old_results,
    take_up_lost_tasks,
]


def is_day() -> bool:
    """Whether mails may leave by themselves; a demo has no night."""
    return settings.DEMO or timezone.localtime().hour in MAIL_HOURS


def do_what_is_due(today: date) -> None:
    """Every registered job, once for all workers. One that fails is logged, and keeps no other from running."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return
    try:
        mails = registry.mail_jobs if is_day() else []
        for job in [*registry.due_jobs, *mails, *HOUSEKEEPING]:
            _do(job, today)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _do(job: Callable[[date], None], today: date) -> None:
    try:
        with acting(Actor.TASK, job.__name__):
            job(today)
    except DATABASE_DOWN:
        raise
    except Exception:
        logger.exception("%s failed; it is tried again in a minute", job.__name__)


def do_one_task() -> bool:
    """Takes one task from the queue and does it; False if there was none."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=f"worker-{threading.get_native_id()}",
        excluded_queue_names=[],
    )
    with acting(Actor.TASK, "worker"):
        worker.run()
    return bool(worker._run_tasks)


class Command(BaseCommand):
    help = "Runs background tasks as they come and, each minute, what is due. Several may run at once."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """A task that is being done when we are told to end is finished first."""
        end_with_parent()
        ending = threading.Event()
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, lambda number, frame: ending.set())
        work_until(ending)


def work_until(ending: threading.Event) -> None:
    next_due, pause = 0.0, LOOK_EVERY
    while not ending.is_set():
        try:
            if time.monotonic() >= next_due:
                next_due = time.monotonic() + DUE_EVERY
                do_what_is_due(timezone.localdate())
            if not do_one_task():
                ending.wait(LOOK_EVERY)
            pause = LOOK_EVERY
        except DATABASE_DOWN as error:
            logger.warning("The worker waits for the database: %s", str(error).strip())
            next_due = 0.0
            ending.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            close_old_connections()
