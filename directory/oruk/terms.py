"""Our taxonomies and their terms, as Open Referral has them. Ids are uuid5 of fixed words, and so never change."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from directory.models import Level, NeedArea, Offer, Referrer, Service
from partnerships.sectors import Sector

NAMESPACE = uuid5(NAMESPACE_URL, "https://joinedup.example/open-referral/")
ROOT = "/api/oruk/3.0"


def named_id(*words: object) -> UUID:
    """The id of something that has no row of its own."""
    return uuid5(NAMESPACE, ":".join(map(str, words)))


@dataclass(frozen=True)
class Taxonomy:
    """`key` is the field of a sheet whose values are the terms; without `choices` they are the sheets' own words."""

    key: str
    name: str
    description: str
    link_type: str
    choices: tuple[tuple[str, str], ...] = ()

    @cached_property
    def id(self) -> UUID:
        return named_id("taxonomy", self.key)

    @property
    def is_list(self) -> bool:
        """Whether a sheet can have several of its terms."""
        return self.key not in {"sector", "capacity"}

    @cached_property
    def labels(self) -> dict[str, str]:
        return dict(self.choices)

    def term(self, value: str) -> "Term":
        return Term(named_id(self.key, value), value, self.labels.get(value, value), self)

    @property
    def terms(self) -> "list[Term]":
        return [self.term(value) for value, _ in self.choices]

    def as_json(self) -> dict[str, Any]:
        return {"id": str(self.id), "name": self.name, "description": self.description, "version": "1"}


@dataclass(frozen=True)
class Term:
    id: UUID
    value: str
    label: str
    taxonomy: Taxonomy

    def as_json(self) -> dict[str, Any]:
        return {
            "id": str(self.id),
            "name": self.label,
            "description": f"{self.taxonomy.name}: {self.label}",
            "taxonomy": self.taxonomy.name,
            "taxonomy_id": str(self.taxonomy.id),
            "term": self.label,
            "term_uri": f"{settings.SITE_URL}{ROOT}/taxonomy_terms/{self.id}",
        }


def _choices(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


TAXONOMIES = (
    Taxonomy(
        "offers",
        "Services offered",
        "What a service offers, in the eight kinds of the information sheet.",
        "service_offer",
        _choices(Offer.choices),
    ),
    Taxonomy("sector", "Sector", "The sector that a service belongs to.", "sector", _choices(Sector.choices)),
    Taxonomy(
        "levels",
        "Level of need",
        "The level of need that a service is for; each area words its own.",
        "level_of_need",
        _choices(Level.choices),
    ),
    Taxonomy(
        "need_areas",
        "Needs served (SEND)",
        "The four broad areas of need of the SEND code of practice, 2015.",
        "send_need",
        _choices(NeedArea.choices),
    ),
    Taxonomy(
        "referrers", "Who may refer", "Who may refer somebody.", "referral_route", _choices(Referrer.choices)
    ),
    Taxonomy(
        "capacity",
        "Can take someone",
        "Whether a service can take somebody now.",
        "capacity",
        _choices(choice for choice in Service.Capacity.choices if choice[0] != Service.Capacity.UNKNOWN),
    ),
    Taxonomy("topics", "Helps with", "What services help with, in their own words.", "topic"),
)
BY_KEY = {taxonomy.key: taxonomy for taxonomy in TAXONOMIES}
BY_ID = {taxonomy.id: taxonomy for taxonomy in TAXONOMIES}
TERMS_BY_ID = {term.id: term for taxonomy in TAXONOMIES for term in taxonomy.terms}


@cache
def fixed_term_json(key: str, value: str) -> dict[str, Any]:
    return BY_KEY[key].term(value).as_json()


def terms_of(service: Service) -> Iterable[tuple[Taxonomy, str]]:
    """(the taxonomy, the value) of everything that the sheet chooses."""
    for taxonomy in TAXONOMIES:
        chosen = getattr(service, taxonomy.key)
        for value in chosen if taxonomy.is_list else [chosen]:
            if not taxonomy.choices or value in taxonomy.labels:
                yield taxonomy, value
