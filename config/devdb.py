"""The embedded PostgreSQL server, for when DATABASE_URL names no other.

Whoever needs it first starts it, whoever leaves last stops it. Each process that uses it holds a shared lock on
`users`; starting and stopping happen under `lock`; a small keeper process stops a server whose users were killed.
Nothing here imports Django. See docs/adr/0006-embedded-server.md.
"""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config import unprivileged
from config.private_files import kept, read, write
from config.unprivileged import Account

NAME = USER = "joined_up"
LONGEST_SOCKET_FOLDER = 60  # a socket's whole path may have 107 bytes
TRIES = 5
KEEPER_LOOKS_EVERY = 1.0

INITDB = [
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--username={USER}",
]
SETTINGS = "-c listen_addresses=127.0.0.1 -c max_connections=300 -c timezone=UTC -c log_timezone=UTC"


@dataclass(frozen=True)
class Address:
    """Where the server listens. The socket's folder is open to its owner alone; the port is on 127.0.0.1 only."""

    host: str
    port: int
    user: str
    password: str


_held: dict[Path, tuple[int, IO[str]]] = {}
_keepers: list[subprocess.Popen[bytes]] = []


def address(var: Path) -> Address:
    """The running server's address. Starts it the first time in this process, and keeps it running until exit."""
    folder = (var / "pg").resolve()
    owner, _ = _held.get(folder, (0, None))
    if owner != os.getpid():
        _hold(folder)
    port = int((folder / "port").read_text())
    return Address((folder / "socket").read_text(), port, USER, (folder / "password").read_text())


def revive(var: Path) -> None:
    """Start the server again, at its old port, if it fell over while this process uses it."""
    folder = (var / "pg").resolve()
    with _lock(folder / "lock"):
        if is_down(var):
            _start(folder, unprivileged.account())


def is_down(var: Path) -> bool:
    """Whether this process uses the server and it is not there."""
    folder = (var / "pg").resolve()
    return folder in _held and running(folder / "data") is None


def release(folder: Path) -> None:
    """Stop using the server; the last one to leave stops it."""
    owner, users = _held.get(folder, (0, None))
    if users is None or owner != os.getpid():
        return
    del _held[folder]
    try:
        with _lock(folder / "lock"):
            users.close()
            if not _is_used(folder):
                stop(folder)
                _dismiss_keeper(folder)
    except FileNotFoundError:
        pass  # somebody removed var/: the server ends by itself when it finds its data gone


def stop(folder: Path) -> None:
    """Stop the server, whoever uses it."""
    who = unprivileged.account()
    data = folder / "data"
    if running(data):
        _pg_ctl(folder, who, "stop", "-m", "fast")
    _remove_socket_folder(folder)


