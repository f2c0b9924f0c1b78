"""A printed instrument: blank, or with fields to fill in on a screen."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnerships.models import Setting
from partnerships.paper import School
from toolkits.instruments import UnknownInstrument, instrument
from toolkits.paper import blank_paper


class Command(BaseCommand):
    help = "Writes an instrument as a PDF, blank or to fill in."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the instrument's code, as in list_instruments")
        parser.add_argument("--variant", choices=["blank", "fillable"], default="blank")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument("--setting", metavar="SLUG", help="the school whose name and logo stand on it")

    def handle(
        self, *args: Any, code: str, variant: str, out: Path, setting: str | None, **options: Any
    ) -> None:
        try:
            definition = instrument(code)
        except UnknownInstrument as unknown:
            raise CommandError(str(unknown)) from None
        paper = blank_paper(definition, school=self.school(setting), on=timezone.localdate())
        try:
            out.write_bytes(paper.pdf(fillable=variant == "fillable").content)
        except OSError as problem:
            raise CommandError(f"{out} can’t be written: {problem.strerror}.") from None
        self.stdout.write(f"{out}: {definition.title}, {variant}")

    def school(self, slug: str | None) -> School:
        if slug is None:
            return School(name="Joined Up")
        try:
            return School.of(Setting.objects.get(slug=slug))
        except Setting.DoesNotExist:
            raise CommandError(f"There is no school “{slug}”.") from None
