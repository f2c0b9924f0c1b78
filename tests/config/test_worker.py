"""The worker: tasks one by one, and what is due, whatever goes wrong in one of them."""

import os
import signal
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connections
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from config.management.commands import run_worker
from config.management.commands.run_worker import HOUSEKEEPING
from partnerships.models import Attempt
from partnerships.registry import registry

TODAY = date(2026, 3, 3)
done: list[object] = []


@task()
def add(left: int, right: int) -> int:
    done.append("add")
    return left + right


@task()
def fail() -> None:
    raise ZeroDivisionError


@task()
def end_the_worker() -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    return "finished all the same"


def note(today: date) -> None:
    done.append(today)


def fall_over(today: date) -> None:
    raise ZeroDivisionError


def lose_the_database(today: date) -> None:
    raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture(autouse=True)
def nothing_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done.clear()
    monkeypatch.setattr(run_worker, "HOUSEKEEPING", [])


@pytest.mark.django_db(transaction=True)
def test_task_is_done_once_and_its_result_is_kept() -> None:
    result = add.enqueue(2, right=3)
    assert run_worker.do_one_task()
    assert not run_worker.do_one_task()
    result.refresh()
    assert (result.return_value, done) == (5, ["add"])


@pytest.mark.django_db(transaction=True)
def test_task_that_fails_does_not_stop_the_next() -> None:
    fail.enqueue()
    add.enqueue(1, 1)
    assert [run_worker.do_one_task(), run_worker.do_one_task()] == [True, True]
    assert done == ["add"]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db
def test_what_is_due_is_done_though_another_job_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(registry, "due_jobs", [fall_over, note])
    run_worker.do_what_is_due(TODAY)
    assert done == [TODAY]
    assert "fall_over failed" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "is_demo", "expected"), [(6, False, []), (7, False, [TODAY]), (3, True, [TODAY])]
)
def test_mails_leave_by_themselves_only_by_day(
    monkeypatch: pytest.MonkeyPatch, settings: Any, hour: int, is_demo: bool, expected: list[date]
) -> None:
    settings.DEMO = is_demo
    now = timezone.localtime().replace(hour=hour)
    monkeypatch.setattr(timezone, "localtime", lambda *args: now)
    monkeypatch.setattr(registry, "due_jobs", [])
    monkeypatch.setattr(registry, "mail_jobs", [note])
    run_worker.do_what_is_due(TODAY)
    assert done == expected


@pytest.mark.django_db
def test_lost_database_is_passed_on_to_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "due_jobs", [lose_the_database, note])
    with pytest.raises(OperationalError):
        run_worker.do_what_is_due(TODAY)
    assert done == []


@pytest.mark.django_db
def test_of_several_workers_one_does_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "due_jobs", [note])
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [run_worker.ONE_AT_A_TIME])
            run_worker.do_what_is_due(TODAY)
            assert done == []
            cursor.execute("SELECT pg_advisory_unlock(%s)", [run_worker.ONE_AT_A_TIME])
        run_worker.do_what_is_due(TODAY)
        assert done == [TODAY]
    finally:
        other.close()


@pytest.mark.django_db
def test_housekeeping_forgets_what_has_expired_and_nothing_else() -> None:
    now = timezone.now()
    for key, moment in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=moment)
        Attempt.objects.create(key=key, window=1, count=1, expires_at=moment)
    for job in HOUSEKEEPING:
        job(TODAY)
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert [attempt.key for attempt in Attempt.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_task_is_finished_before_the_worker_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(one) for one in signals]
    result = end_the_worker.enqueue()
    try:
        run_worker.Command().handle()
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)
    result.refresh()
    assert result.return_value == "finished all the same"


@pytest.mark.django_db(transaction=True)
def test_task_of_a_killed_worker_is_done_again_but_not_for_ever() -> None:
    result = add.enqueue(2, 3)
    for tries in range(1, run_worker.MOST_TRIES + 1):
        row = DBTaskResult.objects.get(pk=result.id)
        row.claim(f"worker {tries}")
        run_worker.take_up_lost_tasks(TODAY)
        assert not DBTaskResult.objects.ready().exists()  # it may well be at it still
        DBTaskResult.objects.update(
            started_at=timezone.now() - run_worker.LONGEST_TASK - timedelta(minutes=1)
        )
        run_worker.take_up_lost_tasks(TODAY)
        assert DBTaskResult.objects.ready().exists() is (tries < run_worker.MOST_TRIES)
    assert DBTaskResult.objects.get().status == "FAILED"
