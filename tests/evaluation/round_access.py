"""What stands in the URLs of check-ins, for the access matrix."""

from typing import TYPE_CHECKING, Any

from evaluation.closing import close_round
from evaluation.models import Phase, Round
from evaluation.rounds.commands import OnPaper, share_round
from partnerships.access import Role
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, started

if TYPE_CHECKING:
    from tests.access_samples import Sample, World

ASKED = (Role.COORDINATOR, Role.PRACTITIONER, Role.STAFF)


def _round(world: "World", phase: Phase, *, is_anonymous: bool = False) -> Round:
    """A check-in that everybody but the governor is asked, and two people on paper."""
    title = f"{world.mark} check-in, {phase}, {is_anonymous}"
    found = world.setting.rounds.with_activity().filter(activity__title=title).first()
    if found:
        return found
    people = [world.people[role] for role in ASKED]
    paper = tuple(
        OnPaper(name=f"{world.mark} guest {n}", agency="Harbour", sector=Sector.HOUSING) for n in (1, 2)
    )
    change: dict[str, Any] = {"title": title, "is_anonymous": is_anonymous, "on_paper": paper}
    if phase is Phase.DRAFT:
        return started(world.coordinator, people, **change)
    made = opened(world.coordinator, people, **change)
    if phase is Phase.SHARED:
        for person in people:
            answer(made, person, "partly", f"{world.mark} wrote this")
        close_round(round_=made, by=world.coordinator)
        made = share_round(round_=made, by=world.coordinator)
    return made


def draft(world: "World") -> dict[str, Any]:
    return {"pk": _round(world, Phase.DRAFT).pk}


def is_open(world: "World") -> dict[str, Any]:
    return {"pk": _round(world, Phase.OPEN).pk}


def without_names(world: "World") -> dict[str, Any]:
    return {"pk": _round(world, Phase.OPEN, is_anonymous=True).pk}


def shared(world: "World") -> dict[str, Any]:
    return {"pk": _round(world, Phase.SHARED).pk}


def paper_form(world: "World") -> dict[str, Any]:
    round_ = _round(world, Phase.OPEN)
    return {
        "pk": round_.pk,
        "participant": round_.activity.participants.guests().order_by("guest_name")[0].pk,
    }


OF_PHASES: "dict[Sample, tuple[str, ...]]" = {
    draft: ("edit_round", "open_round", "open_now", "name_round", "discard_round"),
    is_open: (
        "remind_round",
        "move_closing_day",
        "close_round",
        "answer_round",
        "check_answer",
        "save_answer",
        "change_answer",
        "send_answer",
        "answer_thanks",
    ),
    without_names: ("open_answer",),
    shared: (
        "round_detail",
        "share_round",
        "edit_levels",
        "agree_round",
        "reopen_round",
        "round_paper",
        "round_people",
        "add_round_action",
    ),
}

ROUND_SAMPLES: "dict[str, Sample]" = {
    "evaluation:start_round": lambda world: {"code": "team-building"},
    "evaluation:group_round": lambda world: {**draft(world), "grouping": "wide"},
    "evaluation:type_in": paper_form,
    **{f"evaluation:{name}": sample for sample, names in OF_PHASES.items() for name in names},
}
