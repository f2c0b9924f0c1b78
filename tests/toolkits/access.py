"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from typing import TYPE_CHECKING, Any

from partnerships.access import Role
from tests.factories import MembershipFactory, SettingFactory
from toolkits import commands
from toolkits.commands.sheets import save_sheet
from toolkits.models import Activity, AgreedVersion, Participant
from toolkits.stages import Stage

if TYPE_CHECKING:
    from tests.access_samples import Sample, World

PROFILE = "practitioner-profile"


def session(world: "World") -> Activity:
    """A talk that the coordinator runs and the practitioner takes part in; the staff member was not invited."""
    made = world.setting.activities.filter(title=f"{world.mark} session").first()
    if made is None:
        made = commands.start_activity(
            setting=world.setting, code="swot", title=f"{world.mark} session", by=world.coordinator
        )
        commands.invite(activity=made, members=[world.coordinator, world.practitioner], by=None)
        Activity.objects.filter(pk=made.pk).update(stage=Stage.DISCUSS)
        content = {"title": world.mark, "words": world.mark, "zones": [], "actions": [], "people": []}
        AgreedVersion.objects.create(activity=made, number=1, content=content, pdf=b"%PDF")
    return made


def activity(world: "World") -> dict[str, Any]:
    return {"activity": session(world).pk}


def version(world: "World") -> dict[str, Any]:
    return {"activity": session(world).pk, "number": 1}


def card(world: "World") -> dict[str, Any]:
    found = session(world)
    author = found.participants.filter(membership=world.practitioner).first()
    made, _ = found.cards.get_or_create(text=f"{world.mark} card", zone="threats", participant=author)
    return {"activity": found.pk, "card": made.pk}


def participant(world: "World") -> dict[str, Any]:
    found = session(world)
    made, _ = Participant.objects.get_or_create(
        activity=found, guest_name=f"{world.mark} guest", sector="other"
    )
    return {"activity": found.pk, "participant": made.pk}


def tool(world: "World") -> dict[str, Any]:
    return {"code": "swot"}


def sheets(world: "World") -> dict[str, Any]:
    return {"code": PROFILE}


def sheet(world: "World") -> dict[str, Any]:
    save_sheet(
        person=world.practitioner,
        code=PROFILE,
        data={"name": world.mark, "role": [world.mark]},
        by=world.practitioner,
    )
    return {"code": PROFILE, "person": world.practitioner.pk}


def own_sheet(world: "World") -> dict[str, Any]:
    return {key: value for key, value in sheet(world).items() if key != "code"}


def sheet_elsewhere(world: "World") -> dict[str, Any]:
    other = world.coordinator.user.memberships.exclude(pk=world.coordinator.pk).first()
    if other is None:
        other = MembershipFactory.create(
            user=world.coordinator.user, setting=SettingFactory.create(), roles=[Role.PRACTITIONER]
        )
        save_sheet(person=other, code=PROFILE, data={"name": world.mark}, by=other)
    return {"code": PROFILE, "person": world.coordinator.pk, "other": other.pk}


OF_GUESTS = ("activity_state", "activity_paper", "say_agree", "add_card")
OF_VERSIONS = ("version_detail", "version_paper")
OF_CARDS = ("card_detail", "remove_card", "restore_card", "vote_card")
OF_RUNNER = (
    "move_activity",
    "edit_activity",
    "take_part",
    "session_people",
    "open_joining",
    "close_joining",
    "join_screen",
    "write_agreed",
    "merge_cards",
)
OF_RUNNER_CARDS = ("split_card", "make_action")
OF_READERS = ("sheet_detail", "sheet_history", "sheet_paper")
OF_WRITERS = ("sheet_edit", "keep_draft", "drop_draft", "sheet_check", "sheet_review")

SAMPLES: "dict[str, Sample]" = {
    "toolkits:activity_detail": activity,
    "toolkits:guest_activity": activity,
    "toolkits:guest_enter": activity,
    "toolkits:guest_leave": activity,
    "toolkits:uninvite_person": participant,
    "toolkits:card_origin": lambda world: {"card": card(world)["card"]},
    "toolkits:tool_detail": tool,
    "toolkits:start_activity": tool,
    "toolkits:tool_paper": lambda world: {"code": "swot", "variant": "blank"},
    "toolkits:sheet_list": sheets,
    "toolkits:wish_list": sheets,
    "toolkits:copy_sheet": sheet_elsewhere,
    "toolkits:profile_detail": own_sheet,
    "toolkits:profile_edit": own_sheet,
    "toolkits:profile_paper": own_sheet,
    **{f"toolkits:{door}{name}": activity for name in OF_GUESTS for door in ("", "guest_")},
    **{f"toolkits:{door}{name}": version for name in OF_VERSIONS for door in ("", "guest_")},
    **{f"toolkits:{door}{name}": card for name in OF_CARDS for door in ("", "guest_")},
    **{f"toolkits:{name}": activity for name in OF_RUNNER},
    **{f"toolkits:{name}": card for name in OF_RUNNER_CARDS},
    **{f"toolkits:{name}": sheet for name in (*OF_READERS, *OF_WRITERS)},
}
NOT_INVITED = {"staff": 404}
ONLY_RUNNER = {"practitioner": 403, "staff": 404}
ROLES: dict[str, dict[str, int]] = {
    **{
        f"toolkits:{name}": NOT_INVITED
        for name in ("activity_detail", "card_origin", *OF_GUESTS, *OF_VERSIONS)
    },
    **{f"toolkits:{name}": NOT_INVITED for name in OF_CARDS},
    **{f"toolkits:{name}": ONLY_RUNNER for name in ("uninvite_person", *OF_RUNNER, *OF_RUNNER_CARDS)},
    **{f"toolkits:{name}": {"staff": 403} for name in ("profile_edit", *OF_WRITERS)},
    "toolkits:copy_sheet": {"practitioner": 403, "staff": 403},
}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
GUEST: set[str] = set()
