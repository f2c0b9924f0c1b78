"""Who comes of a service, for its sheet."""

from django import template
from django.db.models import QuerySet
from django.template.context import Context

from partnerships.access import Permission
from partnerships.models import Partnership, Visitor
from partnerships.visits import current_visitors

register = template.Library()


@register.simple_tag(takes_context=True)
def visitors_of(context: Context, partnership: Partnership) -> QuerySet[Visitor] | None:
    """None for those who read the directory, but nothing about people."""
    if not context["request"].membership.may(Permission.PEOPLE_READ):
        return None
    return current_visitors(partnership.setting).filter(partnership=partnership)
