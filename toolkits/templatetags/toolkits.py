"""Tags and filters for the pages of tools and sessions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template

from config.values import day_words
from partnerships.sectors import Sector
from toolkits.seats import Seat

register = template.Library()


@register.simple_tag
def seat_url(seat: Seat, name: str, *args: Any) -> str:
    """The address of one of the session's pages, as this person reaches it."""
    return seat.url(name, *args)


@register.simple_tag
def url_of(links: Any, key: str) -> str:
    """The address kept under a key; nothing where there are none."""
    return links.get(key, "") if isinstance(links, Mapping) else ""


@register.filter
def iso_day(value: str) -> str:
    """A day as it was kept, "2026-03-03", as people read it."""
    return day_words(date.fromisoformat(value))


@register.simple_tag
def wrong_count(questions: Any) -> int:
    """How many of a sheet's questions have an answer to mend."""
    return sum(question.is_wrong for question in questions)


@register.simple_tag
def cell(row: Mapping[str, Any], key: str) -> str:
    """One cell of a kept row."""
    return str(row.get(key, ""))


@register.filter
def sector_css(sectors: list[str]) -> str:
    """The colour of a kept card's edge: the first sector that wrote it."""
    return Sector(sectors[0]).css if sectors else ""
