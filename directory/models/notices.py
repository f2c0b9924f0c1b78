"""What holds for a while: list full, not in this week, closed until, an alert. Each ends by itself.

Only the end of a service holds until somebody takes it back, and it is told before it comes.
"""

import uuid
from datetime import date, timedelta

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models.service import Service
from partnerships.models import Setting


class NoticeQuerySet(models.QuerySet["Notice"]):
    def current(self, day: date | None = None) -> "NoticeQuerySet":
        day = day or timezone.localdate()
        has_begun = Q(starts_on__lte=day) | Q(kind=Notice.Kind.ENDED)
        return self.filter(has_begun, Q(ends_on=None) | Q(ends_on__gte=day), ended_at=None)

    def endings(self) -> "NoticeQuerySet":
        """Of services that have ended, or are about to."""
        return self.filter(kind=Notice.Kind.ENDED, setting=None, ended_at=None)


@pghistory.track()
class Notice(models.Model):
    """Of a service, at every school or (`setting`) at one. `ends_on` is the last day on which it holds."""

    class Kind(models.TextChoices):
        AWAY = "away", "Not in this week"
        FULL = "full", "List full"
        WAITING = "waiting", "Waiting now"
        CLOSED = "closed", "Closed until"
        ALERT = "alert", "To know now"
        ENDED = "ended", "Has ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="notices")
    setting = models.ForeignKey(
        Setting, on_delete=models.CASCADE, null=True, blank=True, related_name="service_notices"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=200, blank=True)
    weeks = models.PositiveSmallIntegerField("weeks to wait", null=True, blank=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=120)
    said_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at"]
        indexes = [
            models.Index(fields=["service", "ends_on"]),
            models.Index(
                fields=["service"],
                condition=Q(kind="ended", setting=None, ended_at=None),
                name="notice_of_an_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="notice_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["alert", "ended"]) | Q(ends_on__isnull=False),
                name="notice_ends_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()

    @property
    def is_ahead(self) -> bool:
        """The end of a service that is still to come."""
        return self.starts_on > timezone.localdate()

    @property
    def last_day(self) -> date:
        """On which people can turn to a service that ends."""
        return self.starts_on - timedelta(days=1)
