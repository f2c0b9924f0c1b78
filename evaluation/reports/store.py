"""A published report's content as JSON, and back: what its page is drawn from for ever after."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from evaluation.paper import ReportPaper


def to_json(paper: ReportPaper) -> dict[str, Any]:
    """Everything that stands in the report, but not the school's logo: that is in the file."""
    content: dict[str, Any] = _plain(paper)
    content["school"]["logo"] = ""
    return content


def from_json(content: dict[str, Any]) -> ReportPaper:
    """The report as it was published. What a later edition of the product adds has its default."""
    paper = _typed(ReportPaper, content)
    assert isinstance(paper, ReportPaper)
    return paper


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _typed(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        return None if value is None else _typed(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return _typed_tuple(get_args(hint), value)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: _typed(hints[name], value[name]) for name in hints if name in value})  # type: ignore[operator]
    if hint is date:
        return date.fromisoformat(value)
    return hint(value)


def _typed_tuple(hints: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if hints[-1] is Ellipsis:
        return tuple(_typed(hints[0], item) for item in value)
    return tuple(_typed(hint, item) for hint, item in zip(hints, value, strict=True))


def texts(paper: ReportPaper) -> str:
    """Every word of the report, one text a line; the school's own dress is left out."""
    content = to_json(paper)
    del content["school"]
    return "\n".join(_texts(content))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
