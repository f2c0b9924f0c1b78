"""For each need one page: in school first, then who, how, and what to do while you wait."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from config.text import lines
from directory.models.service import Service
from partnerships.models import Setting

TEXT, LINES = 500, 8
"""What a part of a pathway holds, so that its leaflet has two sides."""


def few_lines(text: str) -> None:
    if len(lines(text)) > LINES:
        raise ValidationError(f"Enter at most {LINES} lines, so that the leaflet has two sides")


@pghistory.track()
class Pathway(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="pathways")
    need = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)
    also = ArrayField(
        models.CharField(max_length=60), verbose_name="other words for it", default=list, blank=True
    )
    lead = models.CharField("in one sentence", max_length=200, blank=True)
    at_school = models.TextField("in school first", max_length=TEXT, blank=True, validators=[few_lines])
    how = models.TextField("how to ask", max_length=TEXT, blank=True, validators=[few_lines])
    meanwhile = models.TextField("while you wait", max_length=TEXT, blank=True, validators=[few_lines])
    urgent = models.CharField("when it can’t wait", max_length=300, blank=True)
    is_public = models.BooleanField("on the public page", default=False)
    services = models.ManyToManyField(Service, through="PathwayService", related_name="pathways")
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["need"]
        constraints = [models.UniqueConstraint(fields=["setting", "slug"], name="pathway_once_in_a_setting")]

    def __str__(self) -> str:
        return self.need


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PathwayService(models.Model):
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "service"], name="pathway_names_a_service_once")
        ]

    def __str__(self) -> str:
        return str(self.service)
