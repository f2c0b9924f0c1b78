"""Programs that use the embedded server, each a real process of its own."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from config import unprivileged
from config.unprivileged import Account

ROOT = Path(__file__).resolve().parents[2]
USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from config import devdb, unprivileged
if sys.argv[2:]:
    unprivileged.ROOM_FOR_ROOT = Path(sys.argv[2])
at = devdb.address(Path(sys.argv[1]))
print(at.host, at.port, at.password, flush=True)
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


@dataclass
class User:
    """A process that uses the server until it is told to leave."""

    process: subprocess.Popen[str]
    host: str
    port: int
    password: str

    def tell(self, line: str) -> None:
        """Have the process carry out a line of Python."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def ask(self, sql: str, host: str = "", password: str = "") -> object:
        link = psycopg2.connect(
            host=host or self.host,
            port=self.port,
            user="joined_up",
            password=password or self.password,
            dbname="joined_up",
        )
        try:
            link.autocommit = True
            with link.cursor() as cursor:
                cursor.execute(sql)
                row = cursor.fetchone() if cursor.description else None
                return row[0] if row else None
        finally:
            link.close()


@dataclass(frozen=True)
class Checkout:
    """Somebody's working copy, with its var folder."""

    var: Path
    account: Account | None = None
    room: Path | None = None  # where the server's files go if var can't be reached

    @property
    def folder(self) -> Path:
        return self.var / "pg"

    @contextmanager
    def in_use(self) -> Iterator[User]:
        user = self.join()
        try:
            yield user
        finally:
            user.process.communicate()

    def join(self) -> User:
        who = self.account
        process = subprocess.Popen(
            [_python(who), "-c", USE_UNTIL_TOLD, str(self.var), *([str(self.room)] if self.room else [])],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=who.uid if who else None,
            group=who.gid if who else None,
            extra_groups=[] if who else None,
        )
        assert process.stdout is not None
        host, port, password = process.stdout.readline().split()
        return User(process, host, int(port), password)


def _python(who: Account | None) -> str:
    """Ours, unless it lies where the account may not go."""
    if who is None or unprivileged.can_reach(Path(sys.executable).resolve(), who):
        return sys.executable
    return f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"


def _accounts() -> list[Account | None]:
    """Us; and, if we are root and it can read the project, an ordinary account."""
    if os.geteuid() != 0:
        return [None]
    nobody = pwd.getpwnam("nobody")
    ordinary = Account(nobody.pw_uid, nobody.pw_gid, is_ours=False)
    return [None, ordinary] if unprivileged.can_reach(ROOT / "config", ordinary) else [None]


def _new_checkout(who: Account | None) -> Checkout:
    var = Path(tempfile.mkdtemp(prefix="checkout-"))
    var.chmod(0o755)
    if who:
        who.give(var)
    return Checkout(var, who)


@pytest.fixture(params=_accounts(), ids=lambda who: "ordinary" if who else "ourselves")
def checkout(request: pytest.FixtureRequest) -> Iterator[Checkout]:
    made = _new_checkout(request.param)
    yield made
    shutil.rmtree(made.var)


@pytest.fixture
def other_checkout() -> Iterator[Checkout]:
    made = _new_checkout(None)
    yield made
    shutil.rmtree(made.var)
