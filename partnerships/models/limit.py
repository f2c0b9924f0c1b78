"""Counted attempts, so that limits hold over any number of processes."""

from django.db import models


class Attempt(models.Model):
    """How often something was tried within one window of time. Keys are hashed: no address is kept."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempt_once_in_window")]
