"""How a family looks for help: in its own words, and by the few things that decide. Nothing of it is kept."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Q
from django.http import QueryDict

from config.text import one_line
from directory import search
from directory.models import Cost, OpeningTime, Referrer, Service, Summary
from directory.models.service import ServiceQuerySet
from directory.notices import SHUT, about_places, with_notices
from directory.public.families import Today
from directory.public.publishing import published_by
from directory.sheet.languages import LANGUAGES
from directory.sheet.opening import is_open_now
from directory.sheet.values import times_of
from partnerships.models import Setting

OLDEST = 25
LONGEST = 100
TOPICS_SHOWN = 8
MYSELF = [Referrer.FAMILY.value, Referrer.YOUNG_PERSON.value]


@dataclass(frozen=True)
class FamilySearch:
    """What is asked for; what can’t be read counts as not asked for.

    `told` is a language to read in, `speaks` one to talk in.
    """

    words: str = ""
    age: int | None = None
    speaks: str = ""
    told: str = ""
    is_myself: bool = False
    is_free: bool = False
    sees_now: bool = False
    is_open: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        age = query.get("age", "")
        return cls(
            words=one_line(query.get("q", ""), LONGEST),
            age=int(age) if re.fullmatch(r"[0-9]{1,3}", age) and int(age) <= OLDEST else None,
            speaks=_known(query.get("lang", "")),
            told=_known(query.get("in", "")),
            is_myself=query.get("me") == "1",
            is_free=query.get("free") == "1",
            sees_now=query.get("take") == Service.Capacity.OPEN,
            is_open=query.get("now") == "1",
        )

    @property
    def narrows(self) -> bool:
        """Whether anything besides words is asked for."""
        chosen = (self.speaks, self.is_myself, self.is_free, self.sees_now, self.is_open)
        return any(chosen) or self.age is not None

    @property
    def ticks(self) -> list[tuple[str, str, str, bool]]:
        """(name, value, words, whether it is on) of each thing to tick."""
        return [
            ("me", "1", "I can ask myself", self.is_myself),
            ("free", "1", "Costs nothing", self.is_free),
            ("now", "1", "Open now", self.is_open),
            ("take", Service.Capacity.OPEN.value, "Can see someone now", self.sees_now),
        ]

    def apply(self, today: Today) -> search.Matched:
        """Of what the school publishes; the best first, with what a page shows of each."""
        matched = search.match(published_by(today.setting), self.words, today.setting, is_public=True)
        found = matched.services.filter(self._condition(today))
        if self.is_open:
            found = found.filter(pk__in=open_now(found, today))
        found = with_notices(found.order_by(*search.BEST_FIRST).with_parts(), today.setting)
        return replace(matched, services=found)

    def _condition(self, today: Today) -> Q:
        wanted = Q()
        if self.age is not None:
            wanted &= Q(min_age=None) | Q(min_age__lte=self.age)
            wanted &= Q(max_age=None) | Q(max_age__gte=self.age)
        if self.speaks:
            wanted &= Q(languages__contains=[self.speaks])
        if self.told:
            wanted &= Q(pk__in=Summary.objects.filter(language=self.told).values("service"))
        if self.is_myself:
            wanted &= Q(referrers__overlap=MYSELF)
        if self.is_free:
            wanted &= Q(cost=Cost.FREE)
        if self.sees_now:
            told_otherwise = about_places(today.setting).values("service")
            wanted &= Q(capacity=Service.Capacity.OPEN) & ~Q(pk__in=told_otherwise)
        return wanted


def _known(code: str) -> str:
    return code if code in LANGUAGES else ""


def open_now(services: ServiceQuerySet, today: Today) -> set[Any]:
    """The ids of those that are open at this moment."""
    times: dict[Any, list[OpeningTime]] = {}
    shut = about_places(today.setting).filter(kind__in=SHUT)
    found = services.order_by().exclude(pk__in=shut.values("service"))
    for row in OpeningTime.objects.filter(service__in=found.values("pk")):
        times.setdefault(row.service_id, []).append(row)
    return {pk for pk, rows in times.items() if is_open_now(map(times_of, rows), today.clock)}


@dataclass(frozen=True)
class Offered:
    """What there is to choose from on the page of a school."""

    has_any: bool
    topics: list[str]
    spoken: list[tuple[str, str]]
    told: list[tuple[str, str]]

    @classmethod
    def by(cls, setting: Setting) -> Self:
        services = published_by(setting).order_by()
        rows = list(services.values_list("topics", "languages"))
        topics = Counter(topic for row in rows for topic in row[0])
        spoken = {code for row in rows for code in row[1]} - {"en"}
        told = set(
            Summary.objects.filter(service__in=services.values("pk")).values_list("language", flat=True)
        )
        often = [topic for topic, _ in topics.most_common(TOPICS_SHOWN)]
        return cls(bool(rows), sorted(often, key=str.casefold), _named(spoken, both=True), _named(told))


def _named(codes: set[str], *, both: bool = False) -> list[tuple[str, str]]:
    """(code, its name in itself); with `both` the English one behind it."""
    known = [language for code, language in LANGUAGES.items() if code in codes]
    return [
        (each.code, f"{each.own} ({each.name})" if both and each.own != each.name else each.own)
        for each in known
    ]
