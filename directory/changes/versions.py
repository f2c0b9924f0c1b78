"""A sheet as it was: its values after each save, put together from what the triggers keep of it and its parts.

Of an address that is withheld the kept versions hold only what may be shown (directory.sheet.rewriting.keep_back).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from directory.models import Agency, Contact, OpeningTime, Phone, Place, Service, Summary
from directory.sheet.values import Values, values_of
from partnerships.history import DELETED

PARTS: dict[str, type[models.Model]] = {
    "places": Place,
    "contacts": Contact,
    "phones": Phone,
    "opening_times": OpeningTime,
    "summaries": Summary,
}
TRACKED: tuple[type[models.Model], ...] = (Service, *PARTS.values(), Agency)


@dataclass(frozen=True)
class Version:
    """The sheet after one save. `row` is the service's own row then, for what is no value of a sheet."""

    moment: datetime
    event: Any
    row: Service
    values: Values

    @property
    def number(self) -> int:
        """The moment as it stands in an address."""
        return number_of(self.moment)


def number_of(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def versions_of(service: Service) -> list[Version]:
    """Every version, the oldest first. The number of queries does not grow with them."""
    saves: dict[datetime, list[Any]] = defaultdict(list)
    for event in _events(service):
        saves[event.pgh_created_at].append(event)
    names = _agencies(saves)
    return list(_played(saves, names))


def _events(service: Service) -> Iterator[Any]:
    yield from service.events.select_related("pgh_context").order_by("pgh_id")  # type: ignore[attr-defined]
    for model in PARTS.values():
        kept = event_model(model)._default_manager.filter(service=service)
        yield from kept.select_related("pgh_context").order_by("pgh_id")


def event_model(model: type[models.Model]) -> type[models.Model]:
    """Where the triggers keep the versions of a model's rows."""
    found = model._meta.get_field("events").related_model
    assert isinstance(found, type)
    return found


def _agencies(saves: dict[datetime, list[Any]]) -> list[Any]:
    """What the organisations that the sheet ever named were called, in their order."""
    wanted = {event.agency_id for events in saves.values() for event in events if hasattr(event, "agency_id")}
    kept = event_model(Agency)._default_manager.filter(pgh_obj__in=wanted)
    return list(kept.order_by("pgh_id"))


def _played(saves: dict[datetime, list[Any]], agencies: Sequence[Any]) -> Iterator[Version]:
    own: Any = None
    parts: dict[type[models.Model], dict[Any, Any]] = {model: {} for model in PARTS.values()}
    for moment in sorted(saves):
        events = saves[moment]
        for event in events:
            kind = event.pgh_tracked_model
            if kind is Service:
                own = event
            elif event.pgh_label == DELETED:
                parts[kind].pop(event.pgh_obj_id, None)
            else:
                parts[kind][event.pgh_obj_id] = event
        if own is not None:
            row = _row(own, parts, agencies, moment)
            yield Version(moment, events[0], row, values_of(row))


def _row(
    own: Any, parts: dict[type[models.Model], dict[Any, Any]], agencies: Sequence[Any], moment: datetime
) -> Service:
    """The service with its parts, as if it had been read then."""
    row = _as(Service, own)
    assert isinstance(row, Service)
    row.agency = _agency_then(own.agency_id, agencies, moment)
    row._prefetched_objects_cache = {  # type: ignore[attr-defined]
        name: sorted(
            (_as(model, event) for event in parts[model].values()), key=lambda part: (part.position, part.pk)
        )
        for name, model in PARTS.items()
    }
    return row


def _as(model: type[models.Model], event: Any) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model(**{name: getattr(event, name) for name in names if hasattr(event, name)})


def _agency_then(pk: Any, kept: Iterable[Any], moment: datetime) -> Agency:
    mine = [event for event in kept if event.pgh_obj_id == pk]
    then = [event for event in mine if event.pgh_created_at <= moment]
    found = (then or mine[:1] or [None])[-1]
    return _as(Agency, found) if found else Agency(pk=pk)
