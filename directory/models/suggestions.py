"""Changes that somebody proposes to a sheet: they stand beside the present text until its keeper has looked."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from directory.models.service import Service
from partnerships.access import Permission
from partnerships.models import Membership, Setting


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> "SuggestionQuerySet":
        return self.filter(closed_at=None)

    def for_keeper(self, membership: Membership, *, is_own: bool) -> "SuggestionQuerySet":
        """Those that this person decides or has decided (directory.keeping.may_decide says the same of one sheet).

        `is_own`: whether they speak for their service (directory.keeping.is_own).
        """
        kept = Q(pk__in=[])
        if membership.may(Permission.DIRECTORY_EDIT):
            kept |= Q(service__steward=membership.setting_id)
        if is_own:
            kept |= Q(service=membership.service_id, service__steward=None)
        return self.filter(kept, Q(service__retired_at=None) | Q(closed_at__isnull=False))

    def with_all(self) -> "SuggestionQuerySet":
        """With everything that a list of them shows."""
        return self.select_related(
            "service__agency", "membership__user", "setting", "closed_by__user", "same_as"
        ).prefetch_related("changes")


@pghistory.track()
class Suggestion(models.Model):
    """One message about one sheet, with the fields that it would change."""

    class Source(models.TextChoices):
        LINK = "link", "The agency, by a link"
        STAFF = "staff", "Somebody of the school"
        SETTING = "setting", "Another school"
        PUBLIC = "public", "Somebody on the public page"
        FEED = "feed", "A list that is fetched"

    class Kind(models.TextChoices):
        CHANGE = "change", "Something is different"
        OUT_OF_DATE = "out_of_date", "Something is out of date"
        MORE = "more", "Something is missing"
        CLOSED = "closed", "The service has ended"
        OTHER = "other", "Something else"
        SAME = "same", "This service is there twice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="suggestions")
    source = models.CharField(max_length=10, choices=Source)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CHANGE)
    same_as = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    last_day = models.DateField("last day of a service that ends", null=True, blank=True)
    said_by = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    setting = models.ForeignKey(
        Setting, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions_made"
    )
    link = models.ForeignKey(
        "directory.AgencyLink", on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    """By which it was said, if by one."""
    made_at = models.DateTimeField(auto_now_add=True)
    reply = models.TextField("a word back", max_length=1000, blank=True)
    took_off = models.BooleanField("taken off the list", default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions_closed"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        indexes = [
            models.Index(fields=["service"], condition=Q(closed_at=None), name="suggestion_open_of_service")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="same", same_as__isnull=False) | ~Q(kind="same") & Q(same_as=None),
                name="suggestion_names_the_same_sheet",
            ),
            models.CheckConstraint(
                condition=Q(kind="closed") | Q(last_day=None, took_off=False),
                name="suggestion_that_ends_a_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.service}"

    @property
    def who(self) -> str:
        """Who says it, as the keeper reads it."""
        if self.source in (self.Source.STAFF, self.Source.SETTING):
            return f"{self.said_by or 'Somebody'}, {self.setting or 'another school'}"
        if self.source == self.Source.LINK and self.said_by:
            return f"{self.said_by}, by the agency’s link"
        return self.said_by or str(self.get_source_display())

    @property
    def says_own_end(self) -> bool:
        """The agency itself says that its service has ended."""
        return self.kind == self.Kind.CLOSED and self.source == self.Source.LINK

    @property
    def outcome(self) -> str:
        """What became of it, once it is closed. Uses what with_all fetched."""
        states = {change.state for change in self.changes.all()}
        if self.took_off:
            return "Taken off the list"
        if not states:
            return "Left on the list" if self.says_own_end else "Read"
        if SuggestedChange.State.ACCEPTED not in states:
            return "Left as it was"
        return "Taken over" if len(states) == 1 else "Taken over in part"

    @property
    def same_is_gone(self) -> bool:
        """Whether the sheet that would stay can't be looked at any more."""
        same = self.same_as
        return same is None or same.retired_at is not None or same.visibility == Service.Visibility.PRIVATE

    @property
    def answer_to(self) -> str:
        """The address to which a word back goes; "" when none is known."""
        if self.membership and self.membership.is_current:
            return self.email or self.membership.user.email
        return self.email


@pghistory.track(exclude=["before", "value"])
class SuggestedChange(models.Model):
    """One field of a sheet: `name` out of sheet.values.LABELS, `value` as sheet.coding writes it."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="changes")
    name = models.CharField(max_length=40)
    before = models.JSONField(null=True, blank=True)
    value = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "name"], name="suggested_change_once")]

    def __str__(self) -> str:
        return self.name


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def open(self) -> "HandOverQuerySet":
        return self.filter(accepted_at=None, declined_at=None)

    def for_receiver(self, membership: Membership, *, is_own: bool) -> "HandOverQuerySet":
        """Those that are meant for this person. `is_own`: they speak for their service (directory.keeping.is_own)."""
        return self.filter(_received_by(membership, is_own))

    def seen_by(self, membership: Membership, *, is_own: bool) -> "HandOverQuerySet":
        """Also those that this person, or the school that they run, made."""
        given = Q(offered_by=membership)
        if membership.may(Permission.DIRECTORY_EDIT):
            given |= Q(giver=membership.setting_id)
        return self.filter(given | _received_by(membership, is_own))


def _received_by(membership: Membership, is_own: bool) -> Q:
    mine = Q(pk__in=[])
    if membership.may(Permission.DIRECTORY_EDIT):
        mine |= Q(to=membership.setting_id)
    if is_own:
        mine |= Q(to=None, service=membership.service_id)
    return mine


@pghistory.track()
class HandOver(models.Model):
    """The keeping of a sheet on its way to another school, or (`to` empty) to the agency itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="hand_overs_given")
    to = models.ForeignKey(
        Setting, on_delete=models.CASCADE, null=True, blank=True, related_name="hand_overs_offered"
    )
    words = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(auto_now_add=True)
    offered_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    taken_back = models.BooleanField("ended by whoever offered it", default=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(accepted_at=None, declined_at=None),
                name="sheet_is_offered_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="hand_over_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(taken_back=False) | Q(declined_at__isnull=False),
                name="hand_over_taken_back_is_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} to {self.to or 'its agency'}"

    @property
    def receiver(self) -> str:
        """The name of whoever is asked."""
        return self.to.name if self.to else self.service.agency.name

    @property
    def outcome(self) -> str:
        """What became of it, once it is over."""
        if self.taken_back:
            return "The offer was taken back"
        if self.accepted_at:
            return f"{self.receiver} said yes"
        return f"{self.receiver} said no" if self.declined_at else ""


@pghistory.track()
class NotTheSame(models.Model):
    """Somebody of a setting looked at two sheets that could be the same, and they are not."""

    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="not_the_same")
    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "one", "two"], name="not_the_same_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("two")), name="not_the_same_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.two}"
