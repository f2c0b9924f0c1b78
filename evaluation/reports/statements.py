"""What partners are asked to add, as one of their people meets it."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from evaluation.models import ReportStatement
from partnerships.models import Membership
from partnerships.registry import Waiting
from partnerships.templatetags.joined_up import day


def statements_for(membership: Membership) -> QuerySet[ReportStatement]:
    """The passages on which `membership` may speak for its service."""
    return ReportStatement.objects.asked_of(membership).select_related(
        "report", "partnership__service", "partnership__setting"
    )


def waiting_statements(membership: Membership) -> Iterable[Waiting]:
    for statement in statements_for(membership).filter(answered_at=None):
        yield Waiting(
            title=f"What the report to governors says about {statement.partnership.service.name}",
            text=f"You can add up to fifty words until {day(statement.until)}.",
            url=reverse("evaluation:answer_statement", args=[membership.setting.slug, statement.pk]),
            verb="Read it",
            minutes=5,
            urgency=3,
        )
