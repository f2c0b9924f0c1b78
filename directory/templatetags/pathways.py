"""Pathways that fit what somebody looks for, above the results."""

from typing import Any

from django import template
from django.template.context import Context

from directory.models import Pathway
from directory.use.pathways import current, matching
from partnerships.models import Setting

register = template.Library()
MOST = 2


@register.inclusion_tag("directory/_pathways_found.html", takes_context=True)
def pathways_found(context: Context, words: str) -> dict[str, Any]:
    request = context["request"]
    found = matching(request.setting, words)[:MOST] if words else []
    return {"request": request, "found": found}


@register.simple_tag
def public_pathways(setting: Setting, words: str) -> list[Pathway]:
    """Those that fit the words; without words all that families may read."""
    found = matching(setting, words) if words else current(setting)
    return [pathway for pathway in found if pathway.is_public]
