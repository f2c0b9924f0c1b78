"""Tells every browser at a session what changed. Call inside the transaction that changes it.

Before cards are shown, a card goes to its author's browsers alone and everybody else gets the counts; afterwards
everybody gets the same card. Its links are relative to the session's page, which members and guests reach
at different addresses; what is one's own (a pressed vote) the browser keeps.
"""

from django.db.models import F
from django.template.loader import render_to_string

from config.live import EVERYONE, publish, token
from toolkits.boards import EVERYTHING, Board, board_for, counts
from toolkits.models import Activity, Card
from toolkits.seats import Seat
from toolkits.stages import HIDING, Stage, Viewer


def audience(viewer: Viewer) -> str:
    return str(viewer.participant) if viewer.participant else "runner"


def stream(seat: Seat) -> str:
    """The address of the live updates that this person may get."""
    return f"/live/{token(seat.activity.pk, audience(seat.viewer))}/"


def announce(activity: Activity, *cards: Card, moved: bool = False) -> None:
    """The cards changed; `moved` says that one went to another zone."""
    version = _next_version(activity)
    publish(activity.pk, version, _parts(activity, cards, moved=moved))


def announce_page(activity: Activity) -> None:
    """So much changed that every browser fetches the page's state: the stage, the words, who takes part."""
    publish(activity.pk, _next_version(activity), {EVERYONE: None})


def _next_version(activity: Activity) -> int:
    """Takes the next number; the row stays locked until the transaction ends, so numbers are told in their order."""
    Activity.objects.filter(pk=activity.pk).update(live_version=F("live_version") + 1)
    activity.refresh_from_db(fields=["live_version"])
    return activity.live_version


def _parts(activity: Activity, cards: tuple[Card, ...], *, moved: bool) -> dict[str, str | None]:
    if Stage(activity.stage) not in HIDING:
        board = board_for(activity, EVERYTHING)
        drawn = _drawn(activity, cards, board, "toolkits/_card.html", moved=moved)
        return {EVERYONE: drawn + render_to_string("toolkits/_zone_counts.html", {"board": board})}
    told = render_to_string("toolkits/_counts.html", {"counts": counts(activity)})
    parts: dict[str, str | None] = {EVERYONE: told}
    for author in {card.participant_id for card in cards} - {None}:
        board = board_for(activity, Viewer(author))
        parts[str(author)] = told + _drawn(activity, cards, board, "toolkits/_own_card.html", moved=False)
    return parts


def _drawn(activity: Activity, cards: tuple[Card, ...], board: Board, template: str, *, moved: bool) -> str:
    """The cards that the board shows; of the others, that they are gone. A card that moved is taken away first."""
    views = {view.card.pk: view for view in board.cards}
    zones = {zone.zone.key: zone.zone for zone in board.zones}
    context = {"is_shared": True, "seat_base": "", "is_talk": activity.stage == Stage.DISCUSS}
    drawn = []
    for card in cards:
        view = views.get(card.pk)
        if moved or view is None:
            drawn.append(render_to_string("toolkits/_card_gone.html", {"card": card}))
        if view:
            drawn.append(render_to_string(template, {**context, "view": view, "zone": zones[view.card.zone]}))
    return "".join(drawn)
