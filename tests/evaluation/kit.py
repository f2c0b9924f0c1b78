"""Check-ins for tests: small instruments, answers by group, and rounds in every phase."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.anonymity import new_key, take
from evaluation.answering import Place, place_of, send_named
from evaluation.closing import close_round
from evaluation.groups import Group
from evaluation.models import Round
from evaluation.results import Results
from evaluation.rounds.commands import Wanted, open_round, start_round
from evaluation.tally import Answer, tally
from partnerships.access import Role
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.factories import MembershipFactory, SettingFactory
from toolkits.instruments.definition import (
    Choice,
    Instrument,
    Kind,
    Level,
    Scale,
    Statement,
)
from toolkits.instruments.definition import (
    Group as Heading,
)

BLANK = "-"


def small_instrument(statements: int = 1, headings: int = 1, levels: int = 3) -> Instrument:
    """Statements s0, s1, … under headings h0, h1, … in turn; levels l0, l1, … and "unsure"."""
    return Instrument(
        code="small",
        version=1,
        kind=Kind.CHECKLIST,
        title="Small checklist",
        purpose="To be counted",
        source="Invented",
        layout="criteria",
        groups=tuple(Heading(key=f"h{n}", text=f"Heading {n}") for n in range(headings)),
        statements=tuple(
            Statement(key=f"s{n}", text=f"Statement {n}", group=f"h{n % headings}") for n in range(statements)
        ),
        scale=Scale(
            key="small",
            levels=tuple(Level(key=f"l{n}", text=f"level {n}", value=n) for n in range(levels)),
            outside=(Choice(key="unsure", text="don’t know"),),
        ),
    )


def group(key: str, invited: int = 9) -> Group:
    return Group(key=key, label=key.capitalize(), words=key, plural=False, sectors=(key,), invited=invited)


def answers_of(levels: Mapping[str, Sequence[str]]) -> list[Answer]:
    """People of each group with their answer to s0, s1, …: "12" chose level 1, then level 2; "?" is unsure."""
    words = {**{str(n): f"l{n}" for n in range(9)}, "?": "unsure"}
    return [
        Answer(
            key,
            {
                f"s{n}": {"level": words[sign], "evidence": ""}
                for n, sign in enumerate(person)
                if sign != BLANK
            },
        )
        for key, people in levels.items()
        for person in people
    ]


def counted(
    given: Mapping[str, Sequence[str]], *, minimum: int = 5, is_anonymous: bool = True, **shape: int
) -> Results:
    """The results of a small check-in."""
    statements = max((len(person) for people in given.values() for person in people), default=1)
    return tally(
        instrument=small_instrument(**{"statements": statements, **shape}),
        groups=[group(key) for key in given],
        answers=answers_of(given),
        minimum=minimum,
        is_anonymous=is_anonymous,
        chance=Random(1),
    )


def team(sectors: Mapping[Sector, int]) -> tuple[Membership, list[Membership]]:
    """A coordinator (of education) and so many more people of each sector."""
    place = SettingFactory()
    coordinator: Membership = MembershipFactory(
        setting=place, roles=[Role.COORDINATOR], sector=Sector.EDUCATION
    )
    people: list[Membership] = [
        MembershipFactory(setting=place, roles=[Role.PRACTITIONER], sector=sector)
        for sector, many in sectors.items()
        for _ in range(many)
    ]
    return coordinator, people


def started(coordinator: Membership, people: Sequence[Membership], **changes: Any) -> Round:
    """A check-in that asks `people`, not opened yet."""
    today = timezone.localdate()
    wanted = {
        "title": "How well do we work together?",
        "term": None,
        "opens_on": today,
        "closes_on": today + timedelta(days=14),
        "is_anonymous": True,
        "words": "",
        "members": tuple(people),
        **changes,
    }
    return start_round(
        setting=coordinator.setting, code="team-building", wanted=Wanted(**wanted), by=coordinator
    )


def opened(coordinator: Membership, people: Sequence[Membership], **changes: Any) -> Round:
    return open_round(round_=started(coordinator, people, **changes), by=coordinator)


def whole_answer(level: str, evidence: str = "") -> dict[str, dict[str, str]]:
    """Every statement of team-building answered alike; the evidence stands beside the first."""
    from toolkits.instruments import instrument

    keys = [statement.key for statement in instrument("team-building").statements]
    return {key: {"level": level, "evidence": evidence if key == keys[0] else ""} for key in keys}


def seat(round_: Round, member: Membership) -> Place:
    found = place_of(round_, member)
    assert found is not None
    return found


def answer(round_: Round, member: Membership, level: str, evidence: str = "") -> str:
    """Answers for `member`; the key of the answer if it has no name."""
    place, key = seat(round_, member), new_key()
    if round_.is_anonymous:
        take(round_=round_, participant=place.participant, answers=whole_answer(level, evidence), key=key)
    else:
        send_named(place=place, answers=whole_answer(level, evidence), seen_version=None)
    return key


def outsider() -> Membership:
    """A coordinator of another school."""
    found: Membership = MembershipFactory(roles=[Role.COORDINATOR])
    return found


def closed(people: tuple[Membership, Sequence[Membership]], **changes: Any) -> Round:
    """A check-in that everyone answered with "partly"."""
    coordinator, members = people
    round_ = opened(coordinator, members, **changes)
    for member in members:
        answer(round_, member, "partly")
    return close_round(round_=round_, by=coordinator)


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def url(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"evaluation:{name}", args=[round_.setting.slug, round_.pk, *args])


def text_of(response: Any) -> str:
    return str(response.content.decode())
