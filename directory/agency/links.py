"""Links for people of an agency who have no account: what such a link is worth today.

The key is in the mail alone; its hash is kept. A reminder brings a new key, and the older mails go on working.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from config.keys import hashed
from directory.models import AgencyLink, Service

DAYS = 60
Purpose = AgencyLink.Purpose


class State(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    HANDED_OVER = "handed over"
    GONE = "gone"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Found:
    link: AgencyLink | None
    state: State

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN


def moment(today: date) -> datetime:
    """Now, or noon of a day that is not today: jobs are told which day it is."""
    if today == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(today, time(12)))


def expiry(today: date) -> datetime:
    return moment(today) + timedelta(days=DAYS)


def address_of(name: str, key: str) -> str:
    """The whole address of a page that the key opens, for a mail."""
    return settings.SITE_URL + reverse(f"directory:{name}", args=[key])


def find(key: str, purpose: str, *, lock: bool = False) -> Found:
    """The link that has this key, and what it is worth. `lock`: its sheet and then the link, in the order in which a
    sheet is joined or handed over.
    """
    digest = hashed(key)
    is_it = Q(key_hash=digest) | Q(earlier_hashes__contains=[digest])
    links = AgencyLink.objects.filter(is_it, purpose=purpose)
    if lock:
        list(Service.objects.select_for_update().filter(pk__in=links.values("service")))
        links = links.select_for_update(of=("self",))
    link = links.select_related("service__agency", "service__steward", "made_by__setting").first()
    return Found(link, state_of(link)) if link else Found(None, State.UNKNOWN)


def state_of(link: AgencyLink) -> State:
    service = link.service
    if service.retired_at is not None:
        return State.GONE
    if link.steward_id != service.steward_id:
        return State.HANDED_OVER
    if link.answered_at is not None:
        return State.USED
    if link.ended_at is not None:
        return State.ENDED
    if link.expires_at is not None and link.expires_at <= timezone.now():
        return State.EXPIRED
    if link.purpose == Purpose.LASTING and (link.made_by is None or not link.made_by.is_current):
        return State.ENDED
    return State.OPEN


def end_links_of_moved_sheets(today: date) -> None:
    """Sheets that were handed over, joined or taken off; state_of refuses their links before this ends them."""
    moved = ~Q(steward=F("service__steward")) & ~Q(steward=None, service__steward=None)
    over = AgencyLink.objects.filter(moved | Q(service__retired_at__isnull=False), ended_at=None)
    AgencyLink.objects.filter(pk__in=over.values("pk")).update(ended_at=moment(today))
