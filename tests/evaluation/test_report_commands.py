"""Publishing: the next number, the stored file, what never changes, withdrawal."""

import hashlib
import threading
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction

from evaluation.models import Report
from evaluation.models.report import FileDamaged, ReportPart
from evaluation.reports import commands
from evaluation.reports.content import report_paper
from evaluation.reports.store import from_json, to_json
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.evaluation import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting() -> Setting:
    return rows.new_setting()


@pytest.fixture
def by(setting: Setting) -> Membership:
    return rows.member(setting, name="Amara Oduya", job_title="Early help lead")


def publish(report: Report, by: Membership) -> Report:
    report.refresh_from_db()
    return commands.publish_report(report=report, by=by, seen_version=report.version)


def test_publishing_gives_the_next_number_and_keeps_the_very_bytes(setting: Setting, by: Membership) -> None:
    rows.service(setting, "Harbour")
    first = rows.published(setting, by)
    second = rows.published(setting, by)
    assert (first.number, second.number) == (1, 2)
    assert bytes(first.pdf or b"")[:5] == b"%PDF-"
    assert hashlib.sha256(first.file()).hexdigest() == first.pdf_sha256
    assert from_json(first.content or {}).number == 1


def test_numbers_of_two_settings_do_not_meet(setting: Setting, by: Membership) -> None:
    other = rows.new_setting()
    rows.published(setting, by)
    assert rows.published(other, rows.member(other)).number == 1


def test_what_is_kept_is_what_was_printed(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting)
    rows.agreed_session(setting)
    report = rows.draft(setting, by)
    paper = report_paper(report, on=report.created_at.date(), number=1)
    assert from_json(to_json(paper)) == paper


def test_a_published_report_stays_as_it_was_when_its_material_changes(
    setting: Setting, by: Membership
) -> None:
    rows.action(setting, "Share the calendar")
    report = rows.published(setting, by)
    before = (report.file(), report.content)
    setting.actions.update(text="Something else")
    report.refresh_from_db()
    assert (report.file(), report.content) == before


def test_publishing_twice_is_refused(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    with pytest.raises(commands.AlreadyPublished, match="can’t be changed"):
        commands.publish_report(report=report, by=by, seen_version=report.version)
    assert setting.reports.published().count() == 1


def test_a_draft_that_changed_since_it_was_seen_is_not_published(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by)
    Report.objects.filter(pk=report.pk).update(version=report.version + 1, in_short="Other words")
    with pytest.raises(commands.DraftChanged, match="Look at it again"):
        commands.publish_report(report=report, by=by, seen_version=report.version)
    assert setting.reports.published().count() == 0


def test_a_failure_while_the_file_is_made_leaves_a_draft(
    setting: Setting, by: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = rows.draft(setting, by)

    def broken(self: Any) -> None:
        raise MemoryError("the machine stopped")

    monkeypatch.setattr("evaluation.paper.ReportPaper.pdf", broken)
    with pytest.raises(MemoryError):
        publish(report, by)
    report.refresh_from_db()
    assert report.is_draft
    assert report.pdf is None


def test_a_number_taken_while_the_file_was_made_is_passed_over(
    setting: Setting, by: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = rows.draft(setting, by), rows.draft(setting, by)
    drawn = report_paper
    overtaken: list[int] = []

    def overtake(report: Report, **kwargs: Any) -> Any:
        paper = drawn(report, **kwargs)
        if report.pk == slow.pk and not overtaken:
            overtaken.append(kwargs["number"])
            publish(quick, by)
        return paper

    monkeypatch.setattr(commands, "report_paper", overtake)
    published = publish(slow, by)
    assert overtaken == [1]
    assert published.number == 2
    assert from_json(published.content or {}).kicker.endswith("number 2")


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_a_number_each(setting: Setting, by: Membership) -> None:
    drafts = [rows.draft(setting, by) for _ in range(3)]
    ready = threading.Barrier(3)
    numbers: list[int | None] = []

    def run(report: Report) -> None:
        ready.wait(10)
        numbers.append(commands.publish_report(report=report, by=by, seen_version=report.version).number)
        connection.close()

    threads = [threading.Thread(target=run, args=(report,)) for report in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(number or 0 for number in numbers) == [1, 2, 3]
    assert all(report.file() for report in setting.reports.published())


@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"title": "Another title"},
        {"in_short": "Other words"},
        {"questions": "Another question"},
        {"pdf": b"%PDF-other"},
        {"pdf": None, "content": None},
        {"content": {"title": "Other"}},
        {"pdf_sha256": "0" * 64},
        {"sections": [ReportPart.SERVICES]},
    ],
    ids=lambda change: "+".join(change),
)
def test_the_database_refuses_to_change_a_published_report(
    setting: Setting, by: Membership, change: dict[str, Any]
) -> None:
    report = rows.published(setting, by)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)
    assert Report.objects.get(pk=report.pk).file() == report.file()


