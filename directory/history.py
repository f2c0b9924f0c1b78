"""What changed on a sheet: its own row and its parts, and for coordinators the partnership."""

from django.db import models

from directory.models import Service
from partnerships.history import Change, changes
from partnerships.models import Partnership

NAMES = {
    "service": "the sheet",
    "place": "address",
    "contact": "contact person",
    "phone": "telephone numbers",
    "openingtime": "opening times",
    "partnership": "your partnership",
}
LIMIT = 100


def of_sheet(service: Service, partnership: Partnership | None) -> list[Change]:
    """The latest first. The history of an address that is withheld has only what may be shown (saving.keep_back)."""
    rows: list[models.Model] = [service, *service.contacts.all(), *service.phones.all()]
    rows += service.opening_times.all()
    rows += service.places.all()
    if partnership is not None:
        rows.append(partnership)
    return changes(*rows, names=NAMES, limit=LIMIT)


def last_change(service: Service) -> str:
    """Who saved the sheet last; "" when nobody knows."""
    found = of_sheet(service, None)
    return found[0].who if found else ""
