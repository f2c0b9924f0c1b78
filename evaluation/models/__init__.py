from evaluation.models.report import Report, ReportStatement
from evaluation.models.round import AgreedLevel, Phase, Round

__all__ = ["AgreedLevel", "Phase", "Report", "ReportStatement", "Round"]
