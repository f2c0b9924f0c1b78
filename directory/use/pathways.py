"""For each need one page: in school first, then who, how, and what to do while you wait."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify

from directory.changes.versions import event_model
from directory.models import Pathway, PathwayService, Service
from directory.models.service import ServiceQuerySet
from directory.notices import with_notices
from directory.use.pathway_texts import BEGINNINGS, Beginning
from partnerships.access import Permission
from partnerships.history import Change, changes
from partnerships.models import Membership, Setting

MOST_SERVICES = 12
SPELT_ALIKE = 0.8
SHORTEST = 3
QUIET = frozenset("and the for with who has how help about child children".split())


@dataclass(frozen=True)
class Step:
    """A service of a pathway, and what the setting says about it there."""

    pk: int
    service: Service
    note: str


def current(setting: Setting) -> list[Pathway]:
    return list(setting.pathways.filter(retired_at=None))


def steps_of(pathway: Pathway, services: ServiceQuerySet) -> list[Step]:
    """The services of the pathway that are among `services` (a door of Service), in its order, with their parts."""
    steps = list(pathway.steps.all())
    chosen = services.filter(pk__in=[step.service_id for step in steps]).with_parts()
    found = {each.pk: each for each in with_notices(chosen, pathway.setting)}
    return [Step(step.pk, found[step.service_id], step.note) for step in steps if step.service_id in found]


def beginnings_for(setting: Setting) -> list[Beginning]:
    """Those of our own that the setting has no page for."""
    there = {pathway.need.lower() for pathway in current(setting)}
    return [each for each in BEGINNINGS if each.need.lower() not in there]


def matching(setting: Setting, words: str) -> list[Pathway]:
    """The pathways whose need, or other words for it, somebody looks for; slips of a letter are forgiven."""
    asked = {word for word in _words(words) if len(word) >= SHORTEST and word not in QUIET}
    if not asked:
        return []
    return [pathway for pathway in current(setting) if _is_meant(pathway, asked, words)]


def _is_meant(pathway: Pathway, asked: set[str], words: str) -> bool:
    known = {word for phrase in [pathway.need, *pathway.also] for word in _words(phrase)} - QUIET
    return any(
        word in known
        or any(name.startswith(word) for name in known if len(word) > SHORTEST)
        or bool(get_close_matches(word, known, n=1, cutoff=SPELT_ALIKE))
        for word in asked
    )


def _words(text: str) -> Iterator[str]:
    return (match.lower() for match in re.findall(r"\w+", text))


def free_slug(setting: Setting, need: str) -> str:
    """An address for the need that no other page of the setting has, kept or retired."""
    plain = slugify(need)[:50] or "need"
    taken = set(setting.pathways.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := plain if number == 1 else f"{plain}-{number}") not in taken
    )


def story_of(pathway: Pathway) -> list[Change]:
    """What changed on the page, also with the services that are off it by now."""
    kept = event_model(PathwayService)._default_manager.filter(pathway=pathway)
    steps = dict(kept.values_list("pgh_obj_id", "service"))
    names = dict(Service.objects.filter(pk__in=steps.values()).values_list("pk", "name"))
    rows = [PathwayService(pk=pk) for pk in steps]
    return changes(
        pathway, *rows, names={pk: names.get(service, "A service") for pk, service in steps.items()}
    )


def check_may_edit(by: Membership, setting: Setting) -> None:
    if by.setting_id != setting.pk or not by.may(Permission.DIRECTORY_EDIT):
        raise PermissionDenied


@transaction.atomic
def add_step(*, pathway: Pathway, service: Service, note: str, by: Membership) -> bool:
    """Last of all. Twice changes only the note; False when there are too many."""
    check_may_edit(by, pathway.setting)
    locked = Pathway.objects.select_for_update().get(pk=pathway.pk)
    if step := locked.steps.filter(service=service).first():
        step.note = note
        step.save(update_fields=["note"])
        return True
    if locked.steps.count() >= MOST_SERVICES:
        return False
    last = locked.steps.aggregate(last=Max("position"))["last"]
    locked.steps.create(service=service, note=note, position=0 if last is None else last + 1)
    return True


@transaction.atomic
def remove_step(*, pathway: Pathway, step: int, by: Membership) -> str:
    """The name of the service; "" when it was off already."""
    check_may_edit(by, pathway.setting)
    found = pathway.steps.filter(pk=step).select_related("service").first()
    if found is None:
        return ""
    found.delete()
    return found.service.name


@transaction.atomic
def move_step(*, pathway: Pathway, step: int, up: bool, by: Membership) -> None:
    """Changes places with the one above or below; at an end it stays."""
    check_may_edit(by, pathway.setting)
    Pathway.objects.select_for_update().get(pk=pathway.pk)
    steps = list(pathway.steps.all())
    at = next((number for number, each in enumerate(steps) if each.pk == step), None)
    other = None if at is None else at + (-1 if up else 1)
    if at is None or other is None or not 0 <= other < len(steps):
        return
    steps[at], steps[other] = steps[other], steps[at]
    for number, each in enumerate(steps):
        if each.position != number:
            PathwayService.objects.filter(pk=each.pk).update(position=number)


@transaction.atomic
def set_retired(*, pathway: Pathway, is_retired: bool, by: Membership) -> None:
    check_may_edit(by, pathway.setting)
    when = timezone.now() if is_retired else None
    Pathway.objects.filter(pk=pathway.pk).update(retired_at=when, version=F("version") + 1)
