from directory.models.booklet import Booklet
from directory.models.imports import ImportBatch, ImportRow
from directory.models.parts import Contact, OpeningTime, Phone, Place
from directory.models.service import Agency, Offer, Service

__all__ = [
    "Agency",
    "Booklet",
    "Contact",
    "ImportBatch",
    "ImportRow",
    "Offer",
    "OpeningTime",
    "Phone",
    "Place",
    "Service",
]
