"""What we agreed: the words, who agrees, and the numbered version that never changes."""

import logging

from django.db import transaction

from partnerships.models import Membership
from toolkits.commands.locking import locked, opened
from toolkits.live import announce_page
from toolkits.models import Activity, AgreedVersion
from toolkits.refusals import NotNow, StaleMove
from toolkits.seats import Seat
from toolkits.stages import Deed, Stage, may

logger = logging.getLogger(__name__)


@transaction.atomic
def write_agreed(*, by: Seat, words: str, seen_version: int | None) -> Activity:
    """Writes down what is agreed, and asks everybody who takes part. New words are asked about anew.

    :raises StaleMove: somebody else wrote or moved in the meantime
    """
    activity = opened(Deed.WRITE_AGREED, by)
    if seen_version != activity.version and words != activity.agreed_words:
        raise StaleMove(activity)
    if words == activity.agreed_words:
        return activity
    activity.agreed_words = words
    activity.version += 1
    activity.save(update_fields=["agreed_words", "version"])
    activity.participants.update(agrees=None, disagrees_because="")
    announce_page(activity)
    return activity


@transaction.atomic
def say_agree(*, by: Seat, agrees: bool, because: str = "") -> None:
    """One person agrees, or says why not. They can change their mind until it is frozen."""
    activity = locked(by.activity.pk)
    if not may(Deed.SAY_AGREE, Stage(activity.stage), by.viewer) or not activity.agreed_words:
        raise NotNow(activity)
    assert by.participant is not None
    activity.participants.filter(pk=by.participant.pk).update(
        agrees=agrees, disagrees_because="" if agrees else because
    )
    announce_page(activity)


@transaction.atomic
def take_part(*, by: Seat) -> None:
    """Whoever runs a session may add cards and vote in it like everybody else."""
    from toolkits.commands.sessions import invite

    assert by.membership is not None
    invite(activity=by.activity, members=[by.membership], by=by.membership)


def keep_pdf(version: AgreedVersion) -> None:
    """Makes the PDF of what was agreed, once: whoever comes second leaves the first one's bytes."""
    from toolkits.agreed import agreed_paper

    waiting = AgreedVersion.objects.filter(pk=version.pk, pdf=None)
    if not waiting.exists():
        return
    pdf = agreed_paper(version).pdf()
    waiting.update(pdf=pdf.content, pdf_sha256=pdf.sha256)


def keep_missing_pdfs() -> None:
    """Makes those that a process left undone; the worker calls it."""
    for version in AgreedVersion.objects.filter(pdf=None).select_related("activity__setting"):
        try:
            keep_pdf(version)
        except Exception:
            logger.exception("The PDF of agreed version %s could not be made.", version.pk)


def freeze_board(activity: Activity, by: Membership | None) -> AgreedVersion:
    """The next numbered version, with everything that paper needs; its PDF is made after the commit."""
    from toolkits.agreed import snapshot

    last = activity.agreed_versions.order_by("-number").first()
    version = AgreedVersion.objects.create(
        activity=activity,
        number=last.number + 1 if last else 1,
        content=snapshot(activity),
        words=activity.agreed_words,
        agreed_by=by.user.full_name if by else "",
    )
    transaction.on_commit(lambda: keep_pdf(version), robust=True)
    return version
