"""The tools as a setting's people meet them: on two shelves, each with its first step."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from partnerships.access import Permission
from partnerships.models import Membership, Setting
from toolkits.instruments.definition import Instrument, Kind, Lifecycle, Shelf
from toolkits.paper import LAYOUTS
from toolkits.versions import all_current, current


@dataclass(frozen=True)
class Step:
    """What somebody can do with a tool: the button's words, and where it leads."""

    words: str
    url: str


@dataclass(frozen=True)
class Tool:
    instrument: Instrument
    steps: tuple[Step, ...]

    @property
    def has_paper(self) -> bool:
        return self.instrument.layout in LAYOUTS

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.instrument.kind]


KIND_WORDS = {
    Kind.BOARD: "Cards on a board, together",
    Kind.RANKING: "Put statements in order, alone and together",
    Kind.CHECKLIST: "Each answers alone; results together",
    Kind.LADDER: "Each chooses a step; compared together",
    Kind.SHEET: "A sheet to fill in",
    Kind.GUIDE: "Questions, step by step",
    Kind.REFERENCE: "To read",
}
SHELF_WORDS = {
    Shelf.FRONT: "What teams really use",
    Shelf.MORE: "More tools",
    Shelf.ARCHIVE: "From earlier years",
}


def _board_steps(instrument: Instrument, member: Membership) -> list[Step]:
    if not member.may(Permission.ACTIVITY_RUN):
        return []
    return [
        Step(
            "Start a session", reverse("toolkits:start_activity", args=[member.setting.slug, instrument.code])
        )
    ]


def _checklist_steps(instrument: Instrument, member: Membership) -> list[Step]:
    if not member.may(Permission.ROUND_RUN):
        return []
    return [
        Step(
            "Start a check-in", reverse("evaluation:start_round", args=[member.setting.slug, instrument.code])
        )
    ]


def _sheet_steps(instrument: Instrument, member: Membership) -> list[Step]:
    slug = member.setting.slug
    if any(field.attribute for field in instrument.fields):
        return [Step("Open the directory", reverse("directory:service_list", args=[slug]))]
    args = [slug, instrument.code]
    mine = Step("Fill in mine", reverse("toolkits:sheet_edit", args=[*args, member.pk]))
    team = Step("See the team’s", reverse("toolkits:sheet_list", args=args))
    if not member.may(Permission.PEOPLE_READ):
        return []
    return [mine, team] if member.may(Permission.PROFILE_OWN) else [team]


STEPS: dict[Kind, Callable[[Instrument, Membership], list[Step]]] = {
    Kind.BOARD: _board_steps,
    Kind.CHECKLIST: _checklist_steps,
    Kind.SHEET: _sheet_steps,
}


def tool(code: str, member: Membership) -> Tool:
    """:raises UnknownInstrument: there is no such tool"""
    return _tool(current(code, member.setting).instrument, member)


def _tool(instrument: Instrument, member: Membership) -> Tool:
    steps = STEPS.get(instrument.kind)
    return Tool(instrument, tuple(steps(instrument, member)) if steps else ())


def shelves(member: Membership) -> list[tuple[str, list[Tool]]]:
    """The words of each shelf that holds something, with its tools."""
    tools = [_tool(version.instrument, member) for version in all_current(member.setting).values()]
    tools.sort(key=lambda one: (list(KIND_WORDS).index(one.instrument.kind), one.instrument.title))
    found = [
        (words, [one for one in tools if one.instrument.shelf is shelf])
        for shelf, words in SHELF_WORDS.items()
    ]
    return [(words, ones) for words, ones in found if ones]


def is_run(instrument: Instrument) -> bool:
    """Whether people start sessions of it on the tools page; check-ins and standing sheets have their own."""
    return instrument.kind is Kind.BOARD and instrument.lifecycle is Lifecycle.STAGED


def instrument_for(setting: Setting, code: str) -> Instrument:
    """:raises UnknownInstrument: there is no such tool"""
    return current(code, setting).instrument
