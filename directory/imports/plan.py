"""What an import would do, row by row, before anything is written."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q

from directory.imports.matching import Index, Traits, match
from directory.imports.numbered import of_new, with_kept_back, with_known
from directory.imports.records import Mapping, Record
from directory.models import Phone, Service
from directory.sheet.saving import sort_key
from directory.sheet.values import HERE_FIELDS, Values, changed, values_here, values_of, with_details
from partnerships.models import Partnership, Setting

CHUNK = 1000


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass
class Sheet:
    """One service that the list is about: one of the directory, or a new one made by the first row that names it."""

    values: Values
    service: Service | None = None
    partnership: Partnership | None = None
    is_kept: bool = True
    comes_back: bool = False
    touched: set[str] = field(default_factory=set)
    before: Values = field(default_factory=dict)
    """What the values in `touched` were before the first row."""

    @property
    def is_written(self) -> bool:
        """Whether anything is done to a sheet that is there."""
        return bool(self.touched) or self.comes_back or self.partnership is None


@dataclass
class Step:
    """What one row does. `earlier` is the row in the same list that named the service before."""

    record: Record
    sheet: Sheet
    outcome: Outcome
    changes: list[str] = field(default_factory=list)
    before: Values = field(default_factory=dict)
    """What the values in `changes` were."""
    earlier: int | None = None
    listed: list[Service] = field(default_factory=list)
    """Sheets that a new row could mean: those that other schools list, the surest first, then our own."""
    listed_surely: bool = False
    """The first of `listed` can be nothing else."""


@dataclass
class Plan:
    mapping: Mapping
    sheets: list[Sheet] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    nameless: list[Record] = field(default_factory=list)

    def report(self) -> dict[str, object]:
        """As the contract of import_services has it."""
        counts = Counter(step.outcome for step in self.steps)
        records = [*(step.record for step in self.steps), *self.nameless]
        bad = [
            {"row": record.number, **problem.as_json()}
            for record in sorted(records, key=lambda record: record.number)
            for problem in record.problems
        ]
        return {
            "kept": len(self.steps),
            **{outcome.value: counts[outcome] for outcome in Outcome},
            "bad": bad,
            "headings": self.mapping.as_report(),
        }


Weigh = Callable[[Record, Sheet], None]
"""Decides what of a record counts for its sheet, before they are compared."""


def make_plan(
    setting: Setting, records: Iterable[Record], mapping: Mapping, weigh: Weigh | None = None
) -> Plan:
    plan = Plan(mapping)
    named: list[Record] = []
    for record in records:
        if record.name:
            named.append(record)
        elif record.problems:
            plan.nameless.append(record)
    owners: dict[int, int] = {}
    existing = existing_sheets(setting)
    for record, sheet in zip(named, _sheets_of(existing, named), strict=True):
        earlier = owners.get(id(sheet))
        if earlier is None:
            owners[id(sheet)] = record.number
            plan.sheets.append(sheet)
        is_new = sheet.service is None and earlier is None
        if weigh is not None:
            weigh(record, sheet)
        plan.steps.append(step_for(record, sheet, is_new=is_new, earlier=earlier))
    if mapping.is_own and mapping.has("waiting_on"):
        _leave_waiting_undated(plan)
    _settle(plan)
    propose_listed(setting, plan)
    propose_own(plan, [sheet for sheet in existing if id(sheet) not in owners and not sheet.comes_back])
    return plan


def _sheets_of(existing: list[Sheet], named: list[Record]) -> list[Sheet]:
    """For each row the sheet that it is about: of the directory, of an earlier row, or a new one."""
    traits = [Traits.of(record.values) for record in named]
    found = match(traits, [Traits.of(sheet.values) for sheet in existing])
    made, new = Index(), list[Sheet]()
    sheets: list[Sheet] = []
    for record, row, at in zip(named, traits, found, strict=True):
        if at is not None:
            sheets.append(existing[at])
        elif (inside := made.same(row)) is not None and not _are_two(row, made.traits[inside]):
            sheets.append(new[inside])
        else:
            made.add(row)
            new.append(Sheet(of_new(record.values)))
            sheets.append(new[-1])
    return sheets


def _leave_waiting_undated(plan: Plan) -> None:
    """Where our own export names no date there was none; of another list it is the day on which it is brought."""
    for sheet in plan.sheets:
        if sheet.service is None:
            sheet.values.setdefault("waiting_on", None)


def _are_two(row: Traits, other: Traits) -> bool:
    """Of our own export, whose numbers mean nothing here but tell its services apart."""
    return row.pk is not None and other.pk is not None and row.pk != other.pk


def _settle(plan: Plan) -> None:
    """Rows that contradict each other and end where the directory is now change nothing."""
    for sheet in plan.sheets:
        if sheet.service is not None:
            sheet.touched = set(_filled(sheet.before, {name: sheet.values[name] for name in sheet.touched}))
    for step in plan.steps:
        sheet = step.sheet
        if sheet.service is not None and not sheet.touched and not sheet.comes_back:
            step.outcome, step.changes = Outcome.SAME, []


def step_for(record: Record, sheet: Sheet, *, is_new: bool, earlier: int | None) -> Step:
    if is_new:
        return Step(record, sheet, Outcome.NEW)
    said = {name: value for name, value in record.values.items() if sheet.is_kept or name in HERE_FIELDS}
    said = completed(sheet.values, said, is_row=record.is_row)
    record.values |= said
    kept = {"id", "agency", "status"} | ({"name"} if earlier is not None else set())
    changes = [name for name in _filled(sheet.values, said) if name not in kept]
    if _other_agency(sheet.values, said):
        changes.append("agency")
    if said.get("status") and not sheet.values.get("status"):
        changes.append("status")
    before = {name: sheet.values.get(name) for name in changes}
    sheet.before = before | sheet.before
    sheet.values.update({name: said[name] for name in changes})
    sheet.touched.update(changes)
    outcome = Outcome.CHANGED if changes or (sheet.comes_back and earlier is None) else Outcome.SAME
    return Step(record, sheet, outcome, changes, before, earlier)


def completed(known: Values, said: Values, *, is_row: bool) -> Values:
    """With what is known where nothing is said: each empty cell of a row; of a whole record what no file tells."""
    if is_row:
        rough = {"latitude", "longitude"} if known.get("withheld") else set()  # what is kept of it is rounded
        return with_known(known, {name: value for name, value in said.items() if name not in rough})
    whole = dict(said)
    for name, complete in LEFT_OPEN.items():
        if said.get(name):
            whole[name] = complete(known.get(name, []), said[name])
    return whole


LEFT_OPEN: dict[str, Callable[[Any, Any], Any]] = {"contacts": with_details, "more_places": with_kept_back}


def _filled(known: Values, said: Values) -> list[str]:
    """The names in `said` that say something else. A new sheet has only what its rows said so far."""
    return changed({name: known.get(name) for name in said}, said)


def _other_agency(values: Values, said: Values) -> bool:
    name = said.get("agency")
    return bool(name) and sort_key(str(name)) != sort_key(str(values.get("agency") or values["name"]))


def existing_sheets(setting: Setting) -> list[Sheet]:
    """Every service that the setting has, or had, a partnership with, or whose sheet it keeps."""
    partnerships = {each.service_id: each for each in setting.partnerships.all()}
    ours = Q(steward=setting)
    theirs = Q(pk__in=list(partnerships), retired_at=None) & ~Q(visibility=Service.Visibility.PRIVATE)
    services = Service.objects.filter(ours | theirs).with_whole_parts()
    live = set(Service.visible_to(setting).values_list("pk", flat=True))
    return [
        _as_sheet(setting, service, partnerships.get(service.pk), comes_back=service.pk not in live)
        for service in services.order_by("created_at", "pk").iterator(CHUNK)
    ]


def _as_sheet(
    setting: Setting, service: Service, partnership: Partnership | None, *, comes_back: bool
) -> Sheet:
    """Its parts are in the values; the rows themselves are let go, for there may be ten thousand sheets."""
    values = {**values_of(service, whole=True), **values_here(partnership)}
    service._prefetched_objects_cache.clear()  # type: ignore[attr-defined] # what prefetch_related filled
    return Sheet(
        values, service, partnership, is_kept=service.steward_id == setting.pk, comes_back=comes_back
    )


def propose_listed(setting: Setting, plan: Plan) -> None:
    """Beside each new row, the sheets of other schools that it could mean: to link instead of typing again."""
    new = [step for step in plan.steps if step.outcome is Outcome.NEW]
    traits = [Traits.of(step.record.values) for step in new]
    services = list(listed_candidates(setting, [step.record.values for step in new]))
    index = Index(Traits.of(values_of(service)) for service in services)
    for step, row in zip(new, traits, strict=True):
        surest = index.same(row)
        order = dict.fromkeys([*([surest] if surest is not None else []), *index.alike(row)])
        step.listed = [services[at] for at in order][:3]
        step.listed_surely = surest is not None


def propose_own(plan: Plan, unclaimed: list[Sheet]) -> None:
    """Also services of our own that no row names, but that share a telephone number or website with a new one."""
    index = Index(Traits.of(sheet.values) for sheet in unclaimed)
    for step in plan.steps:
        if step.outcome is Outcome.NEW:
            alike = (unclaimed[at].service for at in index.alike(Traits.of(step.record.values)))
            step.listed += [service for service in alike if service is not None][:3]


def listed_candidates(setting: Setting, sheets: list[Values]) -> Iterable[Service]:
    """Sheets of others that share a name, a telephone number or a website with one of `sheets`."""
    names = {sort_key(values["name"]) for values in sheets}
    phones = {number for values in sheets for number, _ in values.get("telephone", [])}
    websites = {values["website"] for values in sheets if values.get("website")}
    shared = {
        *Service.objects.filter(sort_name__in=names).values_list("pk", flat=True),
        *Service.objects.filter(website__in=_variants(websites)).values_list("pk", flat=True),
        *Phone.objects.filter(number__in=phones).values_list("service", flat=True),
    }
    ours = setting.partnerships.live().values("service")
    candidates = Service.linkable_by(setting).exclude(steward=setting).exclude(pk__in=ours)
    return candidates.filter(pk__in=shared).with_parts()


def _variants(websites: set[str]) -> set[str]:
    """An address with and without s, www and the last stroke."""
    bare = {re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/") for address in websites}
    return {f"{start}{rest}{end}" for rest in bare for start in STARTS for end in ("", "/")}


STARTS = ("http://", "https://", "http://www.", "https://www.")
