"""Something to be done by a date, and where it came from."""

import uuid
from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from config.values import day_words
from partnerships.access import Permission
from partnerships.models.partnership import Partnership
from partnerships.models.people import Membership
from partnerships.models.setting import Setting


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> "ActionQuerySet":
        return self.filter(done_on=None, dropped_on=None)

    def late(self) -> "ActionQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())

    def done(self) -> "ActionQuerySet":
        return self.filter(done_on__isnull=False)

    def dropped(self) -> "ActionQuerySet":
        return self.filter(dropped_on__isnull=False)

    def of(self, membership: Membership) -> "ActionQuerySet":
        """Those that `membership` owns."""
        return self.filter(owner=membership)

    def for_membership(self, membership: Membership) -> "ActionQuerySet":
        """Those that `membership` may see and change: all for a coordinator, else the own ones."""
        return self if membership.may(Permission.ACTION_ALL) else self.of(membership)

    def with_owners(self) -> "ActionQuerySet":
        """With what `owner_words` reads, in one query."""
        return self.select_related("owner__user", "owner_partnership__service")

    def in_working_order(self) -> "ActionQuerySet":
        """What is open comes first, the longest late at the top; then what is done or dropped, the latest first."""
        return self.annotate(closed_on=Coalesce("done_on", "dropped_on")).order_by(
            F("closed_on").desc(nulls_first=True), "due_on", "created_at"
        )

    def from_origin(self, kind: str, origin_id: uuid.UUID) -> "ActionQuerySet":
        return self.filter(origin_kind=kind, origin_id=origin_id)


@pghistory.track()
class Action(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_id = models.UUIDField(null=True, blank=True)
    origin_words = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="actions_created"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        indexes = [models.Index(fields=["setting", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(owner__isnull=False, owner_partnership=None, owner_name="")
                    | Q(owner=None, owner_partnership__isnull=False, owner_name="")
                    | Q(owner=None, owner_partnership=None) & ~Q(owner_name="")
                ),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(dropped_on=None), name="action_done_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def owner_words(self) -> str:
        if self.owner:
            return self.owner.user.full_name
        if self.owner_partnership:
            return self.owner_partnership.service.name
        return self.owner_name

    @property
    def state(self) -> str:
        """done, dropped, late or open."""
        if self.done_on:
            return "done"
        if self.dropped_on:
            return "dropped"
        return "late" if self.due_on < timezone.localdate() else "open"

    @property
    def when_words(self) -> str:
        """As in "due on 3 March 2026"."""
        if self.done_on:
            return f"done on {day_words(self.done_on)}"
        if self.dropped_on:
            return f"dropped on {day_words(self.dropped_on)}"
        return f"due on {day_words(self.due_on)}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None

    def finish(self, outcome: str) -> None:
        """Done today; `outcome` says what came of it."""
        self._close(done_on=timezone.localdate(), dropped_on=None, outcome=outcome)

    def drop(self, reason: str) -> None:
        self._close(done_on=None, dropped_on=timezone.localdate(), outcome=reason)

    def reopen(self) -> None:
        self._close(done_on=None, dropped_on=None, outcome="")

    def _close(self, *, done_on: date | None, dropped_on: date | None, outcome: str) -> None:
        self.done_on, self.dropped_on, self.outcome = done_on, dropped_on, outcome
        self.version += 1
        self.save(update_fields=["done_on", "dropped_on", "outcome", "version"])
