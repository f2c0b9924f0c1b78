"""The parts of a sheet, each a table of its own: a service can have several of each."""

import uuid
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from directory.models.choices import Access, Rhythm, Season, Withheld
from directory.models.service import Service
from partnerships.models.partnership import Weekday


def tracked() -> Any:
    """Also when a part goes: so a sheet can be put together as it was."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())


class Part(models.Model):
    """What the parts have in common: the service that they belong to, and their order on its sheet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


@tracked()
class Place(Part):
    """Where a service is. Of a withheld address this row, and so its history, holds only what may be shown:
    the outward postcode and coordinates to two places (coarse), or the council area alone (refuge). The rest is
    in WithheldAddress.
    """

    class Kind(models.TextChoices):
        PHYSICAL = "physical", "A place to go to"
        VISITS = "visits", "They come to you"
        ONLINE = "online", "Online"
        TELEPHONE = "telephone", "On the telephone"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHYSICAL)
    name = models.CharField(max_length=120, blank=True)
    address_1 = models.CharField("address", max_length=200, blank=True)
    address_2 = models.CharField(max_length=200, blank=True)
    city = models.CharField("town or city", max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    council = models.CharField("council area", max_length=100, blank=True)
    withheld = models.CharField(max_length=10, choices=Withheld, default=Withheld.NO, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    access = ArrayField(models.CharField(max_length=20, choices=Access), default=list, blank=True)
    access_note = models.CharField("getting there and getting in", max_length=200, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(access__contained_by=Access.values), name="place_access_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(withheld=Withheld.REFUGE)
                | Q(
                    name="",
                    address_1="",
                    address_2="",
                    city="",
                    county="",
                    postcode="",
                    latitude=None,
                    access_note="",
                    access=[],
                ),
                name="place_of_a_refuge_shows_the_council_area_alone",
            ),
            models.CheckConstraint(
                condition=~Q(withheld=Withheld.COARSE)
                | Q(name="", address_1="", address_2="", access_note="", postcode__regex=r"^[^ ]{0,4}$"),
                name="place_that_is_withheld_shows_the_outward_postcode",
            ),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"]),
            models.Index(fields=["postcode"]),
            models.Index(fields=["service", "position", "id"], name="places_in_order"),
        ]

    whole: Any = None
    """While it is being saved: all of the address (directory.sheet.whereabouts.Whereabouts)."""

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def is_withheld(self) -> bool:
        return self.withheld != Withheld.NO

    @property
    def lines(self) -> list[str]:
        """The address as it is written on an envelope; of a withheld one the part that may be shown."""
        parts = [self.name, self.address_1, self.address_2, self.city, self.county, self.postcode]
        found = [part for part in parts if part]
        return found or [self.council] * bool(self.council)


class WithheldAddress(models.Model):
    """The whole of an address that is withheld. Only the form of whoever keeps the sheet reads it: no history,
    no search, no export, no API.
    """

    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, primary_key=True, related_name="withheld_address"
    )
    name = models.CharField(max_length=120, blank=True)
    address_1 = models.CharField(max_length=200, blank=True)
    address_2 = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    access = ArrayField(models.CharField(max_length=20, choices=Access), default=list, blank=True)
    access_note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return "A withheld address"


@tracked()
class Contact(Part):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField("role", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    is_public = models.BooleanField("the person agrees that the public sees the name", default=False)

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.title]))


@tracked()
class Phone(Part):
    """A number of the service, or of one of its contacts."""

    class Kind(models.TextChoices):
        VOICE = "voice", "Telephone"
        TEXT = "text", "Text messages"
        FAX = "fax", "Fax"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VOICE)
    number = models.CharField(max_length=40)
    note = models.CharField(max_length=80, blank=True)

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.number


@tracked()
class OpeningTime(Part):
    """Opening or contact times: what is known as days and hours, or else the words alone.

    A day with a break is two rows. `starts_on` is a day on which something fortnightly happens; `week` the week of
    the month of something monthly (1 to 4; 5 is the last).
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opening_times")
    words = models.CharField("opening or contact times", max_length=300, blank=True)
    days = ArrayField(models.CharField(max_length=2, choices=Weekday), default=list, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm, default=Rhythm.WEEKLY)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    season = models.CharField(max_length=10, choices=Season, default=Season.ALL_YEAR, blank=True)
    by_appointment = models.BooleanField(default=False)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=models.F("opens")),
                name="opening_time_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=Weekday.values), name="opening_time_days_known"
            ),
            models.CheckConstraint(
                condition=Q(week=None) | (Q(rhythm=Rhythm.MONTHLY) & Q(week__range=(1, 5))),
                name="opening_time_week_of_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.words


@tracked()
class Summary(Part):
    """What the service is, in a few sentences of another language, written by a person."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="summaries")
    language = models.CharField(max_length=8)
    words = models.TextField(max_length=1000)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["service", "language"], name="summary_once_in_a_language")
        ]

    def __str__(self) -> str:
        return self.words
