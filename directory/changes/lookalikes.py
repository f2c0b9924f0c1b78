"""Before a service is typed in: is its sheet there already, on our own list or listed by another school?"""

from dataclasses import dataclass

from directory.imports.matching import Index, Traits
from directory.imports.plan import listed_candidates
from directory.models import Service
from directory.sheet.values import Values, values_of
from partnerships.models import Setting

MOST = 5


@dataclass(frozen=True)
class Lookalike:
    service: Service
    is_ours: bool


def find(setting: Setting, values: Values) -> list[Lookalike]:
    """By name, telephone number, website and postcode; our own first, the surest of each first."""
    row = Traits.of(values)
    ours = Service.visible_to(setting).with_parts()
    theirs = listed_candidates(setting, [values])
    return [*_alike(row, list(ours), is_ours=True), *_alike(row, list(theirs), is_ours=False)][:MOST]


def _alike(row: Traits, services: list[Service], *, is_ours: bool) -> list[Lookalike]:
    index = Index(Traits.of(values_of(service)) for service in services)
    surest = index.same(row)
    order = dict.fromkeys([*([surest] if surest is not None else []), *index.alike(row)])
    return [Lookalike(services[at], is_ours) for at in order]
