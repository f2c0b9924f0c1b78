"""One run of an instrument version, who takes part, and what was agreed."""

import uuid

import pghistory
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partnerships.models import Membership, Setting
from partnerships.sectors import Sector
from toolkits import codes
from toolkits.models.instrument import InstrumentVersion
from toolkits.stages import Stage


class ActivityQuerySet(models.QuerySet["Activity"]):
    def staged(self) -> "ActivityQuerySet":
        """Sessions that people run together; not profiles and other standing sheets."""
        return self.exclude(lifecycle="standing")

    def boards(self) -> "ActivityQuerySet":
        """Sessions of the tools page; check-ins have their own pages, and what they run is a checklist."""
        return self.staged().filter(instrument_version__kind="board")

    def unfinished(self) -> "ActivityQuerySet":
        return self.exclude(stage=Stage.AGREED)

    def open(self) -> "ActivityQuerySet":
        """Started, and not agreed."""
        return self.staged().exclude(stage__in=[Stage.DRAFT, Stage.AGREED])

    def agreed(self) -> "ActivityQuerySet":
        return self.filter(stage=Stage.AGREED).order_by("-stage_changed_at")

    def with_counts(self) -> "ActivityQuerySet":
        """How many take part, and how many of them have put in a card."""
        people = Count("participants", distinct=True)
        added = Count("cards__participant", filter=Q(cards__removed_at=None), distinct=True)
        return self.select_related("instrument_version", "facilitator__user").annotate(
            people_count=people, added_count=added
        )

    def for_membership(self, membership: Membership) -> "ActivityQuerySet":
        """Those that `membership` runs or takes part in; a coordinator's are all of the setting's."""
        if membership.is_coordinator:
            return self
        mine = Participant.objects.filter(membership=membership).values("activity")
        return self.filter(Q(facilitator=membership) | Q(pk__in=mine) & ~Q(stage=Stage.DRAFT))


@pghistory.track(exclude=["live_version"])
class Activity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="activities")
    instrument_version = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, related_name="activities"
    )
    title = models.CharField(max_length=200)
    lifecycle = models.CharField(max_length=10, default="staged")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    is_anonymous = models.BooleanField(default=False)
    facilitator = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="activities_run"
    )
    votes_each = models.PositiveSmallIntegerField(default=3)
    join_code = models.CharField(max_length=12, blank=True)
    join_code_expires_at = models.DateTimeField(null=True, blank=True)
    join_limit = models.PositiveSmallIntegerField(default=60)
    agreed_words = models.TextField(max_length=2000, blank=True)
    live_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    stage_changed_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["setting", "stage"])]
        constraints = [
            models.UniqueConstraint(
                fields=["join_code"], condition=~Q(join_code=""), name="activity_join_code_once"
            ),
            models.UniqueConstraint(
                fields=["setting", "instrument_version"],
                condition=Q(lifecycle="standing"),
                name="activity_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_agreed(self) -> bool:
        return self.stage == Stage.AGREED

    @property
    def takes_guests(self) -> bool:
        """Whether its code lets somebody in now."""
        return bool(
            self.join_code
            and self.join_code_expires_at
            and self.join_code_expires_at > timezone.now()
            and not self.is_agreed
        )

    @property
    def code_words(self) -> str:
        """The code as it is shown and read out."""
        return codes.spaced(self.join_code)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def with_people(self) -> "ParticipantQuerySet":
        return self.select_related("membership__user", "membership__service__agency")

    def guests(self) -> "ParticipantQuerySet":
        return self.filter(membership=None)

    def without_cards(self) -> "ParticipantQuerySet":
        """Those who have not put in a card."""
        from toolkits.models.board import Card

        return self.exclude(
            pk__in=Card.objects.filter(removed_at=None, participant__isnull=False).values("participant")
        )

    def in_order(self) -> "ParticipantQuerySet":
        """By the name that people read."""
        return self.order_by(Coalesce("membership__user__full_name", "guest_name"), "pk")


class Participant(models.Model):
    """Somebody in an activity: a member, a guest by code, or a paper form that somebody typed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participants")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    guest_name = models.CharField(max_length=80, blank=True)
    agency_name = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=20, choices=Sector)
    key_hash = models.CharField(max_length=64, blank=True)  # of the guest's browser
    is_invited = models.BooleanField(default=False)
    is_told = models.BooleanField(default=False)  # the invitation has been mailed
    has_answered = models.BooleanField(default=False)  # no time: see evaluation and anonymity
    agrees = models.BooleanField(null=True)
    disagrees_because = models.CharField(max_length=300, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["guest_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "membership"],
                condition=Q(membership__isnull=False),
                name="participant_once",
            ),
            models.UniqueConstraint(
                fields=["key_hash"], condition=~Q(key_hash=""), name="participant_key_once"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | ~Q(guest_name=""), name="participant_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.membership.user.full_name if self.membership else self.guest_name

    @property
    def is_guest(self) -> bool:
        return self.membership_id is None


class AgreedVersionQuerySet(models.QuerySet["AgreedVersion"]):
    def latest_of(self, activities: ActivityQuerySet) -> "AgreedVersionQuerySet":
        """The version that counts of each activity, without its bytes."""
        last = (
            AgreedVersion.objects.filter(activity=OuterRef("activity")).order_by("-number").values("number")
        )
        return self.defer("pdf").filter(activity__in=activities, number=Subquery(last[:1]))


@pghistory.track(exclude=["pdf"])
class AgreedVersion(models.Model):
    """What was agreed, frozen and numbered; reopening makes the next one and keeps this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="agreed_versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    words = models.TextField(blank=True)
    agreed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.CharField(max_length=120)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = AgreedVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="agreed_version_once")]

    def __str__(self) -> str:
        return f"{self.content.get('title', '')}, version {self.number}"

    @property
    def summary(self) -> str:
        """Who agrees, in one sentence: "Ten agree; Housing sees it differently."."""
        people = self.content.get("people", [])
        agree = sum(person["agrees"] is True for person in people)
        others = [person["agency"] for person in people if person["agrees"] is False]
        if not agree and not others:
            return ""
        words = f"{agree} {'agrees' if agree == 1 else 'agree'}"
        differ = "see it differently" if len(others) > 1 else "sees it differently"
        return f"{words}; {', '.join(others)} {differ}." if others else f"{words}."
