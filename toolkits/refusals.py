"""Why a change was not made, in words for the person who made it."""

from typing import ClassVar

from toolkits.models import Activity, Card
from toolkits.stages import Stage


class Refused(Exception):
    """A change that can't be made now; `str()` says why, `what_to_do` what helps."""

    what_to_do: ClassVar[str] = "Open the session again to see how it stands."

    @property
    def advice(self) -> str:
        return self.what_to_do


class NotNow(Refused):
    """The stage doesn't allow it, for this person."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        super().__init__(STAGE_WORDS[Stage(activity.stage)])

    @property
    def advice(self) -> str:
        return ADVICE[Stage(self.activity.stage)]


STAGE_WORDS = {
    Stage.DRAFT: "This session has not started yet.",
    Stage.INDIVIDUAL: "Everyone is adding cards on their own now.",
    Stage.REVEAL: "Everyone’s cards are being shown now. Nothing can be added until the talk begins.",
    Stage.DISCUSS: "The group is talking now. This is for the person who runs the session.",
    Stage.AGREED: "This session was agreed, so nothing in it changes any more.",
}
ADVICE = {
    Stage.DRAFT: "Wait until it is started: this page shows it.",
    Stage.INDIVIDUAL: "Go back to the session and add your own cards.",
    Stage.REVEAL: "Keep your words, and add them when the talk begins.",
    Stage.DISCUSS: "Ask the person who runs the session to do it.",
    Stage.AGREED: "Keep your words. Ask the person who runs the session to open it again, then add them.",
}


class StaleCard(Refused):
    """Somebody else changed the card first; `card` is how it stands now."""

    def __init__(self, card: Card) -> None:
        self.card = card
        super().__init__("Somebody else changed this card while you were typing.")


class CardGone(Refused):
    """The card was removed, or merged into another."""

    def __init__(self, card: Card) -> None:
        self.card = card
        where = f"merged into “{card.merged_into}”" if card.merged_into else "taken off the board"
        super().__init__(f"“{card.text}” was {where} while you were looking.")


class NoVotesLeft(Refused):
    what_to_do = "Take one of your votes back first."

    def __init__(self, votes_each: int) -> None:
        super().__init__(f"You have given all {votes_each} of your votes.")


class TooMany(Refused):
    what_to_do = "Change or remove one of them first."


class StaleMove(Refused):
    """Somebody else moved the session on, or changed it, after this page was made."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        label = Stage(activity.stage).label
        super().__init__(
            f"Somebody else changed this session a moment ago. It stands at “{label}” now, and was not moved again."
        )


class MoveRefused(Refused):
    """The session can't go there from where it is."""


class JoinRefused(Refused):
    """A code that lets nobody in; the words say why."""

    what_to_do = "Ask the person who runs the session for the code on the screen."
