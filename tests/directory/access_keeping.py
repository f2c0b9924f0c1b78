"""What the access matrix needs to know about suggestions, history, handing over and joining."""

from typing import TYPE_CHECKING, Any

from directory.changes.versions import versions_of
from directory.models import HandOver, Service, Suggestion
from tests.factories import ServiceFactory, SettingFactory

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def first_version(world: "World") -> dict[str, Any]:
    service = world.partnership.service
    return {"pk": service.pk, "moment": versions_of(service)[0].number}


def suggestion(world: "World") -> dict[str, Any]:
    """To a sheet that the setting keeps, from somebody who is not a member."""
    service = world.partnership.service
    found, _ = Suggestion.objects.get_or_create(
        service=service, source="public", closed_at=None, defaults={"words": f"{world.mark} words"}
    )
    return {"pk": found.pk}


def kept(world: "World") -> dict[str, Any]:
    return {"pk": world.partnership.service_id}


def offer(world: "World") -> dict[str, Any]:
    """Of the keeping of a sheet, made by this setting to another."""
    service = world.partnership.service
    found = HandOver.objects.open().filter(service=service).first()
    return {"pk": (found or HandOver.objects.create(service=service, giver=world.setting)).pk}


def two_sheets(world: "World") -> dict[str, Any]:
    """Both kept by the setting."""
    name = f"{world.mark} Twin"
    twin = world.setting.services_kept.filter(name=name).first()
    twin = twin or ServiceFactory(name=name, steward=world.setting)
    return {"pk": world.partnership.service_id, "other": twin.pk}


def ours_and_theirs(world: "World") -> dict[str, Any]:
    """Both listed; the second is kept by another school."""
    found = []
    for name, steward in (("Listed", world.setting), ("Elsewhere", None)):
        known = Service.objects.filter(name=f"{world.mark} {name}").first()
        keeper = steward or (known.steward if known else SettingFactory())
        found.append(
            known or ServiceFactory(name=f"{world.mark} {name}", steward=keeper, visibility="listed")
        )
    return {"pk": found[0].pk, "other": found[1].pk}


HIDDEN = {"practitioner": 404, "staff": 404, "governor": 404}
"""Only whoever decides; for the others it does not exist."""
NOT_THEIRS = {"practitioner": 403, "staff": 403, "governor": 403}

SAMPLES: "dict[str, Sample]" = {
    "directory:restore_service": first_version,
    "directory:offer_hand_over": kept,
    "directory:hand_over_detail": offer,
    "directory:accept_hand_over": offer,
    "directory:end_hand_over": offer,
    "directory:choose_same": kept,
    "directory:suggest_change": kept,
    "directory:suggest_words": kept,
    "directory:suggest_section": lambda world: {**kept(world), "part": "about"},
    "directory:suggest_row": lambda world: {**kept(world), "part": "contacts"},
    "directory:join_services": two_sheets,
    "directory:dismiss_same": two_sheets,
    "directory:ask_to_join": ours_and_theirs,
    "directory:suggestion_detail": suggestion,
    "directory:take_suggestion": suggestion,
    "directory:decline_suggestion": suggestion,
    "directory:take_off_suggestion": suggestion,
}
ROLES: dict[str, dict[str, int]] = {
    "directory:restore_service": NOT_THEIRS,
    "directory:offer_hand_over": NOT_THEIRS,
    "directory:hand_over_detail": HIDDEN,
    "directory:accept_hand_over": {**HIDDEN, "coordinator": 403},
    "directory:end_hand_over": HIDDEN,
    "directory:suggestion_detail": HIDDEN,
    "directory:take_suggestion": HIDDEN,
    "directory:decline_suggestion": HIDDEN,
    "directory:take_off_suggestion": NOT_THEIRS,
}
