"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from directory.models import Booklet
from tests.directory import access_agency, access_api, access_imports, access_keeping, access_use

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def listed(world: "World") -> dict[str, Any]:
    return {"pk": world.partnership.service_id}


def booklet(world: "World") -> dict[str, Any]:
    found, _ = Booklet.objects.get_or_create(
        setting=world.setting, defaults={"state": Booklet.State.READY, "content": b"%PDF-"}
    )
    return {"pk": found.pk}


def notice(world: "World") -> dict[str, Any]:
    service = world.partnership.service
    found, _ = service.notices.get_or_create(
        kind="full", defaults={"setting": world.setting, "ends_on": date(2999, 1, 1), "said_by": world.mark}
    )
    return {"pk": service.pk, "notice": found.pk}


def taken_off(world: "World") -> dict[str, Any]:
    return {"pk": world.partnership.pk}


NOT_THEIRS = {"practitioner": 403, "staff": 403, "governor": 403}
"""Only the keeper's coordinators, and practitioners whose tie is confirmed."""

SAMPLES: "dict[str, Sample]" = {
    **access_imports.SAMPLES,
    **access_keeping.SAMPLES,
    **access_api.SAMPLES,
    **access_use.SAMPLES,
    **{
        f"directory:{name}": listed
        for name in (
            *(
                "service_detail",
                "service_paper",
                "service_changes",
                "service_edit",
                "confirm_service",
                "say_notice",
                "say_ended",
            ),
            *("service_visibility", "partnership_edit", "link_service", "take_off_service"),
        )
    },
    "directory:edit_section": lambda world: {**listed(world), "part": "about"},
    "directory:add_row": lambda world: {**listed(world), "part": "places"},
    "directory:put_back_service": taken_off,
    "directory:end_notice": notice,
    "directory:booklet_paper": booklet,
    "directory:cancel_booklet": booklet,
    "directory:public_list": lambda world: {"slug": world.slug},
    "directory:public_service": lambda world: {"slug": world.slug, "pk": world.service.pk},
    **{
        f"directory:{name}": lambda world: {"slug": world.slug, "pk": world.service.pk}
        for name in ("say_problem", "problem_sent")
    },
    "directory:public_embed": lambda world: {"slug": world.slug},
}
ROLES: dict[str, dict[str, int]] = {
    **access_keeping.ROLES,
    **access_use.ROLES,
    "directory:service_edit": NOT_THEIRS,
    "directory:edit_section": NOT_THEIRS,
    "directory:add_row": NOT_THEIRS,
    "directory:confirm_service": NOT_THEIRS,
    "directory:say_notice": NOT_THEIRS,
    "directory:say_ended": NOT_THEIRS,
    "directory:end_notice": NOT_THEIRS,
}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
GUEST: set[str] = set()
SAMPLES |= access_agency.SAMPLES
ROLES |= dict.fromkeys(access_agency.NOT_THEIRS, NOT_THEIRS)
