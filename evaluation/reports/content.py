"""A report's content: one object, from which its page and its file are drawn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from config.text import lines
from evaluation.models import Report, Round
from evaluation.models.report import DAYS_TO_ADD, WORDS_TO_ADD, ReportPart
from evaluation.paper import Figure, PartnerWords, ReportPaper
from evaluation.reports.actions import action_parts, actions_figure, chosen_actions
from evaluation.reports.material import DirectoryFigures, directory_figures, rounds_for, sessions_for
from evaluation.reports.pattern import RoundFindings, findings, pattern_method, pattern_parts, trend_parts
from evaluation.reports.sessions import session_line
from evaluation.reports.words import counted
from partnerships.paper import School, day

NO_CASE_DATA = "Nothing about a single child is held or shown."


def report_paper(report: Report, *, on: date, number: int = 0) -> ReportPaper:
    """The report as it stands today: the draft (number 0), or under the number that it is about to get."""
    chosen = findings(chosen_rounds(report))
    actions = chosen_actions(report)
    directory = directory_figures(report.setting, on=on) if ReportPart.SERVICES in report.sections else None
    found = (_services_figure(directory), _confirmed_figure(directory, report), _answered_figure(chosen))
    return ReportPaper(
        school=School.of(report.setting),
        title=report.title,
        on=on,
        number=number,
        draft=not number,
        corner=f"To {report.addressed_to}",
        figures=tuple(figure for figure in (*found, actions_figure(actions, report)) if figure),
        in_short=lines(report.in_short),
        better=lines(report.better),
        worries=lines(report.worries),
        asks=lines(report.asks),
        small_print=_small_print(report, number),
        partner_words=partner_words(report),
        questions=lines(report.questions) if ReportPart.QUESTIONS in report.sections else (),
        method=_method(directory, chosen, on),
        **_directory_parts(directory, report, on),
        **pattern_parts(chosen),
        **trend_parts(chosen),
        **_session_parts(report),
        **action_parts(actions, report, on),
    )


def chosen_rounds(report: Report) -> Sequence[Round]:
    """The newest first."""
    return list(rounds_for(report.setting).filter(reports=report))


def _services_figure(directory: DirectoryFigures | None) -> Figure | None:
    if not directory or not directory.services:
        return None
    many = directory.services
    work = "service works" if many == 1 else "services work"
    return Figure(
        value=str(many), text=f"{work} with us, {directory.in_school or 'none'} of them in school each week"
    )


def _confirmed_figure(directory: DirectoryFigures | None, report: Report) -> Figure | None:
    if not directory or not directory.services:
        return None
    months = counted(report.setting.confirm_months, "month")
    return Figure(
        value=f"{directory.confirmed} of {directory.services}",
        text=f"services confirmed within {months} that what we know of them is right",
    )


def _answered_figure(chosen: Sequence[RoundFindings]) -> Figure | None:
    if not chosen:
        return None
    results = chosen[0].results
    return Figure(
        value=f"{results.answered} of {results.invited}", text=f"people asked in {chosen[0].when} answered"
    )


def _directory_parts(directory: DirectoryFigures | None, report: Report, on: date) -> dict[str, Any]:
    if not directory or not directory.services:
        return {}
    return {
        "services": directory.lines,
        "services_words": f"“Confirmed”: within {counted(report.setting.confirm_months, 'month')}, by the service "
        "itself or by us with it.",
        "services_based_on": f"our directory, {day(on)}",
    }


def _session_parts(report: Report) -> dict[str, Any]:
    sessions = [session_line(each) for each in sessions_for(report.setting).filter(reports=report)]
    return {
        "sessions": tuple(sessions),
        "sessions_based_on": counted(len(sessions), "session"),
    }


def partner_words(report: Report) -> tuple[PartnerWords, ...]:
    statements = report.statements.select_related("partnership__service").order_by(
        "partnership__service__sort_name"
    )
    return tuple(
        PartnerWords(agency=each.partnership.service.name, words=each.words, passage=each.passage)
        for each in statements
    )


def _small_print(report: Report, number: int) -> str:
    author = report.created_by
    written = f"Written by {author.user.full_name}, {author.job_title or 'coordinator'}. " if author else ""
    named = (
        f"Every partner named in a passage could read it for {DAYS_TO_ADD} days and add {WORDS_TO_ADD} words. "
        if report.statements.exists()
        else ""
    )
    fixed = f"This number can’t be changed, only followed by number {number + 1}." if number else ""
    return f"{written}{named}{fixed}".strip()


def _method(directory: DirectoryFigures | None, chosen: Sequence[RoundFindings], on: date) -> tuple[str, ...]:
    counts = f"Services: those with a partnership that is under way, as our directory had them on {day(on)}."
    pattern = pattern_method(chosen[0]) if chosen else ()
    return (*((counts,) if directory else ()), *pattern, NO_CASE_DATA)
