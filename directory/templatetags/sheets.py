"""Tags of sheets that every template has (settings: TEMPLATES, builtins)."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory import notices
from directory.freshness import Freshness, freshness_of
from directory.imports import mending
from directory.models import Notice, Service, Suggestion
from directory.sheet.values import LABELS
from partnerships.models import Setting
from partnerships.templatetags.joined_up import icon

register = template.Library()


@register.simple_tag
def freshness(service: Any, setting: Setting | None = None, by: bool = False) -> SafeString:
    """The ring with words: confirmed, due or not confirmed for long, by the setting's rules. `by` says by whom."""
    found = freshness_of(service, setting if isinstance(setting, Setting) else None)
    said = format_html(" by {}", found.by) if by and found.by else ""
    return format_html(
        '<span class="fresh {}">{}<span>{}{}</span></span>', _css(found), _sign(found), found.words, said
    )


def _css(found: Freshness) -> str:
    if found.is_fresh:
        return "ok"
    return "old long" if found.is_long else "old"


def _sign(found: Freshness) -> SafeString:
    return icon("confirmed" if found.is_fresh else "warn" if found.is_long else "stale")


@register.simple_tag
def state(service: Service, setting: Setting | None = None) -> SafeString:
    """Whether it can take someone now and whether it is away: a notice first, else what the sheet says."""
    icons = {"ok": "tick", "wait": "clock", "stop": "full"}
    return format_html_join(
        " ",
        '<span class="state {}">{}{}</span>',
        ((kind, icon(icons[kind]), words) for kind, words in notices.signs(service, setting)),
    )


@register.simple_tag
def alerts(service: Service, setting: Setting | None = None) -> list[Notice]:
    return notices.alerts_of(service, setting)


@register.filter
def notice_words(notice: Any) -> str:
    return notices.notice_words(notice)


@register.filter
def about_words(suggestion: Suggestion) -> str:
    """The names of what it would change, or its kind when it is words alone. Uses what with_all fetched."""
    names = [LABELS[change.name] for change in suggestion.changes.all() if change.state == "open"]
    return ", ".join(names) or str(suggestion.get_kind_display())


@register.filter
def column_label(key: str) -> str:
    """What a column, or a value of a record, is called."""
    return mending.label(key)
