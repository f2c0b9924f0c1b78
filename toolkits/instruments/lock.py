"""Which content belongs to which version of a built-in instrument, for ever: versions.json."""

import json
from collections.abc import Iterable
from pathlib import Path

from toolkits.instruments.definition import Instrument

LOCK = Path(__file__).with_name("versions.json")
Versions = dict[str, dict[str, str]]
"""Code → version → sha256 of the canonical definition."""


def read(path: Path = LOCK) -> Versions:
    versions: Versions = json.loads(path.read_text())
    return versions


def write(versions: Versions, path: Path = LOCK) -> None:
    path.write_text(json.dumps(versions, indent=2, sort_keys=True) + "\n")


def problems(instruments: Iterable[Instrument], versions: Versions) -> list[str]:
    """What stands between the definitions and the lock, each with what to do about it."""
    return list(filter(None, (_problem(one, versions.get(one.code, {})) for one in instruments)))


def accept(instruments: Iterable[Instrument], versions: Versions) -> Versions:
    """The lock with an entry for each new version number; what stands in it is never changed."""
    known = {code: dict(entries) for code, entries in versions.items()}
    for one in instruments:
        known.setdefault(one.code, {}).setdefault(str(one.version), one.sha256)
    return known


def _problem(one: Instrument, known: dict[str, str]) -> str:
    newest = max(map(int, known), default=0)
    recorded = known.get(str(one.version))
    if recorded == one.sha256 and one.version == newest:
        return ""
    if recorded is None and one.version == newest + 1:
        return (
            f"{one.code}: version {one.version} is not recorded. "
            "When its content is final, run: manage.py check_instruments --accept"
        )
    if one.version == newest:
        return (
            f"{one.code}: the content of version {one.version} has changed. Activities keep the version that they "
            f"were run with: set version={newest + 1}, then run: manage.py check_instruments --accept"
        )
    return f"{one.code}: version {one.version} follows {newest}; it has to be {newest + 1}."
