"""The button that puts a service on the reader's shortlist, for lines of results and for sheets."""

from typing import Any

from django import template
from django.template.context import Context

from directory.models import Service
from directory.shortlist import ids_on_shortlist

register = template.Library()


@register.inclusion_tag("directory/_shortlist_button.html", takes_context=True)
def shortlist_button(context: Context, service: Service) -> dict[str, Any]:
    return {"service": service, "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.filter
def is_on_shortlist(service: Service, membership: Any) -> bool:
    return service.pk in ids_on_shortlist(membership)


@register.simple_tag
def shortlist_count(membership: Any) -> int:
    return len(ids_on_shortlist(membership))
