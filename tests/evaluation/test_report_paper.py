"""The report as a file: its text, its structure, and the command that writes it."""

import logging
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from evaluation.models import Report
from evaluation.reports import commands
from evaluation.reports.content import report_paper
from partnerships.models import Membership, Setting
from tests.evaluation import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting() -> Setting:
    return rows.new_setting(name="Hillside Primary School")


@pytest.fixture
def by(setting: Setting) -> Membership:
    return rows.member(setting, name="Amara Oduya", job_title="Early help lead")


def full_draft(setting: Setting, by: Membership) -> Report:
    """Directory, an agreed session and a team-building check-in: the report of the main path."""
    rows.closed_round(setting, people={"education": 6, "health": 7})
    rows.agreed_session(setting)
    rows.service(setting, "Harbour", days=["MO"])
    rows.action(setting, "Two parents at the table", due_in=-3)
    words = {
        "better": "One list",
        "worries": "A grant ends",
        "asks": "Agree to one form",
        "title": "How we work",
    }
    return rows.draft(setting, by, **words)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_file_says_everything_that_the_page_says(
    setting: Setting, by: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    report = full_draft(setting, by)
    with caplog.at_level(logging.WARNING):
        pdf = report_paper(report, on=timezone.localdate(), number=1).pdf()
    assert caplog.records == []
    text = text_of(pdf.content)
    for words in (
        "Report to the governing body · number 1",
        "We trust each other more than a year ago.",
        "One list",
        "A grant ends",
        "Agree to one form",
        "The pattern: how we see ourselves",
        "13 of 13 people",
        "Where views differ most",
        "Sharing information",
        "We use one referral form.",
        "Two parents at the table",
        "Questions worth asking",
        "Nothing about a single child is held or shown.",
    ):
        assert words in text, words


def test_the_file_is_tagged_titled_and_bookmarked(setting: Setting, by: Membership) -> None:
    reader = PdfReader(BytesIO(rows.published(setting, by, title="How we work").file()))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "How we work"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.outline


def test_the_draft_is_stamped_and_the_number_is_not(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by)
    assert "Report to governors · draft · Draft" in text_of(
        report_paper(report, on=timezone.localdate()).pdf().content
    )
    published = commands.publish_report(report=report, by=by, seen_version=report.version)
    text = text_of(published.file())
    assert "Report to governors · number 1 · Published" in text
    assert "draft" not in text.lower()


def test_render_report_writes_the_published_bytes(setting: Setting, by: Membership, tmp_path: Path) -> None:
    report = rows.published(setting, by)
    call_command("render_report", str(report.pk), out=tmp_path / "r.pdf", stdout=StringIO())
    assert (tmp_path / "r.pdf").read_bytes() == report.file()


def test_render_report_draws_a_draft(setting: Setting, by: Membership, tmp_path: Path) -> None:
    out = StringIO()
    call_command("render_report", str(rows.draft(setting, by).pk), out=tmp_path / "r.pdf", stdout=out)
    assert "Draft" in text_of((tmp_path / "r.pdf").read_bytes())
    assert out.getvalue().endswith("Draft, Hillside Primary School\n")


def test_render_report_says_why_it_can_not(setting: Setting, by: Membership, tmp_path: Path) -> None:
    report = rows.published(setting, by)
    commands.withdraw_report(report=report, by=by, reason="A figure was wrong.")
    with pytest.raises(CommandError, match="There is no report"):
        call_command("render_report", str(uuid4()), out=tmp_path / "r.pdf")
    with pytest.raises(CommandError, match="withdrawn: A figure was wrong"):
        call_command("render_report", str(report.pk), out=tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()
