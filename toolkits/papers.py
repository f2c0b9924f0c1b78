"""One activity as one PDF, by kind of instrument. A higher app adds its kind in AppConfig.ready."""

from collections.abc import Callable

from toolkits.agreed import draft_paper
from toolkits.boards import EVERYTHING
from toolkits.commands.agreeing import keep_pdf
from toolkits.instruments.definition import Kind
from toolkits.models import Activity
from toolkits.stages import Stage


def board_pdf(activity: Activity) -> bytes:
    """What was agreed, as it is kept; before that a draft of what everybody sees."""
    version = activity.agreed_versions.first() if activity.stage == Stage.AGREED else None
    if version is None:
        return draft_paper(activity, EVERYTHING).pdf().content
    if version.pdf is None:
        keep_pdf(version)
        version.refresh_from_db()
    return bytes(version.pdf or b"")


PAPERS: dict[Kind, Callable[[Activity], bytes]] = {Kind.BOARD: board_pdf}
