"""What the directory holds about a person in one school, for their own download."""

from typing import Any

from django.db.models import Q

from directory.models import AgencyLink, HandOver, Service
from directory.sheet.values import LABELS
from partnerships.models import Membership

Rows = list[dict[str, Any]]


def own_suggestions(membership: Membership) -> tuple[str, Rows]:
    """What was said about sheets, what became of it, and the word back."""
    made = membership.suggestions.select_related("service").prefetch_related("changes")
    return "suggested changes", [
        {
            "service": str(each.service),
            "kind": each.get_kind_display(),
            "words": each.words,
            "about": [LABELS.get(change.name, change.name) for change in each.changes.all()],
            "made at": each.made_at.isoformat(),
            "closed at": each.closed_at.isoformat() if each.closed_at else None,
            "word back": each.reply,
        }
        for each in made
    ]


def own_decisions(membership: Membership) -> tuple[str, Rows]:
    closed = membership.suggestions_closed.select_related("service")
    return "suggested changes that were decided", [
        {
            "service": str(each.service),
            "decided at": each.closed_at.isoformat() if each.closed_at else None,
            "word back": each.reply,
        }
        for each in closed
    ]


def own_confirmations(membership: Membership) -> tuple[str, Rows]:
    """Sheets of this school that say that this person confirmed them, by name."""
    name = membership.user.full_name
    theirs = Q(partnerships__setting=membership.setting) | Q(steward=membership.setting)
    said = Q(confirmed_by__iexact=name) | Q(confirmed_by__iendswith=f", to {name}")
    found = Service.objects.filter(theirs, said).distinct().order_by("sort_name") if name else ()
    return "sheets confirmed by name", [
        {
            "service": str(each),
            "on": each.confirmed_on.isoformat() if each.confirmed_on else None,
            "by": each.confirmed_by,
            "how": each.confirmed_how,
        }
        for each in found
    ]


def own_links(membership: Membership) -> tuple[str, Rows]:
    """Links without an account that this person made, or that went to their address. Never the link itself."""
    here = Q(service__partnerships__setting=membership.setting) | Q(steward=membership.setting)
    to_them = Q(email__iexact=membership.user.email) & (here | Q(made_by__setting=membership.setting))
    found = AgencyLink.objects.filter(Q(made_by=membership) | to_them).distinct().select_related("service")
    return "links to sheets", [
        {
            "service": str(each.service),
            "purpose": each.get_purpose_display(),
            "sent to": each.email,
            "for": each.person,
            "sent at": each.sent_at.isoformat(),
            "answered at": each.answered_at.isoformat() if each.answered_at else None,
            "ended at": each.ended_at.isoformat() if each.ended_at else None,
        }
        for each in found
    ]


def own_offers(membership: Membership) -> tuple[str, Rows]:
    made = HandOver.objects.filter(offered_by=membership).select_related("service__agency", "to")
    return "keeping of sheets offered", [
        {
            "service": str(each.service),
            "to": str(each.to or each.service.agency),
            "words": each.words,
            "at": each.offered_at.isoformat(),
        }
        for each in made
    ]
