"""Services side by side: what decides between them, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from directory.models import Place, Rules, Service
from directory.notices import is_shut, wait_words
from directory.public.families import cost_words
from directory.sheet.opening import Clock, opening_of
from directory.sheet.presenting import age_words
from directory.sheet.wording import in_words, run_on
from partnerships.models import Partnership, Setting

NOT_SAID = "Not said"
OPEN_NEXT = "Open next"


@dataclass(frozen=True)
class Line:
    """A service on the shortlist, with the setting's own partnership."""

    service: Service
    partnership: Partnership | None


@dataclass(frozen=True)
class Row:
    """One question, and each service's answer in the order of the services."""

    label: str
    answers: list[tuple[Service, str]]
    is_state: bool = False

    @property
    def is_of_today(self) -> bool:
        """Not for paper, which is read on another day."""
        return self.label == OPEN_NEXT


@dataclass(frozen=True)
class Comparison:
    services: list[Service]
    rows: list[Row]


def lines_of(services: Iterable[Service], setting: Setting) -> list[Line]:
    ours = _ours(setting)
    return [Line(service, ours.get(service.pk)) for service in services]


def _ours(setting: Setting) -> dict[object, Partnership]:
    return {each.service_id: each for each in setting.partnerships.live()}


def compared(services: list[Service], setting: Setting) -> Comparison:
    """For services with their parts."""
    ours = _ours(setting)
    clock, rules = Clock.of(setting), Rules.of(setting)
    writers: list[tuple[str, Callable[[Service], str]]] = [
        ("Waiting time", lambda service: capfirst(wait_words(service, setting))),
        ("Cost", cost_words),
        ("Ages", age_words),
        ("Level of need", lambda service: run_on(rules.levels[level] for level in service.levels)),
        ("Who may refer", lambda service: in_words("referrers", service.referrers)),
        ("How to refer", lambda service: service.referral.strip().split("\n")[0][:240]),
        (OPEN_NEXT, lambda service: "" if is_shut(service, setting) else open_words(service, clock)),
        ("In this school", lambda service: here_words(ours.get(service.pk))),
        ("Where", where_words),
        ("Languages", lambda service: in_words("languages", service.languages)),
        ("Not for", lambda service: service.not_for),
    ]
    rows = [Row("Can take someone", [(service, "") for service in services], is_state=True)]
    rows += [Row(label, [(each, write(each) or NOT_SAID) for each in services]) for label, write in writers]
    said = [row for row in rows if row.is_state or any(words != NOT_SAID for _, words in row.answers)]
    return Comparison(services, said)


def where_words(service: Service) -> str:
    places = [place for place in service.places.all() if place.lines or place.kind != Place.Kind.PHYSICAL]
    return "; ".join(", ".join(place.lines) or str(Place.Kind(place.kind).label) for place in places)


def here_words(partnership: Partnership | None) -> str:
    if partnership is None or not partnership.days:
        return ""
    return ", ".join(filter(None, [partnership.when_words, partnership.room]))


def open_words(service: Service, clock: Clock) -> str:
    """When it is open next; what the sheet says where that can't be worked out."""
    _, words = opening_of(service, clock)
    return words or "; ".join(row.words for row in service.opening_times.all() if row.words)[:200]
