"""`manage.py render_activity ID --out FILE.pdf`: a session on paper, as everybody may see it."""

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from toolkits.models import Activity, Contribution
from toolkits.papers import PAPERS
from toolkits.sheet_paper import sheet_pdf


class Command(BaseCommand):
    help = "Writes the PDF of a session: the agreed one as it is kept, else a draft. A profile or sheet: the sheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="the id of the session, or of somebody's sheet")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, id: str, out: Path, **options: Any) -> None:
        content = _content(_uuid(id))
        try:
            out.write_bytes(content)
        except OSError as problem:
            raise CommandError(f"{out} can’t be written: {problem.strerror}.") from problem
        self.stdout.write(f"{out}: {len(content)} bytes")


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CommandError(f"“{text}” is no id. Copy it from the session’s address.") from None


def _content(pk: uuid.UUID) -> bytes:
    sheet = Contribution.objects.filter(pk=pk, activity__lifecycle="standing").first()
    if sheet and sheet.participant.membership:
        return sheet_pdf(sheet, sheet.participant.membership).content
    found = Q(pk=pk) | Q(round__pk=pk)  # a check-in's address has the id of its round
    activity = Activity.objects.select_related("instrument_version", "setting").filter(found).first()
    if activity is None:
        raise CommandError(f"There is no session {pk}.")
    maker = PAPERS.get(activity.instrument_version.instrument.kind)
    if maker is None:
        raise CommandError(
            f"“{activity.title}” is printed by its check-in, or for each person: give a sheet’s id."
        )
    try:
        return maker(activity)
    except ValueError as problem:
        raise CommandError(str(problem)) from None
