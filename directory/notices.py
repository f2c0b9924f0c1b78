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
SHUT = (Kind.ENDED, Kind.CLOSED)
STATES = (*SHUT, *PLACES)
"""What counts instead of what the sheet says, the first before the others."""
CSS = {
    **dict.fromkeys((Kind.ENDED, Kind.CLOSED, Kind.FULL), "stop"),
    **dict.fromkeys((Kind.WAITING, Kind.AWAY, Kind.ALERT), "wait"),
}
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
    starts_on: date | None = None,
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
        starts_on=starts_on or timezone.localdate(),
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
    """What with_notices would fetch, for somebody who has read it otherwise: kind, weeks, words and its days."""
    days = ("starts_on", "ends_on")
    current = [Notice(**each | {day: parse_date(each[day] or "") for day in days}) for each in said]
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
    return _first((each for each in notices_of(service, setting) if not each.is_ahead), STATES)


def is_shut(service: Service, setting: Setting | None = None) -> bool:
    """Whether nobody opens today, whatever its times say."""
    found = place_notice(service, setting)
    return found is not None and found.kind in SHUT


def about_places(setting: Setting) -> NoticeQuerySet:
    """What place_notice finds, of all services."""
    ahead = Q(kind=Kind.ENDED, starts_on__gt=timezone.localdate())
    return holding(setting).filter(kind__in=STATES).exclude(ahead)


def signs(service: Service, setting: Setting | None = None) -> list[tuple[str, str]]:
    """Whether it can take someone now, is away this week or about to end: (kind, words) for the list and the sheet."""
    found = notices_of(service, setting)
    told = [_first(found, (Kind.AWAY,)), next((each for each in found if each.is_ahead), None)]
    shown = [state_now(service, setting), *(("wait", notice_words(each)) for each in told if each)]
    return [each for each in shown if each]


def alerts_of(service: Service, setting: Setting | None = None) -> list[Notice]:
    """What stands at the top of the sheet: something to know now, and that the service ends."""
    return [notice for notice in notices_of(service, setting) if notice.kind in (Kind.ALERT, Kind.ENDED)]


def _first(notices: Iterable[Notice], kinds: tuple[Any, ...]) -> Notice | None:
    by_kind = {notice.kind: notice for notice in reversed(list(notices))}
    return next((by_kind[kind] for kind in kinds if kind in by_kind), None)


def notice_words(notice: Notice) -> str:
    """As a person reads it: "Closed until 12 January 2026", "List full", "Waiting now: about six weeks"."""
    kind = Kind(notice.kind)
    if kind is Kind.ALERT:
        return notice.words
    if kind is Kind.ENDED:
        return f"{'Ends' if notice.last_day >= timezone.localdate() else 'Ended'} on {day_words(notice.last_day)}"
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
