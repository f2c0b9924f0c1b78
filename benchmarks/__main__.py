"""`python -m benchmarks [NAME …]`: each module's figures, on a seeded database of their own."""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

import django

import benchmarks
from benchmarks.figures import Figure

DATABASE = "joined_up_bench"
NOT_RUN = {"__main__", "figures", "memory", "national"}


def names() -> list[str]:
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    wanted = sys.argv[1:] or found
    return [name for name in found if name in wanted and name not in NOT_RUN]


def choose_database() -> None:
    url = os.environ.get("DATABASE_URL")
    if url:
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
    else:
        os.environ["DATABASE_NAME"] = DATABASE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DEMO"] = "1"


def fill_database() -> None:
    from tests import server

    server.create(DATABASE)
    server.manage(DATABASE, "migrate", "--verbosity=0")
    server.manage(DATABASE, "seed_demo")


def figures() -> Iterator[Figure]:
    for name in names():
        start = perf_counter()
        print(f"\n{name}", flush=True)
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(f"  {figure}", flush=True)
            yield figure
        print(f"  ({perf_counter() - start:.0f} s)", flush=True)


def main() -> None:
    choose_database()
    django.setup()
    from config.processes import keep_what_is_loaded
    from tests import server

    fill_database()
    keep_what_is_loaded()
    try:
        found = list(figures())
    finally:
        server.drop(DATABASE)
    missed = [figure for figure in found if not figure.is_met]
    print(f"\n{len(found)} figures, {len(missed)} beyond their limit")


if __name__ == "__main__":
    main()
