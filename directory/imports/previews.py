"""The parts of a preview: the rows that are new, changed, could be there already …, each by the page."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from directory.imports.batches import chosen_link
from directory.models import ImportBatch, ImportRow, Service
from partnerships.models import Setting

TITLES = {
    "matches": "There already?",
    "lone": "Only a name",
    "new": "New",
    "changed": "Changed",
    "twice": "The same service twice",
    "bad": "Rows to check",
}
SHOWN = 25
SHOWN_FIRST = 10  # of each part, where all of them stand on one page
CHOOSABLE = {"matches", "lone"}


@dataclass
class Line:
    row: ImportRow
    services: list[Service] = field(default_factory=list)
    chosen: str = ""
    is_left_out: bool = False


@dataclass
class Part:
    """`more`: how many rows are not shown here."""

    kind: str
    title: str
    lines: list[Line]
    page: "Page[ImportRow]"

    @property
    def template(self) -> str:
        return f"directory/_import_{self.kind}.html"

    @property
    def more(self) -> int:
        return self.page.paginator.count - len(self.lines)

    @property
    def is_choosable(self) -> bool:
        return self.kind in CHOOSABLE


def parts_of(setting: Setting, batch: ImportBatch, show: str, page: str | None) -> list[Part]:
    """The first rows of every part, or one page of the part `show`."""
    page = page if show in TITLES else None
    kinds = [show] if show in TITLES else list(TITLES)
    pages = {kind: _page(batch, kind, page, is_alone=kind == show) for kind in kinds}
    return [
        Part(kind, TITLES[kind], _lines(setting, batch, list(found)), found)
        for kind, found in pages.items()
        if found.paginator.count
    ]


def _page(batch: ImportBatch, kind: str, page: str | None, *, is_alone: bool) -> "Page[ImportRow]":
    return Paginator(batch.rows.of_kind(kind), SHOWN if is_alone else SHOWN_FIRST).get_page(page)


def _lines(setting: Setting, batch: ImportBatch, rows: list[ImportRow]) -> list[Line]:
    wanted = {pk for row in rows for pk in row.listed}
    found = Service.linkable_by(setting).filter(pk__in=wanted).select_related("agency") if wanted else []
    services = {str(service.pk): service for service in found}
    left_out = set(batch.choices.get("left_out", []))
    return [
        Line(
            row,
            [services[pk] for pk in row.listed if pk in services],
            chosen_link(batch, row),
            row.number in left_out,
        )
        for row in rows
    ]


def summary_words(batch: ImportBatch) -> str:
    """What an import did, in one line: "12 new, 3 of them with a sheet that was there already, 4 changed"."""
    report: dict[str, Any] = batch.report
    if batch.state == ImportBatch.State.UNDONE and (undone := report.get("undone")):
        back = [
            _some(undone["removed"], "new sheet removed", "new sheets removed"),
            _some(undone["unlinked"], "unlinked", "unlinked"),
            _some(undone["restored"], "put back as it was", "put back as they were"),
            _some(undone["kept_count"], "stays", "stay"),
        ]
        return "Taken back: " + (", ".join(filter(None, back)) or "nothing had to change")
    if "new" not in report:
        return ""
    said = {
        "new": "new",
        "linked": "of them with a sheet that was there already",
        "changed": "changed",
        "same": "the same",
        "left_out": "left out",
    }
    words = [f"{report[name]:,} {words}" for name, words in said.items() if report.get(name)]
    return ", ".join(words) or "Nothing came in"


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else ""
