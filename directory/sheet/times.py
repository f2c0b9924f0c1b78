"""Opening and contact times: read from words where they are plain, written in words, and when it is open next."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from config.text import listed
from config.values import day_words, parse_date
from directory.models.choices import Rhythm, Season
from partnerships.models.partnership import Weekday

HORIZON = 42
"""So many days ahead are looked at for the next open time."""
WORDS_LENGTH = 300
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "last"}
SEASONS = {Season.TERM: "term time only", Season.HOLIDAYS: "school holidays only"}
APPOINTMENT = "by appointment"

DAYS = tuple(Weekday)
DAY_NAMES = {day: str(day.label) for day in DAYS}
NAMED = {str(day.label).lower(): day for day in DAYS}
SHORT = {
    **{name[:3]: day for name, day in NAMED.items()},
    "tues": Weekday.TUESDAY,
    "weds": Weekday.WEDNESDAY,
    "thur": Weekday.THURSDAY,
    "thurs": Weekday.THURSDAY,
}
WEEKDAYS = DAYS[:5]
GROUPS = {
    **dict.fromkeys(("daily", "every day", "7 days a week", "all week", "seven days a week"), DAYS),
    **dict.fromkeys(("weekdays", "every weekday", "on weekdays"), WEEKDAYS),
    **dict.fromkeys(("weekends", "at weekends", "weekend"), DAYS[5:]),
}


Hours = tuple[time | None, time | None]
"""Opens and closes; either may be left open."""


@dataclass(frozen=True)
class Times:
    """One row of opening times. Without days it is `words` alone; with them, `words` is a note."""

    words: str = ""
    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    rhythm: str = Rhythm.WEEKLY.value
    week: int | None = None
    starts_on: date | None = None
    season: str = Season.ALL_YEAR.value
    by_appointment: bool = False

    @property
    def is_understood(self) -> bool:
        """Whether something can be worked out from it, and not only read."""
        return bool(self.days)


# Written


def write_times(times: Iterable[Times]) -> str:
    """ "Monday to Thursday, 9am to 12.30pm and 1.30pm to 5pm; Friday, 9am to noon, term time only"."""
    return "; ".join(time_lines(times))


def time_lines(times: Iterable[Times]) -> list[str]:
    """A line for each group of days with the same hours."""
    return [_line(days, hours, rest) for days, hours, rest in groups_of_days(list(times))]


def groups_of_days(times: Sequence[Times]) -> Iterator[tuple[tuple[str, ...], list[Hours], Times]]:
    """(days, hours of each of them, the rest), in the order in which they are first spoken of.

    Under the same conditions a day is in one group, with each of its hours once: what is written reads back the same.
    """
    hours_of: dict[tuple[Times, str | int], list[Hours]] = {}
    for number, row in enumerate(times):
        rest = replace(row, days=(), opens=None, closes=None)
        for day in row.days or (number,):  # words alone are a line of their own
            hours = hours_of.setdefault((rest, day), [])
            if (row.opens, row.closes) not in hours:
                hours.append((row.opens, row.closes))
    groups: dict[tuple[Any, ...], list[str | int]] = {}
    for (rest, day), hours in hours_of.items():
        alone = None if isinstance(day, str) else day
        spans = tuple(filter(any, hours)) or tuple(hours)
        groups.setdefault((rest, spans, alone), []).append(day)
    for (rest, hours, _), days in groups.items():
        yield tuple(day for day in DAYS if day in days), list(hours), rest


def _line(days: tuple[str, ...], hours: list[Hours], rest: Times) -> str:
    if not days:
        parts = [rest.words, SEASONS.get(Season(rest.season), "")]
        parts += [APPOINTMENT] if rest.by_appointment and APPOINTMENT not in rest.words.lower() else []
        return ", ".join(filter(None, parts))
    spans = " and ".join(filter(None, (_span(*each) for each in hours)))
    parts = [_day_words(days, rest), spans, SEASONS.get(Season(rest.season), "")]
    parts += [APPOINTMENT] if rest.by_appointment else []
    line = ", ".join(filter(None, parts))
    return f"{line} ({rest.words})" if rest.words else line


def _day_words(days: tuple[str, ...], rest: Times) -> str:
    if rest.rhythm == Rhythm.FORTNIGHTLY:
        words = f"every second {listed_days(days, ranges=False)}"
        return f"{words} from {day_words(rest.starts_on)}" if rest.starts_on else words
    if rest.rhythm == Rhythm.MONTHLY:
        if rest.week is None:
            return f"once a month on a {listed_days(days, ranges=False)}"
        return f"{ORDINALS[rest.week]} {listed_days(days, ranges=False)} of the month"
    return listed_days(days)


def listed_days(days: Sequence[str], *, ranges: bool = True) -> str:
    """ "Monday to Thursday and Saturday"."""
    at = [number for number, day in enumerate(DAYS) if day in days]
    if len(at) == len(DAYS) and ranges:
        return "every day"
    runs: list[list[int]] = []
    for number in at:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        names = [DAY_NAMES[DAYS[number]] for number in run]
        words += [f"{names[0]} to {names[-1]}"] if ranges and len(run) > 2 else names
    return listed(words)


def _span(opens: time | None, closes: time | None) -> str:
    if opens and closes:
        return f"{clock_words(opens)} to {clock_words(closes)}"
    if opens:
        return f"from {clock_words(opens)}"
    return f"until {clock_words(closes)}" if closes else ""


def clock_words(at: time) -> str:
    """ "9am", "12.30pm", "noon"."""
    if at == time(12):
        return "noon"
    half = "am" if at.hour < 12 else "pm"
    hour = at.hour % 12 or 12
    return f"{hour}.{at.minute:02}{half}" if at.minute else f"{hour}{half}"


# Read


def read_times(text: str) -> list[Times]:
    """What the words say. A piece that is not wholly understood stays words, just as it was written."""
    found: list[Times] = []
    for piece in (part.strip() for part in re.split(r"[;\n]", text)):
        if piece:
            found += _read_piece(piece) or [Times(words=piece[:WORDS_LENGTH])]
    return found


_NAME = "|".join(sorted([*NAMED, *SHORT], key=len, reverse=True))
_DAY = rf"(?:{_NAME})s?\b\.?"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*|\s*/\s*)"
_TO = r"\s*(?:to|until|till|-|–|—)\s*"
_DAYS = rf"{_DAY}(?:(?:{_TO}|{_AND}){_DAY})*"
_GROUP = "|".join(sorted(GROUPS, key=len, reverse=True))
_CLOCK = r"(?:noon|midday|\d{1,2}(?:[.:]\d{2})?\s*(?:am|pm)?)"
_HOURS = rf"(?:{_CLOCK}{_TO}{_CLOCK}|from\s+{_CLOCK}|(?:until|till)\s+{_CLOCK})"
_WHEN = re.compile(
    rf"(?:(?P<second>every second|every other|alternate|fortnightly on)\s+"
    rf"|(?:the\s+)?(?P<week>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    rf"|(?P<once>once a month on an?)\s+"
    rf"|(?:every|on)\s+)?"
    rf"(?P<days>{_DAYS}|{_GROUP})"
    rf"(?P<month>\s+(?:of|in) (?:the|each|every) month)?"
    rf"(?:\s+from\s+(?P<since>\d{{1,2}} [a-z]+ \d{{4}}))?"
    rf"(?:\s*[,:]?\s*(?P<hours>(?:from\s+(?={_CLOCK}{_TO}))?{_HOURS}(?:{_AND}{_HOURS})*))?"
    rf"(?P<rest>(?:\s*,?\s*(?:term[- ]time(?: only)?|in term time|(?:in (?:the )?)?school holidays(?: only)?"
    rf"|by appointment(?: only)?))*)"
    rf"(?:\s*\((?P<note>[^()]{{1,200}})\))?\.?",
    re.IGNORECASE,
)
_WEEKS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 5}


def _read_piece(piece: str) -> list[Times]:
    match = _WHEN.fullmatch(piece)
    if match is None:
        return []
    days = _days_of(match["days"].lower())
    hours = _hours_of(match["hours"] or "")
    if not days or hours is None or bool(match["week"]) != bool(match["month"]):
        return []
    rest = (match["rest"] or "").lower()
    if match["since"] and not (match["second"] and _date_of(match["since"])):
        return []
    rhythm = Rhythm.WEEKLY
    if match["second"]:
        rhythm = Rhythm.FORTNIGHTLY
    elif match["week"] or match["once"]:
        rhythm = Rhythm.MONTHLY
    season = Season.TERM if "term" in rest else Season.HOLIDAYS if "holiday" in rest else Season.ALL_YEAR
    row = Times(
        words=(match["note"] or "").strip(),
        days=days,
        rhythm=rhythm.value,
        week=_WEEKS[match["week"].lower()] if match["week"] else None,
        starts_on=_date_of(match["since"]) if match["since"] else None,
        season=season.value,
        by_appointment=APPOINTMENT in rest,
    )
    return [replace(row, opens=opens, closes=closes) for opens, closes in hours] or [row]


def _date_of(text: str) -> date | None:
    try:
        found: date = parse_date(text)
    except ValueError:
        return None
    return found


def _days_of(text: str) -> tuple[str, ...]:
    """The days in their order; none when the words run backwards."""
    if text in GROUPS:
        return tuple(day.value for day in GROUPS[text])
    found: list[Weekday] = []
    for match in re.finditer(rf"({_NAME})s?\b\.?({_TO})?(?=\s*{_DAY}|\s*,|\s|&|\+|/|$)", text):
        day = NAMED.get(match[1]) or SHORT[match[1]]
        before = text[: match.start()]
        if found and re.search(r"(?:to|until|till|-|–|—)\s*$", before):
            start, end = DAYS.index(found[-1]), DAYS.index(day)
            if end <= start:
                return ()
            found += DAYS[start + 1 : end + 1]
        else:
            found.append(day)
    return tuple(day.value for day in DAYS if day in found)


def _hours_of(text: str) -> list[tuple[time | None, time | None]] | None:
    """The hours; None when they can't be told, like "7 to 8" without morning or evening."""
    found: list[tuple[time | None, time | None]] = []
    pattern = rf"({_CLOCK}){_TO}({_CLOCK})|(?P<one>from|until|till)\s+({_CLOCK})"
    for match in re.finditer(pattern, re.sub(rf"from\s+(?={_CLOCK}{_TO})", "", text.lower())):
        span: tuple[time | None, time | None] | None
        if match["one"]:
            at = read_clock(match[4])
            span = (at, None) if match["one"] == "from" else (None, at)
        else:
            span = _span_of(match[1], match[2])
        if span is None or span == (None, None):
            return None
        found.append(span)
    return found


