"""What the search reads instead of the sheets themselves; triggers keep it true, whoever writes."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from directory.models.service import Service


class SearchDocument(models.Model):
    """The words of one sheet: as stems and as they are. Weights: A its name; B its organisation, topics and who it is
    for; C the rest, and its places as far as they are shown; D people whose names only schools may see.

    `words` are those in which a slip is forgiven at any size: name, organisation, topics, towns.
    """

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    vector = SearchVectorField()
    words = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_document_vector"),
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="search_document_words"),
        ]

    def __str__(self) -> str:
        return self.words
