"""A pathway as a leaflet to take home, and the poster whose code leads to the public page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone

from config.text import bare_address, lines
from directory.models import Pathway
from directory.paper.handout import person_at_school, public_code
from directory.paper.leaflet import LeafletPaper, Qr, helper_of, urgent_words
from directory.public.families import Today
from directory.use.pathways import Step
from partnerships.models import Setting
from partnerships.paper import Paper, School


def leaflet(pathway: Pathway, steps: Sequence[Step]) -> LeafletPaper:
    setting = pathway.setting
    today = Today.at(setting)
    ours = {each.service_id: each for each in setting.partnerships.live()}
    return LeafletPaper(
        school=School.of(setting),
        title=pathway.need,
        kicker="For parents and carers",
        tool=f"Leaflet for families · need: {pathway.need.lower()}",
        on=timezone.localdate(),
        corner="A leaflet to take home",
        lead=pathway.lead,
        at_school=lines(pathway.at_school),
        at_school_person=person_at_school(setting),
        helpers=tuple(helper_of(step.service, today, ours.get(step.service.pk)) for step in steps),
        how=lines(pathway.how),
        meanwhile=lines(pathway.meanwhile),
        urgent=" ".join(filter(None, [pathway.urgent, urgent_words()])),
        qr=code_of(setting, pathway if pathway.is_public else None),
    )


def code_of(setting: Setting, pathway: Pathway | None) -> Qr | None:
    path = reverse("directory:public_pathway_detail", args=[setting.slug, pathway.slug]) if pathway else ""
    return public_code(setting, path)


WORDY = 40
"""Letters of a title, half of those of a lead, beyond which a poster is set smaller."""


@dataclass(frozen=True, kw_only=True)
class PosterPaper(Paper):
    template: ClassVar[str] = "paper/poster.html"

    code: Qr
    lead: str
    ask: str
    is_large: bool = False

    @property
    def is_wordy(self) -> bool:
        return len(self.title) > WORDY or len(self.lead) > 2 * WORDY

    @property
    def address(self) -> str:
        return bare_address(self.code.link)


def poster(setting: Setting, pathway: Pathway | None, *, is_large: bool) -> PosterPaper:
    """Of a setting that publishes its directory."""
    code = code_of(setting, pathway)
    assert code is not None
    return PosterPaper(
        school=School.of(setting),
        title=pathway.need if pathway else "Help for your family",
        kicker="For parents, carers and young people",
        tool="Poster",
        on=timezone.localdate(),
        corner="",
        code=code,
        lead=pathway.lead if pathway and pathway.lead else "Who can help, how long it takes, and how to ask.",
        ask=person_at_school(setting),
        is_large=is_large,
    )
