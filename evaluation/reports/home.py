"""What reports add to the pages of everybody: the home page, the checklist of a new setting, the search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from evaluation.reports.demo import ORDER, seed_reports
from evaluation.reports.material import last_report, ready_for
from evaluation.reports.statements import waiting_statements
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.paper import day
from partnerships.registry import Found, Panel, SetupStep, Waiting, registry

FOUND = 5


def register() -> None:
    registry.waiting += [waiting_drafts, waiting_statements]
    registry.panels.append(report_panels)
    registry.setup_steps.append(first_report)
    registry.search.append(found_reports)
    registry.held.append(held_reports)
    registry.demo.append((ORDER, seed_reports))


def waiting_drafts(membership: Membership) -> Iterator[Waiting]:
    if not membership.may(Permission.REPORT_WRITE):
        return
    for report in membership.setting.reports.drafts().listed()[:2]:
        yield Waiting(
            title=f"The report “{report.title}” is not finished",
            text=f"Begun on {day(report.created_at.date())}. To {report.addressed_to}.",
            url=report.get_absolute_url(),
            verb="Go on",
            minutes=15,
            urgency=7,
        )


def report_panels(membership: Membership) -> Iterator[Panel]:
    if membership.may(Permission.REPORT_WRITE):
        yield _writing_panel(membership.setting)
    elif not membership.may(Permission.PEOPLE_READ):
        reports = membership.setting.reports.visible_to(membership)
        context = {"latest": reports.in_force().listed().first(), "setting": membership.setting}
        yield Panel("evaluation/_report_reading_panel.html", context, order=10)


def _writing_panel(setting: Setting) -> Panel:
    context = {
        "setting": setting,
        "draft": setting.reports.drafts().listed().first(),
        "number": setting.reports.next_number(),
        "ready": ready_for(setting),
    }
    return Panel("evaluation/_report_panel.html", context, side=True, order=60)


def first_report(setting: Setting) -> Iterator[SetupStep]:
    url = reverse("evaluation:report_list", args=[setting.slug])
    yield SetupStep("Publish a first report for governors", url, last_report(setting) is not None)


def found_reports(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.REPORT_READ):
        return
    reports = membership.setting.reports.visible_to(membership).listed()
    for report in reports.filter(title__unaccent__icontains=words)[:FOUND]:
        when = f"Published on {day(report.published_at.date())}" if report.published_at else "A draft"
        yield Found(
            kind="Report", title=f"{report.name}: {report.title}", text=when, url=report.get_absolute_url()
        )


def held_reports(membership: Membership) -> tuple[str, Any]:
    """The reports that somebody wrote; their text is the setting's."""
    rows = membership.reports.listed().values("number", "title", "created_at", "published_at")
    return "Reports to governors that you wrote", [
        {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
        for row in rows
    ]
