"""Which suggestions somebody sees: those to decide, those decided, and the own ones."""

from dataclasses import dataclass

from django.db.models import Q

from directory.keeping import link_may_decide, speaks_for_own
from directory.models import AgencyLink, Suggestion
from directory.models.suggestions import SuggestionQuerySet
from partnerships.access import Permission
from partnerships.models import Membership


@dataclass(frozen=True)
class Kind:
    label: str
    found: SuggestionQuerySet


def decided_by(membership: Membership) -> SuggestionQuerySet:
    return Suggestion.objects.for_keeper(membership, is_own=speaks_for_own(membership))


def suggested_to(link: AgencyLink) -> list[Suggestion]:
    """What others suggest about a sheet that the agency keeps; nothing where a school does."""
    if not link_may_decide(link, link.service):
        return []
    return list(link.service.suggestions.open().with_all())


def to_decide(membership: Membership) -> SuggestionQuerySet:
    return decided_by(membership).open()


def kinds_for(membership: Membership) -> dict[str, Kind]:
    """The lists that this person can look at; the first is shown at once."""
    mine = Kind("Yours", Suggestion.objects.filter(membership=membership).with_all().order_by("-made_at"))
    if not (membership.may(Permission.DIRECTORY_EDIT) or speaks_for_own(membership)):
        return {"mine": mine}
    done = decided_by(membership).exclude(closed_at=None).with_all()
    return {
        "waiting": Kind("To decide", to_decide(membership).with_all()),
        "done": Kind("Decided", done.order_by("-closed_at")),
        "mine": mine,
    }


def found_by(membership: Membership) -> SuggestionQuerySet:
    """All that this person decides or made."""
    kept = decided_by(membership).values("pk")
    return Suggestion.objects.filter(Q(pk__in=kept) | Q(membership=membership)).with_all()
