"""How answers to one statement spread, as a strip: a piece for each answer, as wide as many chose it."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkits.instruments.definition import Scale

WIDTH = 240
NARROWEST = 18
SHADES = {2: (0, 3), 3: (0, 2, 3)}
"""Which of the four shades a scale of so many levels uses; a longer scale shares the darkest."""


@dataclass(frozen=True)
class Piece:
    shade: str
    count: int
    x: int
    width: int

    @property
    def middle(self) -> str:
        return f"{self.x + self.width / 2:g}"


@dataclass(frozen=True)
class Strip:
    """`spoken` says the same in words."""

    pieces: tuple[Piece, ...]
    spoken: str
    width: int = WIDTH


def strip(counts: Mapping[str, int], scale: Scale) -> Strip:
    chosen = [(answer, counts[answer.key]) for answer in scale.answers if counts.get(answer.key)]
    total = sum(count for _, count in chosen)
    spare = WIDTH - NARROWEST * len(chosen)
    pieces, x, seen = [], 0, 0
    for place, (answer, count) in enumerate(chosen, start=1):
        seen += count
        end = NARROWEST * place + spare * seen // total
        pieces.append(Piece(shade_of(answer.key, scale), count, x, end - x))
        x = end
    spoken = ", ".join(f"{count} {answer.text}" for answer, count in chosen) or "nobody answered"
    return Strip(tuple(pieces), spoken)


def shade_of(key: str, scale: Scale) -> str:
    """The class of an answer: lv0 (none) to lv3 (most), lvx outside the scale."""
    place = next((place for place, level in enumerate(scale.levels) if level.key == key), None)
    if place is None:
        return "lvx"
    shades = SHADES.get(len(scale.levels), (0, 1, 2, 3))
    return f"lv{shades[min(place, len(shades) - 1)]}"
