"""Where the marks of the report's two charts go, in millimetres. The figures stand in a table beside each."""

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

LEFT, RIGHT = 46.0, 100.0
LETTERS = 25
"""As many of a theme as stand beside the chart in one line."""
ROW = 10.2
HEAD = 7.0


def level_words(value: float, levels: tuple[str, ...]) -> str:
    """A middle answer in the words of the scale: "partly", or "partly to in place" between two levels."""
    low = int(value)
    if value == low:
        return levels[low]
    return f"{levels[low]} to {levels[low + 1]}"


def mm(value: float) -> str:
    return f"{value:.1f}"


def theme_lines(theme: str, y: float) -> tuple[tuple[str, str], ...]:
    """A theme in at most two lines around the height `y`, each with its baseline."""
    lines = wrap(theme, LETTERS, max_lines=2, placeholder=" …")
    first = y + 1.2 - 2 * (len(lines) - 1)
    return tuple((mm(first + 4 * number), line) for number, line in enumerate(lines))


@dataclass(frozen=True, kw_only=True)
class PatternRow:
    """One theme: the middle answer, the middle half of the answers, the level agreed; from 0 to the top."""

    theme: str
    middle: float
    low: float
    high: float
    agreed: float | None = None
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class PatternChart:
    """`levels`: the words of the scale from low to high; `before`: the heading of last time's column."""

    levels: tuple[str, ...]
    rows: tuple[PatternRow, ...]
    before: str = ""

    @property
    def height(self) -> str:
        return mm(HEAD + ROW * len(self.rows) + 1.6)

    @property
    def bottom(self) -> str:
        return mm(HEAD + ROW * len(self.rows))

    @property
    def grid(self) -> tuple[tuple[str, str], ...]:
        """Where the line of each level stands, and its words."""
        return tuple((mm(self._x(place)), words) for place, words in enumerate(self.levels))

    @property
    def marks(self) -> tuple[dict[str, object], ...]:
        return tuple(self._marks(number, row) for number, row in enumerate(self.rows))

    @property
    def table(self) -> tuple[tuple[PatternRow, str, str], ...]:
        """Each row with its middle and its agreed level in words."""
        return tuple(
            (
                row,
                level_words(row.middle, self.levels),
                "–" if row.agreed is None else level_words(row.agreed, self.levels),
            )
            for row in self.rows
        )

    @property
    def spoken(self) -> str:
        """The finding of the picture in words."""
        parts = (
            f"{row.theme}: middle answer {middle}" + (f", agreed {agreed}" if agreed != "–" else "")
            for row, middle, agreed in self.table
        )
        return "Pattern by theme. " + "; ".join(parts)

    def _x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * value / (len(self.levels) - 1)

    def _marks(self, number: int, row: PatternRow) -> dict[str, object]:
        y = HEAD + ROW * (number + 0.5)
        return {
            "theme": theme_lines(row.theme, y),
            "y": mm(y),
            "top": mm(y - 3),
            "bottom": mm(y + 3),
            "low": mm(self._x(row.low)),
            "middle": mm(self._x(row.middle)),
            "high": mm(self._x(row.high)),
            "agreed": "" if row.agreed is None else mm(self._x(row.agreed)),
        }


TREND_TOP, TREND_BOTTOM = 4.0, 44.0
TREND_LEFT, TREND_RIGHT = 28.0, 116.0
LABEL_APART = 4.4
DASHES = ("none", "2 1.2", ".6 1")
COLOURS = ("", "#231a2b", "#ae2318")
"""The first line takes the accent."""


@dataclass(frozen=True, kw_only=True)
class TrendLine:
    """A theme over the terms; None where nobody was asked."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class TrendChart:
    """Up to three lines over two or more terms, on 0 to the top level."""

    levels: tuple[str, ...]
    terms: tuple[str, ...]
    lines: tuple[TrendLine, ...]

    @property
    def grid(self) -> tuple[tuple[str, str], ...]:
        return tuple((mm(self._y(place)), words) for place, words in enumerate(self.levels))

    @property
    def term_labels(self) -> tuple[tuple[str, str], ...]:
        return tuple((mm(self._x(place)), term) for place, term in enumerate(self.terms))

    @property
    def drawn(self) -> tuple[dict[str, object], ...]:
        """Each line with its path, its marks and the height of its label, which never touch."""
        heights = self._label_heights()
        return tuple(
            {
                "name": line.name,
                "path": self._path(line),
                "points": self._points(line),
                "dash": DASHES[number % 3],
                "colour": COLOURS[number % 3],
                "marker": number % 3,
                "label": mm(heights[number]),
            }
            for number, line in enumerate(self.lines)
        )

    @property
    def table(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A row for each line: its figure in each term."""
        return tuple(
            (line.name, tuple("–" if value is None else f"{value:g}" for value in line.values))
            for line in self.lines
        )

    @property
    def spoken(self) -> str:
        return "Trend by term. " + "; ".join(filter(None, map(self._spoken, self.lines)))

    def _spoken(self, line: TrendLine) -> str:
        known = [value for value in line.values if value is not None]
        if not known:
            return ""
        first, last = (level_words(value, self.levels) for value in (known[0], known[-1]))
        return f"{line.name}: stays at {last}" if first == last else f"{line.name}: from {first} to {last}"

    def _x(self, place: int) -> float:
        return TREND_LEFT + (TREND_RIGHT - TREND_LEFT) * place / max(1, len(self.terms) - 1)

    def _y(self, value: float) -> float:
        return TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * value / (len(self.levels) - 1)

    def _places(self, line: TrendLine) -> list[tuple[float, float]]:
        return [
            (self._x(place), self._y(value)) for place, value in enumerate(line.values) if value is not None
        ]

    def _points(self, line: TrendLine) -> list[tuple[str, str]]:
        return [(mm(x), mm(y)) for x, y in self._places(line)]

    def _path(self, line: TrendLine) -> str:
        return "M" + "L".join(f"{mm(x)} {mm(y)}" for x, y in self._places(line))

    def _label_heights(self) -> list[float]:
        """Beside the last point of each line, pushed down where two would touch."""
        wanted = [self._places(line)[-1][1] if self._places(line) else TREND_BOTTOM for line in self.lines]
        order = sorted(range(len(wanted)), key=lambda number: wanted[number])
        heights = list(wanted)
        for above, below in pairwise(order):
            heights[below] = max(heights[below], heights[above] + LABEL_APART)
        return heights
