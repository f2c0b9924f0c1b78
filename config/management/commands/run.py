"""Sets up what is not set up yet, and runs server and worker until Ctrl-C or SIGTERM."""

import io
import os
import socket
import time
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config import assets, devdb
from config.processes import Child, Family, end_on_signals, end_with_parent
from partnerships.demo import PASSWORD, SHOWN
from partnerships.models import Setting

HOST = "127.0.0.1"
PATIENCE = 60.0
DATABASE_MAY_BE_GONE = 15.0


class Database:
    """The embedded server, started again once it has been gone for a while: pages ask people to wait that long."""

    def __init__(self) -> None:
        self._gone_since: float | None = None

    def look_after(self) -> None:
        if not devdb.is_down(settings.VAR_DIR):
            self._gone_since = None
            return
        self._gone_since = self._gone_since or time.monotonic()
        if time.monotonic() - self._gone_since > DATABASE_MAY_BE_GONE:
            devdb.revive(settings.VAR_DIR)


class Command(BaseCommand):
    help = "Sets up the database and the files, and runs server and worker. With DEMO=1 it loads the demo if empty."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        end_with_parent()
        end_on_signals()
        _require_free(port)
        self._set_up()
        family = Family(look_after=Database().look_after)
        try:
            server = family.start("serve", f"--port={port}")
            family.start("run_worker")
            if _answers(server, port):
                self._say(_how_to_sign_in(port))
                family.watch()
            raise CommandError("It stopped by itself; the lines above say why.")
        finally:
            family.stop()

    def _say(self, words: str) -> None:
        """At once, into a file or a pipe too."""
        self.stdout.write(words)
        self.stdout.flush()

    def _set_up(self) -> None:
        assets.bring(settings.VAR_DIR)
        self._say("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO and not Setting.objects.exists():
            self._say("Loading the demo")
            call_command("seed_demo", stdout=io.StringIO())
        connection.close()


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(f"Port {port} is in use. Choose another: PORT={port + 1} make run") from error


def _answers(server: Child, port: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not server.has_ended():
        try:
            with urlopen(f"http://{HOST}:{port}/healthz", timeout=5):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _how_to_sign_in(port: int) -> str:
    lines = ["", f"Joined Up is at http://{HOST}:{port}"]
    if settings.DEMO:
        width = max(len(email) for email, _ in SHOWN)
        lines += [f"Sign in with the password “{PASSWORD}” as", ""]
        lines += [f"  {email:{width}}  {who}" for email, who in SHOWN]
        lines += ["", f"The mail that it would send: http://{HOST}:{port}/demo/outbox/"]
    return "\n".join([*lines, "Ctrl-C stops it.", ""])
