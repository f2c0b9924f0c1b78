"""What stands between a draft and its number: what is missing, and what to look at once more."""

from dataclasses import dataclass

from django.urls import reverse

from evaluation.models import Report
from evaluation.paper import ReportPaper
from evaluation.reports.mail import governors_of
from evaluation.reports.store import texts
from partnerships.paper import day


@dataclass(frozen=True)
class Remark:
    """`url` leads to where it can be put right."""

    text: str
    url: str


@dataclass(frozen=True)
class Check:
    """A draft with problems is not published; warnings are for the coordinator to judge."""

    problems: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    has_material: bool
    has_words: bool
    partners: int

    @property
    def is_ready(self) -> bool:
        return not self.problems


def check(report: Report, paper: ReportPaper) -> Check:
    """Looks at the draft, and at `paper`: what would be printed today."""
    has_material = bool(paper.sections)
    return Check(
        problems=tuple(_problems(report, has_material=has_material)),
        warnings=(*_nobody_to_read_it(report), *_named_people(report, texts(paper))),
        has_material=has_material,
        has_words=bool(report.in_short.strip()),
        partners=len(paper.partner_words),
    )


def _problems(report: Report, *, has_material: bool) -> list[Remark]:
    found = []
    if not has_material:
        found.append(
            Remark("Nothing is chosen yet that the report could show.", _page(report, "report_material"))
        )
    if not report.in_short.strip():
        found.append(
            Remark("“In short” is empty. It stands alone on the first page.", _page(report, "report_words"))
        )
    for statement in report.statements.select_related("partnership__service"):
        if statement.is_waiting:
            name, until = statement.partnership.service.name, day(statement.until)
            words = f"{name} has until {until} to add its words. Wait, or take the passage out."
            found.append(Remark(words, _page(report, "report_partners")))
    return found


def _nobody_to_read_it(report: Report) -> list[Remark]:
    if governors_of(report.setting).exists():
        return []
    words = (
        "No governor has an account yet, so nobody gets the mail. Invite them first, or tell them yourself."
    )
    return [Remark(words, reverse("partnerships:invite_people", args=[report.setting.slug]))]


def _named_people(report: Report, printed: str) -> list[Remark]:
    """Names of members that would be printed: governors are no part of what people say to each other."""
    people = report.setting.memberships.current().values_list("user__full_name", flat=True)
    author = report.created_by.user.full_name if report.created_by else ""
    named = sorted({name for name in people if name and name != author and name in printed})
    return [
        Remark(f"{name} is named. Governors read it: is that meant?", _page(report, "preview_report"))
        for name in named
    ]


def _page(report: Report, name: str) -> str:
    return reverse(f"evaluation:{name}", args=[report.setting.slug, report.pk])
