"""Before a service is typed in: is its sheet there already, on our own list or listed by another school?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from directory.imports.matching import Index, Traits
from directory.imports.plan import listed_candidates
from directory.models import Phone, Place, Service
from directory.models.service import ServiceQuerySet
from directory.sheet.telephones import Phone as Number
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
    theirs = list(listed_candidates(setting, [values]))
    found = _alike(row, [Traits.of(values_of(service)) for service in theirs])
    return [*_ours(row, setting), *(Lookalike(theirs[at], is_ours=False) for at in found)][:MOST]


def _ours(row: Traits, setting: Setting) -> Iterator[Lookalike]:
    """A school may list thousands: of all of them only what tells them apart is read."""
    listed = _told_apart(Service.visible_to(setting))
    keys = list(listed)
    pks = [keys[at] for at in _alike(row, list(listed.values()))[:MOST]]
    services = Service.visible_to(setting).with_parts().in_bulk(pks)
    return (Lookalike(services[pk], is_ours=True) for pk in pks if pk in services)


def _told_apart(services: ServiceQuerySet) -> dict[UUID, Traits]:
    pks = services.order_by().values("pk")
    phones: dict[UUID, list[Number]] = defaultdict(list)
    own = Phone.objects.filter(service__in=pks, contact=None).exclude(kind=Phone.Kind.FAX)
    for pk, number in own.values_list("service", "number"):
        phones[pk].append((number, ""))
    places = Place.objects.filter(service__in=pks).order_by("service", "position", "pk").distinct("service")
    postcodes = dict(places.values_list("service", "postcode"))
    return {
        pk: Traits.of(
            {"name": name, "website": website, "telephone": phones[pk], "postcode": postcodes.get(pk, "")}
        )
        for pk, name, website in services.values_list("pk", "name", "website")
    }


def _alike(row: Traits, known: list[Traits]) -> list[int]:
    """Those that it could be, the surest first."""
    index = Index(known)
    surest = index.same(row)
    return list(dict.fromkeys([*([surest] if surest is not None else []), *index.alike(row)]))
