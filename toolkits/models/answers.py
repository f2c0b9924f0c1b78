"""What people put into checklists and sheets: by name, or without one.

Anonymous answers hold no person, no time and no order. While a round is open they stand in AnonymousAnswer; closing
copies them in random order to ClosedAnswer and truncates the first, so that nothing joins them to the invitations.
"""

import uuid

import pghistory
from django.db import models

from partnerships.models import Membership
from partnerships.sectors import Sector
from toolkits.models.activity import Activity, Participant


@pghistory.track()
class Contribution(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="contributions")
    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="contribution")
    data = models.JSONField(default=dict)
    is_draft = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["activity"])]

    def __str__(self) -> str:
        return f"{self.activity_id}, version {self.version}"


class Draft(models.Model):
    """What somebody is typing, kept as they go. It has no history, and goes when it is handed in."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    data = models.JSONField(default=dict)
    based_on = models.PositiveIntegerField(default=0)  # the version of the contribution it began from
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "by"], nulls_distinct=False, name="draft_once_each"
            )
        ]


class AnonymousAnswer(models.Model):
    """An answer without a name, while its round is open. The browser alone holds the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="anonymous_answers")
    sector = models.CharField(max_length=20, choices=Sector)
    key_hash = models.CharField(max_length=64, unique=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)


class PendingMark(models.Model):
    """Somebody has answered without a name; marked on the participant in shuffled batches, then forgotten."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, primary_key=True)

    def __str__(self) -> str:
        return str(self.pk)


class ClosedAnswer(models.Model):
    """An answer without a name, after closing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="closed_answers")
    sector = models.CharField(max_length=20, choices=Sector)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)
