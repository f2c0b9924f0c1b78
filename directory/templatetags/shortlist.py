"""What is on the reader's shortlist, for the buttons of results and sheets."""

from typing import Any

from django import template

from directory.models import Service
from directory.use.shortlist import ids_on_shortlist

register = template.Library()


@register.filter
def is_on_shortlist(service: Service, membership: Any) -> bool:
    return service.pk in ids_on_shortlist(membership)


@register.simple_tag
def shortlist_count(membership: Any) -> int:
    return len(ids_on_shortlist(membership))
