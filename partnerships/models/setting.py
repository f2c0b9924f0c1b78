"""The tenant: one school, children's centre or college, and its terms."""

import uuid
from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse


class SettingQuerySet(models.QuerySet["Setting"]):
    def publishing(self) -> "SettingQuerySet":
        """Settings whose directory the public may read."""
        return self.filter(publishes_directory=True)


@pghistory.track(exclude=["logo"])
class Setting(models.Model):
    class Kind(models.TextChoices):
        PRIMARY = "primary", "Primary school"
        SECONDARY = "secondary", "Secondary school"
        SPECIAL = "special", "Special school"
        NURSERY = "nursery", "Nursery or early years"
        CENTRE = "centre", "Children’s centre or family hub"
        COLLEGE = "college", "College"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    urn = models.CharField("URN", max_length=10, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PRIMARY)
    address = models.TextField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    logo = models.BinaryField(null=True, blank=True)
    safeguarding_name = models.CharField(max_length=120, blank=True)
    safeguarding_title = models.CharField(max_length=120, default="safeguarding lead", blank=True)
    safeguarding_telephone = models.CharField(max_length=30, blank=True)
    safeguarding_email = models.EmailField(blank=True)
    council_name = models.CharField(max_length=120, blank=True)
    council_telephone = models.CharField(max_length=30, blank=True)
    small_group = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(5)])
    confirm_months = models.PositiveSmallIntegerField(default=6, validators=[MinValueValidator(1)])
    outcomes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    publishes_directory = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SettingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(small_group__gte=5), name="setting_small_group_at_least_five"),
            models.CheckConstraint(
                condition=Q(publishes_directory=False)
                | (~Q(safeguarding_name="") & ~Q(safeguarding_telephone="")),
                name="setting_publishes_only_with_safeguarding_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:setting_home", args=[self.slug])

    def hold(self) -> None:
        """Until the transaction ends nobody else holds the setting. Whoever saves what a setting has once looks and
        saves under it: of two who do so at the same moment, the second meets what the first has saved.
        """
        Setting.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=self.pk)

    @property
    def called(self) -> str:
        """The short name where room is short."""
        return self.short_name or self.name

    @property
    def safeguarding_lead(self) -> str:
        """Whom to tell about a child, and what they are called."""
        return ", ".join(words for words in (self.safeguarding_name, self.safeguarding_title) if words)

    @property
    def may_publish(self) -> bool:
        return bool(self.safeguarding_name and self.safeguarding_telephone)

    def term_on(self, day: date) -> "Term | None":
        """The term that `day` lies in, or the last one before it."""
        return self.terms.filter(starts__lte=day).order_by("-starts").first()


class Term(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["setting", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="term_ends_after_it_starts"),
            models.UniqueConstraint(fields=["setting", "name"], name="term_name_once_in_setting"),
            ExclusionConstraint(
                name="terms_do_not_overlap",
                expressions=[
                    (
                        Func(F("starts"), F("ends"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                    ("setting", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name
