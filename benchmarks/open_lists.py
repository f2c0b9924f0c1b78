"""The open API in a directory of national size: the first exact count, and pages far from the first.

`SIZE=national` as for the search (benchmarks/finding.py), whose schools and services it uses where they are there.
"""

from collections.abc import Iterator

from django.test import Client, override_settings

from benchmarks.directory import typical
from benchmarks.figures import Figure
from benchmarks.finding import loading, size_wanted
from benchmarks.national import Size
from directory.oruk import answers
from directory.oruk.pages import COUNTS
from directory.oruk.throttle import Throttle
from partnerships.models import Setting

ROOT = "/api/oruk/3.0"
MOST_MS = 150.0
LISTS = {"services": MOST_MS, "service_at_locations": 400.0}
"""With what counting may cost, once a minute: places have to be compared with what is open, one by one."""


def run() -> Iterator[Figure]:
    if not Setting.objects.filter(slug__startswith="national-").exists():
        yield loading(Size(0, 0), size_wanted())
    answers.throttle = Throttle(10_000_000)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for name, most in LISTS.items():
            yield from list_of(name, most)


def list_of(name: str, most: float) -> Iterator[Figure]:
    client = Client()
    pages = client.get(f"{ROOT}/{name}").json()["total_pages"]

    def ask(page: int, *, counts: bool) -> None:
        answers.memory = answers.Memory()
        if counts:
            COUNTS.forget()
        client.get(f"{ROOT}/{name}?page={page}")

    words = f"{name}, {pages:,} pages of 50"
    counted = typical(lambda: ask(1, counts=True))
    yield Figure(name=f"{words}: the first, counted anew", value=counted, unit="ms", limit=most)
    for which, page in (("in the middle", pages // 2), ("the last", pages)):
        found = typical(lambda page=page: ask(page, counts=False))
        yield Figure(name=f"{words}: {which}", value=found, unit="ms", limit=MOST_MS)
