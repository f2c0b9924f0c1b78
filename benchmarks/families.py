"""What the first visit to the public page of a school transfers: page, styles, script, signs and fonts."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.figures import Figure

MOST = 150.0
WITHOUT_FONTS = 20.0
STATIC_PART = re.compile(r'(?:href|src)="/static/([^"#]+)')
FONT = re.compile(r'url\("\.\./(lib/fonts/[^"]+)"\)')
PAGES = {"list": "directory:public_list", "search box for a website": "directory:public_embed"}


def run() -> Iterator[Figure]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for words, name in PAGES.items():
            yield from figures_of(words, reverse(name, args=["hillside"]))


def figures_of(words: str, address: str) -> Iterator[Figure]:
    response = Client().get(address, headers={"accept-encoding": "gzip"})
    page = gzip.decompress(response.content).decode()
    parts = {name for name in STATIC_PART.findall(page) if not name.endswith("woff2")}
    fonts = {name for part in parts if part.endswith(".css") for name in FONT.findall(file(part).read_text())}
    small = len(response.content) + sum(len(gzip.compress(file(name).read_bytes())) for name in parts)
    whole = small + sum(file(name).stat().st_size for name in fonts)
    yield Figure(name=f"public {words}: page alone", value=len(response.content) / 1000, unit="KB")
    yield Figure(
        name=f"public {words}: with styles, script, signs", value=small / 1000, unit="KB", limit=WITHOUT_FONTS
    )
    yield Figure(name=f"public {words}: with fonts, first visit", value=whole / 1000, unit="KB", limit=MOST)


def file(name: str) -> Path:
    return Path(settings.STATIC_ROOT) / name
