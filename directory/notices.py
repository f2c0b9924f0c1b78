"""What holds for a while: list full, waiting now … weeks, not in this week, closed until, something to know now.

A notice is live at once and ends by itself: its dates say when, and no job is needed. It may be of a service
everywhere, or at one school.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from config.values import day_words
from directory.freshness import state_of, waiting_words, weeks_words
from directory.models import Notice, Service
from directory.models.notices import NoticeQuerySet
from partnerships.models import Setting

Rows = TypeVar("Rows", bound=QuerySet[Any])
Kind = Notice.Kind
PLACES = (Kind.FULL, Kind.WAITING)
"""Both answer whether there is a place: the later one replaces the earlier."""
STATES = (Kind.CLOSED, *PLACES)
"""What counts instead of what the sheet says, the first before the others."""
CSS = {Kind.CLOSED: "stop", Kind.FULL: "stop", Kind.WAITING: "wait", Kind.AWAY: "wait", Kind.ALERT: "wait"}
ATTRIBUTE = "current_notices"
USUAL_DAYS = {Kind.FULL: 28, Kind.WAITING: 84, Kind.CLOSED: 28, Kind.ALERT: 28}


@transaction.atomic
def say(
    *,
    service: Service,
    kind: str,
    ends_on: date | None,
    said_by: str,
    setting: Setting | None = None,
    weeks: int | None = None,
    words: str = "",
) -> Notice:
    """Live at once. It takes the place of what was said before to the same question at the same place."""
    same = PLACES if kind in PLACES else (kind,)
    end_all(service.notices.current().filter(setting=setting, kind__in=same))
    made: Notice = service.notices.create(
        kind=kind,
        ends_on=ends_on,
        setting=setting,
        weeks=weeks if kind == Kind.WAITING else None,
        words=words,
        said_by=said_by[:120],
    )
    return made


def usual_end(kind: str, today: date) -> date:
    """When a notice ends for which no day was given."""
    return end_of_week(today) if kind == Kind.AWAY else today + timedelta(days=USUAL_DAYS[Kind(kind)])


def end(notice: Notice) -> None:
    """Before its time. Ending it twice changes nothing."""
    end_all(Notice.objects.filter(pk=notice.pk))


def end_all(notices: QuerySet[Notice]) -> None:
    notices.filter(ended_at=None).update(ended_at=timezone.now())


def holding(setting: Setting | None = None, day: date | None = None) -> NoticeQuerySet:
    """What holds on `day`: everywhere, and at `setting`."""
    return Notice.objects.current(day).filter(Q(setting=None) | Q(setting=setting))


def with_notices(services: Rows, setting: Setting | None = None, at: str = "") -> Rows:
    """With what holds today, in one query. `at`: the way from the rows to the service, like "service"."""
    path = f"{at}__notices" if at else "notices"
    return services.prefetch_related(Prefetch(path, queryset=holding(setting), to_attr=ATTRIBUTE))


def put_notices(service: Service, said: Iterable[dict[str, Any]]) -> None:
    """What with_notices would fetch, for somebody who has read it otherwise: kind, weeks, words, ends_on."""
    current = [Notice(**{**each, "ends_on": parse_date(each["ends_on"] or "")}) for each in said]
    setattr(service, ATTRIBUTE, current)


def notices_of(service: Service, setting: Setting | None = None) -> list[Notice]:
    """What holds today, what was said last first; from with_notices if it was asked."""
    fetched: list[Notice] | None = getattr(service, ATTRIBUTE, None)
    return fetched if fetched is not None else list(holding(setting).filter(service=service))


def state_now(service: Service, setting: Setting | None = None) -> tuple[str, str] | None:
    """(ok, wait or stop; the words): the notice that holds, else what the sheet says; None when nobody knows."""
    found = place_notice(service, setting)
    if found is None:
        return state_of(service, setting)
    return CSS[Kind(found.kind)], notice_words(found)


def wait_words(service: Service, setting: Setting | None = None) -> str:
    """How long one waits: what holds now, else what the sheet says; "" when it is not known."""
    found = place_notice(service, setting)
    return weeks_words(found.weeks) if found else waiting_words(service, setting)


def place_notice(service: Service, setting: Setting | None = None) -> Notice | None:
    """The notice that says now whether there is a place."""
    return _first(notices_of(service, setting), STATES)


def signs(service: Service, setting: Setting | None = None) -> list[tuple[str, str]]:
    """Whether it can take someone now, and whether it is away this week: (kind, words) for the list and the sheet."""
    away = _first(notices_of(service, setting), (Kind.AWAY,))
    shown = [state_now(service, setting), (CSS[Kind.AWAY], notice_words(away)) if away else None]
    return [each for each in shown if each]


def alerts_of(service: Service, setting: Setting | None = None) -> list[Notice]:
    return [notice for notice in notices_of(service, setting) if notice.kind == Kind.ALERT]


def _first(notices: Iterable[Notice], kinds: tuple[Any, ...]) -> Notice | None:
    by_kind = {notice.kind: notice for notice in reversed(list(notices))}
    return next((by_kind[kind] for kind in kinds if kind in by_kind), None)


def notice_words(notice: Notice) -> str:
    """As a person reads it: "Closed until 12 January 2026", "List full", "Waiting now: about six weeks"."""
    kind = Kind(notice.kind)
    if kind is Kind.ALERT:
        return notice.words
    if kind is Kind.CLOSED and notice.ends_on:
        return f"Closed until {day_words(notice.ends_on + timedelta(days=1))}"
    if kind is Kind.AWAY and notice.ends_on:
        return f"Not in until {day_words(notice.ends_on)}" if _beyond(notice.ends_on) else "Not in this week"
    if kind is Kind.WAITING and notice.weeks is not None:
        return f"Waiting now: {weeks_words(notice.weeks)}"
    return str(kind.label)


def _beyond(day: date) -> bool:
    return day > end_of_week(timezone.localdate())


def end_of_week(today: date) -> date:
    """The Sunday of the week."""
    return today + timedelta(days=6 - today.weekday())
