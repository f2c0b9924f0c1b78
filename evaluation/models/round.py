"""Evaluation's side of a checklist: dates, results as they were fixed at closing, and the levels agreed on."""

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from partnerships.access import Permission
from partnerships.models import Membership, Setting, Term
from toolkits.models import Activity

if TYPE_CHECKING:
    from toolkits.instruments.definition import Instrument


class Phase(StrEnum):
    """Where a check-in stands. `READY`: it opens by itself on its day."""

    DRAFT = "draft"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    SHARED = "shared"
    AGREED = "agreed"


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(opened_at__isnull=False, closed_at=None)

    def closed(self) -> "RoundQuerySet":
        return self.filter(closed_at__isnull=False)

    def shared(self) -> "RoundQuerySet":
        return self.filter(shared_at__isnull=False)

    def with_activity(self) -> "RoundQuerySet":
        return self.select_related("activity__instrument_version", "term", "setting")

    def visible_to(self, membership: Membership) -> "RoundQuerySet":
        """Who runs check-ins sees all of them; others those that they were asked, from the day of opening."""
        if membership.may(Permission.ROUND_RUN):
            return self
        mine = Q(activity__participants__membership=membership, activity__participants__is_invited=True)
        return self.filter(mine, opened_at__isnull=False)

    def results_visible_to(self, membership: Membership) -> "RoundQuerySet":
        """Closed ones for who runs check-ins; shared ones for those who answered."""
        if membership.may(Permission.ROUND_RUN):
            return self.closed()
        mine = Q(activity__participants__membership=membership, activity__participants__has_answered=True)
        return self.shared().filter(mine)

    def waiting_for(self, membership: Membership) -> "RoundQuerySet":
        """Open ones that `membership` was asked and has not answered."""
        mine = Q(
            activity__participants__membership=membership,
            activity__participants__is_invited=True,
            activity__participants__has_answered=False,
            activity__participants__pendingmark=None,
        )
        return self.open().filter(mine)


@pghistory.track(exclude=["results"])
class Round(models.Model):
    class Grouping(models.TextChoices):
        """How answers are counted by group. Wide groups are the four of the joint vision, and everyone else."""

        SECTORS = "sectors", "By sector"
        WIDE = "wide", "By wider groups"
        NONE = "none", "Everyone together"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="rounds")
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="round")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    opens_on = models.DateField()
    closes_on = models.DateField()
    words = models.TextField(max_length=600, blank=True)  # why we ask, for those asked
    minimum = models.PositiveSmallIntegerField(default=5)
    grouping = models.CharField(max_length=10, choices=Grouping, default=Grouping.SECTORS)
    groups = models.JSONField(default=list, blank=True)  # fixed at opening: evaluation.groups.Group
    is_ready = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(null=True, blank=True)  # fixed at closing
    agreed_words = models.TextField(max_length=2000, blank=True)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="rounds_started"
    )
    version = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "pk"]
        indexes = [models.Index(fields=["setting", "-opens_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(closed_at__isnull=False), name="round_shared_once_closed"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, results=None)
                | Q(closed_at__isnull=False, opened_at__isnull=False, results__isnull=False),
                name="round_has_results_once_closed",
            ),
            models.CheckConstraint(condition=Q(minimum__gte=5), name="round_minimum_at_least_five"),
        ]

    def __str__(self) -> str:
        return self.activity.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:round_detail", args=[self.setting.slug, self.pk])

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def is_anonymous(self) -> bool:
        return self.activity.is_anonymous

    @property
    def instrument(self) -> "Instrument":
        return self.activity.instrument_version.instrument

    @property
    def phase(self) -> Phase:
        if self.closed_at:
            if self.activity.is_agreed:
                return Phase.AGREED
            return Phase.SHARED if self.shared_at else Phase.CLOSED
        if self.opened_at:
            return Phase.OPEN
        return Phase.READY if self.is_ready else Phase.DRAFT

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def fixed_results(self) -> dict[str, Any]:
        assert self.results is not None, "asked for the results of a check-in that is not closed"
        found: dict[str, Any] = self.results
        return found


@pghistory.track()
class AgreedLevel(models.Model):
    """The level that the group settled on for one statement, after talking; and who sees it differently, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreed_levels")
    statement = models.SlugField(max_length=60)
    level = models.SlugField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    dissent = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "statement"], name="agreed_level_once")]

    def __str__(self) -> str:
        return f"{self.statement}: {self.level}"
