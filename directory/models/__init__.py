from directory.models.booklet import Booklet
from directory.models.choices import (
    Access,
    Cost,
    Level,
    NeedArea,
    Offer,
    Referrer,
    Rhythm,
    Season,
    Withheld,
)
from directory.models.documents import OpenSheet, SearchDocument
from directory.models.feeds import Feed, SourceRecord
from directory.models.finding import (
    Opened,
    ReferralResult,
    SearchTerm,
    SearchVisitor,
    ServiceAnswer,
    ShortlistItem,
    WeekSalt,
)
from directory.models.imports import ImportBatch, ImportedSheet, ImportRow, RememberedHeading
from directory.models.links import AgencyLink
from directory.models.notices import Notice
from directory.models.parts import Contact, OpeningTime, Phone, Place, Summary, WithheldAddress
from directory.models.pathways import Pathway, PathwayService
from directory.models.postcodes import Postcode
from directory.models.rules import Rules
from directory.models.service import Agency, Service
from directory.models.suggestions import HandOver, NotTheSame, SuggestedChange, Suggestion

__all__ = [
    "Access",
    "Agency",
    "AgencyLink",
    "Booklet",
    "Contact",
    "Cost",
    "Feed",
    "HandOver",
    "ImportBatch",
    "ImportRow",
    "ImportedSheet",
    "Level",
    "NeedArea",
    "NotTheSame",
    "Notice",
    "Offer",
    "OpenSheet",
    "Opened",
    "OpeningTime",
    "Pathway",
    "PathwayService",
    "Phone",
    "Place",
    "Postcode",
    "ReferralResult",
    "Referrer",
    "RememberedHeading",
    "Rhythm",
    "Rules",
    "SearchDocument",
    "SearchTerm",
    "SearchVisitor",
    "Season",
    "Service",
    "ServiceAnswer",
    "ShortlistItem",
    "SourceRecord",
    "SuggestedChange",
    "Suggestion",
    "Summary",
    "WeekSalt",
    "Withheld",
    "WithheldAddress",
]
