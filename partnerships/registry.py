"""What higher apps add to pages of lower ones. Each app registers its own in AppConfig.ready."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from partnerships.models import Membership, Setting


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody, on their home page."""

    title: str
    text: str
    url: str
    verb: str
    minutes: int = 2
    urgency: int = 5  # 1 comes first


@dataclass(frozen=True)
class Panel:
    """A block of the home page: a template and its context. `side` stands in the narrow column."""

    template: str
    context: dict[str, Any]
    side: bool = False
    order: int = 50


@dataclass(frozen=True)
class Found:
    """One hit of the search over everything."""

    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class SetupStep:
    """One line of the checklist of a new setting."""

    title: str
    url: str
    done: bool


@dataclass(frozen=True)
class Dated:
    """Something of one day, for a person's own calendar. `times` as people write them: "10.30 to 12.00"."""

    day: date
    title: str
    text: str = ""
    times: str = ""
    url: str = ""


Away = dict[tuple[UUID, date], str]


@dataclass
class Registry:
    waiting: list[Callable[["Membership"], Iterable[Waiting]]] = field(default_factory=list)
    panels: list[Callable[["Membership"], Iterable[Panel]]] = field(default_factory=list)
    search: list[Callable[["Membership", str], Iterable[Found]]] = field(default_factory=list)
    setup_steps: list[Callable[["Setting"], Iterable[SetupStep]]] = field(default_factory=list)
    person_panels: list[Callable[["Membership", "Membership"], Iterable[Panel]]] = field(default_factory=list)
    """(viewer, person): blocks on a person's page."""
    demo: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    """(order, seeder): seeders run in order, each idempotent."""
    due_jobs: list[Callable[[date], None]] = field(default_factory=list)
    """Run by the worker each minute; must be idempotent."""
    mail_jobs: list[Callable[[date], None]] = field(default_factory=list)
    """The same for what mails people by itself: only by day, so that nobody’s telephone sounds at night."""
    left: list[Callable[["Membership"], None]] = field(default_factory=list)
    """Called in the transaction in which somebody leaves a setting."""
    away: list[Callable[["Setting", Sequence[date]], Away]] = field(default_factory=list)
    """(service, day) → the words that say why nobody of it comes on one of these days."""
    calendar: list[Callable[["Membership", Sequence[date]], Iterable[Dated]]] = field(default_factory=list)
    """What somebody has to do on one of these days."""
    replies: list[Callable[["Membership"], Iterable[Found]]] = field(default_factory=list)
    """What came back lately on something that somebody said."""
    held: list[Callable[["Membership"], tuple[str, Any]]] = field(default_factory=list)
    """(heading, what JSON can carry): what is held about a person in one setting, for their own download."""
    origins: dict[str, str] = field(default_factory=dict)
    """Action.origin_kind → the name of the page (slug, id) that the action came from."""


registry = Registry()
