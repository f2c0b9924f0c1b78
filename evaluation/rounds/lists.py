"""What the pages of check-ins that are not closed show: the list, the plan before opening, who has answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from config.text import listed
from evaluation.anonymity import has_answered
from evaluation.findings import capital
from evaluation.groups import Group, Plan
from evaluation.models import Phase, Round
from evaluation.rounds.commands import plan_for
from partnerships.access import Permission
from partnerships.models import Membership, Setting
from partnerships.templatetags.joined_up import day, in_days, number_word
from toolkits.models import AnonymousAnswer, Participant

FEWEST_SECTORS = 3


@dataclass(frozen=True)
class ListedRound:
    """A line of the list: where it stands, in words, and for whom it waits."""

    round: Round
    words: str
    kind: str
    state: str
    waits: bool


def listed_rounds(setting: Setting, viewer: Membership) -> list[ListedRound]:
    """Open ones first, then by day; a check-in waits for somebody who is asked and has not answered."""
    runs = viewer.may(Permission.ROUND_RUN)
    rounds = (
        setting.rounds.with_activity().visible_to(viewer).distinct().order_by("-opens_on", "-opened_at", "pk")
    )
    asked = Participant.objects.filter(activity=OuterRef("activity"), is_invited=True).order_by()
    many = Subquery(asked.values("activity").annotate(many=Count("pk")).values("many"))
    counted = rounds.annotate(asked=many).defer("results")
    waiting = set(setting.rounds.waiting_for(viewer).values_list("pk", flat=True))
    lines = [_line(one, runs, one.pk in waiting) for one in counted]
    return sorted(lines, key=lambda line: not line.round.is_open)


def _line(round_: Round, runs: bool, waits: bool) -> ListedRound:
    names = "without names" if round_.is_anonymous else "with names"
    phase = round_.phase
    state, kind = {
        Phase.DRAFT: ("Getting ready", "wait"),
        Phase.READY: (f"Opens {in_days(round_.opens_on)}", "wait"),
        Phase.OPEN: (f"Open, closes {in_days(round_.closes_on)}", "ok"),
        Phase.CLOSED: ("Closed, not shared yet", "wait" if runs else ""),
        Phase.SHARED: ("Shared with everyone who answered", "ok"),
        Phase.AGREED: ("Agreed", "ok"),
    }[phase]
    asked: int = getattr(round_, "asked", None) or 0
    words = f"{round_.instrument.title}. {asked} {'person' if asked == 1 else 'people'} asked, {names}."
    return ListedRound(round_, words, kind, state, waits)


@dataclass(frozen=True)
class PlanPage:
    """What is shown before it opens: the plan as set, in sentences, and what the choices would give."""

    plan: Plan
    sentences: tuple[str, ...]
    warning: str
    wide: Plan | None
    can_be_named: bool
    opens_later: bool
    facts: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[tuple[Group, bool], ...]:
        """Each group that is asked, and whether it is shown by itself."""
        return tuple((group, self.plan.stands_alone(group)) for group in self.plan.asked)


def plan_page(round_: Round) -> PlanPage:
    plan = plan_for(round_)
    wide = plan_for(round_, grouping=Round.Grouping.WIDE)
    helps = wide.shows_groups and len(wide.too_small) < len(plan.too_small)
    return PlanPage(
        plan=plan,
        sentences=tuple(plan_sentences(plan)),
        warning=_few_sectors(plan),
        wide=wide if helps and round_.grouping == Round.Grouping.SECTORS else None,
        can_be_named=round_.is_anonymous and bool(plan.too_small or not plan.can_open),
        opens_later=round_.opens_on > timezone.localdate(),
        facts=(
            ("Checklist", round_.instrument.title),
            ("Term", round_.term.name if round_.term else ""),
            ("Open", f"from {day(round_.opens_on)} to {day(round_.closes_on)}"),
            ("Names", "Without names" if round_.is_anonymous else "With names"),
            ("Why you ask", round_.words),
        ),
    )


def plan_sentences(plan: Plan) -> list[str]:
    """What will be shown by group, in words."""
    minimum = number_word(plan.minimum)
    if not plan.is_anonymous:
        return ["Every group is shown, however small: with names, nothing is hidden."]
    if not plan.can_open:
        return [f"Without names, at least {minimum} people must be asked, since nothing is shown of fewer."]
    if not plan.shows_groups:
        return [
            *_too_small_for_groups(plan),
            "There will be no figures by group, only for everyone together.",
        ]
    words = list(_counted_together(plan)) or ["Every group is large enough to be shown."]
    return [*words, f"If fewer than {minimum} of a group answer, it is hidden in the results too."]


def _too_small_for_groups(plan: Plan) -> list[str]:
    minimum = number_word(plan.minimum)
    if not plan.too_small:
        return []
    if plan.taken_along:
        return [
            f"Some groups have fewer than {minimum} people, and could be worked out if the others were shown."
        ]
    return [f"Each group has fewer than {minimum} people, so none can be shown."]


def _counted_together(plan: Plan) -> Iterator[str]:
    """Which groups are too small, and which are taken along to hide them."""
    if plan.too_small:
        small = listed([f"{group.words} ({group.people})" for group in plan.too_small])
        many = len(plan.too_small) > 1
        verb, count = ("are", "They count") if many else ("is", "It counts")
        yield f"{capital(small)} {verb} too small to be shown alone. {count} as “others”."
    if plan.taken_along:
        along = listed([f"{group.words} ({group.people})" for group in plan.taken_along])
        verb = "count" if len(plan.taken_along) > 1 else "counts"
        yield f"{capital(along)} {verb} there too: otherwise the small ones could be worked out."


def _few_sectors(plan: Plan) -> str:
    if plan.sectors >= FEWEST_SECTORS:
        return ""
    many = "only one sector" if plan.sectors == 1 else f"only {number_word(plan.sectors)} sectors"
    return f"You ask people from {many}. Ask three or more, so that you see where views differ."


@dataclass(frozen=True)
class OpenPage:
    """Who has answered, as far as it may be known: how many, and by name only in a check-in with names."""

    asked: int
    answered: int
    people: tuple[Participant, ...]
    on_paper: tuple[tuple[Participant, bool], ...]
    """Those without an account, and whether their form has been typed in."""
    can_remind: bool

    @property
    def waiting(self) -> int:
        return self.asked - self.answered


def open_page(round_: Round) -> OpenPage:
    people = list(round_.activity.participants.filter(is_invited=True).with_people().in_order())
    if round_.is_anonymous:
        answered = AnonymousAnswer.objects.filter(activity=round_.activity).count()
    else:
        answered = sum(person.has_answered for person in people)
    return OpenPage(
        asked=len(people),
        answered=answered,
        people=() if round_.is_anonymous else tuple(people),
        on_paper=tuple((person, has_answered(person)) for person in people if person.is_guest),
        can_remind=answered < len(people) and round_.reminded_on != timezone.localdate(),
    )
