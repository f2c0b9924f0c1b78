"""The parts of a sheet, each a table of its own: a service can have several of each."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from directory.models.service import Service
from partnerships.models.partnership import Weekday


class Part(models.Model):
    """What the parts have in common: the service that they belong to, and their order on its sheet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


@pghistory.track()
class Place(Part):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=120, blank=True)
    address_1 = models.CharField("address", max_length=200, blank=True)
    address_2 = models.CharField(max_length=200, blank=True)
    city = models.CharField("town or city", max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    is_withheld = models.BooleanField("address is withheld", default=False)

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The address as it is written on an envelope; nothing of it when it is withheld."""
        if self.is_withheld:
            return []
        parts = [self.name, self.address_1, self.address_2, self.city, self.county, self.postcode]
        return [part for part in parts if part]


@pghistory.track()
class Contact(Part):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField("role", max_length=120, blank=True)
    is_public = models.BooleanField("the person agrees that the public sees the name", default=False)

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.title]))


@pghistory.track()
class Phone(Part):
    class Kind(models.TextChoices):
        VOICE = "voice", "Telephone"
        TEXT = "text", "Text messages"
        FAX = "fax", "Fax"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VOICE)
    number = models.CharField(max_length=40)
    note = models.CharField(max_length=80, blank=True)

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class OpeningTime(Part):
    """Opening or contact times: the words, and days and hours where they are known."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opening_times")
    words = models.CharField("opening or contact times", max_length=300, blank=True)
    days = ArrayField(models.CharField(max_length=2, choices=Weekday), default=list, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=models.F("opens")),
                name="opening_time_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.words
