"""What a family reads and how it looks for help, in its own words."""

import gzip
import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from directory import notices
from directory.models import Rules, Service
from directory.sheet.opening import Clock, opening_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.models import Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import words_of

pytestmark = pytest.mark.django_db

SMALL = 20_000
"""Bytes of page, styles and script as they travel; with the fonts it is under half of what a page may weigh."""
MOST = 150_000


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True, telephone="01632 960140")


def public(setting: Setting, **values: Any) -> Service:
    return sheet(setting, **{"telephone": [], "visibility": "public", **values})


def found(setting: Setting, query: str) -> str:
    return words_of(Client().get(url("public_list", setting) + query))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"capacity": "open"}, "Can see you now"),
        ({"capacity": "open", "waiting_weeks": 2}, "Can see you in about two weeks"),
        ({"capacity": "waiting", "waiting_weeks": 1}, "There is a waiting list: about one week"),
        ({"capacity": "full"}, "Full at the moment"),
        ({}, "Ask if they can see you"),
        (
            {"cost": "free", "referrers": ["family", "school"]},
            "Free. You can ask yourself, or the school can.",
        ),
        ({"cost": "some", "cost_note": "£2 a visit"}, "Some things cost money: £2 a visit."),
        ({"referrers": ["school", "gp"]}, "The school or your GP can ask for you."),
        ({"referrers": ["young_person"]}, "Young people can ask for themselves."),
        ({"min_age": 5, "max_age": 16}, "Ages 5 to 16."),
        ({"text": [("07700 900123", "")]}, 'href="sms:07700900123"'),
        ({"website": "https://kite.example.org"}, 'href="https://kite.example.org"'),
    ],
)
def test_result_says_at_once_what_decides(hillside: Setting, values: dict[str, Any], words: str) -> None:
    public(hillside, **{"waiting_on": timezone.localdate(), **values})
    assert words in found(hillside, "")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 3, 8), "Opens today at 9am"),
        (datetime(2026, 3, 3, 10), "Open now, until noon"),
        (datetime(2026, 3, 3, 13), "Opens tomorrow at 9am"),
        (datetime(2026, 3, 4, 13), "Opens on Tuesday at 9am"),
    ],
)
def test_next_open_time_is_told_as_people_say_it(hillside: Setting, at: datetime, words: str) -> None:
    service = public(hillside, opening_times="Tuesday and Wednesday, 9am to noon")
    clock = Clock(timezone.make_aware(at), lambda day: None)
    assert opening_of(service, clock)[1] == words


def test_sheet_tells_all_that_a_family_needs(hillside: Setting) -> None:
    service = public(
        hillside,
        who_for="Children who lost somebody",
        not_for="Grown-ups on their own",
        opening_times="Monday, 9am to noon",
        languages=["en", "so"],
        access=["step_free"],
        access_note="Bus 7 stops outside",
        more_places=[Whereabouts(name="Church Hall", address_1="2 Low Street", city="Wexcombe")],
        contacts=[Person("Jo Open", "manager", True, "jo@harbour.example.org"), Person("Tom Hid", "worker")],
    )
    page = Client().get(url("public_service", hillside, service.pk))
    assert 'href="mailto:jo@harbour.example.org"' in page.content.decode()
    shown = words_of(page)
    for words in (
        *("Children who lost somebody", "Grown-ups on their own", "Monday, 9am to noon", "English, Somali"),
        *("Step-free", "Bus 7 stops outside", "Church Hall", "Jo Open, manager", "Worker"),
    ):
        assert words in shown
    assert "Tom Hid" not in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?me=1", {"Ask", "Teen"}),
        ("?free=1", {"Ask"}),
        ("?age=9", {"Ask", "Paid"}),
        ("?age=9&free=1", {"Ask"}),
        ("?lang=so", {"Paid"}),
        ("?take=open", {"Teen"}),
        ("?lang=xx&age=old&me=yes", {"Ask", "Teen", "Paid"}),
        ("?age=99999999999999999999", {"Ask", "Teen", "Paid"}),
    ],
)
def test_family_narrows_down_by_what_decides(hillside: Setting, query: str, names: set[str]) -> None:
    public(hillside, name="Ask", referrers=["family"], cost="free", max_age=12)
    public(hillside, name="Teen", referrers=["young_person"], min_age=13, capacity="open")
    public(hillside, name="Paid", cost="paid", languages=["so"])
    shown = re.findall(r"<h3><a [^>]*>(\w+)</a>", found(hillside, query))
    assert set(shown) == names


