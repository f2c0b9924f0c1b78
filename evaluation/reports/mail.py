"""Mails about reports: a link, never a file."""

from django.conf import settings
from django.urls import reverse

from evaluation.models import Report, ReportStatement
from partnerships.access import Role
from partnerships.mail import compose, post
from partnerships.models import Membership, Setting
from partnerships.models.people import MembershipQuerySet


def governors_of(setting: Setting) -> MembershipQuerySet:
    return setting.memberships.current().with_role(Role.GOVERNOR)


def mail_governors(report: Report, *, by: Membership) -> None:
    """Tells each governor that the report can be read."""
    context = {
        "report": report,
        "setting": report.setting,
        "by": by,
        "link": address(report.get_absolute_url()),
    }
    post(
        compose(
            to=each.user.email, template="email/report_published.txt", context={**context, "person": each}
        )
        for each in governors_of(report.setting)
    )


def mail_partner(statement: ReportStatement, *, by: Membership) -> None:
    """Shows the people of a partner's service where they can read the passage, and asks for their words."""
    setting, service = statement.partnership.setting, statement.partnership.service
    people = setting.memberships.current().filter(service=service, tie_confirmed_on__isnull=False)
    path = reverse("evaluation:answer_statement", args=[setting.slug, statement.pk])
    context = {
        "statement": statement,
        "setting": setting,
        "service": service,
        "by": by,
        "link": address(path),
    }
    post(
        compose(
            to=each.user.email, template="email/report_statement.txt", context={**context, "person": each}
        )
        for each in people
    )


def address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
