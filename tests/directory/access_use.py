"""What the access matrix needs to know about the shortlist, results of referrals, pathways and figures."""

from typing import TYPE_CHECKING, Any

from directory.models import Pathway, PathwayService
from directory.use import referrals

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def listed(world: "World") -> dict[str, Any]:
    return {"pk": world.partnership.service_id}


def told(world: "World") -> dict[str, Any]:
    """A result that was told just now, with its token."""
    pk = world.partnership.service_id
    token = referrals.tell_result(
        setting=world.setting,
        service=world.service,
        result="accepted",
        key=referrals.new_form_key(world.setting, world.service),
    )
    return {"pk": pk, "token": token}


def pathway(world: "World") -> dict[str, Any]:
    found, _ = Pathway.objects.get_or_create(
        setting=world.setting, slug="sleep", defaults={"need": f"{world.mark} sleep", "is_public": True}
    )
    found.steps.get_or_create(service=world.partnership.service)
    return {"need": found.slug}


def pathway_step(world: "World") -> dict[str, Any]:
    named = pathway(world)
    return {**named, "step": PathwayService.objects.get(pathway__setting=world.setting).pk}


ONLY_THE_SERVICE = {"coordinator": 403, "practitioner": 403, "staff": 403, "governor": 403}
"""Practitioners of the service itself, with their tie confirmed."""

SAMPLES: "dict[str, Sample]" = {
    **{
        f"directory:{name}": listed
        for name in (
            *("add_to_shortlist", "remove_from_shortlist", "tell_result", "say_about_result"),
            *("undo_result", "answer_figures"),
        )
    },
    **{
        f"directory:{name}": pathway
        for name in (
            *("pathway_detail", "edit_pathway", "pathway_paper", "add_to_pathway", "retire_pathway"),
            *("put_back_pathway", "pathway_changes"),
        )
    },
    "directory:told_detail": told,
    "directory:export_use": lambda world: {"kind": "weeks"},
    "directory:take_off_pathway": pathway_step,
    "directory:move_in_pathway": pathway_step,
    "directory:public_pathway_detail": lambda world: {"slug": world.slug, **pathway(world)},
}
ROLES: dict[str, dict[str, int]] = {"directory:answer_figures": ONLY_THE_SERVICE}
