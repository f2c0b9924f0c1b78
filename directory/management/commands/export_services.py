"""Writes a setting's directory as a spreadsheet or as Open Referral JSON; importing it again changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from directory.downloads import FORMATS
from directory.management.commands.import_services import find_setting, write
from directory.models import Service

CHUNK = 500


class Command(BaseCommand):
    help = "Writes the directory of a setting as CSV, XLSX or Open Referral JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--setting", required=True, help="the short name in the setting's addresses")
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        setting = find_setting(options["setting"])
        services = Service.visible_to(setting).with_parts()
        count = services.count()
        write(options["out"], FORMATS[options["format"]].write(setting, services.iterator(CHUNK), True))
        self.stdout.write(f"{count} services written to {options['out']}.")
