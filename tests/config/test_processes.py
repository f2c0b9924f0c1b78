"""`manage.py run` as a whole: it says how to sign in, serves, and leaves nothing behind."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests import server

PATIENCE = 30_000


@pytest.fixture(scope="module")
def database(demo_template: str) -> Iterator[str]:
    name = demo_template.replace("_demo", "_run")
    server.create(name, demo_template)
    yield name
    server.drop(name)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def running(database: str, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and what it said until it was ready."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run", f"--port={port}"],
        cwd=settings.BASE_DIR,
        env={**server.environment(database), "PYTHONUNBUFFERED": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops it" in line:
            break
    try:
        yield process, said
    finally:
        process.kill()
        process.communicate()


def handles_of_children(process: "subprocess.Popen[str]") -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [os.pidfd_open(int(pid)) for pid in children]


def all_have_ended(handles: list[int]) -> bool:
    """Waits for each, for a while."""
    waiting = select.poll()
    for handle in handles:
        waiting.register(handle, select.POLLIN)
    ended: set[int] = set()
    while len(ended) < len(handles):
        found = [handle for handle, _ in waiting.poll(PATIENCE)]
        if not found:
            return False
        for handle in found:
            waiting.unregister(handle)
            os.close(handle)
        ended |= set(found)
    return True


def test_run_says_how_to_sign_in_serves_and_ends_all_on_sigterm(database: str) -> None:
    port = free_port()
    with running(database, port) as (process, said):
        assert f"http://127.0.0.1:{port}" in said
        assert "coordinator@demo.example" in said
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
            assert answer.read() == b"ready\n"
        handles = handles_of_children(process)
        assert len(handles) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert all_have_ended(handles)


def test_server_and_worker_end_when_what_started_them_is_killed(database: str) -> None:
    with running(database, free_port()) as (process, _):
        handles = handles_of_children(process)
        process.kill()
        assert all_have_ended(handles)


def test_port_in_use_is_said_with_another_one_to_try(database: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        running(database, door.getsockname()[1]) as (process, said),
    ):
        assert f"Port {door.getsockname()[1]} is in use." in said
        assert process.wait(30) == 1
