"""Reports to governors: a draft, then numbered, stored and never changed again."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnerships.models import Membership, Partnership, Setting


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> "ReportQuerySet":
        """Numbered reports; withdrawn ones are among them, without their file."""
        return self.filter(number__isnull=False)

    def drafts(self) -> "ReportQuerySet":
        return self.filter(number=None)


@pghistory.track(exclude=["pdf"])
class Report(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120, default="How well we work together")
    addressed_to = models.CharField(max_length=120, default="the full governing body")
    in_short = models.TextField(max_length=1200, blank=True)
    better = models.TextField(max_length=600, blank=True)  # one a line
    worries = models.TextField(max_length=600, blank=True)
    asks = models.TextField(max_length=600, blank=True)
    questions = models.TextField(max_length=800, blank=True)
    sections = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    rounds = models.ManyToManyField("evaluation.Round", blank=True, related_name="reports")
    activities = models.ManyToManyField("toolkits.Activity", blank=True, related_name="reports")
    content = models.JSONField(null=True, blank=True)  # what the PDF was made from
    pdf = models.BinaryField(null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="reports")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    shared_with_staff = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-number", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "number"], condition=Q(number__isnull=False), name="report_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=None, published_at=None)
                | Q(number__isnull=False, published_at__isnull=False),
                name="report_numbered_when_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ReportStatement(models.Model):
    """Up to fifty words that a partner named in a report adds to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="statements")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="report_statements")
    passage = models.TextField(max_length=1200)
    words = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "partnership"], name="report_statement_once")
        ]
