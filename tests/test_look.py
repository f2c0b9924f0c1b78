"""The look, without a browser: colours, signs, tags, and that no template breaks the content security policy."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from partnerships.sectors import Sector
from partnerships.templatetags import joined_up

STATIC: Path = settings.BASE_DIR / "static"
TEMPLATES: Path = settings.BASE_DIR / "templates"
NOT_SCREEN = {"paper", "email"}
PAGES = [path for path in TEMPLATES.rglob("*.html") if not NOT_SCREEN & {*path.relative_to(TEMPLATES).parts}]
CSS = {name: (STATIC / "css" / name).read_text() for name in ("look.css", "forms.css", "tools.css")}
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--([\w-]+): var\(--L, (#\w{6})\) var\(--D, (#\w{6})\)", CSS["look.css"]
    )
}
SCHEMES = ("light", "dark")
SIGNS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    lighter, darker = sorted((luminance(TOKENS[name][scheme]) for name in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    """Text or edge, its ground, and the contrast that it must have."""
    grounds = ("page", "mist")
    yield from (
        (text, ground, 4.5) for text in ("ink", "muted", "accent", "ok", "wait", "stop") for ground in grounds
    )
    yield from ((text, f"{text}-soft", 4.5) for text in ("accent", "ok", "wait", "stop"))
    yield from (("ink", f"{text}-soft", 4.5) for text in ("accent", "ok", "wait", "stop"))
    yield from (("on-accent", sector.css, 4.5) for sector in Sector)
    yield from ((edge, ground, 3) for edge in ("edge", "focus") for ground in grounds)
    yield from [
        ("on-accent", "accent", 4.5),
        ("on-accent", "h3", 4.5),
        ("ink", "h1", 4.5),
        ("ink", "h2", 4.5),
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_colours_can_be_read(scheme: str) -> None:
    weak = {(a, b): contrast(a, b, scheme) for a, b, least in pairs() if contrast(a, b, scheme) < least}
    assert weak == {}


def test_styles_use_only_tokens_that_exist_and_nothing_from_another_host() -> None:
    everything = "".join(CSS.values())
    defined = set(re.findall(r"(--[\w-]+):", everything))
    used = set(re.findall(r"var\((--[\w-]+)", everything))
    assert {name for name in used - defined if not name.startswith("--bs-")} == set()
    assert re.findall(r"url\((?![\"']?(?:data:|\.\./))", everything) == []


def test_every_sign_in_a_template_exists() -> None:
    used = {name for page in PAGES for name in re.findall(r'{% icon "([^"]+)"', page.read_text())}
    assert used
    assert used - SIGNS == set()


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle=",
        r"<style",
        r"<script(?![^>]*\ssrc=)",
        r"\son[a-z]+=",
        r"hx-on",
        r"https?://[^\"' ]+\.(?:js|css|woff2?)",
    ],
)
def test_no_page_breaks_the_content_security_policy(pattern: str) -> None:
    found = [str(page.relative_to(TEMPLATES)) for page in PAGES if re.search(pattern, page.read_text())]
    assert found == []


@pytest.mark.parametrize("sector", Sector)
def test_sector_has_letters_shape_and_word(sector: Sector) -> None:
    badge = joined_up.sector(sector.value)
    assert f'class="sec {sector.css}"' in badge
    assert f">{sector.letters}</b>" in badge
    assert f'<span class="visually-hidden">{sector.label}</span>' in badge
    assert f"<span>{sector.label}</span>" in joined_up.sector(sector.value, word=True)
    assert f".sec.{sector.css} b" in CSS["look.css"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (12, "12 days ago"),
        (35, "5 weeks ago"),
        (90, "3 months ago"),
        (800, "2 years ago"),
    ],
)
def test_past_days_are_told_in_the_unit_that_people_use(days: int, words: str) -> None:
    assert joined_up.ago(timezone.localdate() - timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (5, "in 5 days"),
        (14, "in 2 weeks"),
        (61, "in 2 months"),
        (-3, "3 days ago"),
    ],
)
def test_coming_days_are_told_in_the_unit_that_people_use(days: int, words: str) -> None:
    assert joined_up.in_days(timezone.localdate() + timedelta(days=days)) == words


def test_dates_times_and_telephones_are_written_one_way() -> None:
    moment = timezone.make_aware(datetime(2026, 7, 3, 9, 5))
    assert (joined_up.day(date(2026, 3, 3)), joined_up.day(None)) == ("3 March 2026", "")
    assert (joined_up.day(moment), joined_up.clock(moment)) == ("3 July 2026", "9.05")
    assert joined_up.phone("01614960000") == '<a href="tel:01614960000">0161 496 0000</a>'
    assert joined_up.phone("0161 496 0000 ext 214") == '<a href="tel:01614960000">0161 496 0000 ext 214</a>'
    assert joined_up.phone_words("ask <b>inside</b>") == "ask <b>inside</b>"
    assert "<b>" not in joined_up.phone("ask <b>inside</b>")


def test_stage_bar_marks_what_is_done_and_where_we_are() -> None:
    steps = re.findall(r"<li([^>]*)>", joined_up.stages("discuss"))
    assert steps == [' class="done"', ' class="done"', ' aria-current="step"', ""]
    assert "On your own<span" in joined_up.stages("discuss")


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-bs-theme="dark"'), ("light", ' data-bs-theme="light"'), ('"><b>', ""), ("", "")],
)
def test_chosen_theme_comes_with_the_page(cookie: str, attribute: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert engines["django"].from_string("{% theme %}").render({}, request) == attribute


def test_query_changes_one_value_and_keeps_the_others() -> None:
    request = RequestFactory().get("/", {"q": "a&b", "page": "3", "sector": ["health", "housing"]})
    page = engines["django"].from_string('{% query page=4 %} {% query page="" q=None %}')
    assert page.render({}, request).replace("&amp;", "&") == (
        "?q=a%26b&sector=health&sector=housing&page=4 ?sector=health&sector=housing"
    )
