"""Words as they are put before people: lists, lines, the beginning of a long text, an address to be read out."""

from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "and") -> str:
    """As in "health, social care and housing"."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def lines(text: str) -> tuple[str, ...]:
    """What stands on each line, without the empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def one_line(text: str, most: int) -> str:
    """What somebody typed to look for, without what a database refuses."""
    return " ".join(text.replace("\x00", "").split())[:most]


def shortened(text: str, most: int) -> str:
    """The first whole words of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def bare_address(url: str) -> str:
    """A web address without what nobody types."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")
