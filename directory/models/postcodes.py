"""Where a postcode is: the national open file, loaded by `manage.py load_postcodes`."""

from django.db import models


class Postcode(models.Model):
    """`code` without its space ("M11AE"), coordinates in degrees (WGS 84)."""

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.CharField(max_length=9, blank=True)

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"