def running(data: Path) -> int | None:
    """The server's process id, if one runs on this data; a stale file or another's process counts for nothing."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    return pid if words[0].endswith(b"postgres") and bytes(data.resolve()) in words else None


def _hold(folder: Path) -> None:
    who = unprivileged.account()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700 if who.is_ours else 0o711)
    with _lock(folder / "lock"):
        users = open(folder / "users", "a")  # noqa: SIM115 - held until this process ends
        fcntl.flock(users, fcntl.LOCK_SH)
        if not running(folder / "data"):
            _start(folder, who)
        _ensure_keeper(folder)
    _held[folder] = os.getpid(), users
    atexit.register(release, folder)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with open(path, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_used(folder: Path) -> bool:
    with open(folder / "users", "a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _start(folder: Path, who: Account) -> None:
    password = kept(folder / "password")
    if not (folder / "data" / "PG_VERSION").exists():
        _initialise(folder, who, password)
    _forget_stale_pid(folder / "data")
    _remove_socket_folder(folder)
    sockets = _socket_folder(who)
    write(folder / "socket", str(sockets))
    port = int(read(folder / "port") or _free_port())
    for attempt in range(TRIES):
        tried = _pg_ctl(folder, who, "start", "-o", f"-p {port} -k {sockets} {SETTINGS}")
        if tried.returncode == 0:
            break
        port = _free_port()
        time.sleep(0.2 * attempt)
    else:
        raise RuntimeError(
            f"PostgreSQL did not start. {folder}/data/server.log says why. {tried.stderr.strip()}"
        )
    write(folder / "port", str(port))
    _create_database(Address(str(sockets), port, USER, password))


def _initialise(folder: Path, who: Account, password: str) -> None:
    """Makes the data in a folder beside it first, so that an interrupted start leaves nothing half made."""
    place = unprivileged.place_for(folder, who)
    unfinished, data = place / "data-unfinished", place / "data"
    for old in (unfinished, data):
        shutil.rmtree(old, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    sockets = _socket_folder(who)
    (sockets / "password").write_text(password)
    for made in (unfinished, sockets / "password"):
        who.give(made)
    initdb = unprivileged.programs(folder, who) / "initdb"
    done = unprivileged.run([initdb, *INITDB, "-D", unfinished, f"--pwfile={sockets}/password"], who)
    shutil.rmtree(sockets)
    if done.returncode != 0:
        raise RuntimeError(f"PostgreSQL's initdb failed: {done.stderr.strip()}")
    unfinished.rename(data)
    if place != folder:
        (folder / "data").unlink(missing_ok=True)
        (folder / "data").symlink_to(data)


def _create_database(at: Address) -> None:
    import psycopg2

    link = psycopg2.connect(
        host=at.host, port=at.port, user=at.user, password=at.password, dbname="postgres", connect_timeout=30
    )
    try:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {NAME}")
    finally:
        link.close()


def _pg_ctl(folder: Path, who: Account, *words: str) -> subprocess.CompletedProcess[str]:
    data = (folder / "data").resolve()
    pg_ctl = unprivileged.programs(folder, who) / "pg_ctl"
    return unprivileged.run([pg_ctl, "-D", data, "-l", data / "server.log", "-w", "-t", "60", *words], who)


def _forget_stale_pid(data: Path) -> None:
    """After a crash the file may name a number that now belongs to another program, which PostgreSQL would respect."""
    pid = read(data / "postmaster.pid").partition("\n")[0]
    if pid and not running(data) and Path(f"/proc/{pid}").exists():
        (data / "postmaster.pid").unlink()


def _socket_folder(who: Account) -> Path:
    place = tempfile.gettempdir()
    if len(place) > LONGEST_SOCKET_FOLDER:
        place = "/tmp"  # noqa: S108 - mkdtemp makes a folder there that is ours alone
    made = Path(tempfile.mkdtemp(prefix="joined-up-", dir=place))
    who.give(made)
    return made


def _remove_socket_folder(folder: Path) -> None:
    old = read(folder / "socket")
    if old:
        shutil.rmtree(old, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ensure_keeper(folder: Path) -> None:
    """The keeper inherits the lock on the file that names it, and so holds it for as long as it lives."""
    with open(folder / "keeper", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        keeper = subprocess.Popen(
            [sys.executable, "-m", "config.devdb", str(folder)],
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[file.fileno()],
            start_new_session=True,
        )
        file.truncate(0)
        file.write(str(keeper.pid))
        _keepers.append(keeper)


def _dismiss_keeper(folder: Path) -> None:
    with open(folder / "keeper", "a+") as file:
        file.seek(0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.kill(int(file.read()), signal.SIGKILL)
            fcntl.flock(file, fcntl.LOCK_EX)
    for keeper in _keepers:
        keeper.wait()
    _keepers.clear()


def keep(folder: Path) -> None:
    """Wait until nobody uses the server, however they went, then stop it."""
    while True:
        time.sleep(KEEPER_LOOKS_EVERY)
        with _lock(folder / "lock"):
            if not _is_used(folder):
                stop(folder)
                return


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
