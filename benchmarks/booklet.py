"""The booklet of sixty services against WeasyPrint alone on the same HTML: time, and the most memory of a process.

The time is the processor's: a busy machine makes one of two long runs wait, not the other. What waits for the database
is measured by the clock, with all else that comes before the layout.
"""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from django.template.loader import render_to_string

from benchmarks.figures import Figure
from benchmarks.memory import COMMAND, peak
from benchmarks.paper import weasyprint_alone
from directory.booklet.pages import booklet_paper
from directory.sheet.saving import create_sheets
from directory.sheet.times import read_times
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person
from partnerships.models import Setting

SHEETS = 60
ROUNDS = 3
LIMIT = 1.2
BEFORE = 0.5
ALONE = "import sys, django; django.setup(); from benchmarks.booklet import alone; alone(sys.argv[1])"


def sheets() -> list[Values]:
    sectors = ("health", "housing", "voluntary", "education", "social_care", "police")
    return [
        {
            "name": f"Service {number:02}",
            "agency": f"Agency {number % 20}",
            "sector": sectors[number % len(sectors)],
            "profile": f"Helps families of the neighbourhood with matter {number}, at home and in school. "
            * 3,
            "telephone": [(f"01632 960 {number:03}", "weekdays")],
            "email": f"service{number}@example.org",
            "address_1": f"{number} Market Square",
            "city": "Wexcombe",
            "contacts": [Person(f"Person {number}", "team lead")],
            "opening_times": read_times("Monday to Thursday, 9am to 12.30pm and 1.30pm to 5pm"),
            "referral": "Talk with the family.\nRing the team.\nSend the one-page form.",
            "offers": ["one_to_one", "group", "advice"],
            "topics": [("sleep", "money", "feelings", "speech")[number % 4]],
            "capacity": ("open", "waiting", "full")[number % 3],
        }
        for number in range(SHEETS)
    ]


def run() -> Iterator[Figure]:
    setting = Setting.objects.create(slug="bench-booklet", name="School with a booklet")
    create_sheets(setting, sheets())
    html = booklet_paper(setting).pdf().html
    yield _before(setting)
    yield _time(setting, html)
    yield _memory(setting, html)


def _before(setting: Setting) -> Figure:
    start = perf_counter()
    paper = booklet_paper(setting)
    render_to_string(paper.template_name(), {"paper": paper, "fillable": False})
    return Figure(
        name=f"booklet of {SHEETS} services: queries, sheets and HTML, by the clock",
        value=perf_counter() - start,
        unit="s",
        limit=BEFORE,
    )


def _time(setting: Setting, html: str) -> Figure:
    """Ours and the reference in turns, so that a busy moment of the machine meets both."""
    ours: list[float] = []
    alone: list[float] = []
    work: list[tuple[list[float], Callable[[], object]]] = [
        (ours, lambda: booklet_paper(setting).pdf()),
        (alone, partial(weasyprint_alone, html)),
    ]
    for _ in range(ROUNDS):
        for times, make in work:
            start = process_time()
            make()
            times.append(process_time() - start)
    return Figure(
        name=f"booklet of {SHEETS} services as PDF",
        value=median(ours),
        unit="s of processor",
        reference=median(alone),
        reference_name="WeasyPrint alone",
        limit=LIMIT,
    )


def _memory(setting: Setting, html: str) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "booklet.html"
        page.write_text(html)
        out = str(Path(folder) / "booklet.pdf")
        ours = peak(COMMAND, "render_booklet", "--setting", setting.slug, "--out", out)
        alone = peak(ALONE, str(page))
    return Figure(
        name=f"booklet of {SHEETS} services, most memory",
        value=ours,
        unit="MB",
        reference=alone,
        reference_name="WeasyPrint alone",
        limit=LIMIT + 0.3,
    )


def alone(page: str) -> None:
    """What the process of the reference does."""
    weasyprint_alone(Path(page).read_text())
