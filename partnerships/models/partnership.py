"""One setting with one service: what is private between the two."""

import uuid
from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models.setting import Setting


class Weekday(models.TextChoices):
    """As Open Referral writes them."""

    MONDAY = "MO", "Monday"
    TUESDAY = "TU", "Tuesday"
    WEDNESDAY = "WE", "Wednesday"
    THURSDAY = "TH", "Thursday"
    FRIDAY = "FR", "Friday"
    SATURDAY = "SA", "Saturday"
    SUNDAY = "SU", "Sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of a date."""
        return list(cls)[day.weekday()]


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def live(self) -> "PartnershipQuerySet":
        today = timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))

    def with_live_service(self) -> "PartnershipQuerySet":
        """Live ones with a service that is still offered, by its name."""
        found = self.live().filter(service__retired_at=None).select_related("service")
        return found.order_by("service__sort_name")

    def with_days(self) -> "PartnershipQuerySet":
        """Those whose people come on fixed days, in the order of their times."""
        return self.with_live_service().exclude(days=[]).order_by("times", "service__sort_name")


@pghistory.track()
class Partnership(models.Model):
    class Degree(models.TextChoices):
        COEXISTENCE = "coexistence", "Coexistence"
        COOPERATION = "cooperation", "Co-operation"
        COORDINATION = "coordination", "Co-ordination"
        COLLABORATION = "collaboration", "Collaboration"
        COOWNERSHIP = "coownership", "Co-ownership"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="partnerships")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="partnerships")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_telephone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    days = ArrayField(models.CharField(max_length=2, choices=Weekday), default=list, blank=True)
    times = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=80, blank=True)
    degree = models.CharField(max_length=20, choices=Degree, blank=True)
    outcomes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    agreement = models.TextField(max_length=2000, blank=True)
    notes = models.TextField(max_length=2000, blank=True)
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "service"], name="partnership_once"),
            models.CheckConstraint(
                condition=Q(days__contained_by=Weekday.values), name="partnership_days_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.setting} with {self.service}"

    @property
    def day_words(self) -> str:
        return ", ".join(day.label for day in Weekday if day in self.days)

    @property
    def when_words(self) -> str:
        """Days and times: "Monday, Thursday, 10.30 to 12"."""
        return ", ".join(filter(None, [self.day_words, self.times]))
