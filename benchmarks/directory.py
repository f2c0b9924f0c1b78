"""The directory list and the home page: queries that do not grow with the rows, and time beside the bare queries."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure
from directory.sheet.saving import create_sheets
from directory.sheet.values import Values
from partnerships.access import Role
from partnerships.models import Membership, Setting, User

SIZES = (1, 3, 150)
ROUNDS = 15
PAGES = {"directory list": "directory:service_list", "home": "partnerships:setting_home"}
MOST_RATIO = 8.0
"""A page is drawn from templates; its queries are read in C. More than this, and something is wrong."""


def sheets(count: int) -> list[Values]:
    return [
        {
            "name": f"Service {number:03}",
            "agency": f"Agency {number % 40}",
            "sector": ("health", "housing", "voluntary", "education")[number % 4],
            "profile": f"Helps families of the neighbourhood with matter {number}, at home and in school.",
            "telephone": [(f"01632 960 {number:03}", "")],
            "capacity": ("open", "waiting", "full")[number % 3],
            "here_days": [("MO", "TU", "WE", "TH", "FR")[number % 5]] if number % 2 else [],
        }
        for number in range(count)
    ]


def school_with(count: int) -> Setting:
    setting = Setting.objects.create(slug=f"bench-{count}", name=f"School with {count}")
    create_sheets(setting, sheets(count))
    user = User.objects.create_user(f"bench-{count}@example.org", full_name="Bench")
    Membership.objects.create(setting=setting, user=user, roles=[Role.COORDINATOR.value])
    return setting


def signed_in(setting: Setting) -> Client:
    client = Client()
    client.force_login(setting.memberships.get().user)
    return client


def run() -> Iterator[Figure]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        schools = {count: school_with(count) for count in SIZES}
        for words, name in PAGES.items():
            yield from figures_of(words, name, schools)


def figures_of(words: str, name: str, schools: dict[int, Setting]) -> Iterator[Figure]:
    queries = {count: queries_of(schools[count], name) for count in SIZES}
    fewest = len(queries[SIZES[0]])
    for count in SIZES:
        yield Figure(
            name=f"{words}, {count} services: queries",
            value=len(queries[count]),
            unit="queries",
            reference=fewest,
            reference_name=f"with {SIZES[0]}",
            limit=1.0 if count > 1 else None,
        )
    largest = schools[SIZES[-1]]
    yield Figure(
        name=f"{words}, {SIZES[-1]} services: whole page",
        value=page_time(largest, name),
        unit="ms",
        reference=bare_time(queries[SIZES[-1]]),
        reference_name="the same queries run bare",
        limit=MOST_RATIO,
    )


def queries_of(setting: Setting, name: str) -> list[str]:
    client, address = signed_in(setting), reverse(name, args=[setting.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response: Any = client.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def page_time(setting: Setting, name: str) -> float:
    client, address = signed_in(setting), reverse(name, args=[setting.slug])
    return typical(lambda: client.get(address))


def bare_time(queries: list[str]) -> float:
    def run_all() -> None:
        with connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql)
                cursor.fetchall()

    return typical(run_all)


def typical(work: Any) -> float:
    """The median of several rounds, in milliseconds, after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)
