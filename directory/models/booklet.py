"""The directory of a setting as one PDF: made in the background, kept until the next one."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Membership, Setting


class Booklet(models.Model):
    SILENCE = timedelta(minutes=2)
    """No sign of life for so long: the worker died, or none runs."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="booklets")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="booklets")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    wanted = models.JSONField(default=dict)  # chosen sectors, needs and parts; {} is all of them
    progress = models.PositiveIntegerField(default=0)  # sheets that are through
    sheets = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)  # until it is ready: the last sign of life

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(content__isnull=False), name="booklet_ready_has_content"
            )
        ]

    @property
    def is_under_way(self) -> bool:
        pending = self.state in {self.State.WAITING, self.State.MAKING}
        return pending and (self.done_at or self.created_at) > timezone.now() - self.SILENCE

    def __str__(self) -> str:
        return f"Directory of {self.setting}"
