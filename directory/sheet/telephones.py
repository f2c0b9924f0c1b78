"""The telephone numbers in a cell or a line as people write them: several, with words around them."""

import re

from config.values import PHONE_WORDS, SERVICE_NUMBERS, parse_phone

Phone = tuple[str, str]
"""(the number as we store it, a note)"""

NOTE_LENGTH = 80
_NUMBER = re.compile(
    r"\+?(?:\(\d{2,6}\)|\d)(?:[ \t.\-–]*(?:\(0\))?[ \t.\-–]*\d){2,}"
    r"(?:[ \t,]*(?:ext(?:ension|n)?\.?|x)[ \t]*:?[ \t]*\d{1,6})?",
    re.IGNORECASE,
)
_NOTE_AFTER = re.compile(r"\s*\(([^()]*[^\W\d][^()]*)\)")
_EDGE = " \t\n/;,|&:.-–"
_JOINING = re.compile(r"^(?:or|and)\b|\b(?:or|and)$", re.IGNORECASE)
_KIND_ONLY = re.compile(
    r"^(?:tel(?:ephone)?|phone|no|number|ring|call|t|p|main|landline|office|mobile|mob|m|o)\.?$", re.I
)


def read_phones(cell: str) -> tuple[list[Phone], list[tuple[str, str]]]:
    """(the numbers, [(what could not be read, what to do)])."""
    try:
        return [(_parse(cell), "")], []
    except ValueError as problem:
        words = str(problem)
    phones: list[Phone] = []
    problems: list[tuple[str, str]] = []
    before, at = "", 0
    for match in _NUMBER.finditer(cell):
        if match.start() < at or not _is_number(match[0]):
            continue
        before = _trim(cell[at : match.start()])
        if phones and before and not phones[-1][1]:
            phones[-1], before = _with_note_after(phones[-1], cell[at : match.start()])
        note = _NOTE_AFTER.match(cell, match.end())
        at = note.end() if note else match.end()
        for number in _apart(match[0]):
            try:
                phones.append((_parse(number), clean_note(note[1] if note else before)))
            except ValueError as problem:
                problems.append((number, str(problem)))
    if not phones and not problems:
        return [], [(cell, words if re.search(r"\d", cell) else PHONE_WORDS)]
    if phones and (after := _trim(cell[at:])) and not phones[-1][1]:
        phones[-1] = (phones[-1][0], clean_note(after))
    return list(dict.fromkeys(phones)), problems


def write_phones(phones: list[Phone]) -> str:
    """The reverse: "0161 496 0000 (mornings) / 07700 900123"."""
    return " / ".join(with_note(*phone) for phone in phones)


def with_note(number: str, note: str) -> str:
    return f"{number} ({note})" if note else number


def clean_note(text: str) -> str:
    """A note without brackets, in one line. A word that only says "telephone" is no note."""
    note = _trim(" ".join(re.sub(r"[()]", " ", text).split()))
    return "" if _KIND_ONLY.match(note) else note[:NOTE_LENGTH].strip(_EDGE)


def _with_note_after(phone: Phone, between: str) -> tuple[Phone, str]:
    """Words between two numbers: up to the separator they belong to the first, after it to the second."""
    first, separator, second = _partition(between)
    if not separator:
        return phone, _trim(between)
    return (phone[0], clean_note(first)), _trim(second)


def _partition(between: str) -> tuple[str, str, str]:
    found = re.search(r"[/;,|&\n]|\b(?:or|and)\b", between)
    return (between[: found.start()], found[0], between[found.end() :]) if found else (between, "", "")


def _trim(text: str) -> str:
    trimmed = text.strip(_EDGE + "()")
    while (shorter := _JOINING.sub("", trimmed).strip(_EDGE + "()")) != trimmed:
        trimmed = shorter
    return trimmed


def _is_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 5 or digits in SERVICE_NUMBERS


def _parse(text: str) -> str:
    """As config.values reads it; a nought that a spreadsheet swallowed is put back."""
    try:
        return parse_phone(text)
    except ValueError:
        if re.fullmatch(r"[1-37]\d{8,9}", re.sub(r"[\s.-]", "", text)):
            return parse_phone(f"0{text.strip()}")
        raise


def _apart(text: str) -> list[str]:
    """Two numbers with only a space between them."""
    if len(re.sub(r"\D", "", text)) <= 15:
        return [text]
    pieces: list[str] = []
    current = ""
    for token in text.split():
        if token.startswith(("0", "+", "(0")) and len(re.sub(r"\D", "", current)) >= 10:
            pieces.append(current.strip())
            current = ""
        current = f"{current} {token}"
    return [*pieces, current.strip()]
