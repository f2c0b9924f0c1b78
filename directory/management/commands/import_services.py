"""Brings a spreadsheet of services into a setting's directory, whatever its headings."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.imports.bring import plan_file
from directory.imports.plan import Plan
from directory.imports.rows import NotASpreadsheet
from directory.imports.working import bring_file
from partnerships.audit import Actor, acting
from partnerships.models import Setting

NO_NAMES = (
    "No column of this list looks like names of services. Write a heading like “Name of service” over the names, "
    "or bring the list in the browser, where you can say which column it is."
)


class Command(BaseCommand):
    help = "Brings a spreadsheet or Open Referral JSON into a directory; the headings are guessed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--setting", required=True, help="the short name in the setting's addresses")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", type=Path, help="where to write the report, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        setting = find_setting(options["setting"])
        plan = self.plan(setting, options["file"])
        if plan.mapping.headings and not plan.mapping.has("name"):
            raise CommandError(NO_NAMES)
        if not options["dry_run"]:
            with acting(Actor.COMMAND, "import_services"):
                bring_file(setting, plan, options["file"].name)
        report = plan.report()
        if options["report"]:
            write(Path(options["report"]), json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        self.tell(plan, report, dry_run=options["dry_run"])

    def plan(self, setting: Setting, path: Path) -> Plan:
        try:
            return plan_file(setting, path.name, path.read_bytes())
        except OSError as problem:
            raise CommandError(f"{path} can’t be read: {problem.strerror}") from None
        except NotASpreadsheet as problem:
            raise CommandError(str(problem)) from None

    def tell(self, plan: Plan, report: dict[str, Any], *, dry_run: bool) -> None:
        self.stdout.write(
            "{kept} services {verb}: {new} new, {changed} changed, {same} the same.".format(
                verb="would be kept" if dry_run else "kept", **report
            )
        )
        if plan.mapping.unused:
            self.stdout.write(f"Columns not used: {', '.join(plan.mapping.unused)}.")
        for step in plan.steps:
            if step.earlier is not None:
                self.stdout.write(f"Row {step.record.number} names the same service as row {step.earlier}.")
            elif step.listed:
                self.stdout.write(
                    f"Row {step.record.number}: another school already lists “{step.listed[0].name}”. "
                    "Bring the list in the browser to use that sheet instead."
                )
        for bad in report["bad"]:
            self.stdout.write(f"Row {bad['row']}, {bad['field']}: “{bad['value'][:60]}”. {bad['problem']}.")


def find_setting(slug: str) -> Setting:
    setting = Setting.objects.filter(slug=slug).first()
    if setting is None:
        raise CommandError(f"There is no setting with the short name “{slug}”.")
    return setting


def write(path: Path, content: str | bytes) -> None:
    """Writes a file that the person named, making its folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as problem:
        raise CommandError(f"{path} can’t be written: {problem.strerror}") from None
