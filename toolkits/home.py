"""What tools add to the pages of everybody: the home page, a person's page, the search, one's own data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Found, Panel, Waiting
from toolkits.instruments import builtin
from toolkits.instruments.definition import Instrument, Kind, Lifecycle
from toolkits.models import Activity, AgreedVersion
from toolkits.sheets import may_write, sheet_of, to_review
from toolkits.stages import Stage

LATELY = 4
FOUND = 20


def waiting_sessions(membership: Membership) -> Iterator[Waiting]:
    """Sessions where somebody has not added a card, or is asked whether they agree."""
    if not membership.may(Permission.ACTIVITY_TAKE_PART):
        return
    mine = membership.participations.filter(activity__instrument_version__kind=Kind.BOARD)
    for person in mine.without_cards().filter(activity__stage=Stage.INDIVIDUAL).select_related(*RELATED):
        yield _waiting(
            person.activity, "Add your cards:", "Nobody sees them until everyone’s are shown.", "Add", 5
        )
    asked = mine.filter(activity__stage=Stage.DISCUSS, agrees=None).exclude(activity__agreed_words="")
    for person in asked.select_related(*RELATED):
        yield _waiting(
            person.activity, "Do you agree?", Truncator(person.activity.agreed_words).words(20), "Answer", 2
        )


RELATED = ("activity__instrument_version", "activity__setting")


def _waiting(activity: Activity, title: str, text: str, verb: str, minutes: int) -> Waiting:
    return Waiting(
        title=f"{title} {activity.title}",
        text=f"{activity.instrument_version.title}. {text}",
        url=reverse("toolkits:activity_detail", args=[activity.setting.slug, activity.pk]),
        verb=verb,
        minutes=minutes,
        urgency=3,
    )


def waiting_sheets(membership: Membership) -> Iterator[Waiting]:
    """A profile that was never filled in, and promises that are due to be looked at."""
    if not membership.is_practitioner:
        return
    for instrument in standing_sheets():
        sheet = sheet_of(membership, instrument.code)
        args = [membership.setting.slug, instrument.code, membership.pk]
        if sheet is None and instrument.layout == FIRST_ASKED:
            yield Waiting(
                title="Fill in your profile",
                text=instrument.purpose,
                url=reverse("toolkits:sheet_edit", args=args),
                verb="Begin",
                minutes=instrument.minutes,
                urgency=4,
            )
        elif sheet and to_review(instrument, sheet.data, timezone.localdate()):
            yield Waiting(
                title=f"Look again: {instrument.title}",
                text="What came of what you meant to bring?",
                url=reverse("toolkits:sheet_review", args=args),
                verb="Look",
                minutes=5,
                urgency=4,
            )


FIRST_ASKED = "profile"
"""The layout of the sheet that everybody is asked for; the others are offered on the tools page."""


def standing_sheets() -> list[Instrument]:
    return [
        one
        for one in builtin().values()
        if one.lifecycle is Lifecycle.STANDING and not any(field.attribute for field in one.fields)
    ]


def session_panels(membership: Membership) -> Iterator[Panel]:
    """What is open, at the side; what was agreed lately."""
    if not membership.may(Permission.ACTIVITY_TAKE_PART):
        return
    sessions = membership.setting.activities.boards().for_membership(membership)
    unfinished = list(sessions.unfinished().with_counts()[:LATELY])
    if unfinished:
        yield Panel("toolkits/_open_now.html", {"sessions": unfinished}, side=True, order=30)
    agreed = list(
        AgreedVersion.objects.latest_of(sessions.agreed())
        .select_related("activity__instrument_version")
        .order_by("-agreed_at")[:LATELY]
    )
    if agreed:
        yield Panel("toolkits/_lately_agreed.html", {"agreed": agreed}, order=40)


def sheet_panels(viewer: Membership, person: Membership) -> Iterator[Panel]:
    """On a person's page: their profile; other sheets once there are any."""
    for instrument in standing_sheets():
        sheet = sheet_of(person, instrument.code)
        is_asked = instrument.layout == FIRST_ASKED and person.is_practitioner
        if sheet or is_asked:
            context = {
                "instrument": instrument,
                "sheet": sheet,
                "person": person,
                "may_write": may_write(viewer, person),
            }
            yield Panel("toolkits/_profile_panel.html", context, order=20)


def find_sessions(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.ACTIVITY_TAKE_PART):
        return
    sessions = membership.setting.activities.boards().for_membership(membership)
    for word in words.split():
        sessions = sessions.filter(
            Q(title__unaccent__icontains=word)
            | Q(agreed_words__unaccent__icontains=word, stage=Stage.AGREED)
            | Q(instrument_version__title__icontains=word)
        )
    for session in sessions.select_related("instrument_version")[: FOUND + 1]:
        text = f"{session.instrument_version.title}, {Stage(session.stage).label.lower()}"
        url = reverse("toolkits:activity_detail", args=[membership.setting.slug, session.pk])
        yield Found("Sessions", session.title, text, url)


def held_work(membership: Membership) -> tuple[str, Any]:
    """What somebody put into sessions, profiles and check-ins under their name."""
    people = membership.participations.select_related("activity__instrument_version")
    return "tools and sessions", [
        {
            "what": f"{person.activity.instrument_version.title}: {person.activity.title}",
            "cards": [card.text for card in person.cards.all()],
            "agrees": person.agrees,
            "sees it differently": person.disagrees_because,
            "answers": person.contribution.data if hasattr(person, "contribution") else None,
            "typed and not handed in": [draft.data for draft in person.drafts.all()],
        }
        for person in people.prefetch_related("cards", "drafts")
    ]


def forget_unfinished(membership: Membership) -> None:
    """Somebody leaves: what they handed in stays under their name; what they had only begun to type goes."""
    membership.drafts.all().delete()
