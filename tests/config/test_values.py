import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import values


def read(parse: Callable[[str], str], typed: str) -> tuple[str | None, str]:
    """What was read, and the words of the refusal."""
    try:
        return parse(typed), ""
    except ValueError as problem:
        return None, str(problem)


ALL = (values.parse_phone, values.parse_postcode, values.parse_web, values.parse_email)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01614960000", "0161 496 0000"),
        ("(0161) 496-0000", "0161 496 0000"),
        ("+44 (0)161 496 0000", "0161 496 0000"),
        ("0044 161 4960000", "0161 496 0000"),
        ("020 7946 0000", "020 7946 0000"),
        ("07700900417", "07700 900 417"),
        ("01632 960142", "01632 960 142"),
        ("015242 22222", "015242 22222"),
        ("0300 123 4567 ext. 214", "0300 123 4567 ext 214"),
        ("0800 1111", "0800 1111"),
        ("116123", "116 123"),
        ("999", "999"),
        ("+33 1 99 00 12 34", "+33 1 99 00 12 34"),
        ("\u200e0161\u00a0496\u00a00000 ", "0161 496 0000"),
    ],
)
def test_phone_is_grouped_as_people_write_it(typed: str, kept: str) -> None:
    assert values.parse_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "none", "ask at the desk", "0161 496 0000 / 0161 496 0001", "12", "0" * 20]
)
def test_phone_that_is_none_says_what_to_enter(typed: str) -> None:
    with pytest.raises(ValueError, match="like 0161 496 0000"):
        values.parse_phone(typed)


def test_phone_without_area_code_asks_for_it() -> None:
    with pytest.raises(ValueError, match="with its area code"):
        values.parse_phone("960 277")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("m320th", "M32 0TH"), ("M32 OTH", "M32 0TH"), ("sw1a1aa", "SW1A 1AA"), ("EC1A-1BB", "EC1A 1BB")],
)
def test_postcode_is_written_one_way(typed: str, kept: str) -> None:
    assert values.parse_postcode(typed) == kept


@pytest.mark.parametrize("typed", ["", "M32", "90210", "near the park", "M32 0T", "<script>"])
def test_postcode_that_is_none_says_what_to_enter(typed: str) -> None:
    with pytest.raises(ValueError, match="like M32 0TH"):
        values.parse_postcode(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.org", "https://example.org"),
        ("HTTP://Example.org/", "http://example.org"),
        ("www.example.org:8080/a?b=c#d", "https://www.example.org:8080/a?b=c#d"),
        ("//example.org/x", "https://example.org/x"),
    ],
)
def test_web_address_gets_its_scheme(typed: str, kept: str) -> None:
    assert values.parse_web(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)//example.org",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://name:secret@example.org",
        "name@example.org",
        "localhost",
        "127.0.0.1",
        "https://[::1]/",
        'https://example.org/"onclick="x',
        "https://example.org\\@evil.org",
        "two words",
        "",
    ],
)
def test_web_address_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape("like www.example.org")):
        values.parse_web(typed)


def test_email_is_freed_from_what_pasting_brings() -> None:
    assert values.parse_email(" mailto:Tom.Whitlock@Harbour.EXAMPLE ") == "Tom.Whitlock@harbour.example"
    assert values.parse_email("<tom@harbour.example>") == "tom@harbour.example"


@pytest.mark.parametrize("typed", ["", "tom", "tom@", "@harbour.example", "tom@harbour", "a@b.org, c@d.org"])
def test_email_that_is_none_says_what_to_enter(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape("like name@example.org")):
        values.parse_email(typed)


@pytest.mark.parametrize(
    "typed",
    """3/3/2026; 3.3.26; 03-03-2026; 3 3 2026; 2026-03-03; 2026/3/3; 3 March 2026; 3 mar 26;
    Tuesday 3rd March 2026; March 3, 2026; 3rd of March 2026""".split(";"),
)
def test_date_is_read_as_people_write_it(typed: str) -> None:
    assert values.parse_date(typed) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 January", date(2027, 1, 12)),
        ("Monday 30 Nov", date(2026, 11, 30)),
        ("24/11", date(2026, 11, 24)),
        ("Dec 1st", date(2026, 12, 1)),
        ("1 March 2030", date(2030, 3, 1)),
    ],
)
def test_day_to_come_needs_no_year(typed: str, meant: date) -> None:
    assert values.parse_date(typed, since=date(2026, 11, 24)) == meant


def test_day_to_come_that_is_none_says_what_to_enter() -> None:
    for typed in ("31 November", "January 2027", "12"):
        with pytest.raises(ValueError, match="Enter a"):
            values.parse_date(typed, since=date(2026, 11, 24))


def test_date_takes_days_and_times_of_spreadsheets() -> None:
    assert (
        values.parse_date(datetime(2026, 3, 3, 12)) == values.parse_date(date(2026, 3, 3)) == date(2026, 3, 3)
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/2/2026", values.DATE_REAL_WORDS),
        ("3 March", values.YEAR_WORDS),
        ("soon", values.DATE_WORDS),
        ("12/31/2026", values.DATE_REAL_WORDS),
        ("1/1/0001", values.DATE_REAL_WORDS),
        ("", values.DATE_WORDS),
    ],
)
def test_date_that_is_none_says_what_to_enter(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        values.parse_date(typed)


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%-d %B %Y", "%Y-%m-%d", "%a %d %b %Y"]),
)
def test_every_date_is_read_back_from_every_way_of_writing_it(day: date, pattern: str) -> None:
    assert values.parse_date(day.strftime(pattern)) == day
    assert values.parse_date(values.day_words(day)) == day


@given(st.sampled_from(ALL), st.text(max_size=60))
def test_anything_typed_is_read_or_refused_and_reading_twice_changes_nothing(
    parse: Callable[[str], str], typed: str
) -> None:
    kept, problem = read(parse, typed)
    assert kept is None or parse(kept) == kept
    assert kept is not None or problem.startswith("Enter ")


@given(st.from_regex(r"0[1237][0-9]{9}", fullmatch=True))
def test_national_number_keeps_its_digits(digits: str) -> None:
    kept = values.parse_phone(digits)
    assert kept.replace(" ", "") == digits
    assert values.parse_phone("+44" + digits[1:]) == kept


@given(st.from_regex(r"[a-zA-Z][a-zA-Z0-9+.-]{0,10}:[^0-9].*", fullmatch=True))
def test_web_address_with_another_scheme_is_never_kept(typed: str) -> None:
    kept, _ = read(values.parse_web, typed)
    assert kept is None or kept.startswith(("http://", "https://"))
    assert kept is None or typed.lower().lstrip().startswith("http")
