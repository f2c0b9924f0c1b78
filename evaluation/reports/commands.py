"""What happens to a report: begun, published under the next number, withdrawn; and the words that a partner adds."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation.models import Report, ReportStatement
from evaluation.models.report import ReportPart
from evaluation.reports.content import report_paper
from evaluation.reports.mail import mail_governors, mail_partner
from evaluation.reports.material import rounds_for, sessions_for
from evaluation.reports.questions import suggested_questions
from evaluation.reports.store import to_json
from partnerships.models import Membership, Partnership, Setting

logger = logging.getLogger(__name__)
TRIES = 5
FIRST_QUESTIONS = 5


class NotPublished(Exception):
    """Nothing was published, and the draft is as it was. The message is for the person."""


class AlreadyPublished(NotPublished):
    def __init__(self) -> None:
        super().__init__(
            "This report is published. It can’t be changed any more, only followed by the next number."
        )


class DraftChanged(NotPublished):
    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this draft after you opened the page. Look at it again, then publish."
        )


@transaction.atomic
def start_report(*, setting: Setting, by: Membership) -> Report:
    """A draft of the next number: everything that has come together since the last one, and questions to begin with."""
    report: Report = setting.reports.create(
        created_by=by, sections=list(ReportPart.values), **_carried_over(setting)
    )
    since = _last_published_at(setting)
    rounds, sessions = rounds_for(setting), sessions_for(setting)
    newest = rounds.first()
    if newest:
        code = newest.activity.instrument_version.code
        report.rounds.set([each for each in rounds if each.activity.instrument_version.code == code])
    report.activities.set(sessions.filter(stage_changed_at__gt=since) if since else sessions)
    report.questions = "\n".join(suggested_questions(report, on=timezone.localdate())[:FIRST_QUESTIONS])
    report.save(update_fields=["questions"])
    return report


def _carried_over(setting: Setting) -> dict[str, str]:
    last = setting.reports.published().listed().first()
    return {"title": last.title, "addressed_to": last.addressed_to} if last else {}


def _last_published_at(setting: Setting) -> datetime | None:
    return setting.reports.published().listed().values_list("published_at", flat=True).first()


def publish_report(
    *, report: Report, by: Membership, seen_version: int, at: datetime | None = None
) -> Report:
    """The draft as it was seen, under the setting's next number, with its file; governors get a mail with the link.

    The file is made before anything is written and then stored with the number in one statement: whatever dies on
    the way, there is no number without a file. Of two who publish at once, each gets a number of its own.
    `at`: a moment that is over, for what was published earlier; then nobody is told.

    :raises NotPublished: it is published already, has changed since it was seen, or its number kept being taken
    """
    for _ in range(TRIES):
        number = report.setting.reports.next_number()
        if _published_as(number, report=report, by=by, seen_version=seen_version, at=at):
            report.refresh_from_db()
            return report
    raise NotPublished("Other reports were published at the same moment. Please publish again.")


def _published_as(
    number: int, *, report: Report, by: Membership, seen_version: int, at: datetime | None
) -> bool:
    """False where somebody else took the number while the file was made."""
    now = at or timezone.now()
    draft = report.setting.reports.get(pk=report.pk)
    _still_the_draft(draft, seen_version)
    paper = report_paper(draft, on=timezone.localdate(now), number=number)
    pdf = paper.pdf()
    with transaction.atomic():
        report.setting.hold()
        draft = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        _still_the_draft(draft, seen_version)
        if draft.setting.reports.next_number() != number:
            return False
        draft.number, draft.published_at, draft.version = number, now, draft.version + 1
        draft.content, draft.pdf, draft.pdf_sha256 = to_json(paper), pdf.content, pdf.sha256
        draft.save(update_fields=["number", "published_at", "version", "content", "pdf", "pdf_sha256"])
        if at is None:
            transaction.on_commit(lambda: mail_governors(draft, by=by), robust=True)
    return True


def _still_the_draft(report: Report, seen_version: int) -> None:
    if not report.is_draft:
        raise AlreadyPublished
    if report.version != seen_version:
        raise DraftChanged


@transaction.atomic
def withdraw_report(*, report: Report, by: Membership, reason: str) -> None:
    """The file and its content go; number, reason and date stay. Withdrawing twice changes nothing."""
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.is_draft or locked.is_withdrawn:
        return
    locked.pdf, locked.content = None, None
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason
    locked.version += 1
    locked.save(update_fields=["pdf", "content", "withdrawn_at", "withdrawn_reason", "version"])
    logger.info("Report %s of %s was withdrawn by %s", locked.number, locked.setting_id, by.pk)


@transaction.atomic
def share_report(*, report: Report, by: Membership, with_staff: bool) -> None:
    """Opens a published report to the setting's staff, or closes it again."""
    Report.objects.filter(pk=report.pk, number__isnull=False).update(shared_with_staff=with_staff)


@transaction.atomic
def remove_draft(*, report: Report, by: Membership) -> None:
    """Throws a draft away. A published report stays."""
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not locked.is_draft:
        raise AlreadyPublished
    locked.delete()


@transaction.atomic
def ask_partner(*, report: Report, partnership: Partnership, passage: str, by: Membership) -> ReportStatement:
    """Puts a passage about a partner into the draft, and asks the partner's people for up to fifty words.

    A passage that has changed is asked about anew, for another five days.
    """
    locked = _next_version(report)
    statement, is_new = locked.statements.get_or_create(
        partnership=partnership, defaults={"passage": passage}
    )
    if is_new or statement.passage != passage:
        statement.passage, statement.asked_at, statement.answered_at = passage, timezone.now(), None
        statement.version += 1
        statement.save()
        transaction.on_commit(lambda: mail_partner(statement, by=by), robust=True)
    return statement


@transaction.atomic
def answer_statement(*, statement: ReportStatement, words: str, by: Membership) -> None:
    """What the partner adds; nothing is an answer too."""
    _next_version(statement.report)
    locked = ReportStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    locked.words, locked.answered_at, locked.version = words, timezone.now(), locked.version + 1
    locked.save()


@transaction.atomic
def remove_statement(*, statement: ReportStatement, by: Membership) -> None:
    """Takes the passage about a partner, and what it added, out of the draft."""
    _next_version(statement.report)
    statement.delete()


def _next_version(report: Report) -> Report:
    """Locks the draft and counts it on, so that nobody publishes what they have not seen."""
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not locked.is_draft:
        raise AlreadyPublished
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked
