"""A spreadsheet on its way into the directory: its rows wait here until somebody has looked."""

import uuid

from django.db import models

from directory.models.service import Service
from partnerships.models import Membership, Setting


class ImportBatch(models.Model):
    class State(models.TextChoices):
        MAPPING = "mapping", "Headings to check"
        PREVIEW = "preview", "Ready to bring in"
        DONE = "done", "Brought in"
        DROPPED = "dropped", "Dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="imports")
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    headings = models.JSONField(default=list)  # theirs, in order
    mapping = models.JSONField(default=dict)  # theirs → ours
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]


class ImportRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    cells = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # [{"field", "value", "problem"}]
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="import_rows")
    link_to = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
