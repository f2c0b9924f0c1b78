"""How one setting runs its directory: when sheets fall due, its levels of need, its own synonyms."""

from collections.abc import Mapping

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from directory.models.choices import Level
from partnerships.models import Setting

WAITING_MONTHS, STALE_MONTHS = 3, 12


@pghistory.track()
class Rules(models.Model):
    """A setting without a row has these defaults (`of`). How often sheets fall due is Setting.confirm_months."""

    setting = models.OneToOneField(
        Setting, on_delete=models.CASCADE, primary_key=True, related_name="directory_rules"
    )
    waiting_months = models.PositiveSmallIntegerField(
        "months until a waiting time is no longer known",
        default=WAITING_MONTHS,
        validators=[MinValueValidator(1)],
    )
    hides_stale = models.BooleanField("sheets not confirmed for long leave the public page", default=True)
    stale_months = models.PositiveSmallIntegerField(
        "months until a sheet counts as not confirmed for long",
        default=STALE_MONTHS,
        validators=[MinValueValidator(1)],
    )
    asks_agencies = models.BooleanField("agencies are asked by e-mail", default=True)
    level_words = models.JSONField("words for the levels of need", default=dict, blank=True)
    threshold_name = models.CharField("threshold document", max_length=120, blank=True)
    threshold_link = models.URLField("address of the threshold document", max_length=500, blank=True)
    synonyms = models.TextField("words that mean the same", max_length=8000, null=True, blank=True)  # noqa: DJ001 - null: the list that we bring; "": none
    ask_role = models.CharField("whom parents can ask at school", max_length=120, blank=True)
    ask_telephone = models.CharField(max_length=30, blank=True)
    latitude = models.FloatField("where the school is: latitude", null=True, blank=True)
    longitude = models.FloatField("where the school is: longitude", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(waiting_months__gte=1) & Q(stale_months__gte=1), name="rules_count_in_months"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="rules_have_both_coordinates_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"Rules of {self.setting}"

    @classmethod
    def of(cls, setting: Setting | None) -> "Rules":
        """The setting's rules, saved or not; of no setting, those that hold unless one chooses others."""
        found: Rules | None = getattr(setting, "directory_rules", None)
        return found or cls(setting=setting)

    @property
    def levels(self) -> Mapping[str, str]:
        """Each level's key with the area's own words for it."""
        return {str(level): self.level_words.get(level) or str(level.label) for level in Level}
