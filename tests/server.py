"""The real server, on a database of its own: for browser tests and benchmarks."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import sql


def parameters(database: str) -> dict[str, Any]:
    """What psycopg2 needs to connect to one of the server's databases."""
    found = connections["default"].get_connection_params()
    return {**found, "dbname": database, "cursor_factory": None}


def create(database: str, template: str = "template1") -> None:
    """A new database; an old one of that name goes. Nobody may be connected to the template."""
    drop(database)
    _as_owner("CREATE DATABASE {} TEMPLATE {}", database, template)


def drop(database: str) -> None:
    _as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def _as_owner(statement: str, *names: str) -> None:
    link = psycopg2.connect(**parameters("postgres"))
    try:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        link.close()


def environment(database: str) -> dict[str, str]:
    """For processes that are to use the database."""
    url = os.environ.get("DATABASE_URL")
    if url:
        named = {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{database}"))}
    else:
        named = {"DATABASE_NAME": database}
    return {**os.environ, "DEMO": "1", "VAR_DIR": str(settings.VAR_DIR), **named}


def manage(database: str, *words: str) -> None:
    """A command of manage.py, in a process of its own, on the database."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=environment(database),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {words[0]} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def serving(database: str, mail: Path) -> Iterator[str]:
    """The server's address. The socket is ours first, so a request waits until the server is up."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--fd={door.fileno()}"],
            cwd=settings.BASE_DIR,
            env={**environment(database), "SITE_URL": url, "MAIL_DIR": str(mail)},
            stdin=subprocess.DEVNULL,
            pass_fds=[door.fileno()],
        )
    try:
        yield url
    finally:
        process.terminate()
        process.wait(30)
