"""The order that people expect in lists of names."""

from django.db import models
from django.db.models import F, Func


def sort_key(name: str) -> models.GeneratedField:
    """A stored column that sorts É with E whatever the server's collation; the first migration makes sort_key()."""
    return models.GeneratedField(
        expression=Func(F(name), function="sort_key"),
        output_field=models.TextField(),
        db_persist=True,
    )
