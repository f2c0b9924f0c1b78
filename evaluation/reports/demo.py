"""The demo's reports: number 1 of last term, and number 2 as it is being written."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from evaluation.models import Report
from evaluation.models.report import ReportPart
from evaluation.reports.commands import publish_report
from evaluation.reports.material import rounds_for, sessions_for
from evaluation.reports.questions import suggested_questions
from partnerships.demo import uid
from partnerships.models import Membership, Setting

ORDER = 70
"""After everything that a report can be made from."""
AFTER_CLOSING = timedelta(days=16)
WITHOUT_CHECK_IN = timedelta(days=100)
NUMBER_1 = {
    "in_short": "Our partners share a purpose and trust the people who lead. The weak side is what we know about "
    "effects: we do much, and seldom count what comes of it. Families are asked, but are not often in the room.",
    "better": "One list of who is in school on which day\nReception tells the school nurse the same day when a family "
    "moves house\nFirst training day together",
    "worries": "The bereavement charity’s grant ends in spring\nNobody counts who is turned away",
    "asks": "Agree to one term’s trial of a single referral form\nName a governor who joins the meeting each half term",
}
NUMBER_2 = {
    "in_short": "Trust has grown, and we see the team more alike than before. Most of what we said we would do is "
    "under way; some of it is late.",
    "better": "Trust: from “partly” towards “in place”\nRoom 4 is free for visitors all week",
    "worries": "",
    "asks": "",
}


def seed_reports() -> None:
    hillside = Setting.objects.get(slug="hillside")
    by = hillside.memberships.get(user__email="coordinator@demo.example")
    if hillside.reports.exists():
        return
    rounds = list(rounds_for(hillside))
    earlier = rounds[1:] or rounds
    published_at = _published_at(earlier[0].closed_at if earlier else None)
    first = _draft(hillside, by, "number 1", NUMBER_1, [ReportPart.SERVICES, ReportPart.QUESTIONS])
    first.rounds.set(earlier)
    first.activities.set(sessions_for(hillside).filter(agreed_versions__agreed_at__lte=published_at))
    _ask(first, on=timezone.localdate(published_at))
    publish_report(report=first, by=by, seen_version=first.version, at=published_at)
    second = _draft(hillside, by, "number 2", NUMBER_2, list(ReportPart))
    second.rounds.set(rounds)
    second.activities.set(list(sessions_for(hillside))[:1])
    _ask(second, on=timezone.localdate())


def _published_at(closed_at: datetime | None) -> datetime:
    now = timezone.now()
    return min(closed_at + AFTER_CLOSING, now - timedelta(days=3)) if closed_at else now - WITHOUT_CHECK_IN


def _draft(
    setting: Setting, by: Membership, name: str, words: dict[str, str], sections: list[ReportPart]
) -> Report:
    report: Report = setting.reports.create(
        id=uid("report", setting.slug, name), created_by=by, sections=sections, **words
    )
    return report


def _ask(report: Report, *, on: date) -> None:
    report.questions = "\n".join(suggested_questions(report, on=on)[:5])
    report.save(update_fields=["questions"])
