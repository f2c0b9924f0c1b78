"""What a sheet does not say yet, the most important first: what somebody who needs the service would miss."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from directory.models import Cost, Place, Service

Test = Callable[[Service], bool]


@dataclass(frozen=True)
class Missing:
    """`name`: the value of the sheet; `part`: where it is filled in (forms.SECTIONS); `why`: what it is needed for."""

    name: str
    label: str
    why: str
    part: str
    is_essential: bool = False
    """Without it nobody can turn to the service: the sheet counts as incomplete."""


def _no(name: str) -> Test:
    return lambda service: not getattr(service, name)


def _no_part(name: str) -> Test:
    return lambda service: not getattr(service, name).all()


def _no_way(service: Service) -> bool:
    return not (service.email or service.website or service.telephones)


def _no_access(service: Service) -> bool:
    """A place that people go to, and nothing said of how easy it is to get in."""
    places = [place for place in service.places.all() if place.kind == Place.Kind.PHYSICAL]
    return any(not (place.access or place.access_note or place.is_withheld) for place in places)


def _no_wait(service: Service) -> bool:
    return service.capacity == Service.Capacity.WAITING and service.waiting_weeks is None


GAPS: tuple[tuple[Missing, Test], ...] = (
    (
        Missing(
            "reach", "A way to reach it", "Without one nobody can turn to it", "reach", is_essential=True
        ),
        _no_way,
    ),
    (
        Missing("referral", "How to refer", "It is what staff look for first", "refer", is_essential=True),
        _no("referral"),
    ),
    (
        Missing("profile", "What it does", "It is found by these words", "about", is_essential=True),
        _no("profile"),
    ),
    (
        Missing("capacity", "Whether it can take someone", "It decides whom to try first", "capacity"),
        lambda service: service.capacity == Service.Capacity.UNKNOWN,
    ),
    (Missing("waiting_weeks", "Weeks to wait", "Families plan with it", "capacity"), _no_wait),
    (
        Missing("telephone", "Telephone", "Most people ring first", "reach"),
        lambda service: not service.telephones,
    ),
    (Missing("levels", "Level of need", "Searches by level pass it over", "audience"), _no("levels")),
    (Missing("topics", "Helps with", "People search by these words", "audience"), _no("topics")),
    (
        Missing("min_age", "Ages", "Searches by age pass it over", "audience"),
        lambda service: service.min_age is None and service.max_age is None,
    ),
    (Missing("referrers", "Who may refer", "So that nobody rings in vain", "refer"), _no("referrers")),
    (
        Missing("email", "E-mail", "Nobody can be asked by mail whether the sheet is right", "reach"),
        lambda service: not (service.email or service.ask_email),
    ),
    (Missing("cost", "Cost", "Families ask it first", "cost"), lambda service: service.cost == Cost.UNKNOWN),
    (
        Missing("opening_times", "Opening or contact times", "It says when to ring", "times"),
        _no_part("opening_times"),
    ),
    (
        Missing("offers", "Services offered", "Searches by what is offered pass it over", "offers"),
        _no("offers"),
    ),
    (
        Missing("not_for", "Who it is not for", "So that nobody rings in vain", "audience"),
        _no("not_for"),
    ),
    (Missing("places", "Where it is", "It is not found by distance", "places"), _no_part("places")),
    (Missing("access", "Access at the place", "Some families can’t come without it", "places"), _no_access),
    (Missing("languages", "Languages", "Some families can’t ask without it", "cost"), _no("languages")),
    (Missing("contacts", "Contact person", "It says whom to ask for", "contacts"), _no_part("contacts")),
)
BY_NAME = {gap.name: gap for gap, _ in GAPS}


def missing(service: Service) -> list[Missing]:
    """Uses what with_parts fetched."""
    return [gap for gap, is_missing in GAPS if is_missing(service)]


def essential_missing(service: Service) -> list[Missing]:
    """What makes a sheet incomplete. Needs no more than its own row and its telephone numbers."""
    return [gap for gap, is_missing in GAPS if gap.is_essential and is_missing(service)]


@dataclass(frozen=True)
class Incomplete:
    service: Service
    gaps: list[Missing]

    @property
    def first(self) -> list[Missing]:
        """The gaps that a list has room for."""
        return self.gaps[:4]


def by_importance(services: Iterable[Service]) -> list[Incomplete]:
    """Those with gaps; whose most important gap is the most important comes first."""
    order = {gap: number for number, (gap, _) in enumerate(GAPS)}
    found = [Incomplete(service, gaps) for service in services if (gaps := missing(service))]
    return sorted(found, key=lambda each: ([order[gap] for gap in each.gaps], each.service.sort_name))


def counted(rows: Iterable[Incomplete]) -> list[tuple[Missing, int]]:
    """How many sheets lack each thing, the most important first."""
    rows = list(rows)
    counts = [(gap, sum(gap in row.gaps for row in rows)) for gap, _ in GAPS]
    return [(gap, count) for gap, count in counts if count]
