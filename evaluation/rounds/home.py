"""What check-ins add to everybody’s pages (home, setting up, search), and what of them is due each minute."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from evaluation import anonymity
from evaluation.closing import close_round
from evaluation.models import Round
from evaluation.results import read
from evaluation.rounds.commands import Refused, open_round, remind
from evaluation.rounds.demo import ORDER, seed_rounds
from evaluation.rounds.lists import open_page
from evaluation.rounds.paper import agreed_pdf
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.registry import Dated, Found, Panel, SetupStep, Waiting, registry
from partnerships.templatetags.joined_up import ago, in_days
from toolkits.instruments.definition import Kind
from toolkits.papers import PAPERS

logger = logging.getLogger("joined_up.worker")
FOUND = 20
FIRST_HOUR = 8
REMIND_DAYS_BEFORE = 2
SHORTEST_TO_REMIND = timedelta(days=4)
FIRST_CHECKLIST = "team-building"


def register() -> None:
    registry.waiting += [waiting_to_answer, waiting_to_share]
    registry.panels.append(round_panels)
    registry.setup_steps.append(first_round)
    registry.search.append(found_rounds)
    registry.calendar.append(rounds_closing)
    registry.origins["round"] = "evaluation:round_detail"
    registry.due_jobs += [open_what_is_due, close_what_is_due, mark_what_is_due]
    registry.mail_jobs.append(remind_what_is_due)
    registry.demo.append((ORDER, seed_rounds))
    PAPERS[Kind.CHECKLIST] = agreed_pdf


def waiting_to_answer(membership: Membership) -> Iterator[Waiting]:
    """Check-ins that are open for somebody."""
    if not membership.may(Permission.ROUND_ANSWER):
        return
    for round_ in membership.setting.rounds.with_activity().waiting_for(membership).distinct():
        names = "without your name" if round_.is_anonymous else "with your name"
        yield Waiting(
            title=f"Answer the check-in “{round_.title}”",
            text=f"{round_.instrument.title}, {names}. It closes {in_days(round_.closes_on)}.",
            url=reverse("evaluation:answer_round", args=[membership.setting.slug, round_.pk]),
            verb="Answer",
            minutes=round_.instrument.minutes,
            urgency=2,
        )


def rounds_closing(membership: Membership, days: Sequence[date]) -> Iterator[Dated]:
    """The last day of check-ins that somebody has not answered."""
    if not membership.may(Permission.ROUND_ANSWER):
        return
    waiting = membership.setting.rounds.with_activity().waiting_for(membership).distinct()
    for round_ in waiting.filter(closes_on__range=(days[0], days[-1])):
        link = reverse("evaluation:answer_round", args=[membership.setting.slug, round_.pk])
        yield Dated(round_.closes_on, round_.title, text="Check-in, last day to answer", url=link)


def waiting_to_share(membership: Membership) -> Iterator[Waiting]:
    """Closed check-ins that nobody else sees yet, and shared ones whose levels are not agreed."""
    if not membership.may(Permission.ROUND_RUN):
        return
    for round_ in (
        membership.setting.rounds.with_activity().closed().filter(activity__agreed_versions=None)[:5]
    ):
        results = read(round_)
        answered = f"{results.answered} of {results.invited} answered."
        if not results.is_enough:
            continue
        if not round_.shared_at:
            title, verb = f"Choose who sees the check-in “{round_.title}”", "Decide"
            text = f"{answered} It closed {ago(round_.closed_at)}."
        else:
            title, verb = f"Record what you agree after the check-in “{round_.title}”", "Record"
            text = f"{answered} Shared {ago(round_.shared_at)}."
        yield Waiting(title=title, text=text, url=round_.get_absolute_url(), verb=verb, minutes=4, urgency=4)


def round_panels(membership: Membership) -> Iterator[Panel]:
    """How far an open check-in is, for those who run it."""
    if not membership.may(Permission.ROUND_RUN):
        return
    rounds = [(one, open_page(one)) for one in membership.setting.rounds.with_activity().open()[:3]]
    if rounds:
        yield Panel("evaluation/_round_panel.html", {"open_rounds": rounds}, side=True, order=32)


def first_round(setting: Setting) -> Iterator[SetupStep]:
    url = reverse("evaluation:start_round", args=[setting.slug, FIRST_CHECKLIST])
    yield SetupStep("Ask how well you work together", url, setting.rounds.exists())


def found_rounds(membership: Membership, words: str) -> Iterator[Found]:
    if not membership.may(Permission.ROUND_ANSWER):
        return
    rounds = membership.setting.rounds.with_activity().visible_to(membership).distinct()
    for word in words.split():
        rounds = rounds.filter(
            Q(activity__title__unaccent__icontains=word)
            | Q(activity__instrument_version__title__icontains=word)
            | Q(term__name__icontains=word)
        )
    for round_ in rounds.defer("results")[: FOUND + 1]:
        yield Found("Check-ins", round_.title, _where_it_stands(round_), round_.get_absolute_url())


def _where_it_stands(round_: Round) -> str:
    if round_.closed_at:
        return f"Closed {ago(round_.closed_at)}"
    return f"Open, closes {in_days(round_.closes_on)}" if round_.is_open else "Getting ready"


def open_what_is_due(today: date) -> None:
    """Opens what was to open by itself, at a time when people read mail."""
    if not _is_day():
        return
    for round_ in Round.objects.filter(is_ready=True, opened_at=None, opens_on__lte=today):
        try:
            open_round(round_=round_, by=None, today=today)
        except Refused:
            Round.objects.filter(pk=round_.pk).update(is_ready=False)


def close_what_is_due(today: date) -> None:
    """Closes what people could answer until yesterday."""
    for round_ in Round.objects.open().filter(closes_on__lt=today):
        try:
            close_round(round_=round_, by=None)
        except Exception:
            logger.exception("Check-in %s could not be closed; it is tried again in a minute", round_.pk)


def mark_what_is_due(today: date) -> None:
    """Marks those who have answered without names, in batches large enough to hide in."""
    for round_ in Round.objects.open().filter(activity__is_anonymous=True).select_related("activity"):
        anonymity.mark_batch(round_.activity, round_.minimum)


def remind_what_is_due(today: date) -> None:
    """One reminder shortly before the last day, unless somebody was reminded by hand since."""
    soon = Round.objects.open().filter(
        closes_on__lte=today + timedelta(days=REMIND_DAYS_BEFORE), closes_on__gte=today
    )
    if not _is_day():
        return
    for round_ in soon:
        last = round_.reminded_on
        is_long = round_.closes_on - round_.opens_on >= SHORTEST_TO_REMIND
        if is_long and (last is None or last < round_.closes_on - timedelta(days=REMIND_DAYS_BEFORE)):
            remind(round_=round_, by=None)


def _is_day() -> bool:
    return timezone.localtime().hour >= FIRST_HOUR
