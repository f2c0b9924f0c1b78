from evaluation.models.report import Report, ReportStatement
from evaluation.models.round import AgreedLevel, Round

__all__ = ["AgreedLevel", "Report", "ReportStatement", "Round"]
