"""Takes a whole import back: new sheets, links and changes, except for what somebody has changed or used since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from directory.models import Agency, ImportBatch, ImportedSheet, SearchDocument, Service
from directory.models.imports import UNDONE_WITHIN
from directory.sheet.coding import decoded
from directory.sheet.rewriting import CHUNK, hold
from directory.sheet.saving import Rewrite, take_off, update_partnerships, update_sheets
from directory.sheet.values import HERE_FIELDS, LABELS, Values, changed, values_here, values_of
from partnerships.models import Partnership, Setting

Did = ImportedSheet.Did
SHOWN = 100
USED, OTHERS = "somebody uses it already", "another school uses it"
OF_THE_SHEET = {
    *(
        "places",
        "contacts",
        "phones",
        "opening_times",
        "summaries",
        "import_rows",
        "source_records",
        "opened",
    ),
    *("partnerships", "events", "document"),
}
"""What hangs on a service without being a use of it."""


@dataclass
class Step:
    """What becomes of one sheet. `back`: the names that are put back; `kept`: why the rest stays, in words."""

    note: ImportedSheet
    service: Service
    partnership: Partnership | None
    before: Values
    back: set[str] = field(default_factory=set)
    goes: bool = False
    kept: str = ""


@dataclass
class Counted:
    """For the page on which somebody decides, and afterwards: how many, and what stays."""

    removed: int = 0
    unlinked: int = 0
    restored: int = 0
    kept: list[dict[str, str]] = field(default_factory=list)
    kept_count: int = 0

    def add(self, step: Step) -> None:
        self.removed += step.goes and step.note.did == Did.MADE
        self.unlinked += step.goes and step.note.did == Did.LINKED
        self.restored += step.note.did == Did.CHANGED and bool(step.back or step.goes)
        if step.kept:
            self.kept_count += 1
            words = {"words": f"{step.service.name}: {step.kept}", "pk": str(step.service.pk)}
            self.kept = [*self.kept, words][:SHOWN]

    def as_json(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in ("removed", "unlinked", "restored")},
            "kept": self.kept,
            "kept_count": self.kept_count,
        }


def what_happens(batch: ImportBatch) -> dict[str, Any]:
    """What taking the import back would do; nothing is written."""
    counted = Counted()
    for step in _steps(batch):
        counted.add(step)
    return counted.as_json()


def take_back(batch: ImportBatch) -> dict[str, Any]:
    """Does it, in the caller's transaction. Gives what was done, in the same form."""
    hold(batch.sheets.values_list("service", flat=True))
    counted = Counted()
    steps: list[Step] = []
    for step in _steps(batch):
        counted.add(step)
        steps.append(step)
    for start in range(0, len(steps), CHUNK):
        _put_back(batch.setting, steps[start : start + CHUNK])
    ImportedSheet.objects.filter(batch=batch).delete()
    return counted.as_json()


def _steps(batch: ImportBatch) -> Iterator[Step]:
    keys = list(batch.sheets.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        notes = list(batch.sheets.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))
        pks = [note.service_id for note in notes]
        services = {each.pk: each for each in Service.objects.with_whole_parts().filter(pk__in=pks)}
        ours = {each.service_id: each for each in batch.setting.partnerships.filter(service__in=pks)}
        used_here = in_use_here(ours.values())
        used = in_use(pks, batch.setting) | used_here
        for note in notes:
            service = services[note.service_id]
            uses = used if note.did == Did.MADE else used_here
            yield _step(note, service, ours.get(service.pk), uses.get(service.pk, ""))


def _step(note: ImportedSheet, service: Service, partnership: Partnership | None, use: str) -> Step:
    before, after = decoded(note.before), decoded(note.after)
    step = Step(note, service, partnership, before)
    now = {**values_of(service, whole=True), **values_here(partnership)}
    differ = changed(now, after)
    if note.did == Did.MADE:
        moved = service.version != note.version
        step.kept = use or _changed_words(differ) if (use or differ or moved) else ""
        step.goes = not step.kept
        return step
    step.back = {name for name in before if name not in differ}
    if differ:
        step.kept = _changed_words(differ)
    here = [name for name in differ if name in HERE_FIELDS]
    if note.did == Did.LINKED:
        step.goes = partnership is not None and not here and not use
        step.kept = step.kept or (use if partnership and use else "")
    elif note.came_back:
        step.goes = partnership is not None and not differ
    return step


def _changed_words(names: Iterable[str]) -> str:
    found = ", ".join(LABELS[name] for name in names)
    return f"changed since ({found})" if found else "changed since"


def in_use(pks: list[UUID], setting: Setting) -> dict[UUID, str]:
    """Sheets on which something hangs that an import does not make, or that others use: pk → why they stay."""
    found: dict[UUID, str] = {}
    for relation in Service._meta.related_objects:
        name = relation.get_accessor_name() or ""
        if name and name not in OF_THE_SHEET:
            found |= dict.fromkeys(_having(relation.related_model, relation.field.name, pks), USED)
    others = Partnership.objects.filter(service__in=pks).exclude(setting=setting)
    return found | dict.fromkeys(others.values_list("service", flat=True), OTHERS)


def in_use_here(partnerships: Iterable[Partnership]) -> dict[UUID, str]:
    """The services of partnerships on which something hangs: a visitor, an action."""
    ours = {each.pk: each.service_id for each in partnerships}
    found: dict[UUID, str] = {}
    for relation in Partnership._meta.related_objects:
        if relation.get_accessor_name() != "events":
            hanging = _having(relation.related_model, relation.field.name, list(ours))
            found |= {ours[pk]: USED for pk in hanging}
    return found


def _having(model: Any, name: str, pks: list[UUID]) -> set[UUID]:
    if not isinstance(model, type) or not issubclass(model, models.Model):
        return set()
    return set(model._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True))


def _put_back(setting: Setting, steps: list[Step]) -> None:
    going = [step for step in steps if step.goes]
    made = [step.service.pk for step in going if step.note.did == Did.MADE]
    unlinked = [step.service.pk for step in going if step.note.did != Did.CHANGED]
    setting.partnerships.filter(service__in=unlinked).delete()
    agencies = set(Service.objects.filter(pk__in=made).values_list("agency", flat=True))
    Service.objects.filter(pk__in=made).delete()
    SearchDocument.objects.filter(service__in=made).delete()  # a trigger writes it again when a part goes
    _forget_agencies(agencies)
    for step in going:
        if step.note.did == Did.CHANGED and step.partnership is not None:
            take_off(step.partnership)
    _put_values_back(setting, [step for step in steps if step.back])


def _forget_agencies(pks: set[UUID]) -> None:
    Agency.objects.filter(pk__in=pks, services=None).delete()


def _put_values_back(setting: Setting, steps: list[Step]) -> None:
    kept_here = [
        step for step in steps if step.partnership and not (step.goes and step.note.did == Did.LINKED)
    ]
    update_partnerships((step.partnership, step.before, step.back) for step in kept_here if step.partnership)
    ours = [step for step in steps if step.service.steward_id == setting.pk]
    update_sheets(setting, [Rewrite(step.service, step.before, step.back) for step in ours])
    unconfirmed = [
        step.service.pk for step in ours if "confirmed" in step.back and not step.before["confirmed"]
    ]
    Service.objects.filter(pk__in=unconfirmed).update(confirmed_on=None, confirmed_by="", confirmed_how="")


def forget_old_notes(today: Any) -> None:
    """What can't be taken back any more is not kept; the worker calls it."""
    ImportedSheet.objects.filter(batch__done_at__lt=timezone.now() - UNDONE_WITHIN).delete()
