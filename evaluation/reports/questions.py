"""Questions worth asking, as the figures suggest them. The coordinator takes, rewords or leaves each."""

from collections.abc import Iterable
from datetime import date

from evaluation.models import Report
from evaluation.reports.actions import chosen_actions
from evaluation.reports.content import chosen_rounds
from evaluation.reports.material import directory_figures
from evaluation.reports.pattern import RoundFindings, difference_words, findings, most_different
from partnerships.models import Setting
from partnerships.paper import day
from partnerships.sectors import Sector
from toolkits.checklist import scale_of

OF_EACH = 2
EXPECTED = (Sector.HEALTH, Sector.SOCIAL_CARE, Sector.POLICE, Sector.HOUSING, Sector.VOLUNTARY)
"""Sectors that a team around a school is hardly complete without."""


def suggested_questions(report: Report, *, on: date) -> tuple[str, ...]:
    """What stands out first: late actions, what is not in place, where views differ, what is out of date or missing."""
    newest = next(iter(findings(chosen_rounds(report))), None)
    return (
        *_late(report),
        *(_not_in_place(newest) if newest else ()),
        *(_differing(newest) if newest else ()),
        *_directory(report.setting, on),
    )


def _late(report: Report) -> Iterable[str]:
    late = [action for action in chosen_actions(report) if action.state == "late"]
    for action in late[:OF_EACH]:
        yield f"“{action.text}” was due on {day(action.due_on)}. What stands in the way?"


def _not_in_place(found: RoundFindings) -> Iterable[str]:
    """Statements on which most of those who chose a level chose the lowest."""
    lowest = scale_of(found.instrument).levels[0]
    shares = {
        statement.key: statement.counts.get(lowest.key, 0) / sum(statement.counts.values())
        for statement in found.statements
        if statement.counts and sum(statement.counts.values())
    }
    most = sorted((key for key in shares if shares[key] > 0.5), key=lambda key: -shares[key])
    for key in most[:OF_EACH]:
        text = found.instrument.statement(key).text
        yield f"Most of us say “{lowest.text}” to “{text}”. What would it take?"


def _differing(found: RoundFindings) -> Iterable[str]:
    for statement in most_different(found)[:OF_EACH]:
        text = found.instrument.statement(statement.key).text
        yield f"On “{text}”: {difference_words(found, statement)} Why do we see it so differently?"


def _directory(setting: Setting, on: date) -> Iterable[str]:
    figures = directory_figures(setting, on=on)
    stale = figures.services - figures.confirmed
    if stale:
        have = "service has" if stale == 1 else "services have"
        yield f"{stale} of {figures.services} {have} not confirmed for a long time what we know of them. Who asks them?"
    present = {line.sector for line in figures.lines}
    missing = [sector for sector in EXPECTED if sector not in present]
    if figures.services and missing:
        yield f"Nobody from {missing[0].label.lower()} works with us. Do our children need it?"
