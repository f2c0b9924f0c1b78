"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from partnerships.invitations import token_for
from partnerships.models import Invitation, Visitor

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def person(world: "World") -> dict[str, Any]:
    return {"pk": world.practitioner.pk}


def tied_person(world: "World") -> dict[str, Any]:
    world.practitioner.service = world.partnership.service
    world.practitioner.save()
    return person(world)


def invitation(world: "World") -> dict[str, Any]:
    return {"pk": _invitation(world).pk}


def token(world: "World") -> dict[str, Any]:
    return {"token": token_for(_invitation(world))}


def _invitation(world: "World") -> Invitation:
    made, _ = world.setting.invitations.get_or_create(
        email=f"new@{world.slug}.example", full_name=f"{world.mark} Newcomer", roles=["staff"]
    )
    return made


def action(world: "World") -> dict[str, Any]:
    text = f"{world.mark} action"
    made, _ = world.setting.actions.get_or_create(text=text, owner=world.coordinator, due_on=date(2026, 3, 3))
    return {"pk": made.pk}


def term(world: "World") -> dict[str, Any]:
    days = {"starts": date(2026, 1, 5), "ends": date(2026, 2, 13)}
    made, _ = world.setting.terms.get_or_create(name=f"{world.mark} term", defaults=days)
    return {"pk": made.pk}


def visitor(world: "World") -> dict[str, Any]:
    made, _ = Visitor.objects.get_or_create(partnership=world.partnership, name=f"{world.mark} Visitor")
    return {"pk": made.pk}


def past_visitor(world: "World") -> dict[str, Any]:
    name = f"{world.mark} past visitor"
    made, _ = Visitor.objects.update_or_create(
        partnership=world.partnership, name=name, defaults={"left_on": date(2026, 1, 5)}
    )
    return {"pk": made.pk}


OF_ACTIONS = ("action_detail", "edit_action", "finish_action", "reopen_action")

SAMPLES: "dict[str, Sample]" = {
    "partnerships:invitation_detail": token,
    "partnerships:accept_invitation": token,
    "partnerships:send_invitation_again": invitation,
    "partnerships:withdraw_invitation": invitation,
    "partnerships:person_detail": person,
    "partnerships:end_access": person,
    "partnerships:edit_person": lambda world: {"pk": world.coordinator.pk},
    "partnerships:confirm_tie": tied_person,
    "partnerships:drop_action": action,
    **{f"partnerships:{name}": action for name in OF_ACTIONS},
    "partnerships:edit_setting_section": lambda world: {"section": "safeguarding"},
    "partnerships:edit_term": term,
    "partnerships:remove_term": term,
    "partnerships:edit_visitor": visitor,
    "partnerships:end_visits": visitor,
    "partnerships:resume_visits": past_visitor,
}
ROLES: dict[str, dict[str, int]] = {
    "partnerships:edit_person": {"practitioner": 403, "staff": 403},
    "partnerships:setting_logo": dict.fromkeys(("coordinator", "practitioner", "staff", "governor"), 404),
    **{f"partnerships:{name}": {"practitioner": 404, "staff": 404} for name in OF_ACTIONS},
}
SIGNED_IN: set[str] = {
    f"partnerships:{name}"
    for name in (
        *("my", "account_detail", "edit_account", "choose_theme", "download_held"),
        *("download_calendar", "choose_weekly"),
    )
}
PUBLIC: set[str] = set()
GUEST: set[str] = set()
