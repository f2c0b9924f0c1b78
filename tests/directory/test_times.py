"""Opening times: read from words, written in words, and when it is open next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory.sheet.times import Times, next_open, read_clock, read_span, read_times, write_times

LONDON = ZoneInfo("Europe/London")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def rows(draw: Any) -> Times:
    """A row as the form makes it: hours that make sense, a rhythm with what belongs to it."""
    span = sorted(draw(st.lists(clocks, min_size=2, max_size=2, unique=True)))
    hours = draw(st.sampled_from([span, [span[0], None], [None, span[1]], [None, None]]))
    rhythm, week, start = draw(
        st.one_of(
            st.just(("weekly", None, None)),
            st.tuples(
                st.just("fortnightly"), st.none(), st.dates(date(2024, 1, 1), date(2030, 1, 1)) | st.none()
            ),
            st.tuples(st.just("monthly"), st.integers(1, 5) | st.none(), st.none()),
        )
    )
    chosen = draw(st.sets(st.sampled_from(DAYS), min_size=1))
    return Times(
        words=draw(st.sampled_from(["", "ring first", "at the farm"])),
        days=tuple(day for day in DAYS if day in chosen),
        opens=hours[0],
        closes=hours[1],
        rhythm=rhythm,
        week=week,
        starts_on=start,
        season=draw(st.sampled_from(["", "term", "holidays"])),
        by_appointment=draw(st.booleans()),
    )


@hypothesis_settings(deadline=None, max_examples=300)
@given(rows())
def test_what_is_written_of_one_row_is_read_as_the_same_row(row: Times) -> None:
    assert read_times(write_times([row])) == [row]


@hypothesis_settings(deadline=None, max_examples=150)
@given(st.lists(rows(), max_size=4))
def test_what_is_written_of_several_reads_back_to_the_same_words(times: list[Times]) -> None:
    words = write_times(times)
    assert write_times(read_times(words)) == words


@hypothesis_settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_words_that_are_not_understood_are_kept(text: str) -> None:
    read = read_times(text)
    if not any(row.is_understood for row in read):
        assert "".join(write_times(read).split()) == "".join(
            "; ".join(part.strip() for part in text.replace("\n", ";").split(";") if part.strip()).split()
        )


NINE_TO_FIVE = Times(days=("MO",), opens=time(9), closes=time(17))


def test_a_day_has_all_its_hours_in_one_line_however_they_came() -> None:
    nine, two = (time(9), time(12)), (time(14), time(16))
    rows = [
        Times(days=("MO", "TU"), opens=nine[0], closes=nine[1]),
        Times(days=("MO",), opens=two[0], closes=two[1], by_appointment=True),
        Times(days=("TU",), opens=two[0], closes=two[1]),
        Times(days=("MO",), opens=nine[0], closes=nine[1]),
        Times(days=("WE",)),
        Times(days=("WE",), opens=nine[0], closes=nine[1]),
    ]
    assert write_times(rows) == (
        "Monday and Wednesday, 9am to noon; Tuesday, 9am to noon and 2pm to 4pm; Monday, 2pm to 4pm, by appointment"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday 9 to 5", [NINE_TO_FIVE]),
        ("Mon, 9am-5pm", [NINE_TO_FIVE]),
        ("Mondays: 9.00 to 17.00", [NINE_TO_FIVE]),
        ("on Monday from 9am until 5pm.", [NINE_TO_FIVE]),
        ("Mon-Wed 9-5", [replace(NINE_TO_FIVE, days=("MO", "TU", "WE"))]),
        ("Mon & Thurs 9-5", [replace(NINE_TO_FIVE, days=("MO", "TH"))]),
        ("weekdays 9-5", [replace(NINE_TO_FIVE, days=DAYS[:5])]),
        ("every day, 9am to 5pm", [replace(NINE_TO_FIVE, days=DAYS)]),
        ("Friday until noon", [Times(days=("FR",), closes=time(12))]),
        ("Saturday from 10am", [Times(days=("SA",), opens=time(10))]),
        (
            "Monday 9 to 12.30 and 1.30 to 5",
            [replace(NINE_TO_FIVE, closes=time(12, 30)), replace(NINE_TO_FIVE, opens=time(13, 30))],
        ),
        ("every second Monday from 5 January 2026, 9 to 5",
         [replace(NINE_TO_FIVE, rhythm="fortnightly", starts_on=date(2026, 1, 5))]),
        ("first Monday of the month, 9 to 5", [replace(NINE_TO_FIVE, rhythm="monthly", week=1)]),
        ("last Monday of the month, 9 to 5", [replace(NINE_TO_FIVE, rhythm="monthly", week=5)]),
        ("Monday 9 to 5, term time only", [replace(NINE_TO_FIVE, season="term")]),
        ("Monday 9 to 5, school holidays only, by appointment",
         [replace(NINE_TO_FIVE, season="holidays", by_appointment=True)]),
        ("Monday 9 to 5 (ring first)", [replace(NINE_TO_FIVE, words="ring first")]),
        ("Monday 6 to 8", [replace(NINE_TO_FIVE, opens=time(18), closes=time(20))]),
        ("when the lights are on", [Times(words="when the lights are on")]),
        ("Monday 7 to 8", [Times(words="Monday 7 to 8")]),
        ("Monday 25 to 26", [Times(words="Monday 25 to 26")]),
        ("Wed to Mon 9-5", [Times(words="Wed to Mon 9-5")]),
        ("first Monday, 9 to 5", [Times(words="first Monday, 9 to 5")]),
        ("", []),
    ],
)  # fmt: skip
def test_phrases(text: str, expected: list[Times]) -> None:
    assert read_times(text) == expected


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("9", "5", (time(9), time(17))),
        ("9am", "noon", (time(9), time(12))),
        ("1", "4.30", (time(13), time(16, 30))),
        ("17:00", "19:30", (time(17), time(19, 30))),
        ("5pm", "9am", None),
        ("soon", "later", None),
        ("9am", "9am", None),
    ],
)
def test_two_boxes_are_read_together(opens: str, closes: str, expected: object) -> None:
    assert read_span(opens, closes) == expected


def test_one_box_in_the_small_hours_is_the_afternoon() -> None:
    assert [read_clock(text) for text in ("4", "9", "04:00", "noon", "x")] == [
        time(16), time(9), time(4), time(12), None,
    ]  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def opens_at(words: str, now: str, in_term: Callable[[date], bool | None] = lambda day: True) -> str:
    span = next_open(read_times(words), at(now), in_term)
    return f"{span[0]:%Y-%m-%d %H:%M}" if span else ""


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        ("Monday 9 to 5", "2026-03-02 08:00", "2026-03-02 09:00"),
        ("Monday 9 to 5", "2026-03-02 16:59", "2026-03-02 09:00"),
        ("Monday 9 to 5", "2026-03-02 17:00", "2026-03-09 09:00"),
        ("Monday 9 to 12 and 1 to 5", "2026-03-02 12:30", "2026-03-02 13:00"),
        ("every second Monday from 2 March 2026, 9 to 5", "2026-03-03 08:00", "2026-03-16 09:00"),
        ("every second Monday from 28 December 2026, 9 to 5", "2026-12-29 08:00", "2027-01-11 09:00"),
        ("every second Monday, 9 to 5", "2026-03-02 08:00", ""),
        ("first Saturday of the month, 10am to 1pm", "2026-03-08 08:00", "2026-04-04 10:00"),
        ("last Friday of the month, 10am to 1pm", "2026-02-01 08:00", "2026-02-27 10:00"),
        ("Friday until noon", "2026-03-02 08:00", ""),
        ("when the lights are on", "2026-03-02 08:00", ""),
    ],
)
def test_next_open(words: str, now: str, expected: str) -> None:
    assert opens_at(words, now) == expected


def test_next_open_over_the_end_of_a_term() -> None:
    terms = [(date(2026, 2, 23), date(2026, 3, 27)), (date(2026, 4, 13), date(2026, 5, 22))]

    def in_term(day: date) -> bool:
        return any(start <= day <= end for start, end in terms)

    term, holidays = "Monday 9 to 5, term time only", "Monday 9 to 5, school holidays only"
    assert opens_at(term, "2026-03-24 08:00", in_term) == "2026-04-13 09:00"
    assert opens_at(holidays, "2026-03-24 08:00", in_term) == "2026-03-30 09:00"
    assert opens_at(term, "2026-03-24 08:00", lambda day: None) == ""


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_hours_stay_the_same_on_the_wall_when_the_clocks_change(day: date) -> None:
    times = read_times("Sunday 9 to 5")
    eve = datetime.combine(day - timedelta(days=1), time(20), LONDON)
    span = next_open(times, eve, lambda day: True)
    assert span is not None
    assert span[0].replace(tzinfo=None) == datetime.combine(day, time(9))
    assert span[0].utcoffset() == datetime.combine(day, time(12), LONDON).utcoffset()
