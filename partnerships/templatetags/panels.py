"""Blocks that other apps add to a page (partnerships.registry)."""

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from partnerships.registry import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: Context, block: Panel) -> SafeString:
    """Draws a panel: its template sees its own context beside the page's."""
    found = get_template(block.template).template  # type: ignore[attr-defined]
    with context.push(**block.context):
        return SafeString(found.render(context))
