"""Fails when a built-in instrument's content has changed without a new version."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkits.instruments import builtin, lock


class Command(BaseCommand):
    help = "Checks that the content of every built-in instrument is the one recorded for its version."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accept", action="store_true", help="record the content of new version numbers")

    def handle(self, *args: Any, accept: bool, **options: Any) -> None:
        instruments, versions = builtin().values(), lock.read()
        if accept and (new := lock.accept(instruments, versions)) != versions:
            lock.write(new)
            versions = new
        if problems := lock.problems(instruments, versions):
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(instruments)} instruments: content and versions agree.")
