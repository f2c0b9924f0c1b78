"""Services side by side: what decides between them, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst

from config.values import day_words
from directory.models import Cost, Place, Service
from directory.sheet import times_of
from directory.times import DAY_NAMES, clock_words, next_open
from directory.wording import in_words
from partnerships.models import Partnership, Setting
from partnerships.models.partnership import Weekday

NOT_SAID = "Not said"


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
    now, in_term = timezone.localtime(), terms_of(setting)
    writers: list[tuple[str, Callable[[Service], str]]] = [
        ("Waiting time", lambda service: capfirst(service.waiting_time)),
        ("Cost", cost_words),
        ("Ages", age_words),
        ("Level of need", lambda service: in_words("levels", service.levels)),
        ("Who may refer", lambda service: in_words("referrers", service.referrers)),
        ("How to refer", lambda service: service.referral.strip().split("\n")[0][:240]),
        ("Open next", lambda service: next_open_words(service, now, in_term)),
        ("In this school", lambda service: here_words(ours.get(service.pk))),
        ("Where", where_words),
        ("Languages", lambda service: in_words("languages", service.languages)),
        ("Not for", lambda service: service.not_for),
    ]
    rows = [Row("Can take someone", [(service, "") for service in services], is_state=True)]
    rows += [Row(label, [(each, write(each) or NOT_SAID) for each in services]) for label, write in writers]
    said = [row for row in rows if row.is_state or any(words != NOT_SAID for _, words in row.answers)]
    return Comparison(services, said)


def cost_words(service: Service) -> str:
    words = "" if service.cost == Cost.UNKNOWN else in_words("cost", service.cost)
    return ": ".join(filter(None, [words, service.cost_note]))


def age_words(service: Service) -> str:
    youngest, oldest = service.min_age, service.max_age
    if youngest is not None and oldest is not None:
        return f"{youngest} to {oldest}" if youngest != oldest else str(youngest)
    if youngest is not None:
        return f"From {youngest}"
    return f"Up to {oldest}" if oldest is not None else ""


def where_words(service: Service) -> str:
    places = [place for place in service.places.all() if place.lines or place.kind != Place.Kind.PHYSICAL]
    return "; ".join(", ".join(place.lines) or str(Place.Kind(place.kind).label) for place in places)


def here_words(partnership: Partnership | None) -> str:
    if partnership is None or not partnership.days:
        return ""
    return ", ".join(filter(None, [partnership.day_words, partnership.times, partnership.room]))


def terms_of(setting: Setting) -> Callable[[date], bool | None]:
    """Whether a day lies in a term; None where the terms are not known."""
    terms = list(setting.terms.all())
    return lambda day: any(term.starts <= day <= term.ends for term in terms) if terms else None


def next_open_words(service: Service, now: datetime, in_term: Callable[[date], bool | None]) -> str:
    """ "Now, until 5pm" or "Thursday, 9am to noon"; what the sheet says where it can't be worked out."""
    rows = [times_of(row) for row in service.opening_times.all()]
    found = next_open(rows, now, in_term)
    if found is None:
        return "; ".join(row.words for row in rows if row.words)[:200]
    opens, closes = found
    if opens <= now:
        return f"Now, until {clock_words(closes.time())}"
    return (
        f"{_day_words(opens.date(), now.date())}, {clock_words(opens.time())} to {clock_words(closes.time())}"
    )


def _day_words(day: date, today: date) -> str:
    away = (day - today).days
    if away < 2:
        return ("Today", "Tomorrow")[away]
    return DAY_NAMES[Weekday.of(day)] if away < 7 else day_words(day)
