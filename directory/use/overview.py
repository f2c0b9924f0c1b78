"""How a setting's directory is used: what is opened, what is looked for and not found, and whether it worked.

Counts of weeks and of services, never of persons (directory.use.figures, directory.use.referrals).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from config.values import day_words
from directory.models import Service
from directory.use.figures import TOLD_FROM, monday
from directory.use.referrals import Figures, figures_by_service, needs_of
from partnerships.models import Setting

PERIODS = {4: "Four weeks", 12: "Twelve weeks", 52: "A year"}
USUAL = 12
SHOWN = 25
CHART_WIDTH, CHART_HEIGHT, FOOT = 174, 46, 8
MOST_LABELS = 13


@dataclass(frozen=True)
class Week:
    monday: date
    inside: int
    public: int
    not_found: int

    @property
    def opened(self) -> int:
        return self.inside + self.public


@dataclass(frozen=True)
class OpenedSheet:
    service: Service
    inside: int
    public: int


@dataclass(frozen=True)
class NotFound:
    """A search without a result that at least five different visitors made in one week, and in how many weeks."""

    term: str
    visitors: int
    weeks: int


@dataclass(frozen=True)
class Use:
    weeks: list[Week]
    opened: list[OpenedSheet]
    not_found: list[NotFound]
    others: int
    """Searches without a result in words that too few used."""
    results: list[tuple[Service, Figures]]
    needs: list[str]

    @property
    def is_empty(self) -> bool:
        return not (self.opened or self.not_found or self.others or self.results)

    @property
    def counts_weeks(self) -> bool:
        """Whether any of the weeks has something to show."""
        return any(week.opened or week.not_found for week in self.weeks)

    @property
    def bars(self) -> "Bars":
        return Bars.of(self.weeks)


def use_of(setting: Setting, today: date, weeks: int = USUAL) -> Use:
    mondays = [monday(today) - timedelta(days=7 * number) for number in reversed(range(weeks))]
    terms = list(setting.search_terms.filter(week__gte=mondays[0]).values_list("term", "week", "visitors"))
    told = [row for row in terms if row[0] and row[2] >= TOLD_FROM]
    return Use(
        weeks=_weeks(setting, mondays, terms),
        opened=_opened(setting, mondays[0]),
        not_found=_not_found(told),
        others=sum(visitors for _, _, visitors in terms) - sum(visitors for _, _, visitors in told),
        results=figures_by_service(setting, today),
        needs=needs_of(setting, today),
    )


def _weeks(setting: Setting, mondays: list[date], terms: Iterable[tuple[str, date, int]]) -> list[Week]:
    rows = setting.sheets_opened.filter(week__gte=mondays[0]).values("week")
    opened = {row["week"]: row for row in rows.annotate(ins=Sum("inside"), out=Sum("public"))}
    missed: Counter[date] = Counter()
    for _, week, visitors in terms:
        missed[week] += visitors
    none = {"ins": 0, "out": 0}
    return [
        Week(day, opened.get(day, none)["ins"], opened.get(day, none)["out"], missed[day]) for day in mondays
    ]


def _opened(setting: Setting, since: date) -> list[OpenedSheet]:
    rows = setting.sheets_opened.filter(week__gte=since).values("service")
    counts = {row["service"]: row for row in rows.annotate(ins=Sum("inside"), out=Sum("public"))}
    listed = Service.visible_to(setting).filter(pk__in=counts)
    sheets = [OpenedSheet(each, counts[each.pk]["ins"], counts[each.pk]["out"]) for each in listed]
    return sorted(sheets, key=lambda each: (-each.inside - each.public, each.service.sort_name))


def _not_found(told: Iterable[tuple[str, date, int]]) -> list[NotFound]:
    visitors: Counter[str] = Counter()
    weeks: Counter[str] = Counter()
    for term, _, many in told:
        visitors[term] += many
        weeks[term] += 1
    return [NotFound(term, many, weeks[term]) for term, many in visitors.most_common()]


@dataclass(frozen=True)
class Bar:
    x: float
    width: float
    label: str
    inside: tuple[float, float]
    """(top, height) of the lower part."""
    public: tuple[float, float]
    total: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def above(self) -> float:
        return round(self.public[0] - 1.2, 2)


@dataclass(frozen=True)
class Bars:
    """A bar for each week, in millimetres."""

    bars: list[Bar]
    spoken: str
    width: int = CHART_WIDTH
    height: int = CHART_HEIGHT

    @classmethod
    def of(cls, weeks: list[Week]) -> "Bars":
        most = max((week.opened for week in weeks), default=0) or 1
        room, step = CHART_HEIGHT - FOOT - 6, CHART_WIDTH / len(weeks)
        every = -(-len(weeks) // MOST_LABELS)
        bars = []
        for number, week in enumerate(weeks):
            low, high = (round(room * part / most, 2) for part in (week.inside, week.public))
            floor = CHART_HEIGHT - FOOT
            shows = (len(weeks) - 1 - number) % every == 0
            label = f"{week.monday.day} {week.monday:%b}" if shows else ""
            bars.append(
                Bar(
                    x=round(number * step + step * 0.12, 2),
                    width=round(step * 0.76, 2),
                    label=label,
                    inside=(round(floor - low, 2), low),
                    public=(round(floor - low - high, 2), high),
                    total=week.opened if every == 1 else 0,
                )
            )
        first, last = weeks[0], weeks[-1]
        spoken = f"Sheets opened each week: {first.opened} in the first, {last.opened} in this one"
        return cls(bars, spoken)


def table_of(use: Use, kind: str) -> list[list[str]]:
    """One of the page's tables, with its headings, for a spreadsheet."""
    if kind == "opened":
        body = [[each.service.name, str(each.inside), str(each.public)] for each in use.opened]
        return [["Service", "Opened at school", "Opened by families"], *body]
    if kind == "searches":
        searches = [[each.term, str(each.visitors), str(each.weeks)] for each in use.not_found]
        return [["Looked for and not found", "Visitors", "Weeks"], *searches]
    if kind == "results":
        results = [
            [service.name, words, str(count)]
            for service, figures in use.results
            for words, count in figures.results
        ]
        return [["Service", "What came of it", "How often, in steps of five or more"], *results]
    weeks = [
        [day_words(week.monday), str(week.inside), str(week.public), str(week.not_found)]
        for week in use.weeks
    ]
    return [["Week from", "Opened at school", "Opened by families", "Searches without a result"], *weeks]


KINDS = ("weeks", "opened", "searches", "results")
