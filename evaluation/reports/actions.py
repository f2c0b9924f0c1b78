"""The actions of a report: what we said, and what came of it. Owners are named by what they are, not by who."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from config.text import listed
from evaluation.models import Report
from evaluation.models.report import ReportPart
from evaluation.paper import Figure
from evaluation.reports.material import actions_for, last_report
from partnerships.models import Action
from partnerships.paper import ActionLine, day
from partnerships.sectors import Sector

PRINTED = 16
STATES = ("late", "open", "dropped", "done")
SOMEBODY_ELSE = "somebody outside the team"


def chosen_actions(report: Report) -> Sequence[Action]:
    """Those since the last number, the late ones first; none where the section is left out."""
    if ReportPart.ACTIONS not in report.sections:
        return ()
    last = last_report(report.setting)
    since = timezone.localdate(last.published_at) if last and last.published_at else None
    return sorted(actions_for(report.setting, since=since), key=lambda action: STATES.index(action.state))


def action_parts(actions: Sequence[Action], report: Report, on: date) -> dict[str, Any]:
    """The fields of ReportPaper about actions."""
    if not actions:
        return {}
    last = last_report(report.setting)
    left_out = len(actions) - PRINTED
    return {
        "actions": tuple(action_line(action) for action in actions[:PRINTED]),
        "actions_title": f"Actions since number {last.number}" if last else "What we said we would do",
        "actions_note": f"{left_out} more; the full list is with the coordinator." if left_out > 0 else "",
        "actions_based_on": f"{len(actions)} action{'' if len(actions) == 1 else 's'}, {day(on)}",
    }


def actions_figure(actions: Sequence[Action], report: Report) -> Figure | None:
    """As in "9 of 13 actions are done; 3 are late, 1 was dropped"."""
    if not actions:
        return None
    many = Counter(action.state for action in actions)
    last = last_report(report.setting)
    since = f" since number {last.number}" if last else ""
    rest = [
        f"{many['late']} {'is' if many['late'] == 1 else 'are'} late" if many["late"] else "",
        f"{many['dropped']} {'was' if many['dropped'] == 1 else 'were'} dropped" if many["dropped"] else "",
    ]
    told = listed([part for part in rest if part])
    return Figure(
        value=f"{many['done']} of {len(actions)}",
        text=f"actions{since} {'is' if many['done'] == 1 else 'are'} done" + (f"; {told}" if told else ""),
    )


def action_line(action: Action) -> ActionLine:
    who, sector = _owner(action)
    return ActionLine(what=action.text, who=who, when=_when(action), sector=sector, state=action.state)


def _owner(action: Action) -> tuple[str, Sector | None]:
    """A member by job and agency, a partner by its service; a typed name may be anybody's and stays away."""
    if action.owner:
        job = action.owner.job_title or action.owner.role_words
        agency = f", {action.owner.service.agency.name}" if action.owner.service else ""
        return f"{job}{agency}", Sector(action.owner.sector)
    if action.owner_partnership:
        service = action.owner_partnership.service
        return service.name, Sector(service.sector)
    return SOMEBODY_ELSE, None


def _when(action: Action) -> str:
    if action.done_on:
        return f"done {day(action.done_on)}"
    if action.dropped_on:
        return f"dropped {day(action.dropped_on)}"
    return f"due {day(action.due_on)}"
