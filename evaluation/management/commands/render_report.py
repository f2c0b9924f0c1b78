"""A report to governors as a file: the published bytes, or what a draft would be today."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evaluation.models import Report
from evaluation.models.report import FileDamaged
from evaluation.reports.content import report_paper


class Command(BaseCommand):
    help = "Writes a report to governors as a PDF."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="the report's id, as in its address")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *args: Any, id: UUID, out: Path, **options: Any) -> None:
        report = Report.objects.select_related("setting").filter(pk=id).first()
        if report is None:
            raise CommandError(f"There is no report {id}.")
        content = self.content(report)
        try:
            out.write_bytes(content)
        except OSError as problem:
            raise CommandError(f"{out} can’t be written: {problem.strerror}.") from None
        self.stdout.write(f"{out}: {report.name}, {report.setting.name}")

    def content(self, report: Report) -> bytes:
        if report.is_withdrawn:
            raise CommandError(f"{report.name} was withdrawn: {report.withdrawn_reason}")
        if report.is_draft:
            return report_paper(report, on=timezone.localdate()).pdf().content
        try:
            return report.file()
        except FileDamaged:
            raise CommandError(f"The stored file of {report.name} is damaged.") from None
