"""A value of a sheet as a person reads it: for the preview of what an import changes."""

from typing import Any

from config.values import day_words
from directory.models import Agency, Offer, Service
from directory.sheet import PHONE_KINDS
from directory.telephones import write_phones
from partnerships.models import Partnership
from partnerships.models.partnership import Weekday
from partnerships.sectors import Sector

CHOICES: dict[str, dict[str, str]] = {
    name: {str(value): str(label) for value, label in choices}
    for name, choices in {
        "sector": Sector.choices,
        "status": Agency.Status.choices,
        "capacity": Service.Capacity.choices,
        "offers": Offer.choices,
        "here_days": Weekday.choices,
        "here_degree": Partnership.Degree.choices,
    }.items()
}


def in_words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name in PHONE_KINDS:
        return write_phones(value)
    if name == "confirmed":
        return f"{day_words(value[0])}, {value[1]}"
    if name == "contacts":
        return "; ".join(", ".join(filter(None, [who.name, who.title])) for who in value)
    labels = CHOICES.get(name, {})
    if isinstance(value, list):
        return ", ".join(labels.get(each, str(each)) for each in value)
    return labels.get(value, str(value))
