"""Search over everything: each app finds its own kind of thing, and this puts them together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.urls import reverse

from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Found, registry

MOST_OF_A_KIND = 20
SHORTEST = 2


@dataclass(frozen=True)
class Kind:
    """The hits of one kind, as in "People"."""

    name: str
    hits: list[Found]
    has_more: bool


def search(membership: Membership, words: str) -> list[Kind]:
    """What `membership` may see of the setting and that has all of `words`; kinds in the order of the apps."""
    words = " ".join(words.split())[:100]
    if len(words) < SHORTEST:
        return []
    hits: dict[str, list[Found]] = {}
    for source in registry.search:
        for hit in islice(source(membership, words), MOST_OF_A_KIND + 1):
            hits.setdefault(hit.kind, []).append(hit)
    return [Kind(name, found[:MOST_OF_A_KIND], len(found) > MOST_OF_A_KIND) for name, found in _ordered(hits)]


KIND_ORDER = ("Pathways", "Services", "People", "Sessions", "Check-ins", "Actions")


def _ordered(hits: dict[str, list[Found]]) -> Iterable[tuple[str, list[Found]]]:
    rank = {name: number for number, name in enumerate(KIND_ORDER)}
    return sorted(hits.items(), key=lambda pair: rank.get(pair[0], len(rank)))


def find_people(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.PEOPLE_READ):
        return
    slug = membership.setting.slug
    for person in membership.setting.memberships.current().matching(words)[: MOST_OF_A_KIND + 1]:
        text = ", ".join(part for part in (person.job_title, person.agency_name) if part)
        yield Found(
            "People",
            person.user.full_name,
            text,
            reverse("partnerships:person_detail", args=[slug, person.pk]),
        )


def find_actions(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.ACTION_OWN):
        return
    found = membership.setting.actions.for_membership(membership).with_owners().in_working_order()
    for word in words.split():
        found = found.filter(Q(text__unaccent__icontains=word) | Q(origin_words__unaccent__icontains=word))
    slug = membership.setting.slug
    for action in found[: MOST_OF_A_KIND + 1]:
        text = f"{action.owner_words}, {action.when_words}"
        yield Found(
            "Actions", action.text, text, reverse("partnerships:action_detail", args=[slug, action.pk])
        )
