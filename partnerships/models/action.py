"""Something to be done by a date, and where it came from."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models.partnership import Partnership
from partnerships.models.people import Membership
from partnerships.models.setting import Setting


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> "ActionQuerySet":
        return self.filter(done_on=None, dropped_on=None)

    def late(self) -> "ActionQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())

    def of(self, membership: Membership) -> "ActionQuerySet":
        """Those that `membership` owns."""
        return self.filter(owner=membership)

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