def _span_of(first: str, second: str) -> tuple[time, time] | None:
    opens, opens_half = _clock_of(first)
    closes, closes_half = _clock_of(second)
    if opens is None or closes is None:
        return None
    if not opens_half and closes_half == "pm" and opens.hour < 12:
        later = time((opens.hour + 12) % 24, opens.minute)
        opens = later if opens.hour < 7 and later < closes else opens
    elif not opens_half and not closes_half and opens.hour < 7 and first[0] != "0":
        opens = time(opens.hour + 12, opens.minute)
    if closes <= opens and not closes_half and closes.hour < 12:
        closes = time(closes.hour + 12, closes.minute)
    unclear = not opens_half and not closes_half and 7 <= opens.hour < 8 and closes.hour < 12
    return None if closes <= opens or unclear else (opens, closes)


def _clock_of(text: str) -> tuple[time | None, str]:
    """(the time, whether it says am, pm, or is sure of itself)."""
    if text in {"noon", "midday"}:
        return time(12), "pm"
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?", text)
    if match is None:
        return None, ""
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3] or ""
    if half and not 1 <= hour <= 12:
        return None, ""
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None, ""
    return time(hour, minute), half or ("pm" if hour > 12 else "")


def read_span(opens: str, closes: str) -> tuple[time, time] | None:
    """Two boxes of a form; None when they can't be told, or when it would close before it opens."""
    return _span_of(opens.strip().lower(), closes.strip().lower())


