"""The list of actions as it is asked for, on the page and for a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from django.db.models import Q

from partnerships.models import Action, Membership
from partnerships.models.action import ActionQuerySet

STATES = {"": "Open", "late": "Late", "done": "Done", "dropped": "Dropped", "all": "All"}
OWNERS = {"": "Everybody’s", "mine": "Mine", "people": "Other people’s", "services": "Partner services’"}
HEADINGS = ["What", "Who", "By when", "State", "What came of it", "From", "Added on"]
STATE_WORDS = {"done": "Done", "dropped": "Dropped", "late": "Late", "open": "Open"}


@dataclass(frozen=True)
class ActionFilter:
    """What can't be read counts as not asked for."""

    state: str = ""
    whose: str = ""
    words: str = ""
    STATES = tuple(STATES.items())
    OWNERS = tuple(OWNERS.items())

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ActionFilter":
        state, whose = query.get("state", ""), query.get("whose", "")
        return cls(
            state=state if state in STATES else "",
            whose=whose if whose in OWNERS else "",
            words=" ".join(query.get("q", "").split())[:100],
        )

    @property
    def is_on(self) -> bool:
        return bool(self.state or self.whose or self.words)


def chosen_actions(membership: Membership, chosen: ActionFilter) -> ActionQuerySet:
    """Those of the setting that `membership` may see and asks for, the longest late first."""
    found = membership.setting.actions.for_membership(membership).with_owners().in_working_order()
    found = _in_state(found, chosen.state)
    if chosen.whose:
        found = found.filter(_of(membership, chosen.whose))
    for word in chosen.words.split():
        found = found.filter(
            Q(text__unaccent__icontains=word)
            | Q(owner_name__unaccent__icontains=word)
            | Q(owner__user__full_name__unaccent__icontains=word)
            | Q(owner_partnership__service__name__unaccent__icontains=word)
        )
    return found


def _in_state(actions: ActionQuerySet, state: str) -> ActionQuerySet:
    steps = {"": actions.open, "late": actions.late, "done": actions.done, "dropped": actions.dropped}
    return steps.get(state, actions.all)()


def _of(membership: Membership, whose: str) -> Q:
    if whose == "mine":
        return Q(owner=membership)
    if whose == "services":
        return Q(owner_partnership__isnull=False)
    return Q(owner_partnership=None) & (Q(owner=None) | ~Q(owner=membership))


def as_csv(actions: Iterable[Action]) -> str:
    """With a mark at the start by which spreadsheets know UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for action in actions:
        row = [
            action.text,
            action.owner_words,
            action.due_on.isoformat(),
            STATE_WORDS[action.state],
            action.outcome,
            action.origin_words,
            action.created_at.date().isoformat(),
        ]
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
