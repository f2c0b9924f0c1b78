"""The picture of a trend: where its marks go, in the units of the picture. The figures stand in a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.trends import ThemeTrend, Trend


@dataclass(frozen=True)
class Mark:
    x: str
    y: str
    label_y: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The line of the heading that changed most, in the units of its picture."""

    text: str
    title: str
    grid: tuple[tuple[str, str, str], ...]
    terms: tuple[tuple[str, str], ...]
    line: str
    dots: str
    marks: tuple[Mark, ...]
    rows: tuple[tuple[str, str, str, str, str], ...]


LEFT, RIGHT, TOP, BOTTOM = 62.0, 392.0, 60.0, 210.0


def chart_of(trend: Trend) -> Chart:
    theme = trend.most_changed
    xs = _xs(len(trend.labels))
    return Chart(
        text=theme.text,
        title=_title(trend, theme),
        grid=tuple(
            (f"{_y(value, trend):.1f}", f"{_y(value, trend) + 5:.1f}", str(value))
            for value in sorted(trend.level_texts)
        ),
        terms=tuple((f"{x:.1f}", label) for x, label in zip(xs, trend.labels, strict=True)),
        line=_points(xs, [point.mean if point else None for point in theme.everyone], trend),
        dots=_points(xs, [point.mean if point else None for point in theme.every_time], trend)
        if theme.every_time
        else "",
        marks=tuple(
            Mark(
                f"{x:.1f}",
                f"{_y(point.mean, trend):.1f}",
                f"{_y(point.mean, trend) - 14:.1f}",
                f"{point.mean:.1f}",
            )
            for x, point in zip(xs, theme.everyone, strict=True)
            if point
        ),
        rows=tuple(_trend_rows(trend, theme)),
    )


def _trend_rows(trend: Trend, theme: ThemeTrend) -> Iterable[tuple[str, str, str, str, str]]:
    same = theme.every_time or (None,) * len(trend.labels)
    for label, everyone, every_time in zip(trend.labels, theme.everyone, same, strict=True):
        yield (
            label,
            f"{everyone.mean:.1f}" if everyone else "–",
            str(everyone.n) if everyone else "–",
            f"{every_time.mean:.1f}" if every_time else "–",
            str(every_time.n) if every_time else "–",
        )


def _title(trend: Trend, theme: ThemeTrend) -> str:
    figures = ", ".join(f"{point.mean:.1f}" if point else "not shown" for point in theme.everyone)
    words = f"{theme.text}, mean level by term: {figures}."
    if theme.every_time:
        same = ", ".join(f"{point.mean:.1f}" if point else "nobody" for point in theme.every_time)
        words += f" Those who answered every time: {same}."
    return words


def _xs(many: int) -> list[float]:
    step = (RIGHT - LEFT) / max(1, many - 1)
    return [LEFT + step * place for place in range(many)]


def _y(value: float, trend: Trend) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - trend.lowest) / (trend.highest - trend.lowest)


def _points(xs: Sequence[float], values: Sequence[float | None], trend: Trend) -> str:
    return " ".join(
        f"{x:.1f},{_y(value, trend):.1f}" for x, value in zip(xs, values, strict=True) if value is not None
    )
