"""Which sheets may be of the same service: proposed in pairs, until somebody joins them or says that they are not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import PermissionDenied
from django.db import transaction

from directory.changes.merging import may_join
from directory.imports.matching import Index, Traits, telling
from directory.imports.plan import listed_candidates
from directory.models import NotTheSame, Service
from directory.sheet.saving import sort_key
from directory.sheet.values import values_of
from partnerships.access import Permission
from partnerships.models import Membership, Setting

MOST = 20
AT_ONCE = 200
"""So many pairs are proposed; the next ones when these are answered."""
SIMILAR = 0.8
"""How like two names are, at least, that are written in another way. Services of one house often share the rest."""


@dataclass(frozen=True)
class Pair:
    """`kept` is the one that is proposed to stay: a sheet that others look after, or else the fuller one."""

    kept: Service
    other: Service
    why: list[str]


def pairs_of(by: Membership, only: Service | None = None) -> list[Pair]:
    """Of what the setting keeps with everything that it uses or could use, the surest first; or those of one sheet."""
    setting = by.setting
    kept = list(setting.services_kept.active().with_parts())
    used = Service.visible_to(setting).exclude(steward=setting).with_parts()
    values = [values_of(service) for service in kept]
    others = {service.pk: service for service in [*used, *listed_candidates(setting, values)]} if kept else {}
    services = [*kept, *others.values()]
    traits = [Traits.of(each) for each in values] + [Traits.of(values_of(each)) for each in others.values()]
    told = set(NotTheSame.objects.filter(setting=setting).values_list("one", "two"))
    found = [
        (services[first], services[second], why)
        for first, second, why in _alike(traits, len(kept))
        if only is None or only in (services[first], services[second])
    ]
    found = [each for each in found if _in_order(*each[:2]) not in told]
    found.sort(key=lambda each: (-len(each[2]), each[0].sort_name))
    return [_pair(by, *each) for each in found[:AT_ONCE]]


def _alike(traits: list[Traits], kept: int) -> Iterator[tuple[int, int, list[str]]]:
    """(first, second, why), each pair once; the first of them is kept here."""
    index = Index(traits)
    by_postcode: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(traits):
        if each.postcode:
            by_postcode[each.postcode].append(at)
    for first in range(kept):
        mine = traits[first]
        near = [*index.alike(mine), *telling(by_postcode.get(mine.postcode, []))]
        for second in dict.fromkeys(near):
            is_new = second > first or second >= kept
            if is_new and second != first and (why := reasons(mine, traits[second])):
                yield first, second, why


def reasons(one: Traits, two: Traits) -> list[str]:
    """What speaks for the same service, in words; nothing for two branches, or two services of one house."""
    if one.elsewhere(two) and not (one.phones & two.phones):
        return []
    same_name = one.name == two.name
    alike = same_name or _are_alike(one.name.split(), two.name.split())
    found = {
        "the same name": same_name,
        "nearly the same name": alike and not same_name,
        "the same telephone number": bool(one.phones & two.phones),
        "the same website": bool(one.website) and one.website == two.website,
        "the same postcode": one.same_place(two),
    }
    why = [words for words, holds in found.items() if holds]
    return why if alike and (same_name or len(why) > 1) else []


def _are_alike(one: list[str], two: list[str]) -> bool:
    """In whatever order the words stand, or when one name has all the words of the other."""
    if set(one) <= set(two) or set(two) <= set(one):
        return True
    matcher = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(two)))
    return matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR <= matcher.ratio()


def _pair(by: Membership, first: Service, second: Service, why: list[str]) -> Pair:
    """`first` is kept here. One that others keep stays; of two of our own the fuller one."""
    both_ours = may_join(by, first, second) and may_join(by, second, first)
    if both_ours and _fullness(first) >= _fullness(second):
        return Pair(first, second, why)
    return Pair(second, first, why)


def _fullness(service: Service) -> int:
    return sum(bool(value) for value in values_of(service).values())


def _in_order(*services: Service) -> tuple[object, ...]:
    return tuple(sorted(service.pk for service in services))


@transaction.atomic
def say_not_the_same(one: Service, two: Service, *, by: Membership) -> None:
    """The setting is not asked about these two again."""
    if not by.may(Permission.DIRECTORY_EDIT):
        raise PermissionDenied
    first, second = sorted([one, two], key=lambda service: service.pk)
    NotTheSame.objects.get_or_create(setting=by.setting, one=first, two=second, defaults={"by": by})


def joinable(setting: Setting, ids: Iterable[object]) -> dict[object, Service]:
    """Sheets that the setting keeps, uses or could use, by id; with all that they say."""
    found = Service.linkable_by(setting).with_whole_parts().filter(pk__in=list(ids))
    return {service.pk: service for service in found}


def named(by: Membership, service: Service, words: str) -> list[Pair]:
    """Other sheets whose name has these words, with which this one could be joined."""
    found = Service.linkable_by(by.setting).filter(sort_name__contains=sort_key(words)).exclude(pk=service.pk)
    pairs = (_either_way(by, service, each) for each in found.with_parts()[:MOST])
    return [pair for pair in pairs if pair]


def _either_way(by: Membership, service: Service, each: Service) -> Pair | None:
    if may_join(by, each, service):
        return _pair(by, service, each, [])
    return Pair(service, each, []) if may_join(by, service, each) else None
