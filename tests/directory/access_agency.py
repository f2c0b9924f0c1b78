"""What the access matrix needs to know about asking agencies and about their links."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from config.keys import hashed
from directory.models import Service

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def kept(world: "World") -> dict[str, Any]:
    return {"pk": world.partnership.service_id}


def agency_key(world: "World") -> dict[str, Any]:
    """The key of a question that waits for an answer."""
    key = f"{world.slug}-key"
    service = world.partnership.service
    service.links.get_or_create(
        key_hash=hashed(key),
        defaults={
            "email": "ask@example.org",
            "steward": world.setting,
            "expires_at": timezone.now() + timedelta(days=60),
        },
    )
    return {"token": key}


def agency_part(world: "World") -> dict[str, Any]:
    return {**agency_key(world), "part": "about"}


def agency_row(world: "World") -> dict[str, Any]:
    return {**agency_key(world), "part": "times"}


def phone_key(world: "World") -> dict[str, Any]:
    """The key of a link on a practitioner's telephone; on a page without a school, nobody made it."""
    key = f"{world.slug}-phone"
    fields = {"purpose": "lasting", "email": "tom@example.org", "steward": world.setting}
    if world.people:
        fields["made_by"] = world.coordinator
    world.partnership.service.links.get_or_create(key_hash=hashed(key), defaults=fields)
    return {"token": key}


def phone_part(world: "World") -> dict[str, Any]:
    return {**phone_key(world), "part": "about"}


def phone_row(world: "World") -> dict[str, Any]:
    return {**phone_key(world), "part": "times"}


def phone(world: "World") -> dict[str, Any]:
    phone_key(world)
    link = world.partnership.service.links.get(purpose="lasting")
    return {"pk": world.service.pk, "link": link.pk}


def agency_suggested(world: "World") -> dict[str, Any]:
    """A sheet that the agency keeps, with a suggestion that waits for it."""
    return {**agency_key(world), "pk": _suggested(world)}


def phone_suggested(world: "World") -> dict[str, Any]:
    return {**phone_key(world), "pk": _suggested(world)}


def _suggested(world: "World") -> Any:
    service = world.partnership.service
    email = "hello@harbour.example.org"
    Service.objects.filter(pk=service.pk).update(steward=None, visibility="listed", email=email)
    service.links.update(steward=None, email=email)
    made, _ = service.suggestions.get_or_create(source="public", words="It has moved.")
    return made.pk


NOT_THEIRS = ("directory:lasting_list", "directory:renew_link", "directory:end_link")
SAMPLES: "dict[str, Sample]" = {
    "directory:ask_service": kept,
    "directory:record_call": kept,
    "directory:lasting_list": kept,
    "directory:renew_link": phone,
    "directory:end_link": phone,
    "directory:agency_answer": agency_key,
    "directory:agency_moved": agency_key,
    "directory:lasting_moved": phone_key,
    "directory:agency_ended": agency_key,
    "directory:agency_goes_on": agency_key,
    "directory:lasting_ended": phone_key,
    "directory:lasting_goes_on": phone_key,
    "directory:agency_part": agency_part,
    "directory:agency_row": agency_row,
    "directory:agency_suggestion": agency_suggested,
    "directory:lasting_suggestion": phone_suggested,
    "directory:lasting_link": phone_key,
    "directory:lasting_figures": phone_key,
    "directory:lasting_sheet": phone_key,
    "directory:lasting_part": phone_part,
    "directory:lasting_row": phone_row,
    "directory:say_usual": phone_key,
}
