"""What people do with what they find: the shortlist, "did it work?", and counts of use without persons."""

import uuid

from django.db import models
from django.db.models import Q

from directory.models.service import Service
from partnerships.models import Membership, Setting


class ShortlistItem(models.Model):
    """A service that somebody of a setting put aside, to compare, print or send."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="shortlist")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="shortlisted")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "service"], name="shortlist_item_once")]

    def __str__(self) -> str:
        return str(self.service)


class ReferralResult(models.Model):
    """What came of one referral. No child, no person who referred, and no day: a need and a month."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WAITING = "waiting", "Put on the waiting list"
        TURNED_AWAY = "turned_away", "Turned away"
        NO_REPLY = "no_reply", "No reply yet"

    class Reason(models.TextChoices):
        FULL = "full", "List full"
        THRESHOLD = "threshold", "Need not high enough"
        TOO_HIGH = "too_high", "Need too high"
        AGE = "age", "Age"
        AREA = "area", "Lives outside the area"
        OTHER_SERVICE = "other_service", "Sent to another service"
        OTHER = "other", "Another reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="referral_results")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="referral_results")
    need = models.CharField(max_length=60, blank=True)
    month = models.DateField()
    result = models.CharField(max_length=12, choices=Result)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)

    class Meta:
        indexes = [models.Index(fields=["service", "month"]), models.Index(fields=["setting", "month"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="") | Q(result="turned_away"), name="referral_reason_when_turned_away"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="referral_result_has_a_month_only"),
        ]

    def __str__(self) -> str:
        return self.get_result_display()


class ServiceAnswer(models.Model):
    """What a service says to the figures about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="answer")
    words = models.TextField(max_length=1000)
    said_by = models.CharField(max_length=120)
    said_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.words


class SearchTerm(models.Model):
    """A search that found nothing, in a week (its Monday). Its words are told after five different visitors."""

    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="search_terms")
    week = models.DateField()
    term = models.CharField(max_length=100)
    visitors = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "week", "term"], name="search_term_once_a_week")
        ]

    def __str__(self) -> str:
        return self.term


class SearchVisitor(models.Model):
    """Keeps one visitor from counting twice. The digest is keyed with a week's salt, and both go when the week ends."""

    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="seen")
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "digest"], name="search_visitor_once")]


class WeekSalt(models.Model):
    week = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)


class Opened(models.Model):
    """How often a sheet was opened in a week (its Monday), from inside a school and by the public."""

    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="sheets_opened")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opened")
    week = models.DateField()
    inside = models.PositiveIntegerField(default=0)
    public = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "service", "week"], name="opened_once_a_week")
        ]
