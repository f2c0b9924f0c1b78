"""Who comes to the school from outside: on which day, when, to which room, and whether reception lets them through."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from partnerships.models import Partnership, Setting, Visitor
from partnerships.models.partnership import Weekday
from partnerships.registry import Away, registry
from partnerships.terms import terms_of

NO_ROOM = "Room not said"
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?", re.IGNORECASE)
LATE = 24 * 60


@dataclass(frozen=True)
class Visit:
    """Somebody who is expected. `visitor` is None where only the service is known; `away` says why nobody comes."""

    day: date
    name: str
    role: str
    partnership: Partnership
    times: str
    room: str
    visitor: Visitor | None
    away: str = ""

    @property
    def is_ready(self) -> bool:
        return self.visitor is not None and self.visitor.is_ready

    @property
    def room_words(self) -> str:
        return self.room or NO_ROOM


@dataclass(frozen=True)
class Day:
    day: date
    visits: list[Visit]
    is_holiday: bool = False

    @property
    def expected(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.away]


def current_visitors(setting: Setting, day: date | None = None) -> QuerySet[Visitor]:
    """People of live partnerships whose own access and work here have not ended."""
    day = day or timezone.localdate()
    live = setting.partnerships.live().filter(service__retired_at=None)
    found = Visitor.objects.filter(partnership__in=live).select_related("partnership__service", "membership")
    stays = Q(left_on=None) | Q(left_on__gt=day)
    has_access = Q(membership=None) | Q(membership__left_on=None) | Q(membership__left_on__gt=day)
    is_live = Q(partnership__ended_on=None) | Q(partnership__ended_on__gt=day)
    return found.filter(stays, has_access, is_live)


def past_visitors(setting: Setting) -> QuerySet[Visitor]:
    """Those who were told not to come any more."""
    found = Visitor.objects.filter(partnership__setting=setting, left_on__lte=timezone.localdate())
    return found.select_related("partnership__service").order_by("-left_on", "name", "pk")


def days_of(setting: Setting, days: Sequence[date]) -> list[Day]:
    """Who comes on each of the days, by the clock, in a constant number of queries."""
    partnerships = list(setting.partnerships.with_live_service())
    found = Visitor.objects.filter(partnership__in=[ours.pk for ours in partnerships])
    visitors = list(found.select_related("partnership__service", "membership"))
    in_term = terms_of(setting)
    away = _away(setting, days)
    made = []
    for day in days:
        visits = [*_of_people(visitors, day, away), *_of_services(partnerships, visitors, day, away)]
        is_holiday = in_term(day) is False
        made.append(Day(day, [] if is_holiday else sorted(visits, key=_by_clock), is_holiday))
    return made


def _is_gone(visitor: Visitor, day: date) -> bool:
    ends = (visitor.left_on, visitor.membership and visitor.membership.left_on, visitor.partnership.ended_on)
    return any(end and end <= day for end in ends)


def _of_people(visitors: Iterable[Visitor], day: date, away: Away) -> Iterable[Visit]:
    for visitor in visitors:
        ours = visitor.partnership
        if not _is_gone(visitor, day) and Weekday.of(day) in (visitor.days or ours.days):
            yield Visit(
                day=day,
                name=visitor.name,
                role=visitor.role,
                partnership=ours,
                times=visitor.times or ours.times,
                room=visitor.room or ours.room,
                visitor=visitor,
                away=away.get((ours.service_id, day), ""),
            )


def _of_services(
    partnerships: Iterable[Partnership], visitors: Sequence[Visitor], day: date, away: Away
) -> Iterable[Visit]:
    """A partnership with days but without people: somebody of it comes, and nobody has been checked."""
    known = {each.partnership_id for each in visitors if not _is_gone(each, day)}
    gone = {each.name for each in visitors if _is_gone(each, day)}
    for ours in partnerships:
        ended = ours.ended_on and ours.ended_on <= day
        if ours.pk not in known and not ended and Weekday.of(day) in ours.days:
            yield Visit(
                day=day,
                name="" if ours.contact_name in gone else ours.contact_name,
                role="",
                partnership=ours,
                times=ours.times,
                room=ours.room,
                visitor=None,
                away=away.get((ours.service_id, day), ""),
            )


def _away(setting: Setting, days: Sequence[date]) -> Away:
    """Why nobody of a service comes on a day, as the higher apps know."""
    return {key: words for source in registry.away for key, words in source(setting, days).items()}


def _by_clock(visit: Visit) -> tuple[bool, int, str, str]:
    return bool(visit.away), minutes_of(visit.times), visit.partnership.service.sort_name, visit.name


def minutes_of(times: str) -> int:
    """When it begins, as minutes of the day; LATE where the words don't say. "1.30" is in the afternoon."""
    match = _CLOCK.search(times)
    if match is None or int(match[1]) > 23:
        return LATE
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    is_afternoon = hour < 12 and (half == "pm" or (not half and hour < 7))
    return (hour + 12 * is_afternoon) * 60 + minute


def by_room(visits: Iterable[Visit]) -> list[tuple[str, list[Visit]]]:
    rooms: dict[str, list[Visit]] = {}
    for visit in visits:
        rooms.setdefault(visit.room_words, []).append(visit)
    return sorted(rooms.items(), key=lambda pair: (pair[0] == NO_ROOM, pair[0].casefold()))


def week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def shown_week(days: Iterable[Day]) -> list[Day]:
    """Monday to Friday, and a day of the weekend on which somebody comes."""
    return [day for day in days if day.day.weekday() < 5 or day.visits]
