"""`manage.py load_postcodes FILE`: the national open file of postcodes, so that distances can be told."""

from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.places.locating import fill_places
from directory.places.postcodes import NotPostcodes, Report, load


class Command(BaseCommand):
    help = "Loads Code-Point Open or the ONS Postcode Directory: a CSV, a folder of them, or their zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.exists():
            raise CommandError(f"There is no file {path}")
        start = perf_counter()
        try:
            report = load(path, lambda name: self.stdout.write(f"Reading {name}"))
        except NotPostcodes as problem:
            raise CommandError(str(problem)) from None
        report.places = fill_places()
        self.tell(report, perf_counter() - start)

    def tell(self, report: Report, seconds: float) -> None:
        self.stdout.write(f"{report.kept:,} postcodes in {seconds:.0f} seconds.")
        for count, words in ((report.ended, "that have ended"), (report.placeless, "without a place")):
            if count:
                self.stdout.write(f"{count:,} {words}: left out.")
        if report.bad:
            self.stdout.write(f"{report.bad:,} rows could not be read:")
            self.stdout.writelines(f"  {example}\n" for example in report.examples)
        self.stdout.write(f"{report.places:,} places of the directory now have their coordinates.")
