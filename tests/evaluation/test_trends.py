"""Check-ins over time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation.closing import close_round
from evaluation.models import Round
from evaluation.rounds.commands import share_round
from evaluation.trend_chart import chart_of
from evaluation.trends import trend_of
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, team

pytestmark = pytest.mark.django_db


def closed(
    coordinator: Membership, levels: dict[Membership, str], *, days_ago: int, **changes: bool
) -> Round:
    round_ = opened(coordinator, list(levels), **changes)
    for member, level in levels.items():
        answer(round_, member, level)
    close_round(round_=round_, by=coordinator, at=timezone.now() - timedelta(days=days_ago))
    return share_round(round_=round_, by=coordinator)


def test_terms_are_compared_by_mean() -> None:
    coordinator, people = team({Sector.EDUCATION: 6})
    closed(coordinator, dict.fromkeys(people, "not_in_place"), days_ago=90)
    now = closed(coordinator, dict.fromkeys(people, "partly"), days_ago=1)
    trend = trend_of(now, coordinator)
    assert trend is not None
    theme = trend.themes[0]
    assert [point.mean for point in theme.everyone if point] == [0, 1]
    assert theme.change == 1
    assert "stands higher than in" in trend.sentence


def test_without_names_nobody_is_followed_over_time() -> None:
    coordinator, people = team({Sector.EDUCATION: 6})
    closed(coordinator, dict.fromkeys(people, "partly"), days_ago=90)
    trend = trend_of(closed(coordinator, dict.fromkeys(people, "partly"), days_ago=1), coordinator)
    assert trend is not None
    assert not trend.knows_people
    assert trend.themes[0].every_time == ()


def test_with_names_those_who_answered_every_time_are_told_apart() -> None:
    coordinator, people = team({Sector.EDUCATION: 3})
    stays, leaves, comes = people
    closed(coordinator, {stays: "partly", leaves: "not_in_place"}, days_ago=90, is_anonymous=False)
    now = closed(coordinator, {stays: "in_place", comes: "in_place"}, days_ago=1, is_anonymous=False)
    trend = trend_of(now, coordinator)
    assert trend is not None
    theme = trend.themes[0]
    assert [(point.mean, point.n) for point in theme.everyone if point] == [(0.5, 2), (2, 2)]
    assert [(point.mean, point.n) for point in theme.every_time if point] == [(1, 1), (2, 1)]


def test_check_ins_with_and_without_names_are_not_compared() -> None:
    coordinator, people = team({Sector.EDUCATION: 6})
    closed(coordinator, dict.fromkeys(people, "partly"), days_ago=90, is_anonymous=False)
    assert trend_of(closed(coordinator, dict.fromkeys(people, "partly"), days_ago=1), coordinator) is None


def test_a_member_compares_only_what_was_shared_with_them() -> None:
    coordinator, people = team({Sector.EDUCATION: 7})
    closed(coordinator, dict.fromkeys(people[:6], "partly"), days_ago=90)
    now = closed(coordinator, dict.fromkeys(people, "partly"), days_ago=1)
    assert trend_of(now, people[0]) is not None
    assert trend_of(now, people[6]) is None


def test_what_is_not_answered_in_one_term_is_not_compared() -> None:
    coordinator, people = team({Sector.EDUCATION: 5})
    before = closed(coordinator, dict.fromkeys(people, "partly"), days_ago=90)
    assert before.results is not None
    for statement in before.results["statements"][:2]:
        statement["centre"] = None
    before.save()
    trend = trend_of(closed(coordinator, dict.fromkeys(people, "partly"), days_ago=1), coordinator)
    assert trend is not None
    assert "Values and aspirations" not in [theme.text for theme in trend.themes]


def test_the_picture_and_the_table_say_the_same() -> None:
    coordinator, people = team({Sector.EDUCATION: 6})
    closed(coordinator, dict.fromkeys(people, "not_in_place"), days_ago=90)
    trend = trend_of(closed(coordinator, dict.fromkeys(people, "in_place"), days_ago=1), coordinator)
    assert trend is not None
    chart = chart_of(trend)
    assert [row[1] for row in chart.rows] == [mark.label for mark in chart.marks] == ["0.0", "2.0"]
    assert "0.0, 2.0" in chart.title
