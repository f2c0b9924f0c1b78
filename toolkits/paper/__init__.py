"""The papers of the tools: blank, to fill in, and completed."""

from toolkits.paper.base import LAYOUTS, BlankPaper, InstrumentPaper, Layout, blank_paper, tool_words
from toolkits.paper.board import BoardPaper, CardLine, PersonLine, ZonePaper
from toolkits.paper.checklist import ChecklistPaper, CriterionLine, QuestionPaper
from toolkits.paper.sheets import (
    BenefitsPaper,
    FieldLine,
    HorizonPaper,
    ProfilePaper,
    Promise,
    benefits_paper,
    profile_paper,
)

__all__ = [
    "LAYOUTS",
    "BenefitsPaper",
    "BlankPaper",
    "BoardPaper",
    "CardLine",
    "ChecklistPaper",
    "CriterionLine",
    "FieldLine",
    "HorizonPaper",
    "InstrumentPaper",
    "Layout",
    "PersonLine",
    "ProfilePaper",
    "Promise",
    "QuestionPaper",
    "ZonePaper",
    "benefits_paper",
    "blank_paper",
    "profile_paper",
    "tool_words",
]
