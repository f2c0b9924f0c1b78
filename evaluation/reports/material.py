"""What a report can be made from: closed check-ins, agreed sessions, actions since the last number, the directory."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from config.text import listed
from directory.models import Service
from evaluation.models import Report, Round
from evaluation.paper import ServicesLine
from evaluation.reports.words import counted
from partnerships.models import Action, Partnership, Setting
from partnerships.sectors import Sector
from toolkits.models import Activity, Stage


def rounds_for(setting: Setting) -> QuerySet[Round]:
    """Closed check-ins that were shared with those who answered, or talked over; the newest first."""
    seen = Q(shared_at__isnull=False) | Q(agreed_levels__isnull=False)
    return (
        setting.rounds.closed()
        .filter(seen, results__isnull=False)
        .select_related("activity__instrument_version", "term")
        .order_by("-opens_on")
        .distinct()
    )


def sessions_for(setting: Setting) -> QuerySet[Activity]:
    """Sessions that came to “what we agreed”; the newest first."""
    return (
        setting.activities.staged()
        .filter(stage=Stage.AGREED, round=None, agreed_versions__isnull=False)
        .select_related("instrument_version")
        .order_by("-stage_changed_at")
        .distinct()
    )


def actions_for(setting: Setting, *, since: date | None) -> QuerySet[Action]:
    """Everything that was open at some time since `since`; the late ones come first, then what is due soonest."""
    actions = setting.actions.select_related(
        "owner__user", "owner__service__agency", "owner_partnership__service"
    )
    if since is None:
        return actions
    ended_before = Q(done_on__lt=since) | Q(dropped_on__lt=since)
    return actions.exclude(ended_before)


@dataclass(frozen=True)
class DirectoryFigures:
    """The setting's directory on one day."""

    lines: tuple[ServicesLine, ...]

    @property
    def services(self) -> int:
        return sum(line.services for line in self.lines)

    @property
    def in_school(self) -> int:
        return sum(line.in_school for line in self.lines)

    @property
    def confirmed(self) -> int:
        return sum(line.confirmed for line in self.lines)


def directory_figures(setting: Setting, *, on: date) -> DirectoryFigures:
    services = Service.visible_to(setting)
    all_of, in_school, stale = (
        _by_sector(rows)
        for rows in (
            services,
            services.filter(pk__in=_in_school(setting)),
            services.due_for_confirmation(on, setting.confirm_months),
        )
    )
    return DirectoryFigures(
        tuple(
            ServicesLine(
                sector=sector,
                services=all_of[sector],
                in_school=in_school.get(sector, 0),
                confirmed=all_of[sector] - stale.get(sector, 0),
            )
            for sector in Sector
            if sector in all_of
        )
    )


def _in_school(setting: Setting) -> QuerySet[Partnership, object]:
    return (
        Partnership.objects.live().filter(setting=setting, days__len__gt=0).values_list("service", flat=True)
    )


def _by_sector(services: QuerySet[Service]) -> dict[str, int]:
    counts = services.order_by().values_list("sector").annotate(count=Count("pk"))
    return dict(counts)


@dataclass(frozen=True)
class Ready:
    """What has come together since the last number: for the home page and the start of a report."""

    after: int
    rounds: int
    sessions: int
    actions: int

    @property
    def are(self) -> str:
        return "is" if self.rounds + self.sessions + self.actions == 1 else "are"

    @property
    def words(self) -> str:
        """As in "one check-in, two sessions and 14 actions"; nothing for nothing."""
        parts = [
            counted(self.rounds, "check-in"),
            counted(self.sessions, "session"),
            counted(self.actions, "action"),
        ]
        return listed([part for part in parts if part])


def ready_for(setting: Setting) -> Ready:
    last = last_report(setting)
    since = last.published_at if last and last.published_at else None
    rounds, sessions = rounds_for(setting), sessions_for(setting)
    if since:
        rounds, sessions = rounds.filter(closed_at__gt=since), sessions.filter(stage_changed_at__gt=since)
    day = timezone.localdate(since) if since else None
    return Ready(
        after=last.number or 0 if last else 0,
        rounds=rounds.count(),
        sessions=sessions.count(),
        actions=actions_for(setting, since=day).count(),
    )


def last_report(setting: Setting) -> Report | None:
    """The newest number; a withdrawn one counts, since its number is taken."""
    return setting.reports.published().listed().first()
