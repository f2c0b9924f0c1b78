"""One form's PDF through config.pdf, against WeasyPrint alone on the same HTML, stylesheet and variant."""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure
from config import pdf
from partnerships.paper import Paper
from tests import papers

ROUNDS = 15
LIMIT = 1.2
FORMS: dict[str, Callable[[], Paper]] = {
    "information sheet": papers.sheet,
    "SWOT, two pages": papers.board,
    "checklist, two pages": papers.checklist,
}


def run() -> list[Figure]:
    return [measured(name, make()) for name, make in FORMS.items()]


def measured(name: str, paper: Paper) -> Figure:
    """Ours and the reference in turns, so that a busy moment of the machine meets both."""
    html = paper.pdf().html
    runs: dict[Callable[[], object], list[float]] = {paper.pdf: [], partial(weasyprint_alone, html): []}
    for _ in range(ROUNDS):
        for work, times in runs.items():
            start = perf_counter()
            work()
            times.append(1000 * (perf_counter() - start))
    ours, alone = (median(times) for times in runs.values())
    return Figure(
        name=f"{name} as PDF",
        value=ours,
        unit="ms",
        reference=alone,
        reference_name="WeasyPrint alone",
        limit=LIMIT,
    )


def weasyprint_alone(html: str) -> bytes:
    """What is left when our part is taken away; the parsed stylesheet and the fonts are kept here too."""
    from weasyprint import HTML

    content: bytes = HTML(string=html).write_pdf(
        stylesheets=[pdf.stylesheet(pdf.ACCENT)],
        font_config=pdf.font_configuration(),
        pdf_variant="pdf/ua-1",
    )
    return content
