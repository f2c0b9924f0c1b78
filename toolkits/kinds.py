"""What differs between kinds of instrument, behind the pages: one entry each, no code for a single instrument."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partnerships.models import Membership
from toolkits.instruments.definition import Kind
from toolkits.models import Activity
from toolkits.refusals import MoveRefused


@dataclass(frozen=True)
class KindRules:
    """`freeze` makes the agreed version; `ready` raises MoveRefused as long as nothing can be agreed."""

    freeze: Callable[[Activity, Membership | None], Any] | None = None
    ready: Callable[[Activity], None] | None = None
    tells_invited: bool = False
    takes_guests: bool = False


def _board_ready(activity: Activity) -> None:
    if not activity.agreed_words.strip():
        raise MoveRefused("Write down in words what you agreed, then go on.")


def _freeze_board(activity: Activity, by: Membership | None) -> Any:
    from toolkits.commands.agreeing import freeze_board

    return freeze_board(activity, by)


RULES: dict[Kind, KindRules] = {
    Kind.BOARD: KindRules(freeze=_freeze_board, ready=_board_ready, tells_invited=True, takes_guests=True),
    Kind.CHECKLIST: KindRules(),
    Kind.SHEET: KindRules(),
}


def of(activity: Activity) -> KindRules:
    return RULES[activity.instrument_version.instrument.kind]


def freeze(activity: Activity, by: Membership | None) -> None:
    rules = of(activity)
    if rules.ready:
        rules.ready(activity)
    if rules.freeze:
        rules.freeze(activity, by)
