"""A mail as a page: the text that is sent, with its headings, lists and buttons as such.

The text is the mail; what it means is seen in how it is written. "Words:" above an address of ours is a button,
a line above dashes a heading, lines that begin with "- " are a list, "Words:" above other lines is a fact.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

BUTTON_LENGTH, LABEL_LENGTH = 40, 60


@dataclass(frozen=True)
class Item:
    """Of a list; with the address that stands below it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    kind: str
    title: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def as_page(subject: str, text: str) -> str:
    return render_to_string("email/letter.html", {"subject": subject, **parts_of(text)})


def parts_of(text: str) -> dict[str, Any]:
    """What templates/email/_blocks.html shows."""
    blocks = blocks_of(text)
    return {"blocks": blocks, "button": next((block for block in blocks if block.kind == "button"), None)}


def blocks_of(text: str) -> list[Block]:
    lines = [line.rstrip() for line in text.splitlines()]
    groups = [tuple(group) for is_full, group in groupby(lines, bool) if is_full]
    return [block for group in groups for block in _blocks(group)]


def _blocks(lines: tuple[str, ...]) -> list[Block]:
    first = next((number for number, line in enumerate(lines) if line.startswith("- ")), None)
    if first is not None:
        return [*(_blocks(lines[:first]) if first else []), Block("list", items=_items(lines[first:]))]
    if len(lines) == 2 and not lines[1].strip("-"):
        return [Block("heading", lines[0])]
    label, rest = lines[0].removesuffix(":"), lines[1:]
    if rest and label != lines[0]:
        is_ours = rest[0].startswith(f"{settings.SITE_URL}/")
        if is_ours and len(rest) == 1 and len(label) <= BUTTON_LENGTH:
            return [Block("button", label, rest)]
        if not is_ours and len(label) <= LABEL_LENGTH:
            return [Block("fact", label, rest)]
    return [Block("words", lines=lines)]


def _items(lines: tuple[str, ...]) -> tuple[Item, ...]:
    items: list[Item] = []
    for line in lines:
        if line.startswith("- "):
            items.append(Item(line.removeprefix("- ")))
        elif line.strip().startswith(f"{settings.SITE_URL}/"):
            items[-1] = Item(items[-1].words, line.strip())
        else:
            items[-1] = Item(f"{items[-1].words} {line.strip()}", items[-1].url)
    return tuple(items)
