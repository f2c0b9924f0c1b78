"""Two texts beside each other, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|[^\W_]+(?:[’'.@:/_-][^\W_]+)*|.", re.DOTALL)
ALIKE = 0.35
"""Below this share of words in common the two are shown one after the other: pieces would only confuse."""


@dataclass(frozen=True)
class Piece:
    kind: str
    """same, gone or new."""
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """The pieces of `after` in their order, with what is gone of `before` where it stood."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before and after and before != after and _words_in_common(matcher, old, new) < ALIKE:
        return [Piece("gone", before), Piece("new", after)]
    return list(_joined(_pieces(matcher, old, new)))


def _words_in_common(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> float:
    same = sum(
        1
        for at, _, size in matcher.get_matching_blocks()
        for token in old[at : at + size]
        if not token.isspace()
    )
    return 2 * same / max(sum(not token.isspace() for token in [*old, *new]), 1)


def _pieces(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        gone, came = "".join(old[start:end]), "".join(new[new_start:new_end])
        if kind == "equal":
            yield Piece("same", came)
            continue
        if gone:
            yield Piece("gone", gone)
        if came:
            yield Piece("new", came)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Changed words with only a space between them are one change."""
    gone = new = ""
    waiting = ""
    for piece in pieces:
        if piece.kind == "same" and piece.text.isspace() and (gone or new):
            waiting = piece.text
        elif piece.kind == "same":
            yield from _changed(gone, new, waiting)
            yield piece
            gone = new = waiting = ""
        else:
            gone, new = (f"{text}{waiting}" if text else text for text in (gone, new))
            waiting = ""
            gone += piece.text if piece.kind == "gone" else ""
            new += piece.text if piece.kind == "new" else ""
    yield from _changed(gone, new, waiting)


def _changed(gone: str, new: str, after: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
    if after:
        yield Piece("same", after)
