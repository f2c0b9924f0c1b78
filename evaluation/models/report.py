"""Reports to governors: a draft, then numbered, stored and never changed again."""

import hashlib
import uuid
from datetime import date, timedelta
from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.access import Permission, Role
from partnerships.models import Membership, Partnership, Setting

DAYS_TO_ADD = 5
WORDS_TO_ADD = 50
FIXED = (
    "number",
    "title",
    "addressed_to",
    "in_short",
    "better",
    "worries",
    "asks",
    "questions",
    "sections",
    "pdf_sha256",
    "published_at",
)
"""What nothing changes on a published row: not a mistake in the product, not somebody at the database."""


def changed(*fields: str) -> pgtrigger.Q:
    """One of these columns gets another value."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in fields))


class FileDamaged(Exception):
    """The stored file is not the one that was published."""


class ReportPart(models.TextChoices):
    """The parts of a report for which no material is chosen."""

    SERVICES = "services", "The services that work with us"
    ACTIONS = "actions", "What we said we would do, and whether it is done"
    QUESTIONS = "questions", "Questions worth asking"


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> "ReportQuerySet":
        """Numbered reports; withdrawn ones are among them, without their file."""
        return self.filter(number__isnull=False)

    def drafts(self) -> "ReportQuerySet":
        return self.filter(number=None)

    def in_force(self) -> "ReportQuerySet":
        """Published and not withdrawn."""
        return self.published().filter(withdrawn_at=None)

    def visible_to(self, membership: Membership) -> "ReportQuerySet":
        """Those that `membership` may read: drafts are the coordinator's, staff read what is shared with them."""
        if membership.may(Permission.REPORT_WRITE):
            return self
        if membership.roles == [Role.STAFF.value]:
            return self.in_force().filter(shared_with_staff=True)
        return self.published()

    def listed(self) -> "ReportQuerySet":
        """For lists: without the files and what they were made from."""
        return self.defer("pdf", "content").order_by("-number", "-created_at")

    def next_number(self) -> int:
        highest: int | None = self.aggregate(highest=Max("number"))["highest"]
        return (highest or 0) + 1


@pghistory.track(exclude=["pdf", "content"])
class Report(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120, default="How well we work together")
    addressed_to = models.CharField(max_length=120, default="the full governing body")
    in_short = models.TextField(max_length=1200, blank=True)
    better = models.TextField("what got better", max_length=600, blank=True)  # one a line
    worries = models.TextField("what worries us", max_length=600, blank=True)
    asks = models.TextField("what we ask of you", max_length=600, blank=True)
    questions = models.TextField("questions worth asking", max_length=1500, blank=True)
    sections = ArrayField(models.SlugField(max_length=40, choices=ReportPart), default=list, blank=True)
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
            models.CheckConstraint(
                condition=Q(number=None, pdf=None, content=None, pdf_sha256="", withdrawn_at=None)
                | Q(number__isnull=False, withdrawn_at=None, pdf__isnull=False, content__isnull=False)
                & ~Q(pdf_sha256="")
                | Q(number__isnull=False, withdrawn_at__isnull=False, pdf=None, content=None)
                & ~Q(withdrawn_reason=""),
                name="report_has_its_file_from_publishing_to_withdrawal",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_report_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False) & changed(*FIXED),
            ),
            pgtrigger.Protect(
                name="published_file_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False, new__withdrawn_at__isnull=True)
                & changed("pdf", "content"),
            ),
            pgtrigger.Protect(
                name="withdrawn_report_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False)
                & changed("pdf", "content", "withdrawn_at", "withdrawn_reason"),
            ),
            pgtrigger.Protect(
                name="published_report_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:report_detail", args=[self.setting.slug, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.number is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def name(self) -> str:
        """As people speak of it: "Number 3", or "Draft"."""
        return f"Number {self.number}" if self.number else "Draft"

    def file(self) -> bytes:
        """The published bytes, once they are known to be the ones that were published; FileDamaged if not."""
        content = bytes(self.pdf or b"")
        if hashlib.sha256(content).hexdigest() != self.pdf_sha256:
            raise FileDamaged(str(self.pk))
        return content


class ReportStatementQuerySet(models.QuerySet["ReportStatement"]):
    def asked_of(self, membership: Membership) -> "ReportStatementQuerySet":
        """Those that the people of `membership`'s service may answer, in reports that are not yet published."""
        if membership.service_id is None or membership.tie_confirmed_on is None:
            return self.none()
        return self.filter(
            report__number=None,
            partnership__setting=membership.setting_id,
            partnership__service=membership.service_id,
            asked_at__date__gte=timezone.localdate() - timedelta(days=DAYS_TO_ADD),
        )


def validate_word_count(words: str) -> None:
    count = len(words.split())
    if count > WORDS_TO_ADD:
        raise ValidationError(f"Use at most {WORDS_TO_ADD} words. There are {count} now.")


@pghistory.track()
class ReportStatement(models.Model):
    """Up to fifty words that a partner named in a report adds to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="statements")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="report_statements")
    passage = models.TextField(max_length=1200)
    words = models.CharField(max_length=400, blank=True, validators=[validate_word_count])
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)  # also with nothing to add
    version = models.PositiveIntegerField(default=1)

    objects = ReportStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "partnership"], name="report_statement_once")
        ]

    def __str__(self) -> str:
        return f"{self.partnership.service} on {self.report}"

    @property
    def until(self) -> date:
        """The last day on which the partner may add its words."""
        return timezone.localdate(self.asked_at) + timedelta(days=DAYS_TO_ADD)

    @property
    def is_waiting(self) -> bool:
        """The partner still has time and has not said anything."""
        return self.answered_at is None and timezone.localdate() <= self.until