def read_clock(text: str) -> time | None:
    """One box: "9am", "13.30"; "4" is in the afternoon."""
    found, half = _clock_of(text.strip().lower())
    is_afternoon = found and not half and 1 <= found.hour < 7 and not text.strip().startswith("0")
    return time(found.hour + 12, found.minute) if found and is_afternoon else found


# Worked out


def next_open(
    times: Iterable[Times], now: datetime, in_term: Callable[[date], bool | None]
) -> tuple[datetime, datetime] | None:
    """The span in which it is open now, or the next one within six weeks; None when that can't be told.

    `in_term(day)` is None where the school's terms are not known: then "term time only" tells nothing.
    """
    rows = [row for row in times if row.is_understood and row.opens and row.closes]
    for ahead in range(HORIZON if rows else 0):
        day = now.date() + timedelta(days=ahead)
        spans = sorted(
            (row.opens, row.closes)
            for row in rows
            if row.opens and row.closes and happens_on(row, day, in_term)
        )
        for opens, closes in spans:
            end = datetime.combine(day, closes, now.tzinfo)
            if end > now:
                return datetime.combine(day, opens, now.tzinfo), end
    return None


def happens_on(row: Times, day: date, in_term: Callable[[date], bool | None]) -> bool:
    """Whether this row holds on `day`. Something fortnightly or monthly without its week is not told."""
    if Weekday.of(day) not in row.days:
        return False
    if row.season and in_term(day) is not (row.season == Season.TERM):
        return False
    if row.rhythm == Rhythm.FORTNIGHTLY:
        return row.starts_on is not None and _weeks_between(row.starts_on, day) % 2 == 0
    if row.rhythm == Rhythm.MONTHLY:
        return row.week is not None and _is_in_week(day, row.week)
    return True


def _weeks_between(start: date, day: date) -> int:
    monday = [each - timedelta(days=each.weekday()) for each in (start, day)]
    return (monday[1] - monday[0]).days // 7


def _is_in_week(day: date, week: int) -> bool:
    if week == 5:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == week
