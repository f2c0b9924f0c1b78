"""Sixty-one invented services over all sectors, for two invented schools. Run again, it changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from directory.demo import community, others, schools
from directory.demo.depth import deepen
from directory.demo.rows import DemoService, Here
from directory.models import Agency, Rules, Service
from directory.sheet.parts import parts_of
from directory.sheet.rewriting import PART_MODELS, keep_back
from directory.sheet.times import read_times
from directory.sheet.values import Values, assign
from directory.sheet.whereabouts import Person
from partnerships.audit import Actor, acting
from partnerships.demo import uid
from partnerships.models import Partnership, Setting

ALL = {**schools.ROWS, **community.ROWS, **others.ROWS}
WORKING_SINCE = 300


def rows() -> Iterator[tuple[str, DemoService, str]]:
    """(sector, service, the school that keeps it)."""
    for sector, listed in ALL.items():
        yield from ((sector, row, "hillside") for row in listed)
    for sector, listed in others.RIVERSIDE.items():
        yield from ((sector, replace(row, here=None, riverside=True), "riverside") for row in listed)
    yield from (("education", row, "hillside") for row in schools.ITSELF)


RULES = {
    "threshold_name": "Wexcombe levels of need",
    "threshold_link": "https://www.wexcombe.example.org/levels-of-need",
    "ask_role": "Pastoral lead",
    "ask_telephone": "01632 960 140",
}


@transaction.atomic
def seed_directory() -> None:
    """What the first school keeps, and its rules."""
    Rules.objects.get_or_create(setting=Setting.objects.get(slug="hillside"), defaults=RULES)
    _seed_kept_by("hillside")


@transaction.atomic
@acting(Actor.USER, str(uid("user", "coordinator@other.example")))
def seed_riverside() -> None:
    _seed_kept_by("riverside")


def _seed_kept_by(school: str) -> None:
    settings = {
        setting.slug: setting for setting in Setting.objects.filter(slug__in=["hillside", "riverside"])
    }
    today = timezone.localdate()
    kept = [(number, *line) for number, line in enumerate(rows()) if line[2] == school]
    for number, sector, row, keeper in kept:
        service = _service(number, sector, row, settings[keeper], today)
        deepen(service, service.steward)
        if row.here is not None and keeper == "hillside":
            _partnership(settings["hillside"], service, row.here, today)
        if row.riverside:
            _partnership(settings["riverside"], service, Here(), today)


def _service(number: int, sector: str, row: DemoService, keeper: Setting, today: date) -> Service:
    pk = uid("service", row.name)
    if found := Service.objects.filter(pk=pk).first():
        return found
    agency_name = row.agency or row.name
    agency, _ = Agency.objects.get_or_create(
        id=uid("agency", agency_name), defaults={"name": agency_name, "sector": sector}
    )
    service = Service(pk=pk, agency=agency, steward=None if row.itself else keeper, visibility=row.seen)
    values = _values(number, sector, row, today)
    assign(service, values)
    service.save(force_insert=True)
    parts = parts_of(service, values)
    for name, rows in parts.groups().items():
        for at, part in enumerate(rows):
            part.pk = uid("part", row.name, name, str(at))
            for points_to in ("place", "contact"):
                if getattr(part, points_to, None):
                    setattr(part, points_to, getattr(part, points_to))  # its key is another now
        PART_MODELS[name]._default_manager.bulk_create(rows)
    keep_back(parts.places)
    return service


def _values(number: int, sector: str, row: DemoService, today: date) -> Values:
    site = slugify(row.agency or row.name)[:40].strip("-")
    confirmed = None
    if row.confirmed >= 0:
        by = row.contact or row.agency or row.name
        confirmed = (today - timedelta(days=row.confirmed), by[:120], "by telephone")
    return {
        "name": row.name,
        "sector": sector,
        "profile": row.profile,
        "referral": row.referral,
        "offers": [*row.offers.split(), *(["other"] if row.other else [])],
        "offer_other": row.other,
        "offer_group": row.group,
        "other_information": row.more,
        "capacity": row.takes,
        "waiting_time": row.waits,
        "opening_times": read_times(row.opening),
        "email": f"hello@{site}.example.org",
        "website": f"https://www.{site}.example.org",
        "telephone": [(_telephone(number), "")],
        "contacts": [Person(row.contact, row.title, bool(row.contact) and number % 2 == 0)]
        if row.contact or row.title
        else [],
        "place_name": row.place,
        "address_1": row.street,
        "city": "Wexcombe" if row.street else "",
        "postcode": row.postcode,
        "withheld": "coarse" if row.withheld else "",
        "confirmed": confirmed,
    }


def _telephone(number: int) -> str:
    """Of the ranges that are kept for invented numbers."""
    return f"0161 496 0{200 + number}" if number % 6 == 5 else f"01632 960 {200 + number}"


def _partnership(setting: Setting, service: Service, here: Here, today: date) -> None:
    number = sum(map(ord, here.contact)) % 900 if here.contact else 0
    Partnership.objects.get_or_create(
        id=uid("partnership", setting.slug, service.name),
        defaults={
            "setting": setting,
            "service": service,
            "days": here.days.split(),
            "times": here.times,
            "room": here.room,
            "contact_name": here.contact,
            "contact_telephone": f"07700 900 {number:03}" if here.contact else "",
            "degree": here.degree,
            "agreement": here.agreement,
            "started_on": today - timedelta(days=WORKING_SINCE),
        },
    )
