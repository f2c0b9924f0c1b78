"""What holds for a while in the demo, and services that did not answer and so are to be rung."""

from datetime import date, timedelta

from django.utils import timezone

from config.keys import hashed
from directory.agency.links import expiry, moment
from directory.models import AgencyLink, Notice, Service
from partnerships.demo import uid
from partnerships.models import Setting

REMINDED_AGO, ASKED_AGO = 9, 30
TO_RING = ("Dads and Lads Allotment", "Fire and Safety Visits")
HOLDS: tuple[tuple[str, str, int, int | None, str], ...] = (
    ("Money Wise", Notice.Kind.WAITING, 40, 3, ""),
    (
        "Wexcombe Food Pantry",
        Notice.Kind.ALERT,
        20,
        None,
        "Bring your own bags until the delivery van is mended.",
    ),
    ("Bright Start Tuition", Notice.Kind.FULL, 21, None, ""),
)
"""Service, what holds, for how many days, weeks to wait, words."""


def seed_asking() -> None:
    hillside, today = Setting.objects.get(slug="hillside"), timezone.localdate()
    kept = {service.name: service for service in hillside.services_kept.select_related("agency")}
    for name in TO_RING:
        if name in kept:
            _asked(kept[name], today)
    for name, kind, days, weeks, words in HOLDS:
        if name in kept:
            _holds(kept[name], kind, today + timedelta(days=days), weeks, words)


def _asked(service: Service, today: date) -> None:
    """Asked and twice reminded, without an answer. Nobody has the key."""
    pk = uid("question", service.name)
    if AgencyLink.objects.filter(service=service).exists():
        return
    AgencyLink.objects.create(
        id=pk,
        service=service,
        email=service.email,
        key_hash=hashed(str(pk)),
        steward=service.steward,
        sent_at=moment(today - timedelta(days=ASKED_AGO)),
        reminders=2,
        reminded_at=moment(today - timedelta(days=REMINDED_AGO)),
        expires_at=expiry(today - timedelta(days=REMINDED_AGO)),
    )


def _holds(service: Service, kind: str, ends_on: date, weeks: int | None, words: str) -> None:
    Notice.objects.get_or_create(
        id=uid("notice", service.name, kind),
        defaults={
            "service": service,
            "kind": kind,
            "ends_on": ends_on,
            "weeks": weeks,
            "words": words,
            "said_by": service.agency.name,
        },
    )
