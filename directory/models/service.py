"""Agencies and what they offer: the information sheet."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pghistory
from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from directory.models.choices import Cost, Level, NeedArea, Offer, Referrer
from partnerships.models.sorting import sort_key
from partnerships.sectors import Sector

if TYPE_CHECKING:
    from partnerships.models import Setting


@pghistory.track(exclude=["sort_name"])
class Agency(models.Model):
    class Status(models.TextChoices):
        PUBLIC = "public", "Public"
        PRIVATE = "private", "Private"
        VOLUNTARY = "voluntary", "Voluntary"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    sort_name = sort_key("name")
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.OTHER)
    status = models.CharField(max_length=20, choices=Status, blank=True)
    description = models.TextField(max_length=4000, blank=True)
    website = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["sort_name"]
        indexes = [GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="agency_name_trigram")]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def active(self) -> "ServiceQuerySet":
        return self.filter(retired_at=None)

    def with_parts(self) -> "ServiceQuerySet":
        """Everything that a sheet shows, in a constant number of queries."""
        return self.select_related("agency", "steward").prefetch_related(
            "places", "contacts", "phones", "opening_times", "summaries"
        )

    def with_whole_parts(self) -> "ServiceQuerySet":
        """Also the addresses that are withheld: only for the form of whoever keeps the sheet, and for imports."""
        return self.with_parts().prefetch_related("places__withheld_address")

    def due_for_confirmation(self, day: date, months: int) -> "ServiceQuerySet":
        """Sheets that nobody has confirmed for `months` before `day`, of services that go on."""
        edge = day - relativedelta(months=months)
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=edge)).exclude(ends())


def ends(service: str = "pk") -> Exists:
    """Of services: it has ended, or is about to. `service`: where its id stands."""
    from directory.models.notices import Notice

    return Exists(Notice.objects.endings().filter(service=OuterRef(service)))


EMAIL_DOMAIN = Lower(
    Func(F("email"), Value("@"), Value(2), function="split_part", output_field=models.TextField())
)
"""What stands behind the @ of a sheet's address; there is an index for it."""


