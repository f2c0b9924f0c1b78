"""What is held about a person, for their own download: each app adds what it keeps (registry.held)."""

from typing import Any

from partnerships.models import Membership, User
from partnerships.registry import registry


def held_about(user: User) -> dict[str, Any]:
    """What JSON can carry; times are ISO 8601."""
    memberships = (
        user.memberships.select_related("setting", "user", "service__agency")
        .defer("setting__logo")
        .order_by("setting__name")
    )
    return {
        "person": {
            "name": user.full_name,
            "email": user.email,
            "since": user.date_joined.isoformat(),
            "one mail on Monday about all my schools": user.weekly_mail,
            "last mail on Monday": _iso(user.weekly_mailed_on),
            "last sign-in": user.last_login.isoformat() if user.last_login else None,
        },
        "schools": [_in_setting(membership) for membership in memberships],
    }


def _in_setting(membership: Membership) -> dict[str, Any]:
    return {
        "school": membership.setting.name,
        **{heading: content for source in registry.held for heading, content in [source(membership)]},
    }


def own_details(membership: Membership) -> tuple[str, Any]:
    return "details", {
        "roles": membership.role_words,
        "job title": membership.job_title,
        "telephone": membership.telephone,
        "sector": membership.get_sector_display(),
        "works for": membership.agency_name,
        "service": str(membership.service or ""),
        "tie to the service confirmed on": _iso(membership.tie_confirmed_on),
        "tie to the service confirmed by": membership.tie_confirmed_by,
        "joined on": _iso(membership.joined_on),
        "left on": _iso(membership.left_on),
    }


def own_versions(membership: Membership) -> tuple[str, Any]:
    """Earlier versions of the details, as the history keeps them."""
    events = membership.events.order_by("pgh_id")  # type: ignore[attr-defined]
    return "earlier versions of the details", [
        {
            "at": event.pgh_created_at.isoformat(),
            "roles": event.roles,
            "job title": event.job_title,
            "telephone": event.telephone,
            "sector": event.sector,
            "left on": _iso(event.left_on),
        }
        for event in events
    ]


def own_actions(membership: Membership) -> tuple[str, Any]:
    return "actions", [
        {
            "what": action.text,
            "by when": _iso(action.due_on),
            "done on": _iso(action.done_on),
            "dropped on": _iso(action.dropped_on),
            "what came of it": action.outcome,
            "from": action.origin_words,
        }
        for action in membership.actions.all()
    ]


def own_invitations(membership: Membership) -> tuple[str, Any]:
    """Those that brought the person here, and those to the same address that still wait."""
    found = membership.setting.invitations.filter(email__iexact=membership.user.email)
    return "invitations", [
        {
            "sent on": each.sent_at.isoformat(),
            "accepted on": each.accepted_at.isoformat() if each.accepted_at else None,
            "withdrawn on": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
        }
        for each in found
    ]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def own_visits(membership: Membership) -> tuple[str, Any]:
    """What reception sees of somebody who comes from a partner service."""
    return "visits", [
        {
            "name": visitor.name,
            "role": visitor.role,
            "service": str(visitor.partnership.service),
            "days": visitor.days,
            "times": visitor.times,
            "room": visitor.room,
            "left on": _iso(visitor.left_on),
            **{words.lower(): [_iso(day), who] for words, day, who in visitor.checks},
        }
        for visitor in membership.visits.select_related("partnership__service")
    ]


def own_mails(membership: Membership) -> tuple[str, Any]:
    """That something was sent to an address that they typed; the address is not kept."""
    sent = membership.mails_sent.all()
    return "mails sent", [
        {"kind": each.kind, "things in it": each.items, "on": _iso(each.sent_on)} for each in sent
    ]
