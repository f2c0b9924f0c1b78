from toolkits.models.activity import Activity, AgreedVersion, Participant
from toolkits.models.answers import AnonymousAnswer, ClosedAnswer, Contribution, Draft, PendingMark
from toolkits.models.board import Card, Vote
from toolkits.models.instrument import InstrumentVersion
from toolkits.stages import Stage

__all__ = [
    "Activity",
    "AgreedVersion",
    "AnonymousAnswer",
    "Card",
    "ClosedAnswer",
    "Contribution",
    "Draft",
    "InstrumentVersion",
    "Participant",
    "PendingMark",
    "Stage",
    "Vote",
]