def test_the_database_refuses_to_delete_a_published_report(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    with pytest.raises(DatabaseError, match="annot delete"), transaction.atomic():
        report.delete()
    assert setting.reports.published().exists()


def test_there_is_no_number_without_a_file(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(number=1, published_at=report.created_at)
    report.refresh_from_db()
    assert report.is_draft


def test_withdrawing_takes_the_file_and_keeps_number_reason_and_date(
    setting: Setting, by: Membership
) -> None:
    report = rows.published(setting, by)
    commands.withdraw_report(report=report, by=by, reason="A figure was wrong.")
    report.refresh_from_db()
    assert (report.pdf, report.content) == (None, None)
    assert (report.number, report.withdrawn_reason) == (1, "A figure was wrong.")
    assert report.withdrawn_at is not None
    assert setting.reports.next_number() == 2


def test_a_withdrawn_report_does_not_come_back(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    kept = report.pdf
    commands.withdraw_report(report=report, by=by, reason="A figure was wrong.")
    for change in (
        {"pdf": kept},
        {"withdrawn_at": None, "withdrawn_reason": ""},
        {"withdrawn_reason": "Never mind"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)


def test_history_keeps_neither_file_nor_content(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by, in_short="Words of the coordinator.")
    history: Any = report
    event = history.events.order_by("-pgh_id").first()
    assert event.number == 1
    assert not {"pdf", "content"} & {field.name for field in event._meta.get_fields()}


def test_a_file_that_was_tampered_with_is_not_given_out(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    report.pdf = b"%PDF-1.7 other"
    with pytest.raises(FileDamaged):
        report.file()


def test_governors_get_a_mail_with_the_link_once_it_is_stored(
    setting: Setting, by: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    governor = rows.member(setting, Role.GOVERNOR)
    rows.member(setting, Role.STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        report = rows.published(setting, by)
    (message,) = [each for each in mail.outbox if "report to governors" in each.subject]
    assert message.to == [governor.user.email]
    assert report.get_absolute_url() in message.body
    assert not message.attachments


def test_a_mail_server_that_is_down_does_not_undo_publishing(
    setting: Setting, by: Membership, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    rows.member(setting, Role.GOVERNOR)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with django_capture_on_commit_callbacks(execute=True):
        report = rows.published(setting, by)
    report.refresh_from_db()
    assert report.number == 1


def test_a_draft_can_be_thrown_away_a_number_not(setting: Setting, by: Membership) -> None:
    report, number = rows.draft(setting, by), rows.published(setting, by)
    commands.remove_draft(report=report, by=by)
    with pytest.raises(commands.AlreadyPublished):
        commands.remove_draft(report=number, by=by)
    assert list(setting.reports.all()) == [number]


def test_a_new_draft_takes_what_has_come_together_since_the_last_number(
    setting: Setting, by: Membership
) -> None:
    old = rows.agreed_session(setting, title="Before")
    rows.published(setting, by, title="How we do", addressed_to="the committee")
    new = rows.agreed_session(setting, title="After")
    report = commands.start_report(setting=setting, by=by)
    assert list(report.activities.all()) == [new]
    assert old in setting.activities.all()
    assert (report.title, report.addressed_to) == ("How we do", "the committee")
