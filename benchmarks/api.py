"""The open API: a list of 50 and one service beside json.dumps of the same rows, and sixteen clients at once."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client, override_settings

from benchmarks.directory import typical
from benchmarks.figures import Figure
from directory.models import Service
from directory.oruk import answers
from directory.oruk.throttle import Throttle
from directory.sheet.saving import create_sheets
from directory.sheet.times import Times
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person
from partnerships.models import Setting
from tests import server

ROOT = "/api/oruk/3.0"
SERVICES = 300
CLIENTS = 16
EACH = 40
MOST_MS = {"list of 50": 100.0, "list of 50, each whole": 300.0, "one service": 80.0}
"""Anew, with room for a machine that has other work."""
MOST_BESIDE_EMPTY = 6.0
"""Sixteen clients: how much longer than a page with nothing on it."""
MOST_RATIO = 25.0
"""A whole list that nobody changed is sent from memory: more than this beside json.dumps, and it is not."""


def sheet(number: int) -> Values:
    """Filled as a good sheet is."""
    return {
        "name": f"Service {number:03}",
        "agency": f"Agency {number % 40}",
        "sector": ("health", "housing", "voluntary", "education")[number % 4],
        "profile": f"Helps families of the neighbourhood with matter {number}, at home and in school. " * 4,
        "telephone": [(f"01632 960 {number:03}", "mornings")],
        "email": f"hello{number}@example.org",
        "website": f"https://www.example.org/{number}",
        "address_1": f"{number} Quay Lane",
        "city": "Wexcombe",
        "county": "Wexshire",
        "postcode": "WX4 2QL",
        "latitude": 53.4,
        "longitude": -2.2,
        "contacts": [Person("Ann Lowe", "Lead", True)],
        "opening_times": [Times(days=("MO", "TU"), opens=time(9), closes=time(12))],
        "offers": ["one_to_one", "group"],
        "topics": ["sleep", "worry"],
        "levels": ["early_help"],
        "referral": "Ring us.",
        "confirmed": (date.today(), "Rosa Finch", "telephone"),
    }


def run() -> Iterator[Figure]:
    setting = Setting.objects.create(
        slug="bench-api",
        name="School that publishes",
        publishes_directory=True,
        safeguarding_name="Ruth Adeyemi",
        safeguarding_telephone="01632 960142",
    )
    services = create_sheets(setting, [sheet(number) for number in range(SERVICES)])
    Service.objects.filter(pk__in=[service.pk for service in services]).update(visibility="public")
    paths = {
        "list of 50": f"{ROOT}/services",
        "list of 50, each whole": f"{ROOT}/services?full=true",
        "one service": f"{ROOT}/services/{services[0].pk}",
    }
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for name, path in paths.items():
            yield from alone(name, path)
    yield from together([f"{ROOT}/services?page={page}" for page in range(1, 7)], "lists of 50")
    yield from together([f"{ROOT}/services/{service.pk}" for service in services[:200]], "single services")


def alone(name: str, path: str) -> Iterator[Figure]:
    """In this process: anew, as after a change, and again, as until the next change."""
    answers.throttle = Throttle(10_000_000)
    client = Client()
    rows = json.loads(client.get(path).content)
    reference = typical(lambda: json.dumps(rows))

    def anew() -> None:
        answers.memory = answers.Memory()
        client.get(path)

    yield Figure(name=f"{name}, anew", value=typical(anew), unit="ms", limit=MOST_MS[name])
    for words, work, most in (
        ("anew", anew, None),
        ("again", lambda: client.get(path), MOST_RATIO if "whole" in name else None),
    ):
        yield Figure(
            name=f"{name}, {words}",
            value=typical(work),
            unit="ms",
            reference=reference,
            reference_name="json.dumps of the same rows",
            limit=most,
        )


def together(paths: list[str], name: str) -> Iterator[Figure]:
    """Sixteen clients of the real server, each with a connection of its own."""
    os.environ["API_REQUESTS_A_MINUTE"] = "10000000"
    database = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as mail, server.serving(database, Path(mail)) as url:
        address = urlsplit(url).netloc
        floor = p95(address, ["/healthz"])
        yield Figure(
            name=f"{CLIENTS} clients, {name}: 95 of 100 within",
            value=p95(address, paths),
            unit="ms",
            reference=floor,
            reference_name="an empty page of the same server",
            limit=MOST_BESIDE_EMPTY,
        )


def p95(address: str, paths: list[str]) -> float:
    def client(number: int) -> list[float]:
        http = HTTPConnection(address)
        wanted = islice(cycle(paths), number, number + EACH)
        return [timed(lambda path=path: fetch(http, path)) for path in wanted]  # type: ignore[misc]

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))  # to warm up
        times = sorted(each for found in pool.map(client, range(CLIENTS)) for each in found)
    return times[int(len(times) * 0.95)]


def fetch(http: HTTPConnection, path: str) -> None:
    http.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer: Any = http.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered with {answer.status}")


def timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
