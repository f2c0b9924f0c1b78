"""What came of referrals, on a sheet."""

from typing import Any

from django import template
from django.template.context import Context

from directory import keeping
from directory.models import Service
from directory.use import referrals

register = template.Library()


@register.inclusion_tag("directory/_did_it_work.html", takes_context=True)
def did_it_work(context: Context, service: Service) -> dict[str, Any]:
    request = context["request"]
    may_tell = referrals.may_tell(request.membership, service)
    is_own = keeping.is_own(request.membership, service)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "service": service,
        "figures": referrals.figures_of(service, request.setting, is_own=is_own),
        "answer": referrals.answer_of(service),
        "is_own": is_own,
        "key": referrals.new_form_key(request.setting, service) if may_tell else "",
        "results": referrals.Result.choices,
    }
