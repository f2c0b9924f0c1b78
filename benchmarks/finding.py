"""A setting's search in a directory of national size: the whole page, beside its queries run bare.

`SIZE=national`: 24,000 settings with 150 partnerships each over 400,000 services; by default a hundredth of it. Each
is measured beside one of a hundredth of its own size: what is found in seconds has to stay so when all schools join.
"""

import os
import random
from collections.abc import Iterator
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure
from benchmarks.national import PARTNERSHIPS, Size, fill
from partnerships.access import Role
from partnerships.models import Membership, Setting, User

NATIONAL = Size(settings=24_000, services=400_000)
SEARCHES = (
    *("", "q=bereavement", "q=SALT", "q=sleep&sector=health&sector=voluntary", "q=mental+health&take=open"),
    *(
        "level=targeted&level=early_help",
        "q=bearevment",
        "q=wexcombe&sort=soonest",
        "age=5&cost=free&open=SA",
    ),
    *("q=counselling&refer=family", "sort=near", "day=MO"),
)
REQUESTS = 120
MOST_MS = 150.0
MOST_RATIO = 3.0
MOST_GROWTH = 1.5


def size_wanted() -> Size:
    return NATIONAL if os.environ.get("SIZE") == "national" else NATIONAL.part(100)


def run() -> Iterator[Figure]:
    size = size_wanted()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        hundredth = size.part(100)
        yield loading(Size(0, 0), hundredth)
        before = page_times()
        yield loading(hundredth, size)
        pages, bare = page_times(), bare_times()
    name = f"search among {size.services:,} services, {size.settings:,} settings of {PARTNERSHIPS}"
    yield Figure(name=f"{name}: whole page, p95", value=p95(pages), unit="ms", limit=MOST_MS)
    yield Figure(
        name=f"{name}: whole page, p95, beside its SQL",
        value=p95(pages),
        unit="ms",
        reference=p95(bare),
        reference_name="the same queries run bare",
        limit=MOST_RATIO,
    )
    yield Figure(
        name=f"{name}: growth",
        value=p95(pages),
        unit="ms",
        reference=p95(before),
        reference_name="at a hundredth of the size",
        limit=MOST_GROWTH,
    )


def loading(before: Size, size: Size) -> Figure:
    start = perf_counter()
    fill(before, size)
    return Figure(name=f"loading {size.services:,} services", value=perf_counter() - start, unit="s")


def requests() -> list[tuple[Client, str]]:
    """(somebody of a school, the address that they open): each search in turn, in schools here and there."""
    settings = list(Setting.objects.filter(slug__startswith="national-").order_by("?")[:12])
    people = [
        (client_of(setting), reverse("directory:service_list", args=[setting.slug])) for setting in settings
    ]
    pairs = [(client, f"{address}?{query}") for query in SEARCHES for client, address in people]
    random.Random(3).shuffle(pairs)
    return list(islice(cycle(pairs), REQUESTS))


def client_of(setting: Setting) -> Client:
    email = f"{setting.slug}@example.org"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, full_name="Bench")
    Membership.objects.get_or_create(setting=setting, user=user, defaults={"roles": [Role.COORDINATOR.value]})
    client = Client()
    client.force_login(user)
    return client


def page_times() -> list[float]:
    asked = warmed(requests())
    return [_timed(lambda client=client, address=address: client.get(address)) for client, address in asked]


def bare_times() -> list[float]:
    asked = warmed(requests())
    return [_timed(lambda queries=queries: _run(queries)) for queries in map(_queries, asked)]


def warmed(asked: list[tuple[Client, str]]) -> list[tuple[Client, str]]:
    """Each is asked once before, as the bare queries are: neither reads for the first time."""
    for client, address in asked:
        client.get(address)
    return asked


def _queries(asked: tuple[Client, str]) -> list[str]:
    client, address = asked
    with CaptureQueriesContext(connection) as captured:
        response: Any = client.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def _run(queries: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in queries:
            cursor.execute(sql)
            cursor.fetchall()


def _timed(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
