"""A board as it is kept and printed: the snapshot of an agreed version, and the paper made from one.

A snapshot is plain text and keys, whole in itself: what is renamed or removed later changes nothing in it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from partnerships.models import Action
from partnerships.paper import ActionLine, Fact, School, day
from partnerships.sectors import Sector
from toolkits.boards import EVERYTHING, CardView, actions_of, board_for, people_of
from toolkits.models import Activity, AgreedVersion, Participant
from toolkits.paper import BoardPaper, CardLine, PersonLine, ZonePaper
from toolkits.stages import HIDING, Stage, Viewer

ANSWERS = {True: "agrees", False: "sees it differently", None: "has not said"}


def snapshot(activity: Activity, viewer: Viewer = EVERYTHING) -> dict[str, Any]:
    """What `viewer` may see of the session, the cards of each zone by votes."""
    board = board_for(activity, viewer, by_votes=True)
    cards = {view.card.pk: view.card.text for view in board.cards}
    return {
        "title": activity.title,
        "run_by": activity.facilitator.user.full_name if activity.facilitator else "",
        "votes_each": activity.votes_each,
        "zones": [
            {
                "key": zone.zone.key,
                "text": zone.zone.text,
                "hint": zone.zone.hint,
                "cards": [_card(v) for v in zone.cards],
            }
            for zone in board.zones
        ],
        "actions": [_action(action) for action in actions_of(activity) if action.origin_id in cards],
        "words": activity.agreed_words,
        "people": [_person(person) for person in people_of(activity)],
    }


def _card(view: CardView) -> dict[str, Any]:
    return {
        "text": view.card.text,
        "sectors": [sector.value for sector in view.sectors],
        "votes": view.votes,
        "merged": [card.text for card in view.merged],
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": str(action.pk),
        "what": action.text,
        "who": action.owner_words,
        "sector": action.owner.sector if action.owner else "",
        "due_on": action.due_on.isoformat(),
        "origin": action.origin_words,
    }


def _person(person: Participant) -> dict[str, Any]:
    return {
        "name": person.name,
        "job_title": person.membership.job_title if person.membership else "",
        "agency": person.agency_name,
        "sector": person.sector,
        "agrees": person.agrees,
        "because": person.disagrees_because,
    }


def agreed_paper(version: AgreedVersion) -> BoardPaper:
    """The paper of an agreed version, from its snapshot alone."""
    activity = version.activity
    on = timezone.localdate(version.agreed_at)
    stamp = Fact(label="State", text=f"Agreed {day(on)}", stamp="full")
    return board_paper(activity, version.content, on=on, number=version.number, state=stamp)


def draft_paper(activity: Activity, viewer: Viewer) -> BoardPaper:
    """The board as it stands and as `viewer` may see it, marked as a draft."""
    stage = Stage(activity.stage)
    words = "Draft: only your own cards" if stage in HIDING else f"Draft: “{stage.label}”"
    stamp = Fact(label="State", text=words, stamp="outline")
    last = activity.agreed_versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    return board_paper(
        activity, snapshot(activity, viewer), on=timezone.localdate(), number=number, state=stamp, draft=True
    )


def board_paper(
    activity: Activity, content: Mapping[str, Any], *, on: date, number: int, state: Fact, draft: bool = False
) -> BoardPaper:
    return BoardPaper(
        instrument=activity.instrument_version.instrument,
        school=School.of(activity.setting),
        title=content["title"],
        on=on,
        version=number,
        draft=draft,
        facts=(*_facts(content), state),
        zones=tuple(_zone(zone) for zone in content["zones"]),
        actions=tuple(_action_line(action) for action in content["actions"]),
        agreed_words=content["words"],
        differences=tuple(_differences(content)),
        people=() if draft else tuple(_person_line(person, on) for person in content["people"]),
    )


def _facts(content: Mapping[str, Any]) -> tuple[Fact, ...]:
    agencies = {person["agency"] for person in content["people"]}
    votes = sum(card["votes"] for zone in content["zones"] for card in zone["cards"])
    people = _count(len(content["people"]), "person", "people")
    took_part = f"{people} from {_count(len(agencies), 'agency', 'agencies')}"
    return (
        *([Fact(label="Run by", text=content["run_by"])] if content["run_by"] else []),
        Fact(label="Took part", text=took_part),
        Fact(label="Votes", text=f"{content['votes_each']} each, {votes} cast"),
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _zone(zone: Mapping[str, Any]) -> ZonePaper:
    return ZonePaper(
        text=zone["text"],
        hint=zone["hint"],
        cards=tuple(
            CardLine(text=card["text"], sectors=_sectors(card["sectors"]), votes=card["votes"])
            for card in zone["cards"]
        ),
    )


def _sectors(values: list[str]) -> tuple[Sector, ...]:
    return tuple(Sector(value) for value in values)


def _action_line(action: Mapping[str, Any]) -> ActionLine:
    return ActionLine(
        what=action["what"],
        who=action["who"],
        when=day(date.fromisoformat(action["due_on"])),
        sector=Sector(action["sector"]) if action["sector"] else None,
        origin=action["origin"],
    )


def _differences(content: Mapping[str, Any]) -> list[str]:
    return [
        f"{person['name']}, {person['agency']}: {person['because'] or 'sees it differently.'}"
        for person in content["people"]
        if person["agrees"] is False
    ]


def _person_line(person: Mapping[str, Any], on: date) -> PersonLine:
    name = ", ".join(part for part in (person["name"], person["job_title"]) if part)
    return PersonLine(
        agency=person["agency"],
        sector=Sector(person["sector"]),
        name=name,
        when=day(on) if person["agrees"] else "",
        but="" if person["agrees"] else ANSWERS[person["agrees"]],
    )
