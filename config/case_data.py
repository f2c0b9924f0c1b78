"""Notices what looks like data about one child in free text, so that a form can ask before it is kept.

It warns and never blocks: a false alarm costs one tick, a miss is no worse than paper.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from config.values import MONTHS, WEEKDAYS, parse_date

NAME_AND_CLASS = "a child’s name and class"
PUPIL_NUMBER = "a pupil number"
NHS_NUMBER = "an NHS number"
DATE_OF_BIRTH = "a date of birth"

_WORD = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ’'-]{1,20}"
_NAME = re.compile(
    rf"\b(?P<first>{_WORD})(?:’s|'s)?(?P<last>\s+{_WORD}|\s+[A-Z]\b\.?)?"
    r"(?:\s*[,(–-]\s*|\s+)(?:(?:who\s+)?is\s+)?(?:(?:in|from|of|our)\s+)?(?:the\s+)?(?:class\s+|form\s+)?"
    r"(?P<class>(?:R|N|[1-9]|1[0-3])[A-Z]{1,2}\b|(?:[Yy]ear|[Yy]r|Y)\s?(?:[1-9]|1[0-3])\b|[Rr]eception\b|[Nn]ursery\b)"
)
_CLASS_FIRST = re.compile(
    rf"\b(?:(?:[Yy]ear|[Yy]r|Y)\s?(?:[1-9]|1[0-3])|(?:[1-9]|1[0-3])[A-Z])(?:’s|'s)?\s+"
    rf"(?:pupil|child|girl|boy|student)?,?\s*(?P<first>{_WORD})(?P<last>\s+{_WORD}|\s+[A-Z]\b\.?)?"
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
_NHS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_DATE = rf"\d{{1,2}}(?:[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|(?:st|nd|rd|th)?\s+(?:{'|'.join(MONTHS)})\s+\d{{4}})"
_BORN = re.compile(
    rf"\b(?:born|d\.?\s?o\.?\s?b\.?|date of birth|birthday)\b[^\d\n]{{0,20}}(?P<day>{_DATE})", re.I
)
_BARE_DATE = re.compile(r"(?<![\d/.-])\d{1,2}[./-]\d{1,2}[./-]\d{4}(?![\d/.-])")

NO_NAMES = {
    *(word.capitalize() for word in [*MONTHS, *WEEKDAYS]),
    *"""
    Art Assembly Assistant Autumn Bus Building Children Christmas Class Club Coach Computing Door
    Drama Drive Early Easter English Everybody Everyone Families Family Flat Floor Form French
    Geography German Group Half Hall Head History House Key Lane Learning Level Literacy Lunch Maths
    Music Newsletter Number Numeracy Nurture Office Phase Phonics Physical Plan Play Primary
    Question Reading Road Room School Science Section Senior Set Spanish Spring Staff Stage Start
    Street Summer Table Teacher Team Term The This Time Transfer Tutor Unit Upper Lower Welcome
    Whole Working World Writing Year Yesterday Today Tomorrow All And Any Both But By Each Every For
    From In It Most New No None Not Now Of On One Only Our Out Over Since So Some That Then There
    These They To Two Three Until We What When Where Which While Who With
    """.split(),
}
NOUN_ENDS = tuple("ing ion ment ance ence ness ship ity ists port work ages care".split())
NAMES_IN_S = set(
    """
    Agnes Alexis Amos Boris Carlos Charles Chris Curtis Denis Dennis Doris Elias Ellis Frances
    Francis Gladys Idris Iris Isis James Jess Jesus Jonas Jules Klaus Lewis Lois Louis Lucas Lukas
    Luis Marcus Mathias Matthias Miles Moses Myles Nicholas Nicolas Niklas Otis Paris Phyllis Rhys
    Ross Silas Thomas Tobias Travis Tess
    """.split()
)


@dataclass(frozen=True)
class Finding:
    """`words` are as typed; `kind` is what they look like."""

    words: str
    kind: str


def find_case_data(text: str) -> list[Finding]:
    """What in `text` looks like data about one child, each once, in the order of the rules."""
    found = [finding for rule in RULES for finding in rule(text)]
    return list(dict.fromkeys(found))


def _names(text: str) -> Iterator[Finding]:
    for match in [*_NAME.finditer(text), *_CLASS_FIRST.finditer(text)]:
        strong = bool(match["last"]) or not _opens_sentence(text, match.start("first"))
        if _looks_like_name(match["first"], match["last"] or "", strong=strong):
            yield Finding(match[0].strip(" ,("), NAME_AND_CLASS)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t“\"'‘(•*-–")
    return not before or before[-1] in ".!?:;\n"


def _looks_like_name(first: str, last: str, *, strong: bool) -> bool:
    word = re.sub(r"[’']s$", "", first)
    if word in NO_NAMES or last.strip() in NO_NAMES:
        return False
    if strong or word in NAMES_IN_S:
        return not word.endswith(NOUN_ENDS)
    return not word.endswith((*NOUN_ENDS, "s"))


def _upns(text: str) -> Iterator[Finding]:
    return (Finding(match[0], PUPIL_NUMBER) for match in _UPN.finditer(text))


def _nhs_numbers(text: str) -> Iterator[Finding]:
    for match in _NHS.finditer(text):
        if is_nhs_number(match[0]):
            yield Finding(match[0], NHS_NUMBER)


def is_nhs_number(text: str) -> bool:
    """Ten digits whose last is the check digit of the others, modulo 11."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == check % 11 and check != 10


def _births(text: str) -> Iterator[Finding]:
    for match in _BORN.finditer(text):
        yield Finding(match["day"], DATE_OF_BIRTH)
    for match in _BARE_DATE.finditer(text):
        if _is_age_of_child(match[0]):
            yield Finding(match[0], DATE_OF_BIRTH)


def _is_age_of_child(words: str) -> bool:
    try:
        years = (date.today() - parse_date(words)).days / 365.25
    except ValueError:
        return False
    return 2.5 <= years < 19


RULES: tuple[Callable[[str], Iterator[Finding]], ...] = (_names, _upns, _nhs_numbers, _births)
