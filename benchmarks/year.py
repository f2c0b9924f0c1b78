"""A simulated year: 150 services whose agencies answer as agencies do, driven through the product's own commands.

Nobody waits for a day to pass: every command is told which day it is. What is assumed stands in the constants.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import mean

from dateutil.relativedelta import relativedelta
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from benchmarks.figures import Figure
from directory.agency import answering
from directory.agency.asking import ask_agencies, to_ring
from directory.agency.links import Purpose, find
from directory.changes import suggesting
from directory.models import Rules, Service
from directory.models.service import ServiceQuerySet
from directory.sheet.saving import create_sheets
from directory.sheet.values import Values
from partnerships.access import Role
from partnerships.models import Membership, Setting, User

SERVICES, WEEKS, MONTHS = 150, 52, 6
ANSWERS_TO = (0.35, 0.20, 0.10)
"""The share that answers the first mail, and of those left the first and the second reminder."""
DAYS_TO_ANSWER = (0, 5)
SAYS_DIFFERENT = 0.20
"""Of those who answer, the rest says "all correct"."""
NO_ADDRESS = 0.08
REACHED_BY_TELEPHONE = 0.70
MINUTES_REACHED, MINUTES_NOT_REACHED = 4.0, 1.5
MINUTES_TO_DECIDE = 2.0
"""For a change that an agency suggests: both texts are looked at."""
MINUTES_TO_LOOK = 1.0
"""Once a week, at the list of whom to ring."""
MOST_OUT_OF_TIME, MOST_OUT_IN_A_WEEK, MOST_MINUTES = 5.0, 10.0, 90.0
DOMAIN = "simulated.example.org"
YEARS = (("kept", "year-kept", False), ("just imported", "year-new", True))
MAIL = "django.core.mail.backends.locmem.EmailBackend"


@dataclass
class Year:
    setting: Setting
    coordinator: Membership
    start: date
    chance: Random
    answers: dict[date, list[tuple[str, bool]]] = field(default_factory=dict)
    """Day → (key, whether something is different)."""
    out_of_time: list[float] = field(default_factory=list)
    untended: list[float] = field(default_factory=list)
    minutes: float = 0.0
    mails: int = 0
    calls: int = 0

    def live(self) -> None:
        first = list(self.services().values_list("confirmed_on", flat=True))
        for number in range(WEEKS * 7):
            today = self.start + timedelta(days=number)
            self._answer(today)
            ask_agencies(today)
            self._read_mails(today)
            if today.weekday() == 0:
                self._coordinate(today)
                due = self.services().due_for_confirmation(today, MONTHS).count()
                self.out_of_time.append(100 * due / SERVICES)
                edge = today - relativedelta(months=MONTHS)
                self.untended.append(100 * sum(day is None or day < edge for day in first) / SERVICES)

    def services(self) -> ServiceQuerySet:
        return Service.visible_to(self.setting)

    def _read_mails(self, today: date) -> None:
        """Each mail that came in is answered some days later, or not."""
        for message in mail.outbox:
            keys = re.findall(r"/confirm/([^/\s]+)/", str(message.body))
            if not keys or not message.to[0].endswith(DOMAIN):
                continue
            self.mails += 1
            key = keys[0]
            link = find(key, Purpose.CONFIRM).link
            assert link is not None
            if self.chance.random() < ANSWERS_TO[link.reminders]:
                day = today + timedelta(days=self.chance.randint(*DAYS_TO_ANSWER))
                self.answers.setdefault(day, []).append((key, self.chance.random() < SAYS_DIFFERENT))
        mail.outbox.clear()

    def _answer(self, today: date) -> None:
        for key, is_different in self.answers.pop(today, []):
            found = find(key, Purpose.CONFIRM)
            if found.link is None or not found.is_open:
                continue
            if is_different:
                changes: Values = {"profile": f"What we do since {today}."}
                answering.change_by_link(key=key, changes=changes)
            answering.answer_by_link(key=key, version=found.link.service.version, today=today)

    def _coordinate(self, today: date) -> None:
        """Monday: decides about changes, and rings whom the mails did not reach."""
        self.minutes += MINUTES_TO_LOOK
        for service in self.services().filter(suggestions__closed_at=None, suggestions__isnull=False):
            for suggestion in service.suggestions.open():
                suggesting.accept_all(list(suggestion.changes.all()), by=self.coordinator)
                suggesting.close(suggestion, by=self.coordinator)
                self.minutes += MINUTES_TO_DECIDE
        answering.confirm_what_was_decided(today)
        for service in to_ring(self.setting, today).select_related("agency"):
            self.calls += 1
            is_reached = self.chance.random() < REACHED_BY_TELEPHONE
            self.minutes += MINUTES_REACHED if is_reached else MINUTES_NOT_REACHED
            if is_reached:
                answering.record_call(service=service, by=self.coordinator, today=today)


def school(slug: str, chance: Random, start: date, *, is_new: bool) -> Year:
    """A school whose sheets were confirmed over the last half year, or that has just brought an old spreadsheet."""
    setting = Setting.objects.create(slug=slug, name="A school for a year", confirm_months=MONTHS)
    user = User.objects.create_user(f"{slug}@example.org", full_name="Coordinator")
    membership = Membership.objects.create(setting=setting, user=user, roles=[Role.COORDINATOR.value])
    half = (start - (start - relativedelta(months=MONTHS))).days
    create_sheets(
        setting,
        [
            {
                "name": f"{slug} {number}",
                "agency": f"{slug} agency {number}",
                "profile": "Helps families.",
                "telephone": [(f"01632 960 {number:03}", "")],
                "email": "" if chance.random() < NO_ADDRESS else f"{slug}-{number}@{DOMAIN}",
                "confirmed": None
                if is_new
                else (start - timedelta(days=chance.randrange(half)), "Agency", "by telephone"),
            }
            for number in range(SERVICES)
        ],
    )
    return Year(setting, membership, start, chance)


def run() -> Iterator[Figure]:
    for setting in Setting.objects.all():
        Rules.objects.update_or_create(setting=setting, defaults={"asks_agencies": False})
    start = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    with override_settings(EMAIL_BACKEND=MAIL):
        mail.outbox = []
        _wait_for_no_disk()
        for words, slug, is_new in YEARS if os.environ.get("SIZE") == "national" else YEARS[:1]:
            year = school(slug, Random(2026), start, is_new=is_new)
            year.live()
            yield from figures_of(words, year)


def _wait_for_no_disk() -> None:
    """Each answer is a transaction of its own; how long the disk takes is not what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def figures_of(words: str, year: Year) -> Iterator[Figure]:
    weeks = year.out_of_time if words == "kept" else year.out_of_time[WEEKS // 2 :]
    untended = year.untended[-len(weeks) :]
    when = "" if words == "kept" else ", second half of the year"
    yield Figure(
        name=f"{words}: sheets out of their time, mean of the weeks{when}",
        value=mean(weeks),
        unit="%",
        reference=mean(untended),
        reference_name="doing nothing",
        limit=MOST_OUT_OF_TIME / 100,
    )
    yield Figure(
        name=f"{words}: sheets out of their time, worst week{when}",
        value=max(weeks),
        unit="%",
        reference=max(untended),
        reference_name="doing nothing",
        limit=MOST_OUT_IN_A_WEEK / 100,
    )
    minutes = year.minutes / 12
    yield Figure(
        name=f"{words}: left to the coordinator a month", value=minutes, unit="minutes", limit=MOST_MINUTES
    )
    yield Figure(name=f"{words}: calls a month", value=year.calls / 12, unit="calls")
    yield Figure(name=f"{words}: mails a month", value=year.mails / 12, unit="mails")
    print("    out of time, week by week, %:", " ".join(f"{share:.0f}" for share in year.out_of_time))
