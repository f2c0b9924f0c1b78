"""Tags and filters that every template has (settings: TEMPLATES, builtins)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config import values
from partnerships.sectors import Sector

register = template.Library()

NUMBER_WORDS = "no one two three four five six seven eight nine".split()
THEMES = ("light", "dark")
STAGES = (
    ("individual", "On your own"),
    ("reveal", "Show everyone’s"),
    ("discuss", "Talk"),
    ("agreed", "What we agreed"),
)
HIDDEN = SafeString(' class="visually-hidden"')


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """A sign of static/img/icons.svg. Without a label it is hidden from screen readers: words stand beside it."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="ic" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="ic" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def mark() -> SafeString:
    """The mark of the product, for the wordmark."""
    return format_html('<svg aria-hidden="true"><use href="{}#mark"></use></svg>', static("img/icons.svg"))


@register.simple_tag
@lru_cache(maxsize=100)
def sector(value: str, word: bool = False) -> SafeString:
    """The badge of a sector, with its word beside it or, by default, only read out."""
    found = Sector(value) if value in Sector.values else Sector.OTHER
    return format_html(
        '<span class="sec {}"><b aria-hidden="true">{}</b><span{}>{}</span></span>',
        found.css,
        found.letters,
        "" if word else HIDDEN,
        found.label,
    )


@register.simple_tag(takes_context=True)
def theme(context: Context) -> SafeString:
    """The attribute of <html> for somebody who chose light or dark; else the reader's own preference counts."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return format_html(' data-bs-theme="{}"', chosen) if chosen in THEMES else SafeString()


@register.simple_tag
def stages(current: str, tiny: bool = False) -> SafeString:
    """The stage bar: done, current and to come."""
    codes = [code for code, _ in STAGES]
    at = codes.index(current)
    steps = [
        {"words": words, "number": number + 1, "done": number < at, "current": number == at}
        for number, (_, words) in enumerate(STAGES)
    ]
    return render_to_string("components/chain.html", {"steps": steps, "tiny": tiny})


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form, in the same shape as crispy draws it."""
    return render_to_string("bootstrap5/field.html", {"field": bound})


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """The summary of what is wrong in these forms, once a page: base.html shows it above the heading."""
    waiting = [form for form in forms if form and hasattr(form, "problems") and not form.summary_shown]
    problems = [problem for form in waiting if form.is_bound for problem in form.problems]
    for form in waiting:
        form.summary_shown = True
    if not problems:
        return SafeString()
    context = {"title": _summary_title(problems), "problems": problems}
    return render_to_string("components/error_summary.html", context)


@register.simple_tag(takes_context=True)
def page_errors(context: Context) -> SafeString:
    """The summary for the page's `form` (and `formset`), if it has any."""
    return error_summary(context.get("form"), context.get("formset"))


def _summary_title(problems: Sequence[tuple[str, str]]) -> str:
    count = len([target for target, _ in problems if target])
    if not count:
        return "This could not be saved yet"
    verb = "needs" if count == 1 else "need"
    return f"{number_word(count).capitalize()} {'answer' if count == 1 else 'answers'} {verb} another look"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's own query string with some values changed; None or "" takes one away. For pages and sorting."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.filter
def number_word(count: int) -> str:
    """Up to nine in words, as in running text."""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else thousands(count)


@register.filter
def thousands(count: int) -> str:
    """With commas, as 12,000 is read at a glance."""
    return f"{count:,}"


@register.filter
def day(value: date | datetime | None) -> str:
    """ "3 March 2026"."""
    found = _day_of(value)
    return values.day_words(found) if found else ""


@register.filter
def clock(value: datetime | None) -> str:
    """ "10.42"."""
    return f"{timezone.localtime(value):%-H.%M}" if value else ""


@register.filter
def ago(value: date | datetime | None) -> str:
    """ "today", "yesterday", "12 days ago", "5 weeks ago", "3 months ago"."""
    found = _day_of(value)
    if found is None:
        return ""
    days = (timezone.localdate() - found).days
    if days < 0:
        return in_days(found)
    return {0: "today", 1: "yesterday"}.get(days) or f"{_span(days)} ago"


@register.filter
def in_days(value: date | datetime | None) -> str:
    """ "today", "tomorrow", "in 5 days", "in 2 weeks"; a day that is over reads as `ago`."""
    found = _day_of(value)
    if found is None:
        return ""
    days = (found - timezone.localdate()).days
    if days < 0:
        return ago(found)
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {_span(days)}"


def _day_of(value: date | datetime | None) -> date | None:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value or None


def _span(days: int) -> str:
    """The span in the unit that people use for it: days to two weeks, weeks to two months, months to two years."""
    for limit, length, unit in ((14, 1, "day"), (60, 7, "week"), (730, 30.44, "month")):
        if days < limit:
            return _plural(round(days / length), unit)
    return _plural(round(days / 365.25), "year")


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


@register.filter
def phone(number: str) -> SafeString:
    """A telephone number, grouped, that rings when it is tapped."""
    return format_html('<a href="{}">{}</a>', tel(number), phone_words(number)) if number else SafeString()


@register.filter
@lru_cache(maxsize=1000)
def phone_words(number: str) -> str:
    """Grouped as people write it; what is no number stays as it is."""
    try:
        return values.parse_phone(number)
    except ValueError:
        return number


@register.filter
def tel(number: str) -> str:
    """The address that rings a number."""
    main = phone_words(number).split(" ext ")[0]
    return "tel:" + "".join(sign for sign in main if sign.isdigit() or sign == "+")
