"""What is printed for families: numbered steps in large type, who can help, and what to do when it can't wait.

A leaflet has two sides: the steps and a table of services, and overleaf how to reach them. One with much to say, and a
list that was chosen for somebody, say of each service everything in one place, behind the steps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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

SHORT = 150
LONG_FRONT = 900
"""With more letters than this a front is set smaller …"""
FULL_FRONT = 1500
"""… and with more than this it has no room for its table."""
IN_FULL = 6
"""So many services of a leaflet are told in full; of the others, their name and number."""
LONG_BACK, BRIEF = 2600, 4
"""With more letters than this of the services only what they do is told, and how to ring; and of so many only."""
STEPS = 260
CUT = 20
"""Fewer letters than this of a line that is cut short say nothing."""
SAID = 90
"""What is said of the wait, and of the cost."""
PRIVATE = "Ask them: they keep it private"
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

    @property
    def front(self) -> str:
        return f"{self.name}{self.does}{self.here}{self.wait_and_cost}"

    @property
    def back(self) -> str:
        more = (self.ask_for, self.ages, self.not_for, self.address, self.website, self.email)
        return "".join((*self.telephones, *self.texts, *self.steps, *self.opening, *more))


@dataclass(frozen=True, kw_only=True)
class LeafletPaper(Paper):
    """`at_school`, `how` and `meanwhile` are paragraphs or points; `qr` is the path of a code and `link` its words.

    `is_list`: chosen for somebody, however many; all are told in full.
    """

    template: ClassVar[str] = "paper/leaflet.html"

    lead: str = ""
    at_school: tuple[str, ...] = ()
    at_school_person: str = ""
    helpers: tuple[Helper, ...] = ()
    how: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    urgent: str = ""
    qr: "Qr | None" = None
    is_list: bool = False

    @property
    def _letters(self) -> int:
        texts = [*self.at_school, *self.how, *self.meanwhile, self.urgent, self.lead]
        texts += [each.front for each in self.helpers[:IN_FULL]]
        return sum(map(len, texts))

    @property
    def is_long(self) -> bool:
        return not self.is_list and self._letters > LONG_FRONT

    @property
    def has_table(self) -> bool:
        return not self.is_list and self._letters <= FULL_FRONT

    @property
    def is_brief(self) -> bool:
        letters = sum(len(each.front + each.back) for each in self.helpers[:IN_FULL])
        return not self.is_list and not self.has_table and letters > LONG_BACK

    @property
    def told(self) -> tuple[Helper, ...]:
        """Those that are told in full."""
        return self.helpers if self.is_list else self.helpers[: BRIEF if self.is_brief else IN_FULL]

    @property
    def named(self) -> tuple[Helper, ...]:
        return self.helpers[len(self.told) :]

    @property
    def steps(self) -> tuple["Step", ...]:
        """The numbered steps of the front, those that have something to say."""
        code = ("The code opens the school’s page, with today’s waiting times.",) if self.qr else ()
        at_school = Step(title="Tell us at school first", lines=self.at_school, person=self.at_school_person)
        if self.is_list:
            return (replace(at_school, lines=(*self.at_school, *code), qr=self.qr),)
        steps = (
            at_school,
            Step(title="Who can help", helpers=self.told if self.has_table else ()),
            Step(title="How to get it", lines=(*self.how, *code), qr=self.qr),
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
        steps=tuple(first_lines(sheet.steps, STEPS)),
        here=f"In school on {partnership.when_words}" if partnership and partnership.days else "",
        opening=tuple(first_lines(sheet.opening, SHORT)),
        address=shortened(", ".join(sheet.address), SHORT) if not sheet.is_withheld else PRIVATE,
        ask_for=shortened(", ".join(str(who) for who in sheet.contacts), SHORT),
        ages=age_words(service),
        website=bare_address(service.website),
        email=service.email,
        not_for=shortened(service.not_for, SHORT),
    )


def first_lines(texts: Iterable[str], most: int) -> Iterable[str]:
    """The first of the lines, so many letters; the last that fits is cut short."""
    for text in texts:
        if most < CUT:
            return
        yield shortened(text, most)
        most -= len(text)


def wait_and_cost(service: Service, today: Today) -> str:
    _, words = seeing(service, today)
    return ". ".join(shortened(each, SAID) for each in (words, cost_words(service)) if each)


def _numbers(phones: Iterable[Phone]) -> Iterable[str]:
    for phone in phones:
        yield with_note(phone_words(phone.number), phone.note)


def urgent_words() -> str:
    return (
        "For urgent help with feelings ring NHS 111 and choose mental health. Children can ring Childline, "
        "0800 1111, and adults Samaritans, 116 123: free, day and night."
    )
