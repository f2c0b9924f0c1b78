"""The pathways of a booklet: for each need a page, which points to the sheets of those who help."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from config.text import lines
from directory.models import Pathway
from partnerships.models import Setting


@dataclass(frozen=True)
class PathwayPage:
    """`parts`: (heading, paragraphs); `helpers`: (name, anchor, note)."""

    anchor: str
    need: str
    lead: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    helpers: tuple[tuple[str, str, str], ...]
    meanwhile: tuple[str, ...]
    urgent: str

    @classmethod
    def of(cls, pathway: Pathway, anchors: dict[str, str]) -> Self:
        said = (("In school first", pathway.at_school), ("How to ask", pathway.how))
        return cls(
            anchor=f"need-{pathway.pk}",
            need=pathway.need,
            lead=pathway.lead,
            parts=tuple((title, said_lines) for title, text in said if (said_lines := lines(text))),
            helpers=tuple(
                (step.service.name, anchors[str(step.service_id)], step.note)
                for step in pathway.steps.all()
                if str(step.service_id) in anchors
            ),
            meanwhile=lines(pathway.meanwhile),
            urgent=pathway.urgent,
        )


def pathway_pages(setting: Setting, anchors: dict[str, str], *, is_public: bool) -> Iterator[PathwayPage]:
    """`anchors`: the id of each service in the booklet, and its place there."""
    pathways = setting.pathways.filter(retired_at=None).prefetch_related("steps__service")
    for pathway in pathways.filter(is_public=True) if is_public else pathways:
        yield PathwayPage.of(pathway, anchors)
