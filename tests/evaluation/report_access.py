"""What stands in the URLs of reports, for the access matrix."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from evaluation.models import Report, ReportStatement
from evaluation.reports.commands import ask_partner
from tests.evaluation.rows import draft as new_draft
from tests.evaluation.rows import published as new_number

if TYPE_CHECKING:
    from tests.access_samples import Sample, World


def _draft(world: "World") -> Report:
    found = world.setting.reports.drafts().first()
    return found or new_draft(world.setting, world.coordinator, in_short=f"{world.mark} trusts its partners.")


def _statement(world: "World") -> ReportStatement:
    """A passage that the practitioner's service is asked about."""
    world.practitioner.service = world.service
    world.practitioner.tie_confirmed_on = timezone.localdate()
    world.practitioner.save()
    return ask_partner(
        report=_draft(world),
        partnership=world.partnership,
        passage=f"{world.mark} waits too long.",
        by=world.coordinator,
    )


def draft(world: "World") -> dict[str, Any]:
    return {"pk": _draft(world).pk}


def number(world: "World") -> dict[str, Any]:
    """The last number in force; another one if it was withdrawn meanwhile."""
    found = world.setting.reports.in_force().order_by("-number").first()
    words = f"{world.mark} trusts its partners."
    return {"pk": (found or new_number(world.setting, world.coordinator, in_short=words)).pk}


def passage(world: "World") -> dict[str, Any]:
    return {"pk": _statement(world).pk}


def passage_in_draft(world: "World") -> dict[str, Any]:
    return {"pk": _draft(world).pk, "statement": _statement(world).pk}


REPORT_SAMPLES: "dict[str, Sample]" = {
    "evaluation:answer_statement": passage,
    "evaluation:report_detail": number,
    "evaluation:report_paper": number,
    "evaluation:share_report": number,
    "evaluation:withdraw_report": number,
    "evaluation:report_material": draft,
    "evaluation:report_words": draft,
    "evaluation:report_partners": draft,
    "evaluation:remove_statement": passage_in_draft,
    "evaluation:preview_report": draft,
    "evaluation:check_report": draft,
    "evaluation:publish_report": draft,
    "evaluation:remove_report": draft,
}
REPORT_ROLES = {
    # Staff read what is shared with them; a passage belongs to the people of the service that it is about.
    "evaluation:report_detail": {"staff": 404},
    "evaluation:report_paper": {"staff": 404},
    "evaluation:answer_statement": {"coordinator": 404, "staff": 404, "governor": 404},
}
