"""What the access matrix needs to know about the URLs of bringing lists."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from directory.models import Feed, ImportBatch

if TYPE_CHECKING:
    from tests.access_samples import Sample, World

State = ImportBatch.State


def batch(state: str) -> "Sample":
    """An import of one row, in whose postcode is a slip."""

    def sample(world: "World") -> dict[str, Any]:
        found, _ = ImportBatch.objects.get_or_create(
            setting=world.setting,
            state=state,
            defaults={
                "file_name": f"{world.mark}.csv",
                "heading_row": 1,
                "headings": ["Name", "Postcode"],
                "mapping": {"Name": "name", "Postcode": "postcode"},
                "count": 1,
                "done_at": timezone.now(),
                "report": {"new": 1, "changed": 0, "same": 0, "unused": [], "linked": 0},
            },
        )
        found.rows.get_or_create(
            number=2,
            defaults={
                "cells": [f"{world.mark} Club", "nowhere"],
                "name": f"{world.mark} Club",
                "outcome": "new",
                "service": world.partnership.service,
                "problems": [{"field": "postcode", "value": "nowhere", "problem": "Enter a full postcode"}],
            },
        )
        return {"pk": found.pk}

    return sample


def row_of(state: str) -> "Sample":
    return lambda world: {**batch(state)(world), "number": 2}


def feed(world: "World") -> dict[str, Any]:
    found, _ = Feed.objects.get_or_create(
        setting=world.setting,
        address="https://feeds.example.org/services",
        defaults={"name": f"{world.mark} feed"},
    )
    return {"pk": found.pk}


SAMPLES: "dict[str, Sample]" = {
    **{f"directory:{name}": feed for name in ("feed_detail", "fetch_now", "wins_edit", "remove_feed")},
    "directory:import_columns": batch(State.MAPPING),
    "directory:choose_headings": batch(State.MAPPING),
    "directory:import_preview": batch(State.PREVIEW),
    "directory:import_detail": batch(State.READING),
    "directory:choose_rows": batch(State.PREVIEW),
    "directory:bring_in": batch(State.PREVIEW),
    "directory:read_again": batch(State.FAILED),
    "directory:undo_import": batch(State.DONE),
    "directory:download_rows": batch(State.DONE),
    "directory:drop_import": batch(State.PREVIEW),
    "directory:import_result": batch(State.DONE),
    "directory:mend_row": row_of(State.DONE),
    "directory:leave_row": row_of(State.DONE),
}
