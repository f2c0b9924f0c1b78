"""A spreadsheet on its way into the directory: its rows wait here until somebody has looked."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from directory.models.service import Service
from partnerships.models import Membership, Setting

UNDONE_WITHIN = timedelta(days=30)


class ImportBatch(models.Model):
    class State(models.TextChoices):
        MAPPING = "mapping", "Headings to check"
        READING = "reading", "Being read"
        PREVIEW = "preview", "Ready to bring in"
        BRINGING = "bringing", "Being brought in"
        DONE = "done", "Brought in"
        DROPPED = "dropped", "Dropped"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"
        FAILED = "failed", "Could not be brought in"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="imports")
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    heading_row = models.PositiveIntegerField(default=0)  # as the spreadsheet counts; 0: it has none
    headings = models.JSONField(default=list)  # theirs, in order
    mapping = models.JSONField(default=dict)  # theirs → ours, "" for not used
    sector = models.CharField(max_length=20, blank=True)  # for rows that name none
    report = models.JSONField(default=dict)
    has_records = models.BooleanField(default=False)  # the rows are whole sheets already, not cells
    feed = models.ForeignKey("Feed", on_delete=models.SET_NULL, null=True, blank=True, related_name="imports")
    created_at = models.DateTimeField(auto_now_add=True)
    count = models.PositiveIntegerField(default=0)  # rows below the headings
    progress = models.PositiveIntegerField(default=0)  # rows that are through
    choices = models.JSONField(default=dict)  # what the person chose on the preview
    moved_at = models.DateTimeField(null=True, blank=True)  # when the progress last moved
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["setting", "-created_at"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.READING, self.State.BRINGING, self.State.UNDOING}

    @property
    def may_be_undone(self) -> bool:
        since = timezone.now() - UNDONE_WITHIN
        return self.state == self.State.DONE and self.done_at is not None and self.done_at > since


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def to_check(self) -> "ImportRowQuerySet":
        """Rows of finished imports in which something could not be read and nobody has looked yet."""
        found = self.filter(batch__state=ImportBatch.State.DONE, mended_at=None)
        return found.exclude(problems=[])

    def of_kind(self, kind: str) -> "ImportRowQuerySet":
        """One of KINDS, the parts of a preview."""
        wanted, unwanted = ImportRow.KINDS[kind]
        return self.exclude(outcome="").filter(**wanted).exclude(**unwanted)


class ImportRow(models.Model):
    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        SAME = "same", "The same"
        NAMELESS = "nameless", "Without a name"

    KINDS: ClassVar[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
        "matches": ({"outcome": Outcome.NEW}, {"listed": []}),
        "lone": ({"outcome": Outcome.NEW, "only_named": True, "listed": []}, {"name": ""}),
        "new": ({"outcome": Outcome.NEW, "only_named": False, "listed": []}, {"name": ""}),
        "changed": ({}, {"changes": []}),
        "twice": ({}, {"earlier": None}),
        "bad": ({}, {"problems": []}),
    }
    """The kind of row → (what it has, what it has not)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    cells = models.JSONField(default=list)
    name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    changes = models.JSONField(default=list)  # [(what, before, after)], in words
    earlier = models.PositiveIntegerField(null=True, blank=True)  # the row that names the same service
    problems = models.JSONField(default=list)  # [{"field", "value", "problem"}]
    listed = models.JSONField(default=list)  # ids of sheets of other schools that it could mean
    only_named = models.BooleanField(default=False)
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="import_rows")
    link_to = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    mended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"Row {self.number}"


class ImportedSheet(models.Model):
    """What an import did to one sheet, so that the whole of it can be taken back."""

    class Did(models.TextChoices):
        MADE = "made", "New"
        LINKED = "linked", "Linked"
        CHANGED = "changed", "Changed"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="sheets")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    did = models.CharField(max_length=10, choices=Did)
    version = models.PositiveIntegerField(default=1)  # of the service, as the import left it
    came_back = models.BooleanField(default=False)  # it was off the list before
    before = models.JSONField(
        default=dict
    )  # the values that were changed, as directory.sheet.coding.encoded has them
    after = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "service"], name="imported_sheet_once_in_a_batch")
        ]


class RememberedHeading(models.Model):
    """What a heading of a setting's own lists means, as somebody said it before."""

    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="remembered_headings")
    heading = models.CharField(max_length=200)  # as directory.imports.headings.plain writes it
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["setting", "heading"], name="heading_remembered_once")]

    def __str__(self) -> str:
        return self.heading
