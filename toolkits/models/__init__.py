from toolkits.models.activity import Activity, AgreedVersion, Participant, Stage
from toolkits.models.answers import AnonymousAnswer, ClosedAnswer, Contribution, PendingMark
from toolkits.models.board import Card, Vote
from toolkits.models.instrument import InstrumentVersion

__all__ = [
    "Activity",
    "AgreedVersion",
    "AnonymousAnswer",
    "Card",
    "ClosedAnswer",
    "Contribution",
    "InstrumentVersion",
    "Participant",
    "PendingMark",
    "Stage",
    "Vote",
]