@pghistory.track(exclude=["sort_name"])
class Service(models.Model):
    class Visibility(models.TextChoices):
        PRIVATE = "private", "Only this school"
        LISTED = "listed", "Schools that use Joined Up"
        PUBLIC = "public", "Everyone"

    class Capacity(models.TextChoices):
        UNKNOWN = "unknown", "Not known"
        OPEN = "open", "Can take someone now"
        WAITING = "waiting", "Waiting list"
        FULL = "full", "Full, not taking names"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    name = models.CharField("name of organisation or service", max_length=200)
    sort_name = sort_key("name")
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.OTHER)
    profile = models.TextField(max_length=4000, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField(max_length=500, blank=True)
    offers = ArrayField(models.CharField(max_length=20, choices=Offer), default=list, blank=True)
    offer_other = models.CharField(max_length=200, blank=True)
    offer_group = models.CharField(max_length=200, blank=True)
    referral = models.TextField("referral procedures", max_length=4000, blank=True)
    other_information = models.TextField(max_length=4000, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.UNKNOWN)
    capacity_note = models.CharField("about places", max_length=80, blank=True)
    waiting_time = models.CharField(max_length=80, blank=True)
    waiting_weeks = models.PositiveSmallIntegerField("weeks to wait", null=True, blank=True)
    waiting_on = models.DateField("waiting time said on", null=True, blank=True)
    topics = ArrayField(models.CharField(max_length=60), verbose_name="helps with", default=list, blank=True)
    who_for = models.CharField("who it is for", max_length=300, blank=True)
    not_for = models.CharField("who it is not for", max_length=300, blank=True)
    min_age = models.PositiveSmallIntegerField("from age", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("to age", null=True, blank=True)
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level), verbose_name="level of need", default=list, blank=True
    )
    need_areas = ArrayField(
        models.CharField(max_length=20, choices=NeedArea),
        verbose_name="needs served (SEND)",
        default=list,
        blank=True,
    )
    referrers = ArrayField(
        models.CharField(max_length=20, choices=Referrer),
        verbose_name="who may refer",
        default=list,
        blank=True,
    )
    referral_link = models.URLField("form to refer with", max_length=500, blank=True)
    cost = models.CharField(max_length=10, choices=Cost, default=Cost.UNKNOWN)
    cost_note = models.CharField("about the cost", max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    language_note = models.CharField("about languages", max_length=120, blank=True)
    ask_email = models.EmailField("where to ask whether the sheet is right", blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PRIVATE)
    steward = models.ForeignKey(
        "partnerships.Setting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services_kept",
        help_text="The setting that keeps this sheet; empty when the agency itself does.",
    )
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_how = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_from"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        indexes = [
            models.Index(fields=["sort_name"]),
            models.Index(fields=["website"]),
            models.Index(EMAIL_DOMAIN, name="service_email_domain"),
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="service_name_trigram"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(offers__contained_by=Offer.values), name="service_offers_known"
            ),
            models.CheckConstraint(
                condition=~Q(visibility="private") | Q(steward__isnull=False),
                name="service_of_an_agency_is_listed_or_public",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | ~Q(confirmed_by=""), name="service_confirmed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(offer_other="") | Q(offers__contains=[Offer.OTHER]),
                name="service_other_offer_is_ticked",
            ),
            models.CheckConstraint(
                condition=Q(offer_group="") | Q(offers__contains=[Offer.PARTICULAR_GROUP]),
                name="service_group_offer_is_ticked",
            ),
            models.CheckConstraint(
                condition=Q(levels__contained_by=Level.values), name="service_levels_known"
            ),
            models.CheckConstraint(
                condition=Q(need_areas__contained_by=NeedArea.values), name="service_need_areas_known"
            ),
            models.CheckConstraint(
                condition=Q(referrers__contained_by=Referrer.values), name="service_referrers_known"
            ),
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=models.F("min_age")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_at__isnull=False), name="service_merged_is_retired"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seen_by(self) -> str:
        """Who sees it, within a sentence."""
        label = str(self.Visibility(self.visibility).label)
        return f"{label[0].lower()}{label[1:]}"

    @classmethod
    def visible_to(cls, setting: "Setting") -> ServiceQuerySet:
        """The setting's directory: active services that it has a live partnership with."""
        from partnerships.models import Partnership

        live = Partnership.objects.live().filter(setting=setting).values("service")
        return cls.linkable_by(setting).filter(pk__in=live)

    @classmethod
    def published(cls, by: "Setting | None" = None) -> ServiceQuerySet:
        """Public sheets that a publishing setting (`by` that one) has a live partnership with, and not taken off its
        public page for being unconfirmed for long.
        """
        from partnerships.models import Partnership

        live = Partnership.objects.live().filter(_still_shown(), setting__publishes_directory=True)
        if by is not None:
            live = live.filter(setting=by)
        return cls.objects.active().filter(visibility=cls.Visibility.PUBLIC, pk__in=live.values("service"))

    @classmethod
    def linkable_by(cls, setting: "Setting | None") -> ServiceQuerySet:
        """Sheets that `setting` may link to instead of typing again: its own, and those that are listed or public."""
        return cls.objects.active().filter(Q(steward=setting) | ~Q(visibility=cls.Visibility.PRIVATE))

    @property
    def telephones(self) -> list[Any]:
        """The service's own numbers to speak to somebody, or else those of its contacts. Needs with_parts."""
        voices = [phone for phone in self.phones.all() if phone.kind == "voice"]
        return [phone for phone in voices if phone.contact_id is None] or voices

    def part(self, name: str) -> Any:
        """The first of a kind of part ("places", "phones" …), or None. Uses what with_parts fetched."""
        return next(iter(getattr(self, name).all()), None)


def _still_shown() -> Q:
    """Of partnerships: by the rule of their setting the sheet is confirmed lately enough for its public page.

    A sheet that nobody ever confirmed counts from the day it was made.
    """
    from directory.models.rules import STALE_MONTHS

    today = timezone.localdate()
    confirmed = Coalesce("service__confirmed_on", TruncDate("service__created_at"))
    edge = Func(
        Value(today),
        F("setting__directory_rules__stale_months"),
        template="(%(expressions)s))::date",
        arg_joiner="::date - make_interval(months => ",
        output_field=models.DateField(),
    )
    has_rules = Q(setting__directory_rules__isnull=False)
    own_rule = has_rules & (
        Q(setting__directory_rules__hides_stale=False) | GreaterThanOrEqual(confirmed, edge)
    )
    usual = GreaterThanOrEqual(confirmed, Value(today - relativedelta(months=STALE_MONTHS)))
    return own_rule | (~has_rules & usual)
