"""What somebody wants in a booklet: which edition, which sectors and needs, which parts. Kept with the booklet."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db.models import Q

from directory.models import Service
from directory.models.service import ServiceQuerySet
from directory.public.publishing import published_by
from partnerships.models import Setting
from partnerships.sectors import Sector

SCHOOL, FAMILIES = "school", "families"
EDITIONS = {
    SCHOOL: "For the school: every sheet of the directory, with who comes on which day",
    FAMILIES: "For families: public sheets only, in plain words, names only of people who agreed",
}
PARTS = {
    "needs": "Services by need",
    "pathways": "A page for each pathway",
    "people": "Index of people",
    "index": "Index of services and organisations",
}


@dataclass(frozen=True)
class Wanted:
    """No sector or need chosen is all of them. `parts` None is all parts."""

    edition: str = SCHOOL
    sectors: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = tuple(PARTS)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """From Booklet.wanted, whatever stands there."""
        parts = kept.get("parts")
        return cls(
            edition=FAMILIES if kept.get("edition") == FAMILIES else SCHOOL,
            sectors=tuple(each for each in Sector.values if each in kept.get("sectors", ())),
            needs=tuple(str(each) for each in kept.get("needs", ())),
            parts=tuple(PARTS) if parts is None else tuple(each for each in PARTS if each in parts),
        )

    def kept(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    @property
    def is_chosen(self) -> bool:
        """Whether it is only some of the directory."""
        return bool(self.sectors or self.needs)

    @property
    def is_for_families(self) -> bool:
        return self.edition == FAMILIES

    def services(self, setting: Setting) -> ServiceQuerySet:
        found = published_by(setting) if self.is_for_families else Service.visible_to(setting)
        wanted = Q()
        if self.sectors:
            wanted &= Q(sector__in=self.sectors)
        if self.needs:
            wanted &= Q(topics__overlap=list(self.needs))
        return found.filter(wanted)


def needs_of(setting: Setting) -> list[str]:
    """What the services of the setting help with, each once."""
    topics = Service.visible_to(setting).exclude(topics=[]).values_list("topics", flat=True)
    return sorted({topic for row in topics for topic in row}, key=str.casefold)
