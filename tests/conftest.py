"""What holds for every test: a strict template engine, a closed network, mail in memory, nothing shared."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.template import Origin, engines
from django.template.backends.django import DjangoTemplates
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from config import assets
from tests import server

STARTING_PROGRAMS = ("tests/browser/", "tests/config/test_processes.py")
OURS = settings.BASE_DIR / "templates"
LENT = OURS / "bootstrap5"  # drawn by crispy-forms, whose variables are often not set

hypothesis_settings.register_profile("steady", derandomize=True)
hypothesis_settings.load_profile("steady")


class UndefinedVariable(str):
    """Stands for a variable that a template names and nobody set: fails in our templates, is empty in others'."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _template_being_rendered()
        if origin is not None and OURS in origin.parents and LENT not in origin.parents:
            pytest.fail(f"{origin.relative_to(OURS)} uses {variable}, which is not defined", pytrace=False)
        return ""


def _template_being_rendered() -> Path | None:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if isinstance(origin, Origin):
            return Path(origin.name)
        frame = frame.f_back
    return None


class BrowserTestsTogether(LoadScopeScheduling):
    """A file's tests stay with one worker, and so do all that start programs: browser and demo are made once."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "programs" if path.startswith(STARTING_PROGRAMS) else path


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones begin first, on one worker, while the other does the rest."""
    items.sort(key=lambda item: not item.nodeid.startswith(STARTING_PROGRAMS))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return BrowserTestsTogether(config, log)


@pytest.fixture(scope="session", autouse=True)
def undefined_template_variables_fail() -> None:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    backend.engine.string_if_invalid = UndefinedVariable("%s")


@pytest.fixture(scope="session", autouse=True)
def network_stays_closed() -> Iterator[None]:
    """Tests talk to this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        connect = socket.socket.connect

        def connect_here(self: socket.socket, address: Any) -> None:
            if self.family != socket.AF_UNIX and not str(address[0]).startswith(("127.", "::1", "localhost")):
                raise RuntimeError(f"A test tried to reach {address}")
            connect(self, address)

        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_folder_exists() -> None:
    """Whitenoise warns without; what is served from it matters to the browser tests alone."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def plain_files(settings: Any, tmp_path: Path) -> None:
    """Uploads go to a folder of the test's own; static files need no manifest; passwords hash quickly."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def figures_wait(settings: Any) -> Iterator[None]:
    """What pages count is written when a test says so, and not taken into the next test."""
    from directory.use import figures

    settings.WRITE_FIGURES_EVERY = 0
    yield
    figures.forget_unwritten()


@pytest.fixture(scope="session")
def demo_template() -> Iterator[str]:
    """A database with the demo in it, to be copied by tests that run programs of their own."""
    assets.bring(settings.VAR_DIR)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = f"{os.environ.get('TEST_DATABASE', 'test_joined_up')}_{worker}_demo"
    server.create(name)
    server.manage(name, "migrate", "--verbosity=0")
    server.manage(name, "seed_demo")
    yield name
    server.drop(name)
