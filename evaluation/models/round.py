"""Evaluation's side of a checklist: dates, results as they were fixed at closing, and the levels agreed on."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from partnerships.models import Membership, Setting, Term
from toolkits.models import Activity


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(opened_at__isnull=False, closed_at=None)

    def closed(self) -> "RoundQuerySet":
        return self.filter(closed_at__isnull=False)


@pghistory.track(exclude=["results"])
class Round(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="rounds")
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="round")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    opens_on = models.DateField()
    closes_on = models.DateField()
    minimum = models.PositiveSmallIntegerField(default=5)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(null=True, blank=True)  # fixed at closing
    agreed_words = models.TextField(max_length=2000, blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="rounds_started")
    version = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(closed_at__isnull=False), name="round_shared_once_closed"
            ),
            models.CheckConstraint(condition=Q(minimum__gte=5), name="round_minimum_at_least_five"),
        ]

    def __str__(self) -> str:
        return self.activity.title


@pghistory.track()
class AgreedLevel(models.Model):
    """The level that the group settled on for one statement, after talking."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreed_levels")
    statement = models.SlugField(max_length=60)
    level = models.SlugField(max_length=40)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "statement"], name="agreed_level_once")]
