"""Who comes of a service, for its sheet."""

from django import template
from django.db.models import QuerySet

from partnerships.models import Partnership, Visitor
from partnerships.visits import current_visitors

register = template.Library()


@register.simple_tag
def visitors_of(partnership: Partnership) -> QuerySet[Visitor]:
    return current_visitors(partnership.setting).filter(partnership=partnership)
