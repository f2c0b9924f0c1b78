"""Lists that are fetched from an address each night, and which sheet each of their records is."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from directory.models.service import Service
from partnerships.models import Membership, Setting


@pghistory.track(
    exclude=["etag", "last_modified", "asked_at", "tried_at", "fetched_at", "report", "problem", "failures"]
)
class Feed(models.Model):
    """An Open Referral feed. `wins`: the field's name → "ours" or "theirs"; a field that is not named is theirs
    while nobody here has changed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(max_length=120)
    address = models.URLField(max_length=500)
    wins = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # while it waits to be fetched
    tried_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["setting", "address"], name="feed_once_in_a_setting")]

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """A record of a feed or of an imported file, the sheet that it became, and what it said last."""

    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="source_records")
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, null=True, blank=True, related_name="records")
    key = models.CharField(max_length=100)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="source_records")
    values = models.JSONField(default=dict)
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="source_record_once_in_a_feed"),
            models.UniqueConstraint(
                fields=["setting", "key"], condition=Q(feed=None), name="source_record_once_in_a_setting"
            ),
        ]

    def __str__(self) -> str:
        return self.key
