"""What is printed for families: numbered steps in large type, who can help, and what to do when it can't wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import segno

from config.text import bare_address, shortened
from directory.models import Phone, Service
from directory.public.families import Today, cost_words, seeing
from directory.sheet.presenting import age_words, lead_and_rest, present
from directory.sheet.telephones import with_note
from partnerships.models import Partnership
from partnerships.paper import Paper
from partnerships.templatetags.joined_up import phone_words

SHORT = 120
LONG_FRONT = 900
"""More letters than this on the front are set smaller, so that all of it stays on one side."""
ON_FRONT = 6
QUIET_ZONE = 4


@dataclass(frozen=True, kw_only=True)
class Helper:
    """A service as a family reads it on paper; empty where the sheet says nothing."""

    name: str
    does: str
    wait_and_cost: str
    telephones: tuple[str, ...]
    texts: tuple[str, ...]
    steps: tuple[str, ...]
    here: str
    opening: tuple[str, ...]
    address: str
    ask_for: str
    ages: str
    website: str
    email: str
    not_for: str


@dataclass(frozen=True, kw_only=True)
class LeafletPaper(Paper):
    """`at_school`, `how` and `meanwhile` are paragraphs or points; `qr` is the path of a code and `link` its words."""

    template: ClassVar[str] = "paper/leaflet.html"

    lead: str = ""
    at_school: tuple[str, ...] = ()
    at_school_person: str = ""
    helpers: tuple[Helper, ...] = ()
    how: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    urgent: str = ""
    qr: "Qr | None" = None

    @property
    def is_long(self) -> bool:
        texts = [*self.at_school, *self.how, *self.meanwhile, self.urgent, self.lead]
        texts += [f"{each.name}{each.does}{each.wait_and_cost}" for each in self.helpers[:ON_FRONT]]
        return sum(map(len, texts)) > LONG_FRONT

    @property
    def steps(self) -> tuple["Step", ...]:
        """The numbered steps of the front, those that have something to say."""
        code = "The code opens the school’s page, with today’s waiting times."
        how = (*self.how, code) if self.qr else self.how
        more = ("And more overleaf.",) if len(self.helpers) > ON_FRONT else ()
        steps = (
            Step(title="Tell us at school first", lines=self.at_school, person=self.at_school_person),
            Step(title="Who can help", helpers=self.helpers[:ON_FRONT], lines=more),
            Step(title="How to get it", lines=how, qr=self.qr),
            Step(title="While you wait", points=self.meanwhile),
        )
        return tuple(step for step in steps if step.has_words)


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    person: str = ""
    helpers: tuple[Helper, ...] = ()
    qr: "Qr | None" = None

    @property
    def has_words(self) -> bool:
        return bool(self.lines or self.points or self.helpers)


@dataclass(frozen=True, kw_only=True)
class Qr:
    """One path in a square of `size` modules with its quiet zone around it."""

    link: str
    path: str
    size: int

    @classmethod
    def of(cls, link: str) -> "Qr":
        code = segno.make(link, error="m", micro=False)
        rows = list(code.matrix_iter(border=QUIET_ZONE))
        runs = [f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row)]
        return cls(link=link, path="".join(runs), size=len(rows))


def _runs(row: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(where it begins, how long it is) of each run of dark modules."""
    start: int | None = None
    modules = [*row, 0]
    for x, dark in enumerate(modules):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None


def helper_of(service: Service, today: Today, partnership: Partnership | None) -> Helper:
    """For a service with its parts. Names of people only as they have agreed, and nothing of a withheld address."""
    sheet = present(service, is_public=True)
    summary, _ = lead_and_rest(service.profile)
    return Helper(
        name=service.name,
        does=shortened(summary or service.profile, SHORT),
        wait_and_cost=wait_and_cost(service, today),
        telephones=tuple(_numbers(sheet.telephones)),
        texts=tuple(_numbers(sheet.texts)),
        steps=tuple(sheet.steps),
        here=f"In school on {partnership.when_words}" if partnership and partnership.days else "",
        opening=tuple(sheet.opening),
        address=", ".join(sheet.address) if not sheet.is_withheld else "Ask them: they keep it private",
        ask_for=", ".join(str(who) for who in sheet.contacts),
        ages=age_words(service),
        website=bare_address(service.website),
        email=service.email,
        not_for=service.not_for,
    )


def wait_and_cost(service: Service, today: Today) -> str:
    _, words = seeing(service, today)
    return ". ".join(filter(None, [words, cost_words(service)]))


def _numbers(phones: Iterable[Phone]) -> Iterable[str]:
    for phone in phones:
        yield with_note(phone_words(phone.number), phone.note)


def urgent_words() -> str:
    return (
        "For urgent help with feelings ring NHS 111 and choose mental health. Children can ring Childline, "
        "0800 1111, and adults Samaritans, 116 123: free, day and night."
    )
