"""Links for people of an agency who have no account: each opens one sheet."""

import uuid
from collections.abc import Iterable
from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models.service import Service
from partnerships.models import Membership, Setting


class AgencyLinkQuerySet(models.QuerySet["AgencyLink"]):
    def asking(self) -> "AgencyLinkQuerySet":
        """Questions "is this still right?" that wait for an answer."""
        return self.filter(purpose=AgencyLink.Purpose.CONFIRM, answered_at=None, ended_at=None)

    def lasting(self) -> "AgencyLinkQuerySet":
        """Links on practitioners' telephones that work."""
        return self.filter(purpose=AgencyLink.Purpose.LASTING, ended_at=None)


@pghistory.track(exclude=["key_hash", "earlier_hashes"])
class AgencyLink(models.Model):
    """Only the hash of the key is kept; the key itself is in the mail. Links end when the sheet changes hands."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "Is this still right?"
        LASTING = "lasting", "For the practitioner’s telephone"

    class Answer(models.TextChoices):
        CORRECT = "correct", "All correct"
        CHANGED = "changed", "Something is different"
        ENDED = "ended", "The service has ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.CONFIRM)
    email = models.EmailField("e-mail")
    person = models.CharField(max_length=120, blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    earlier_hashes = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    """Of the keys in mails that a reminder followed; they open the same sheet."""
    steward = models.ForeignKey(Setting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="agency_links"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AgencyLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [GinIndex(fields=["earlier_hashes"], name="agency_link_earlier_hashes")]
        constraints = [
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(purpose="confirm", answered_at=None, ended_at=None),
                name="agency_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(purpose="lasting") | Q(expires_at__isnull=False), name="agency_link_expires"
            ),
        ]

    @classmethod
    def asking_about(cls, services: Iterable[Service]) -> dict[uuid.UUID, "AgencyLink"]:
        """The question that waits for an answer, by the id of its service."""
        return {link.service_id: link for link in cls.objects.asking().filter(service__in=list(services))}

    @property
    def last_sent_on(self) -> date:
        """The day of the last mail."""
        return timezone.localtime(self.reminded_at or self.sent_at).date()

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.service}"
