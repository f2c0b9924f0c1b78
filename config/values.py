"""Reads what people type: telephone numbers, postcodes, web and e-mail addresses, dates.

Each function returns the value in the one way we store it, or raises ValueError with words for the person.
Reading a stored value again gives the same value. Forms and the import both use these.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, EmailValidator

PHONE_WORDS = "Enter a telephone number, like 0161 496 0000"
PHONE_SHORT_WORDS = "Enter the telephone number with its area code, like 0161 496 0000"
POSTCODE_WORDS = "Enter a full postcode, like M32 0TH"
WEB_WORDS = "Enter a web address, like www.example.org"
EMAIL_WORDS = "Enter an e-mail address, like name@example.org"
DATE_WORDS = "Enter a date, like 3 March 2026"
DATE_REAL_WORDS = "Enter a date that exists, like 3 March 2026"
YEAR_WORDS = "Enter the date with its year, like 3 March 2026"

SERVICE_NUMBERS = {"999", "112", "111", "101", "105", "119", "159"}
SHORT_FREE_NUMBERS = {"08001111": "0800 1111", "08454647": "0845 4647"}
SIX_DIGIT_AREAS = tuple(
    """
    013873 015242 015394 015395 015396 016973 016974 016977 017683 017684 017687 019467 019755 019756
    """.split()
)
_EXTENSION = re.compile(
    r"(?<![\s,;(])[\s,;(]*(?:ext(?:ension|n)?\.?|x)\s*(?::\s*)?(\d{1,6})\)?$", re.IGNORECASE
)
_POSTCODE = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?|GIR)(\d[ABD-HJLNP-UW-Z]{2}|0AA)$")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_DATE_SPLIT = re.compile(r"[\s,./\\-]+")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)$")
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def parse_phone(text: str) -> str:
    """A UK number grouped as people write it, "0161 496 0000"; a foreign one as "+33 1 99 00 12 34".

    An extension follows as "ext 214"; emergency and helpline numbers ("999", "116 123") are kept.
    """
    body, extension = _split_extension(_plain(text))
    if not re.fullmatch(r"\+?[\d\s().\-‐-–/]+", body):
        raise ValueError(PHONE_WORDS)
    digits = re.sub(r"\D", "", body.replace("(0)", "") if re.match(r"\s*(\+|00)", body) else body)
    grouped = _group_digits(digits, foreign=body.lstrip().startswith("+"), typed=body)
    return f"{grouped} ext {extension}" if extension else grouped


def _split_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _group_digits(digits: str, *, foreign: bool, typed: str) -> str:
    if digits.startswith("0044"):
        digits, foreign = digits[2:], True
    if foreign and digits.startswith("44"):
        return _group_national("0" + digits[2:].removeprefix("0"))
    if foreign or digits.startswith("00"):
        return _group_foreign(digits.removeprefix("00"), typed)
    return _group_national(digits)


def _group_foreign(digits: str, typed: str) -> str:
    if not 7 <= len(digits) <= 15 or digits.startswith("0"):
        raise ValueError(PHONE_WORDS)
    groups = re.findall(r"\d+", re.sub(r"^\s*(\+|00)", "", typed))
    return "+" + " ".join(groups if "".join(groups) == digits else [digits])


def _group_national(digits: str) -> str:
    if digits in SERVICE_NUMBERS:
        return digits
    if digits in SHORT_FREE_NUMBERS:
        return SHORT_FREE_NUMBERS[digits]
    if re.fullmatch(r"116\d{3}", digits):
        return f"{digits[:3]} {digits[3:]}"
    if re.fullmatch(r"[68]\d{4}", digits):
        return digits
    if not digits.startswith("0"):
        raise ValueError(PHONE_SHORT_WORDS if 5 <= len(digits) <= 10 else PHONE_WORDS)
    if not re.fullmatch(r"0[1235789]\d{8,9}", digits):
        raise ValueError(PHONE_SHORT_WORDS if len(digits) < 10 else PHONE_WORDS)
    return _spaced(digits, _group_sizes(digits))


def _group_sizes(digits: str) -> tuple[int, ...]:
    """How a national number of ten or eleven digits is grouped; the last group takes the rest."""
    if digits[:2] in {"02", "05"}:
        return (3, 4)
    if digits.startswith(SIX_DIGIT_AREAS):
        return (6,)
    if digits[:2] in {"03", "08", "09"} or re.match(r"011\d|01\d1", digits):
        return (4, 3)
    return (5, 3) if len(digits) == 11 else (5,)


def _spaced(digits: str, sizes: tuple[int, ...]) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return " ".join([*parts, digits[at:]])


def parse_postcode(text: str) -> str:
    """In capitals, with its one space: "M32 0TH"."""
    joined = re.sub(r"[\s.\-]+", "", _plain(text)).upper()
    found = _POSTCODE.match(joined)
    if not found:
        found = _POSTCODE.match(f"{joined[:-3]}{joined[-3:-2].replace('O', '0')}{joined[-2:]}")
    if not found:
        raise ValueError(POSTCODE_WORDS)
    return f"{found[1]} {found[2]}"


def parse_web(text: str) -> str:
    """With its scheme: "https://www.example.org". Anything but http and https is refused."""
    typed = _plain(text)
    scheme = _SCHEME.match(typed)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise ValueError(WEB_WORDS)
    address = typed if scheme else f"https://{typed.lstrip('/')}"
    if re.search(r"[\s\\<>\"'`{}|^\x00-\x1f\x7f]", address) or len(address) > 500:
        raise ValueError(WEB_WORDS)
    return _checked_web(address)


def _checked_web(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
        DomainNameValidator()(host)
        port = parts.port
    except (ValueError, ValidationError):
        raise ValueError(WEB_WORDS) from None
    if "." not in host or parts.username is not None or host.replace(".", "").isdigit():
        raise ValueError(WEB_WORDS)
    at = f"{host}:{port}" if port else host
    tail = parts.path if parts.path != "/" or parts.query or parts.fragment else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme.lower()}://{at}{tail}{query}" + (f"#{parts.fragment}" if parts.fragment else "")


def parse_email(text: str) -> str:
    """With its domain in small letters; "mailto:" and angle brackets are taken off."""
    typed = re.sub(r"^mailto:", "", _plain(text), flags=re.IGNORECASE).strip("<> ")
    try:
        EmailValidator()(typed)
    except ValidationError:
        raise ValueError(EMAIL_WORDS) from None
    name, _, domain = typed.rpartition("@")
    return f"{name}@{domain.lower()}"


def parse_date(text: str | date | datetime, since: date | None = None) -> date:
    """Reads "3/3/2026", "3.3.26", "2026-03-03", "Tuesday 3rd March 2026", "Mar 3, 2026"; the day comes first.

    With `since` the year may be left out, and the first such day from there on is meant.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    parts = [part for part in _DATE_SPLIT.split(_plain(text).lower()) if part and part != "of"]
    if parts and any(day.startswith(parts[0]) for day in WEEKDAYS) and len(parts[0]) >= 3:
        parts = parts[1:]
    if len(parts) == 2:
        if since is None:
            raise ValueError(YEAR_WORDS)
        found = parse_date(" ".join([*parts, str(since.year)]))
        return found if found >= since else parse_date(" ".join([*parts, str(since.year + 1)]))
    if len(parts) != 3:
        raise ValueError(DATE_WORDS)
    numbers = [_date_number(part) for part in parts]
    if len(parts[0]) == 4:
        numbers.reverse()
    elif len(parts[2]) == 2:
        numbers[2] += 2000
    return _date_of(*([numbers[1], numbers[0], numbers[2]] if parts[0].isalpha() else numbers))


def _date_number(part: str) -> int:
    ordinal = _ORDINAL.match(part)
    if ordinal:
        return int(ordinal[1])
    if part.isascii() and part.isdigit() and len(part) in {1, 2, 4}:
        return int(part)
    months = [number for number, name in enumerate(MONTHS, 1) if name.startswith(part)]
    if len(part) >= 3 and (len(months) == 1 or part == "sept"):
        return months[0]
    raise ValueError(DATE_WORDS)


def _date_of(day: int, month: int, year: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(DATE_REAL_WORDS) from None
    if not 1900 <= found.year <= 2200:
        raise ValueError(DATE_REAL_WORDS)
    return found


def day_words(day: date) -> str:
    """ "3 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _plain(text: str) -> str:
    """Without what pasting brings along: odd spaces, invisible signs, space around."""
    without = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", str(text))
    return re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000]", " ", without).strip()


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
