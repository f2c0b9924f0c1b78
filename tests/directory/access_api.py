"""What the access matrix needs to know about the open API."""

from typing import TYPE_CHECKING, Any

from directory.oruk.terms import TAXONOMIES

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def at_location(world: "World") -> dict[str, Any]:
    place, _ = world.partnership.service.places.get_or_create(name=f"{world.mark} Place")
    return {"pk": place.pk}


SAMPLES: "dict[str, Sample]" = {
    "directory:api_service": lambda world: {"pk": world.partnership.service_id},
    "directory:api_at_location": at_location,
    "directory:api_organization": lambda world: {"pk": world.partnership.service.agency_id},
    "directory:api_taxonomy": lambda world: {"pk": TAXONOMIES[0].id},
    "directory:api_term": lambda world: {"pk": TAXONOMIES[0].terms[0].id},
    "directory:api_nothing": lambda world: {"path": "nothing"},
}