def test_list_that_is_full_since_now_is_not_among_those_that_can_see_someone(hillside: Setting) -> None:
    service = public(hillside, name="Kite", capacity="open")
    assert "Kite" in found(hillside, "?take=open")
    notices.say(service=service, kind="full", ends_on=timezone.localdate(), said_by="Tom")
    assert "Kite" not in found(hillside, "?take=open")
    assert "List full" in found(hillside, "")


def test_slip_of_the_pen_is_forgiven_and_told(hillside: Setting) -> None:
    public(hillside, name="Kite", topics=["bereavement"])
    shown = found(hillside, "?q=berevement")
    assert "Kite" in shown
    assert "We looked for “bereavement”" in shown


def test_open_now_asks_the_clock(hillside: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    public(hillside, name="Early", opening_times="Every day, 6am to 8am")
    public(hillside, name="Late", opening_times="Every day, 6pm to 10pm")
    evening = Clock(timezone.make_aware(datetime(2026, 3, 3, 19)), lambda day: None)
    monkeypatch.setattr(Clock, "of", lambda school: evening)
    shown = found(hillside, "?now=1")
    assert "Late" in shown
    assert "Early" not in shown


def test_summary_in_another_language_is_offered_and_marked(hillside: Setting) -> None:
    service = public(hillside, summaries={"ur": "بچوں کے لیے"})
    public(hillside, name="Kite")
    shown = found(hillside, "")
    assert '<a href="?in=ur" lang="ur">اردو</a>' in shown
    assert '<a href="?q=grief&amp;in=ur" lang="ur">' in found(hillside, "?q=grief")
    shown = found(hillside, "?in=ur")
    assert 'lang="ur" dir="rtl">بچوں کے لیے</p>' in shown
    assert "Kite" not in shown
    shown = words_of(Client().get(url("public_service", hillside, service.pk)))
    assert '<a href="#in-ur" lang="ur">اردو</a>' in shown
    assert 'id="in-ur" lang="ur" dir="rtl"' in shown


def test_list_offers_what_its_services_help_with(hillside: Setting) -> None:
    public(hillside, topics=["sleep"], languages=["pl"])
    sheet(hillside, name="Inside", topics=["secret topic"], languages=["so"])
    shown = found(hillside, "")
    assert 'href="?q=sleep"' in shown
    assert "Polski (Polish)" in shown
    for words in ("secret topic", "Somali"):
        assert words not in shown


def test_somebody_at_school_is_named_by_role(hillside: Setting) -> None:
    public(hillside)
    assert "Safeguarding lead: they know" in found(hillside, "")
    Rules.objects.create(setting=hillside, ask_role="pastoral lead", ask_telephone="01632 960 177")
    shown = found(hillside, "")
    assert "Pastoral lead: they know" in shown
    assert "01632 960 177" in shown


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=" + "x" * 500, "?page=-1", "?page=abc", "?in='--", "?age=-1"]
)
def test_hostile_search_is_answered_with_a_page(hillside: Setting, query: str) -> None:
    public(hillside)
    shown = Client().get(url("public_list", hillside) + query)
    assert shown.status_code == 200
    assert ("Harbour" in words_of(shown)) is not query.startswith("?q=x")


def test_first_visit_on_a_slow_line_is_small(hillside: Setting) -> None:
    """A full page of results with all it loads, compressed as the server sends it."""
    for number in range(25):
        public(hillside, name=f"Service {number}", profile=f"Helps with matter {number}. " * 6, postcode="")
    response = Client().get(url("public_list", hillside), headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    shown = gzip.decompress(response.content).decode()
    loaded = set(re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"#]+)', shown))
    assert not any("bootstrap" in name or "htmx" in name for name in loaded)
    sizes = {name: len(gzip.compress(read(name))) for name in loaded if not name.endswith("woff2")}
    assert len(response.content) + sum(sizes.values()) < SMALL
    fonts = {f"lib/fonts/joined-{face}.woff2" for face in ("sans-regular", "sans-semibold", "serif-semibold")}
    assert len(response.content) + sum(sizes.values()) + sum(len(read(name)) for name in fonts) < MOST / 2


def read(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str)
    with open(path, "rb") as file:
        return file.read()
