"""Writes a setting's directory as a booklet."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from directory.booklet.pages import booklet_paper
from directory.management.commands.import_services import find_setting, write


class Command(BaseCommand):
    help = "Writes the directory of a setting as a PDF: cover, contents, a sheet a page, index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--setting", required=True, help="the short name in the setting's addresses")
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        paper = booklet_paper(find_setting(options["setting"]))
        write(options["out"], paper.pdf().content)
        count = sum(len(chapter.entries) for chapter in paper.chapters)
        self.stdout.write(f"A booklet of {count} services written to {options['out']}.")
