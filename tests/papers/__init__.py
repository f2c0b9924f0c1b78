"""Completed sheets with invented people, for tests and benchmarks."""

from tests.papers.base import DAY, LOGO, OFFERS, SCHOOL, sheet
from tests.papers.people import benefits, profile
from tests.papers.report import report
from tests.papers.team import ACTIONS, board, checklist

__all__ = [
    "ACTIONS",
    "DAY",
    "LOGO",
    "OFFERS",
    "SCHOOL",
    "benefits",
    "board",
    "checklist",
    "profile",
    "report",
    "sheet",
]
