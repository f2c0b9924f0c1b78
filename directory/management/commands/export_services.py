"""Writes a setting's directory as a spreadsheet; importing it again changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory import exports
from directory.management.commands.import_services import find_setting, write
from directory.models import Service


class Command(BaseCommand):
    help = "Writes the directory of a setting as CSV or XLSX."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--setting", required=True, help="the short name in the setting's addresses")
        parser.add_argument("--format", required=True, choices=["csv", "xlsx", "oruk"])
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        setting = find_setting(options["setting"])
        if options["format"] == "oruk":
            raise CommandError("Open Referral export is not yet available.", returncode=2)
        services = Service.visible_to(setting).with_parts()
        rows = list(exports.table(setting, services, with_private=True))
        is_csv = options["format"] == "csv"
        write(options["out"], exports.as_csv(rows) if is_csv else exports.as_xlsx(rows, setting.called))
        self.stdout.write(f"{len(rows) - 1} services written to {options['out']}.")
