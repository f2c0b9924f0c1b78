"""Handing over the keeping of a sheet: offered by whoever keeps it, accepted or not by whoever is asked.

To a school that uses the sheet, or to the agency itself: there a practitioner whose tie to the service is confirmed
accepts. Links that the old keeper gave out end, so that an old mail no longer speaks for the sheet.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.changes.hand_over_mails import tell_of_answer, tell_of_offer, those_who_keep
from directory.changes.suggesting import locked
from directory.commands import Refused
from directory.keeping import is_own, may_decide, speaks_for_own
from directory.models import HandOver, Service
from directory.models.suggestions import HandOverQuerySet
from partnerships.access import Permission
from partnerships.models import Membership, Setting

SHOWN_FOR = timedelta(days=30)
"""So long an answer is told on the sheet and on the page of all schools."""
PRIVATE = "Only your school sees this sheet. List it for other schools first, then hand it over"
OFFERED = "It is offered already. Take the offer back first"
NOT_USED = "Only a school that uses the sheet can look after it"
NOBODY = "Nobody of the agency can look after it yet: first confirm the tie of a practitioner to the service"
OVER = "This offer is no longer open"
CHANGED_HANDS = "Somebody else keeps this sheet by now, so this offer has ended"


def keepers_for(service: Service) -> list[Setting]:
    """The other schools that use the sheet."""
    users = Setting.objects.filter(partnerships__in=service.partnerships.live())
    others = users.exclude(pk=service.steward_id) if service.steward_id else users
    return list(others.distinct().order_by("name"))


def of_agency(service: Service) -> list[Membership]:
    """Practitioners who may look after the sheet for the agency."""
    tied = service.memberships.current().exclude(tie_confirmed_on=None).select_related("user", "setting")
    return [who for who in tied if is_own(who, service)]


def open_offer(service: Service) -> HandOver | None:
    return HandOver.objects.open().filter(service=service).select_related("to", "giver").first()


def offers_for(membership: Membership) -> HandOverQuerySet:
    """Those that this person can accept."""
    return (
        HandOver.objects.open()
        .for_receiver(membership, is_own=speaks_for_own(membership))
        .select_related("service__agency", "giver", "to")
    )


def offers_seen_by(membership: Membership) -> HandOverQuerySet:
    """Also those that this person or school made, and those that are over."""
    return HandOver.objects.seen_by(membership, is_own=speaks_for_own(membership)).select_related(
        "service__agency", "giver", "to"
    )


def last_offer(membership: Membership, service: Service) -> HandOver | None:
    """Of this sheet, while it is open and for a month after the answer; for those who made it or are asked."""
    lately = timezone.now() - SHOWN_FOR
    answered = Q(accepted_at__gte=lately) | Q(declined_at__gte=lately)
    is_open = Q(accepted_at=None, declined_at=None)
    return offers_seen_by(membership).filter(answered | is_open, service=service).first()


def answered_lately(membership: Membership) -> HandOverQuerySet:
    """Offers that this person made and somebody has answered."""
    lately = timezone.now() - SHOWN_FOR
    made = HandOver.objects.filter(offered_by=membership).select_related("service__agency", "to")
    return made.filter(Q(accepted_at__gte=lately) | Q(declined_at__gte=lately))


@transaction.atomic
def offer(*, service: Service, to: Setting | None, words: str, by: Membership) -> HandOver:
    """`to` None: the agency itself."""
    service = locked(service.pk)
    if not may_decide(by, service):
        raise PermissionDenied
    if service.visibility == Service.Visibility.PRIVATE:
        raise Refused(PRIVATE)
    if open_offer(service) is not None:
        raise Refused(OFFERED)
    if to is None and (service.steward_id is None or not of_agency(service)):
        raise Refused(NOBODY)
    if to is not None and to not in keepers_for(service):
        raise Refused(NOT_USED)
    made = HandOver.objects.create(
        service=service, giver=by.setting, to=to, words=words.strip(), offered_by=by
    )
    tell_of_offer(made, those_who_keep(to) if to else of_agency(service))
    return made


@transaction.atomic
def accept_offer(hand_over: HandOver, *, by: Membership) -> Service:
    """The sheet has a new keeper, and the links of the old one end."""
    hand_over, service = _locked(hand_over)
    if not may_accept(by, hand_over):
        raise PermissionDenied
    if service.steward_id not in (None, hand_over.giver_id) or service.retired_at is not None:
        raise Refused(CHANGED_HANDS)
    hand_over.accepted_at = timezone.now()
    hand_over.save(update_fields=["accepted_at"])
    service.steward = hand_over.to
    service.version += 1
    service.save(update_fields=["steward", "version", "updated_at"])
    service.links.filter(ended_at=None).update(ended_at=timezone.now())
    tell_of_answer(hand_over, by=by)
    return service


@transaction.atomic
def end_offer(hand_over: HandOver, *, by: Membership) -> None:
    """Declined by whoever was asked, or taken back by whoever offered it."""
    hand_over, service = _locked(hand_over)
    is_answer = may_accept(by, hand_over)
    if not (is_answer or may_decide(by, service)):
        raise PermissionDenied
    hand_over.declined_at, hand_over.taken_back = timezone.now(), not is_answer
    hand_over.save(update_fields=["declined_at", "taken_back"])
    if is_answer:
        tell_of_answer(hand_over, by=by)


def may_accept(by: Membership, hand_over: HandOver) -> bool:
    if hand_over.to_id is None:
        return is_own(by, hand_over.service)
    return by.setting_id == hand_over.to_id and by.may(Permission.DIRECTORY_EDIT)


def _locked(hand_over: HandOver) -> tuple[HandOver, Service]:
    service = locked(hand_over.service_id)
    found = HandOver.objects.open().select_for_update(of=("self",)).filter(pk=hand_over.pk).first()
    if found is None:
        raise Refused(OVER)
    return found, service
