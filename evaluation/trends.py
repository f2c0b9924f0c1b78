"""Check-ins over time: the same statements on the same scale, term by term; with names and without names apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from evaluation.findings import heading_words
from evaluation.models import Round
from evaluation.results import Results, read
from evaluation.tally import themes
from partnerships.models import Membership
from toolkits.checklist import parse, scale_of
from toolkits.instruments.definition import Instrument
from toolkits.models import Contribution

MOST_TERMS = 4


@dataclass(frozen=True)
class Point:
    """A mean in the values of the scale, and how many people it rests on."""

    mean: float
    n: int


@dataclass(frozen=True, kw_only=True)
class ThemeTrend:
    """One heading over the check-ins; None where nothing of it was shown."""

    text: str
    everyone: tuple[Point | None, ...]
    every_time: tuple[Point | None, ...] = ()
    """Those who answered every time; empty where nobody can tell."""

    @property
    def change(self) -> float | None:
        """From the last but one to the last check-in."""
        before, now = self.everyone[-2:]
        return round(now.mean - before.mean, 2) if before and now else None

    @property
    def change_words(self) -> str:
        return "–" if self.change is None else f"{self.change:+.1f}".replace("-", "−")


@dataclass(frozen=True, kw_only=True)
class Trend:
    """`labels`: the terms; `lowest` and `highest`: the ends of the scale."""

    labels: tuple[str, ...]
    themes: tuple[ThemeTrend, ...]
    lowest: int
    highest: int
    level_texts: Mapping[int, str]
    knows_people: bool

    @property
    def most_changed(self) -> ThemeTrend:
        return max(self.themes, key=lambda theme: abs(theme.change or 0))

    @property
    def sentence(self) -> str:
        """What has changed most since last time."""
        theme = self.most_changed
        if not theme.change or abs(theme.change) < 0.1:
            return f"Much the same as in {self.labels[-2]}"
        direction = "higher" if theme.change > 0 else "lower"
        return f"“{theme.text}” stands {direction} than in {self.labels[-2]}"


def trend_of(round_: Round, viewer: Membership) -> Trend | None:
    """The closed check-ins that `viewer` may see, up to this one; None if there is nothing to compare it with."""
    rounds = _comparable(round_, viewer)
    if len(rounds) < 2:
        return None
    results = [read(one) for one in rounds]
    common = _common_statements(rounds, results)
    knows_people = not round_.is_anonymous
    every_time = _ratings_of_same_people(rounds) if knows_people else []
    instrument, scale = round_.instrument, scale_of(round_.instrument)
    found = tuple(
        _theme_trend(instrument, theme, [key for key in keys if key in common], results, every_time)
        for theme, keys in themes(instrument)
        if common & set(keys)
    )
    if not found:
        return None
    values = [level.value for level in scale.levels]
    return Trend(
        labels=tuple(label_of(one) for one in rounds),
        themes=found,
        lowest=min(values),
        highest=max(values),
        level_texts={level.value: level.text for level in scale.levels},
        knows_people=knows_people,
    )


def label_of(round_: Round) -> str:
    """The term, else the month."""
    return round_.term.name if round_.term else f"{timezone.localdate(round_.closed_at):%B %Y}"


def _comparable(round_: Round, viewer: Membership) -> list[Round]:
    """Oldest first; those that share statements and scale with `round_`, itself last."""
    visible = round_.setting.rounds.results_visible_to(viewer).with_activity().distinct()
    visible = visible.filter(activity__is_anonymous=round_.is_anonymous)
    before = visible.filter(closed_at__lt=round_.closed_at).order_by("-closed_at")
    earlier = [one for one in before if _shares_statements(one, round_) and read(one).is_enough]
    found = [*reversed(earlier[: MOST_TERMS - 1]), round_]
    return found if read(round_).is_enough else []


def _shares_statements(one: Round, other: Round) -> bool:
    return bool(_keys(one) & _keys(other)) and scale_of(one.instrument).key == scale_of(other.instrument).key


def _keys(round_: Round) -> set[str]:
    return {statement.key for statement in round_.instrument.statements}


def _common_statements(rounds: Sequence[Round], results: Sequence[Results]) -> set[str]:
    """Statements whose figures are shown every time."""
    shown = [{one.key for one in result.statements if one.centre} for result in results]
    return set.intersection(*shown, *map(_keys, rounds))


Ratings = dict[str, dict[object, int]]
"""Statement → person → value."""


def _ratings_of_same_people(rounds: Iterable[Round]) -> list[Ratings]:
    """For each check-in, what those people answered who answered in all of them."""
    rows = [_by_person(one) for one in rounds]
    same = set.intersection(*(set(people) for people in rows))
    return [_turned({person: people[person] for person in same}) for people in rows]


def _by_person(round_: Round) -> dict[object, dict[str, int]]:
    instrument, scale = round_.instrument, scale_of(round_.instrument)
    sent = Contribution.objects.filter(
        activity=round_.activity, is_draft=False, participant__membership__isnull=False
    ).select_related("participant")
    found: dict[object, dict[str, int]] = {}
    for one in sent:
        values = {key: scale.value(answer["level"]) for key, answer in parse(instrument, one.data).items()}
        found[one.participant.membership_id] = {
            key: value for key, value in values.items() if value is not None
        }
    return found


def _turned(people: Mapping[object, Mapping[str, int]]) -> Ratings:
    turned: Ratings = {}
    for person, values in people.items():
        for key, value in values.items():
            turned.setdefault(key, {})[person] = value
    return turned


def _theme_trend(
    instrument: Instrument,
    theme: str,
    keys: Sequence[str],
    results: Sequence[Results],
    every_time: Sequence[Ratings],
) -> ThemeTrend:
    return ThemeTrend(
        text=heading_words(instrument, theme),
        everyone=tuple(_everyone(result, keys) for result in results),
        every_time=tuple(_same_people(ratings, keys) for ratings in every_time),
    )


def _everyone(results: Results, keys: Sequence[str]) -> Point | None:
    centres = [centre for key in keys if (centre := results.statement(key).centre)]
    many = sum(centre.n for centre in centres)
    if not many:
        return None
    return Point(round(sum(centre.mean * centre.n for centre in centres) / many, 2), results.answered)


def _same_people(ratings: Ratings, keys: Sequence[str]) -> Point | None:
    values = [value for key in keys for value in ratings.get(key, {}).values()]
    people = {person for key in keys for person in ratings.get(key, {})}
    return Point(round(sum(values) / len(values), 2), len(people)) if values else None
