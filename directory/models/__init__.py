from directory.models.imports import ImportBatch, ImportRow
from directory.models.parts import Contact, OpeningTime, Phone, Place
from directory.models.service import Agency, Offer, Service

__all__ = [
    "Agency",
    "Contact",
    "ImportBatch",
    "ImportRow",
    "Offer",
    "OpeningTime",
    "Phone",
    "Place",
    "Service",
]
