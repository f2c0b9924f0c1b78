"""Who of a partner service comes to the school, and what the school has seen before they do."""

import uuid
from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnerships.models.partnership import Partnership, Weekday
from partnerships.models.people import Membership


@pghistory.track()
class Visitor(models.Model):
    """A person of a partnership. Each check has its day and who made it; never a certificate's number."""

    CHECKS = ("letter", "photo", "information")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="visitors")
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    days = ArrayField(models.CharField(max_length=2, choices=Weekday), default=list, blank=True)
    times = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=80, blank=True)
    letter_on = models.DateField("assurance letter seen on", null=True, blank=True)
    letter_by = models.CharField("assurance letter seen by", max_length=120, blank=True)
    photo_on = models.DateField("photo checked on", null=True, blank=True)
    photo_by = models.CharField("photo checked by", max_length=120, blank=True)
    information_on = models.DateField("safeguarding information given on", null=True, blank=True)
    information_by = models.CharField("safeguarding information given by", max_length=120, blank=True)
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(days__contained_by=Weekday.values), name="visitor_days_known"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{check}_on": None}) | ~Q(**{f"{check}_by": ""}),
                    name=f"visitor_{check}_checked_by_somebody",
                )
                for check in ("letter", "photo", "information")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def day_words(self) -> str:
        """The own days, or else those of the service here."""
        days = self.days or self.partnership.days
        return ", ".join(day.label for day in Weekday if day in days)

    @property
    def checks(self) -> list[tuple[str, date | None, str]]:
        """(what was to be seen, on which day it was, by whom)."""
        words = ("Assurance letter", "Photo", "Safeguarding information")
        return [
            (label, getattr(self, f"{check}_on"), getattr(self, f"{check}_by"))
            for label, check in zip(words, self.CHECKS, strict=True)
        ]

    @property
    def seen_words(self) -> list[tuple[str, date | None, str]]:
        """As `checks`, those of one day and one person together."""
        together: dict[tuple[date | None, str], list[str]] = {}
        for label, day, who in self.checks:
            together.setdefault((day, who), []).append(label)
        return [
            (", ".join([labels[0], *(label.lower() for label in labels[1:])]), day, who)
            for (day, who), labels in together.items()
        ]

    @property
    def is_ready(self) -> bool:
        """Whether reception may let this person through."""
        return all(getattr(self, f"{check}_on") for check in self.CHECKS)
