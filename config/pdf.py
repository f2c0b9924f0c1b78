"""The one way to a PDF: a template, a locked fetcher, PDF/UA, and what is costly kept between sheets.

Nothing is ever fetched: pictures are `data:`, fonts have an address of their own scheme and stand in a list.
"""

import atexit
import gc
import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from config import fonts

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

logger = logging.getLogger(__name__)

ACCENT = "#7b1e57"
SHADES = {"#f9eef4": 0.06, "#ecd0df": 0.21, "#c07a9f": 0.57}
"""The tints of the accent in paper.css, and how much of the accent each holds."""
READABLE = 4.5
SCHEME = "paper:"
STYLESHEET = Path(settings.BASE_DIR) / "static" / "css" / "paper.css"

_lock = RLock()  # Pango's font map is not safe across threads


class Pdf(NamedTuple):
    content: bytes
    html: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class ForbiddenAddress(ValueError):
    """Something on paper asked for an address that is not ours."""


OnPage = Callable[[int], None]
"""Is told the number of each page as it is laid out. What it raises ends the rendering."""


def render(
    template: str,
    context: Mapping[str, Any],
    *,
    fillable: bool = False,
    accent: str = "",
    on_page: OnPage | None = None,
) -> Pdf:
    """The template as a tagged PDF, and the HTML that it was made from.

    `fillable` makes real form fields. `accent` (#rrggbb) replaces the product's own
    where it can be read on white.
    """
    html = render_to_string(template, {**context, "fillable": fillable})
    return Pdf(write(html, fillable=fillable, accent=accent, on_page=on_page), html)


def write(html: str, *, fillable: bool = False, accent: str = "", on_page: OnPage | None = None) -> bytes:
    """`html` as a PDF. The same HTML gives the same bytes."""
    from weasyprint import HTML

    with _lock, _not_collecting(), _telling(on_page):
        content: bytes = HTML(string=html, url_fetcher=fetcher()).write_pdf(
            stylesheets=[stylesheet(usable_accent(accent))],
            font_config=font_configuration(),
            pdf_variant="pdf/ua-1",
            pdf_forms=fillable or None,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    return content


@contextmanager
def _not_collecting() -> Iterator[None]:
    """A sheet is some million objects that all live until it is written: looking for garbage among them meanwhile
    takes a fifth of the time and finds little."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _PageHandler(logging.Handler):
    """Hears WeasyPrint's log of its progress: the one way to learn how far a long layout is."""

    def __init__(self, on_page: OnPage) -> None:
        super().__init__(logging.INFO)
        self.on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        if record.args and isinstance(record.args, tuple) and " Page %d" in record.msg:
            self.on_page(int(str(record.args[0])))


@contextmanager
def _telling(on_page: OnPage | None) -> Iterator[None]:
    if on_page is None:
        yield
        return
    progress, handler = logging.getLogger("weasyprint.progress"), _PageHandler(on_page)
    before = progress.level, progress.propagate
    progress.addHandler(handler)
    progress.setLevel(logging.INFO)
    progress.propagate = False
    try:
        yield
    finally:
        progress.removeHandler(handler)
        progress.setLevel(before[0])
        progress.propagate = before[1]


@cache
def fetcher() -> "URLFetcher":
    """Gives `data:` and the fonts of `font_files`; refuses and logs every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LockedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            if path := font_files().get(url):
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            logger.error("Paper asked for an address that is not allowed: %s", url[:200])
            raise ForbiddenAddress(url[:200])

    return LockedFetcher(allowed_protocols=["data"], allow_redirects=False)


@cache
def font_files() -> dict[str, Path]:
    """Every address that a sheet may fetch, and the file behind it."""
    folder = Path(settings.VAR_DIR) / "lib" / "fonts"
    fonts.build(folder)
    return {f"{SCHEME}{face.name}.ttf": folder / f"{face.name}.ttf" for face in fonts.FACES}


@cache
def font_configuration() -> "FontConfiguration":
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(forget_fonts)
    return FontConfiguration()


def forget_fonts() -> None:
    """Lets the font configuration go, and its folder of copied fonts with it."""
    font_configuration.cache_clear()
    gc.collect()


@lru_cache(maxsize=64)
def stylesheet(accent: str) -> "CSS":
    """paper.css, parsed once for each accent."""
    from weasyprint import CSS

    css = STYLESHEET.read_text()
    for tint, share in SHADES.items():
        css = css.replace(tint, mixed(accent, share) if accent != ACCENT else tint)
    return CSS(string=css.replace(ACCENT, accent), url_fetcher=fetcher(), font_config=font_configuration())


def usable_accent(accent: str) -> str:
    """`accent` where it is a colour that can be read on white; else the product's own."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        return ACCENT
    return accent.lower() if contrast_on_white(accent) >= READABLE else ACCENT


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def mixed(colour: str, share: float) -> str:
    """`share` of the colour on white."""
    return "#" + "".join(f"{round(255 - share * (255 - channel)):02x}" for channel in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
