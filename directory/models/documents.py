"""What is read instead of the sheets themselves, in the search and by other systems; triggers keep it true, whoever
writes.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from directory.models.service import Agency, Service

PIECE = 20_000


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


class OpenSheet(models.Model):
    """A public sheet that a publishing setting works with, and the last day on which it may be read, if nothing
    changes: then a partnership ends, or by the rules of all its settings nobody has confirmed it for long.

    For counting and turning pages, of sheets and of agencies: whatever is sent is asked of Service.published once more.
    """

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="open_sheet"
    )
    sort_name = models.TextField()
    until = models.DateField()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    agency_sort_name = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "service", "until"], name="open_sheets_in_order"),
            models.Index(fields=["agency_sort_name", "agency", "until"], name="open_agencies_in_order"),
        ]

    @classmethod
    def today(cls) -> models.QuerySet["OpenSheet"]:
        return cls.objects.filter(until__gte=timezone.localdate())

    @classmethod
    def renew(cls) -> None:
        """Every line anew, should one be missing or too many."""
        known = Q(visibility=Service.Visibility.PUBLIC) | Q(open_sheet__isnull=False)
        pks = list(Service.objects.filter(known).order_by("pk").values_list("pk", flat=True))
        with connection.cursor() as cursor:
            for start in range(0, len(pks), PIECE):
                cursor.execute("SELECT directory_open(%s::uuid[])", [pks[start : start + PIECE]])

    def __str__(self) -> str:
        return self.sort_name
