"""The services that somebody put aside, to compare, print or send."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import Service, ShortlistItem, Withheld
from directory.models.service import ServiceQuerySet
from partnerships import mail
from partnerships.access import Permission
from partnerships.models import Membership
from partnerships.registry import Waiting

MOST = 30
MOST_COMPARED = 4
SENT = "shortlist"
UNDO_SALT = "shortlist"
UNDO_SECONDS = 3600
ASKED_AFTER, ASKED_UNTIL = timedelta(days=7), timedelta(days=21)


class Full(ValueError):
    """Nobody can read more than MOST services side by side."""


def services_of(membership: Membership) -> ServiceQuerySet:
    """Those on the shortlist that the setting still lists, in the order in which they were put aside."""
    listed = Service.visible_to(membership.setting).filter(shortlisted__membership=membership)
    return listed.order_by("shortlisted__added_at", "shortlisted__pk")


def ids_on_shortlist(membership: Membership) -> set[UUID]:
    """Asked once for a page, however many buttons are on it."""
    known: set[UUID] | None = getattr(membership, "_shortlisted", None)
    if known is None:
        known = set(membership.shortlist.values_list("service_id", flat=True))
        membership._shortlisted = known  # type: ignore[attr-defined]
    return known


@transaction.atomic
def add_to_shortlist(*, service: Service, by: Membership) -> None:
    """Doing it twice changes nothing. Raises Full."""
    Membership.objects.select_for_update().only("pk").get(pk=by.pk)
    if by.shortlist.filter(service=service).exists():
        return
    if by.shortlist.count() >= MOST:
        raise Full
    by.shortlist.create(service=service)


def remove_from_shortlist(*, service: Service, by: Membership) -> None:
    by.shortlist.filter(service=service).delete()


@transaction.atomic
def clear_shortlist(*, by: Membership) -> str:
    """Empties it. Gives what puts it back (restore_shortlist); "" when it was empty."""
    pks = [str(pk) for pk in by.shortlist.values_list("service_id", flat=True)]
    by.shortlist.all().delete()
    return signing.dumps([str(by.pk), *pks], salt=UNDO_SALT, compress=True) if pks else ""


@transaction.atomic
def restore_shortlist(*, token: str, by: Membership) -> bool:
    """Puts back what clear_shortlist took. False when the token is altered, too old or somebody else's."""
    try:
        owner, *pks = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return False
    if owner != str(by.pk):
        return False
    found = Service.visible_to(by.setting).in_bulk([UUID(pk) for pk in pks])
    kept = [ShortlistItem(membership=by, service=found[UUID(pk)]) for pk in pks if UUID(pk) in found]
    ShortlistItem.objects.bulk_create(kept[: MOST - by.shortlist.count()], ignore_conflicts=True)
    return True


@transaction.atomic
def send_shortlist(*, services: Iterable[Service], to: str, words: str, by: Membership) -> None:
    """By e-mail, with the sender's name. Kept is that somebody sent a list and when: no words, no address."""
    chosen = list(services)
    by.mails_sent.create(kind=SENT, items=len(chosen), sent_on=timezone.localdate())
    context = {"services": chosen, "words": words, "sender": by, "setting": by.setting}
    message = mail.compose(to=to, template="email/shortlist.txt", context=context)
    transaction.on_commit(lambda: mail.post([message]))


def waiting_for(membership: Membership) -> Iterator[Waiting]:
    """A week later, only for whoever put it aside: did it work? Nobody can know whether it was told already."""
    if not membership.may(Permission.ACTIVITY_TAKE_PART):
        return
    now = timezone.now()
    item = (
        membership.shortlist.filter(added_at__lte=now - ASKED_AFTER, added_at__gte=now - ASKED_UNTIL)
        .filter(service__in=Service.visible_to(membership.setting))
        .exclude(service__places__withheld=Withheld.REFUGE)
        .select_related("service")
        .first()
    )
    if item is not None:
        address = reverse("directory:service_detail", args=[membership.setting.slug, item.service_id])
        text = f"{item.service} is on your shortlist. If you referred somebody, one tap says what came of it."
        yield Waiting("Did it work?", text, f"{address}#did-it-work", "Tell", 1, urgency=8)


def forget(membership: Membership) -> None:
    """Somebody leaves the school: what they put aside here goes."""
    membership.shortlist.all().delete()


def held_about(membership: Membership) -> tuple[str, list[dict[str, str]]]:
    """For the download of what is held about somebody."""
    kept = membership.shortlist.select_related("service")
    return "shortlist", [{"service": str(each), "since": each.added_at.isoformat()} for each in kept]
