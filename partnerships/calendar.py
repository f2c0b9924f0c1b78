"""One calendar over all schools of a person: on the page and as a file for the calendar that they use."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.registry import Dated, registry
from partnerships.visits import LATE, days_of, minutes_of

SHOWN_DAYS = 14
FILE_DAYS = 120
LINE_OCTETS = 73
_BETWEEN = re.compile(r"\s*(?:\bto\b|\buntil\b|–|-)\s*")


@dataclass(frozen=True)
class Entry:
    setting: Setting
    dated: Dated


@dataclass(frozen=True)
class CalendarDay:
    day: date
    entries: list[Entry]


def days_from(day: date, count: int) -> list[date]:
    return [day + timedelta(days=number) for number in range(count)]


def entries_of(memberships: Iterable[Membership], days: Sequence[date]) -> list[Entry]:
    """By day and clock; those without a time come last."""
    found = [
        Entry(membership.setting, dated)
        for membership in memberships
        for source in registry.calendar
        for dated in source(membership, days)
    ]
    return sorted(found, key=lambda each: (each.dated.day, minutes_of(each.dated.times), each.setting.name))


def by_day(entries: Iterable[Entry]) -> list[CalendarDay]:
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.dated.day, []).append(entry)
    return [CalendarDay(day, found[day]) for day in sorted(found)]


def days_in_school(membership: Membership, days: Sequence[date]) -> Iterator[Dated]:
    """When somebody is expected at the school, with times and room; nothing in its holidays or while away.

    Reception may have entered people of the service without saying whose sign-in is whose.
    """
    if membership.service_id is None or membership.tie_confirmed_on is None:
        return
    url = reverse("partnerships:setting_home", args=[membership.setting.slug])
    mine = {membership.pk} if membership.visits.exists() else {membership.pk, None}
    for day in days_of(membership.setting, days):
        for visit in day.visits:
            is_mine = visit.visitor is None or visit.visitor.membership_id in mine
            if visit.partnership.service_id == membership.service_id and is_mine and not visit.away:
                yield Dated(
                    day.day, f"At {membership.setting.called}", text=visit.room, times=visit.times, url=url
                )


def actions_due(membership: Membership, days: Sequence[date]) -> Iterator[Dated]:
    if not membership.may(Permission.ACTION_OWN):
        return
    for action in membership.actions.open().filter(due_on__range=(days[0], days[-1])):
        url = reverse("partnerships:action_detail", args=[membership.setting.slug, action.pk])
        yield Dated(action.due_on, action.text, text="Your action is due", url=url)


# The file


def as_file(entries: Iterable[Entry]) -> str:
    """RFC 5545. What has times is in UTC; the rest is of the whole day."""
    stamp = f"{timezone.now().astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Joined Up//My schools//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, stamp)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, stamp: str) -> list[str]:
    dated = entry.dated
    words = f"{entry.setting.slug} {dated.day} {dated.title} {dated.times} {dated.url}"
    about = ". ".join(filter(None, [dated.times, dated.text]))
    lines = [f"UID:{sha256(words.encode()).hexdigest()[:32]}@joined-up", f"DTSTAMP:{stamp}", *_when(dated)]
    lines += [f"SUMMARY:{_escaped(dated.title)}", f"LOCATION:{_escaped(entry.setting.name)}"]
    lines += [f"DESCRIPTION:{_escaped(about)}"] * bool(about)
    lines += [f"URL:{settings.SITE_URL}{dated.url}"] * bool(dated.url)
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def _when(dated: Dated) -> list[str]:
    span = _span(dated.times)
    if span is None:
        return [
            f"DTSTART;VALUE=DATE:{dated.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{dated.day + timedelta(days=1):%Y%m%d}",
        ]
    starts, ends = (_utc(dated.day, minutes) for minutes in span)
    return [f"DTSTART:{starts}", f"DTEND:{ends}"]


def _span(times: str) -> tuple[int, int] | None:
    """The minutes of the day between which something is; None where the words don't say both."""
    parts = _BETWEEN.split(times.strip())
    if len(parts) != 2:
        return None
    first, last = (minutes_of(part) for part in parts)
    return (first, last) if first < last < LATE else None


def _utc(day: date, minutes: int) -> str:
    at = timezone.make_aware(datetime.combine(day, time(minutes // 60, minutes % 60)))
    return f"{at.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Lines have at most 75 octets; what goes on begins with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LINE_OCTETS:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
