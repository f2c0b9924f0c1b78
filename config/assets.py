"""Brings what browsers load into var/: libraries and fonts from their packages, then all of it with hashed names.

`python -m config.assets` does what is not done yet, and takes no time when there is nothing to do.
"""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_MAP = re.compile(rb"/[*/]# sourceMappingURL=\S+(?:\s*\*/)?")


@dataclass(frozen=True)
class Library:
    """One file of a package, found without importing the package."""

    package: str
    module: str
    path: str
    name: str

    def source(self) -> Path:
        spec = find_spec(self.module)
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError(f"{self.package} is not installed; `make run` installs it.")
        return Path(spec.submodule_search_locations[0]) / self.path


LIBRARIES = (
    Library("bootstrap-wrapper", "bootstrap", "css/bootstrap.min.css", "bootstrap.min.css"),
    Library("django-htmx", "django_htmx", "static/django_htmx/htmx-2.min.js", "htmx.min.js"),
)


def copy_libraries(target: Path) -> None:
    """Without the notes that point to source maps, which are not served."""
    target.mkdir(parents=True, exist_ok=True)
    for library in LIBRARIES:
        content = SOURCE_MAP.sub(b"", library.source().read_bytes())
        path = target / library.name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def fingerprint(folders: tuple[Path, ...]) -> str:
    """Changes when a file is added, changed or removed, or whitenoise would compress it in another way."""
    digest = hashlib.sha256(version("whitenoise").encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def bring(var: Path) -> None:
    from config import fonts

    copy_libraries(var / "lib")
    fonts.build(var / "lib" / "fonts")
    stamp = var / "static.stamp"
    now = fingerprint((ROOT / "static", var / "lib"))
    if stamp.exists() and stamp.read_text() == now and (var / "static" / "staticfiles.json").exists():
        return
    collect = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, check=True)
    stamp.write_text(now)


if __name__ == "__main__":
    bring(Path(os.environ.get("VAR_DIR", ROOT / "var")))
