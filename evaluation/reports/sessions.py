"""What a report tells of an agreed session: its words and strongest cards. Nobody's name or reservation."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from config.text import lines
from evaluation.paper import SessionLine, TopCard
from partnerships.paper import day
from toolkits.models import Activity

CARDS_OF_A_ZONE = 2


def session_line(activity: Activity) -> SessionLine:
    """The session as it was agreed last, from its snapshot."""
    agreed = activity.agreed_versions.order_by("-number").first()
    assert agreed is not None, "asked for a session that never was agreed"
    return SessionLine(
        title=agreed.content.get("title", activity.title),
        tool=activity.instrument_version.title,
        when=day(timezone.localdate(agreed.agreed_at)),
        people=_people(agreed.content),
        agreed=lines(agreed.words or agreed.content.get("words", "")),
        cards=tuple(_top_cards(agreed.content)),
    )


def _people(content: Mapping[str, Any]) -> str:
    """As in "9 people from 4 sectors"."""
    sectors = [person["sector"] for person in content.get("people", ())]
    if not sectors:
        return ""
    people, of = len(sectors), len(set(sectors))
    return f"{people} {'person' if people == 1 else 'people'} from {of} sector{'' if of == 1 else 's'}"


def _top_cards(content: Mapping[str, Any]) -> Iterator[TopCard]:
    """The cards with most votes of each zone; those without a vote stay in the session."""
    for zone in content.get("zones", ()):
        voted = sorted((card for card in zone["cards"] if card["votes"]), key=lambda card: -card["votes"])
        for card in voted[:CARDS_OF_A_ZONE]:
            yield TopCard(zone=zone["text"], text=card["text"], votes=card["votes"])
