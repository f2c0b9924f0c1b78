"""Stored versions of instruments: built-in ones, synced from toolkits/instruments, and settings' own."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models

from partnerships.models import Setting

if TYPE_CHECKING:
    from toolkits.instruments.definition import Instrument


class InstrumentVersion(models.Model):
    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        RANKING = "ranking", "Ranking"
        CHECKLIST = "checklist", "Checklist"
        LADDER = "ladder", "Ladder"
        SHEET = "sheet", "Sheet"
        GUIDE = "guide", "Guide"
        REFERENCE = "reference", "Reference"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(
        Setting, on_delete=models.CASCADE, null=True, blank=True, related_name="instrument_versions"
    )
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "code", "version"], nulls_distinct=False, name="instrument_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @cached_property
    def instrument(self) -> "Instrument":
        """The definition as the engine reads it."""
        from toolkits.instruments.definition import Instrument

        return Instrument.from_json(self.definition)
