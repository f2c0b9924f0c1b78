"""The embedded server's life, with real servers and real processes."""

import fcntl
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from config import devdb
from config.private_files import secret_key
from tests.config.conftest import ROOT, Checkout


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def wait_for_keeper(folder: Path) -> None:
    """Until the keeper has ended, and so let go of its lock."""
    with open(folder / "keeper", "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def test_server_is_shared_and_ends_with_the_last_user(checkout: Checkout) -> None:
    with checkout.in_use() as second:
        with checkout.in_use() as first:
            server = devdb.running(checkout.folder / "data")
            assert server is not None
            assert (first.host, first.port) == (second.host, second.port)
        assert devdb.running(checkout.folder / "data") == server
        assert second.ask("SELECT 40 + 2") == 42
    assert devdb.running(checkout.folder / "data") is None
    assert not Path(second.host).exists()
    assert not Path(f"/proc/{(checkout.folder / 'keeper').read_text()}").exists()


def test_server_never_runs_as_root_and_opens_to_its_owner_only(checkout: Checkout) -> None:
    with checkout.in_use() as user:
        server = devdb.running(checkout.folder / "data")
        assert Path(f"/proc/{server}").stat().st_uid != 0
        assert mode(checkout.folder / "data") == 0o700
        assert mode(Path(user.host)) == 0o700
        assert [mode(checkout.folder / name) for name in ("password", "port")] == [0o600, 0o600]
        assert user.ask("SHOW listen_addresses") == "127.0.0.1"
        assert user.ask("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0


@pytest.mark.parametrize("by", ["socket", "127.0.0.1"])
def test_wrong_password_is_refused(other_checkout: Checkout, by: str) -> None:
    with other_checkout.in_use() as user:
        host = "" if by == "socket" else by
        assert user.ask("SELECT 'in'", host=host) == "in"
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            user.ask("SELECT 'in'", host=host, password="guessed")


def test_text_is_utf8_and_case_folds_beyond_ascii(other_checkout: Checkout) -> None:
    with other_checkout.in_use() as user:
        assert user.ask("SHOW server_encoding") == "UTF8"
        assert user.ask("SELECT lower('ÉCOLE')") == "école"


def test_server_ends_when_its_only_user_is_killed(checkout: Checkout) -> None:
    user = checkout.join()
    user.process.kill()
    user.process.communicate()
    wait_for_keeper(checkout.folder)
    assert devdb.running(checkout.folder / "data") is None


def test_after_a_crash_of_everything_it_starts_with_what_was_saved(checkout: Checkout) -> None:
    user = checkout.join()
    user.ask("CREATE TABLE kept AS SELECT 'still here' AS words")
    server = devdb.running(checkout.folder / "data")
    assert server is not None
    for pid in (int((checkout.folder / "keeper").read_text()), user.process.pid, server):
        os.kill(pid, signal.SIGKILL)
    user.process.communicate()
    assert (checkout.folder / "data" / "postmaster.pid").exists()
    with checkout.in_use() as again:
        assert again.ask("SELECT words FROM kept") == "still here"


def test_a_stale_file_naming_another_program_is_no_hindrance(other_checkout: Checkout) -> None:
    with other_checkout.in_use():
        pass
    (other_checkout.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
    assert devdb.running(other_checkout.folder / "data") is None
    with other_checkout.in_use() as user:
        assert user.ask("SELECT 1") == 1


def test_an_interrupted_first_start_is_begun_again(other_checkout: Checkout) -> None:
    unfinished = other_checkout.folder / "data-unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")
    with other_checkout.in_use() as user:
        assert user.ask("SELECT 1") == 1
    assert not unfinished.exists()


def test_two_checkouts_run_at_once(checkout: Checkout, other_checkout: Checkout) -> None:
    with checkout.in_use() as mine, other_checkout.in_use() as theirs:
        assert mine.port != theirs.port
        mine.ask("CREATE TABLE only_mine ()")
        assert theirs.ask("SELECT to_regclass('only_mine')") is None


def test_a_long_path_is_no_hindrance(other_checkout: Checkout) -> None:
    deep = other_checkout.var.joinpath(*["a folder with a long name and spaces" + "!" * 20] * 4)
    with replace(other_checkout, var=deep).in_use() as user:
        assert len(str(deep)) > 200
        assert user.ask("SELECT 1") == 1


def test_a_closed_parent_is_no_hindrance(other_checkout: Checkout) -> None:
    """As for a checkout below /root: the server's own account can't get there."""
    other_checkout.var.chmod(0o711)
    closed = other_checkout.var / "closed"
    closed.mkdir(mode=0o700)
    at_home = replace(other_checkout, var=closed / "var", room=other_checkout.var / "room")
    with at_home.in_use() as user:
        user.ask("CREATE TABLE kept AS SELECT 'still here' AS words")
        assert devdb.running(at_home.folder / "data") is not None
    with at_home.in_use() as user:
        assert user.ask("SELECT words FROM kept") == "still here"
    assert mode(closed) == 0o700


def test_the_secret_is_made_once_however_many_ask(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from config.private_files import kept; print(kept(Path('{tmp_path}/key')))"
    asking = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = {process.communicate()[0].strip() for process in asking}
    assert answers == {(tmp_path / "key").read_text()}
    assert mode(tmp_path / "key") == 0o600


def test_production_makes_up_no_secret(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="SECRET_KEY"):
        secret_key(tmp_path, production=True)
    assert list(tmp_path.iterdir()) == []


def test_importing_the_settings_starts_nothing(tmp_path: Path) -> None:
    code = "import config.settings as s; print(s.DATABASES['default']['ENGINE'])"
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "config.embedded"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_database_url_replaces_the_embedded_server(tmp_path: Path) -> None:
    code = (
        "import config.settings as s; d = s.DATABASES['default']; print(d['ENGINE'], d['HOST'], d['OPTIONS'])"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://school:secret@db.example/joined_up?sslmode=require",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    engine, host, options = done.stdout.strip().split(" ", 2)
    assert (engine, host) == ("django.db.backends.postgresql", "db.example")
    assert options == "{'sslmode': 'require', 'connect_timeout': 5}"


def test_server_that_fell_over_is_revived_where_it_was(other_checkout: Checkout) -> None:
    with other_checkout.in_use() as user:
        server = devdb.running(other_checkout.folder / "data")
        assert server is not None
        devdb.stop(other_checkout.folder)
        user.tell("devdb.revive(Path(sys.argv[1]))")
        assert user.ask("SELECT 1", host="127.0.0.1") == 1
        assert devdb.running(other_checkout.folder / "data") not in (None, server)
