"""Small files in var/ that only their owner may read: secrets, ports and the like."""

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(var: Path, *, production: bool) -> str:
    """A key of this machine's own, made once. In production it must come from the environment."""
    if production:
        raise RuntimeError("Set SECRET_KEY: in production it is not made up. docs/deployment.md says how.")
    return kept(var / "secret_key")


def kept(path: Path) -> str:
    """The secret in the file; made, readable for its owner only, if there is none. Safe when two ask at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, mine = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(mine)
    return path.read_text()


def read(path: Path) -> str:
    """What is in it; nothing if it is not there."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


def write(path: Path, text: str) -> None:
    """Whole or not at all."""
    handle, mine = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    os.replace(mine, path)
