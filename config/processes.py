"""Processes that belong together: they end together, however one of them ends."""

import ctypes
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from django.urls import get_resolver

PARENT = "JOINED_UP_PARENT"
SET_PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG
TIME_TO_STOP = 20.0
COLLECT_AFTER = (20_000, 20, 50)
"""How many new objects set off a search for garbage, and how many of these a search among older ones."""
SHORTEST_LIFE = 5.0
LOOK_EVERY = 0.3


def end_on_signals() -> None:
    """Ctrl-C, SIGTERM and a closed terminal end the process in order, once: what is being closed is let close."""

    def end(number: int, frame: FrameType | None) -> None:
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)
        sys.exit(0)

    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, end)


def end_with_parent() -> None:
    """If started by `Family`, or by make, the process is told when that one is gone, even by `kill -9`."""
    parent = os.environ.pop(PARENT, None)
    if parent is None and "MAKELEVEL" not in os.environ:
        return
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal.SIGTERM), 0, 0, 0)
    if parent is not None and os.getppid() != int(parent):
        os.kill(os.getpid(), signal.SIGTERM)


def keep_what_is_loaded() -> None:
    """Loads all pages. They stay for good: walking them again and again for garbage would hold up one page in ten."""
    get_resolver().url_patterns  # noqa: B018 - read now, not by whoever comes first
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@dataclass
class Child:
    """A command of manage.py in a process of its own."""

    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches it once, by way of us."""
        environment = {**os.environ, PARENT: str(os.getpid())}
        command = [sys.executable, "manage.py", *self.words]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ended_at_once(self) -> bool:
        return self.has_ended() and time.monotonic() - self.started_at < SHORTEST_LIFE


@dataclass
class Family:
    """Children that run until we are told to end; one that falls over later is started again."""

    children: list[Child] = field(default_factory=list)
    look_after: Callable[[], None] = lambda: None

    def start(self, *words: str) -> Child:
        child = Child(words)
        self.children.append(child)
        child.start()
        return child

    def watch(self) -> None:
        """Returns when a child ended at once, which trying again would not mend."""
        while True:
            time.sleep(LOOK_EVERY)
            self.look_after()
            for child in self.children:
                if child.ended_at_once():
                    return
                if child.has_ended():
                    child.start()

    def stop(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + TIME_TO_STOP
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
