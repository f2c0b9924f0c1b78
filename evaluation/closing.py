"""Closing a check-in: counting, hiding and sealing in one transaction. Then agreeing on its levels."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation import anonymity
from evaluation.groups import read_groups, stored_key
from evaluation.models import Round
from evaluation.results import Results
from evaluation.rounds.commands import Refused, locked
from evaluation.rounds.paper import agreed_content, paper_of
from evaluation.tally import Answer, tally
from partnerships.models import Membership
from toolkits.checklist import parse
from toolkits.commands import move_stage
from toolkits.models import AgreedVersion
from toolkits.stages import Stage


@transaction.atomic
def close_round(*, round_: Round, by: Membership | None, at: datetime | None = None) -> Round:
    """Ends the answering and fixes the results, once: what is hidden is not stored in them.

    Of a check-in without names that too few answered, nothing is kept but how many did.

    :param at: when it closed, if that was not now
    :raises Refused: it has not been opened
    """
    found = locked(round_)
    if found.closed_at:
        return found
    if not found.opened_at:
        raise Refused("This check-in has not been opened yet.")
    results = _sealed(found) if found.is_anonymous else _counted(found, _named_answers(found))
    found.results = results.to_json()
    found.closed_at = at or timezone.now()
    found.version += 1
    found.save(update_fields=["results", "closed_at", "version"])
    move_stage(activity=found.activity, to=Stage.REVEAL, by=by)
    found.activity.refresh_from_db()
    return found


@transaction.atomic
def agree_round(*, round_: Round, by: Membership, at: datetime | None = None) -> AgreedVersion:
    """Freezes the recorded levels as the next numbered version, with its PDF.

    :param at: when it was agreed, if that was not now
    :raises Refused: it is not closed, or there is nothing to agree on
    """
    found = locked(round_)
    if found.activity.is_agreed:
        return found.activity.agreed_versions.latest("number")
    if not found.closed_at:
        raise Refused("Close the check-in first, then record what you agree.")
    if not found.agreed_levels.exists() and not found.agreed_words:
        raise Refused("Record at least one level, or what you agreed in words, then go on.")
    if found.activity.stage == Stage.REVEAL:
        move_stage(activity=found.activity, to=Stage.DISCUSS, by=by)
    last = found.activity.agreed_versions.order_by("-number").first()
    version = AgreedVersion.objects.create(
        activity=found.activity,
        number=last.number + 1 if last else 1,
        content=agreed_content(found),
        words=found.agreed_words,
        agreed_by=by.user.full_name,
    )
    version.agreed_at = at or version.agreed_at
    found.activity = move_stage(activity=found.activity, to=Stage.AGREED, by=by)
    pdf = paper_of(found, version).pdf()
    version.pdf, version.pdf_sha256 = pdf.content, pdf.sha256
    version.save(update_fields=["pdf", "pdf_sha256", "agreed_at"])
    return version


@transaction.atomic
def reopen_round(*, round_: Round, by: Membership) -> None:
    """Lets the levels be changed again; the agreed version stays, the next gets the next number."""
    found = locked(round_)
    if found.activity.is_agreed:
        move_stage(activity=found.activity, to=Stage.DISCUSS, by=by)


def _sealed(round_: Round) -> Results:
    answers = anonymity.unseal(round_)
    results = _counted(round_, answers)
    if results.is_enough:
        anonymity.seal(round_, answers, [group.key for group in results.shown_groups])
    return results


def _named_answers(round_: Round) -> list[Answer]:
    groups, instrument = read_groups(round_), round_.instrument
    sent = round_.activity.contributions.filter(is_draft=False).select_related("participant")
    return [Answer(stored_key(groups, one.participant.sector), parse(instrument, one.data)) for one in sent]


def _counted(round_: Round, answers: list[Answer]) -> Results:
    return tally(
        instrument=round_.instrument,
        groups=read_groups(round_),
        answers=[Answer(one.group, parse(round_.instrument, one.answers)) for one in answers],
        minimum=round_.minimum,
        is_anonymous=round_.is_anonymous,
    )
