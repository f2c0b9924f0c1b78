"""Statistics: worked examples, and what must hold for every group."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkits.statistics import (
    borda,
    diamond_ranks,
    gap,
    iqr,
    kendalls_w,
    median,
    mid_ranks,
    permutation_p,
    quartiles,
    rwg,
    share_of_levels,
    suppress,
)

DIAMOND = dict(zip("LJKBFEDHGACI", [1, 2, 2, 3, 3, 3, 4, 4, 5, None, None, None], strict=True))
COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 40))
MINIMUM = st.integers(5, 12)
RANKINGS = st.integers(2, 8).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=7
    )
)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([9, 5, 3, 2, 1], {0, 1}),
        ([9, 5, 1], {0}),
        ([6, 1, 1, 1], set()),
        ([9, 5, 0], {0, 1}),
        ([8, 7, 6], {0, 1, 2}),
        ([12, 4, 1], {0}),
        ([12, 4], set()),
        ([3], set()),
        ([], set()),
    ],
)
def test_suppress_shows_what_the_design_says(counts: list[int], shown: set[int]) -> None:
    assert suppress(dict(enumerate(counts)), 5) == shown


@given(COUNTS, MINIMUM)
def test_suppress_hides_every_small_group_and_shows_no_group_of_nobody(
    counts: dict[str, int], minimum: int
) -> None:
    assert all(counts[key] >= minimum for key in suppress(counts, minimum))


@given(COUNTS, MINIMUM)
def test_suppress_leaves_nothing_to_work_out_from_the_total(counts: dict[str, int], minimum: int) -> None:
    shown = suppress(counts, minimum)
    hidden = [count for key, count in counts.items() if count and key not in shown]
    if shown:
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= minimum)


@given(COUNTS, MINIMUM)
def test_suppress_hides_no_more_than_it_must(counts: dict[str, int], minimum: int) -> None:
    shown = suppress(counts, minimum)
    hidden = [key for key, count in counts.items() if count and key not in shown]
    needless = [key for key in hidden if counts[key] >= minimum]
    if needless:
        largest = max(needless, key=lambda key: counts[key])
        assert sum(counts[key] for key in hidden) - counts[largest] < minimum


@given(COUNTS, MINIMUM)
def test_suppress_never_shows_a_smaller_group_instead_of_a_larger(
    counts: dict[str, int], minimum: int
) -> None:
    shown = suppress(counts, minimum)
    hidden = [count for key, count in counts.items() if count and key not in shown]
    assert all(counts[key] >= count for key in shown for count in hidden)


def test_diamond_ranks_are_mid_ranks_and_what_is_left_out_shares_the_places_left() -> None:
    assert list(diamond_ranks(DIAMOND).values()) == [1, 2.5, 2.5, 5, 5, 5, 7.5, 7.5, 9, 11, 11, 11]


@given(st.permutations(list(DIAMOND)), st.integers(2, 30))
def test_identical_diamonds_agree_exactly(order: list[str], judges: int) -> None:
    ranks = diamond_ranks(dict(zip(order, DIAMOND.values(), strict=True)))
    row = [ranks[key] for key in sorted(ranks)]
    assert kendalls_w([row] * judges) == 1


def test_kendalls_w_matches_a_worked_example_with_ties() -> None:
    """Kendall's example of three judges and ten items: W = 0.828 once ties are corrected."""
    judges = [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
    found = kendalls_w(judges)
    assert found is not None
    assert round(found, 3) == 0.828


def test_kendalls_w_of_opposite_judges_is_nothing() -> None:
    assert kendalls_w([[1, 2, 3, 4], [4, 3, 2, 1]]) == 0


@pytest.mark.parametrize("ranks", [[], [[1, 2, 3]], [[2, 2, 2], [2, 2, 2]], [[], []]])
def test_kendalls_w_is_not_given_where_it_means_nothing(ranks: list[list[float]]) -> None:
    assert kendalls_w(ranks) is None


def test_kendalls_w_refuses_judges_who_ranked_different_numbers() -> None:
    with pytest.raises(ValueError, match="same items"):
        kendalls_w([[1, 2], [1, 2, 3]])


@given(RANKINGS)
def test_kendalls_w_lies_between_nought_and_one(ranks: list[list[float]]) -> None:
    found = kendalls_w(ranks)
    assert found is None or 0 <= found <= 1


@given(RANKINGS)
def test_kendalls_w_takes_rows_of_a_diamond_as_well_as_their_mid_ranks(ranks: list[list[float]]) -> None:
    assert kendalls_w(ranks) == kendalls_w([mid_ranks(row) for row in ranks])


def test_permutation_p_is_small_for_agreement_and_large_for_none() -> None:
    agreed = permutation_p([[1, 2, 3, 4, 5, 6]] * 4, draws=499)
    split = permutation_p([[1, 2, 3, 4], [4, 3, 2, 1], [2, 1, 4, 3], [3, 4, 1, 2]], draws=499)
    assert agreed == 1 / 500
    assert split == 1


def test_permutation_p_is_the_same_every_time_and_needs_three_judges() -> None:
    ranks = [[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]]
    assert permutation_p(ranks, draws=199) == permutation_p(ranks, draws=199)
    assert permutation_p(ranks[:2]) is None


def test_permutation_p_leaves_the_ranks_as_they_were() -> None:
    ranks = [[3, 1, 2]] * 3
    permutation_p(ranks, draws=9)
    assert ranks == [[3, 1, 2]] * 3


def test_borda_gives_five_points_to_the_top_and_none_to_what_is_left_out() -> None:
    points = borda([DIAMOND, {**DIAMOND, "L": None, "A": 1}])
    assert (points["L"], points["A"], points["J"], points["G"], points["C"]) == (5, 5, 8, 2, 0)


@given(st.lists(st.permutations(list(DIAMOND)), min_size=1, max_size=6))
def test_borda_hands_out_the_same_points_for_every_ranking(orders: list[list[str]]) -> None:
    rankings = [dict(zip(order, DIAMOND.values(), strict=True)) for order in orders]
    assert sum(borda(rankings).values()) == 27 * len(orders)


def test_rwg_compares_the_spread_with_chance() -> None:
    assert rwg([3, 3, 3, 3], 5) == 1
    assert rwg([1, 5, 1, 5], 5) == 0
    assert rwg([2, 3, 4], 5) == pytest.approx(0.5)


@pytest.mark.parametrize(("ratings", "options"), [([3], 5), ([], 5), ([1, 1], 1)])
def test_rwg_refuses_what_has_no_spread(ratings: list[float], options: int) -> None:
    with pytest.raises(ValueError, match="at least two"):
        rwg(ratings, options)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=30))
def test_rwg_lies_between_nought_and_one(ratings: list[float]) -> None:
    assert 0 <= rwg(ratings, 5) <= 1


def test_quartiles_interpolate_with_both_ends_included() -> None:
    assert quartiles([0, 1, 1, 2]) == (0.75, 1, 1.25)
    assert quartiles([0, 1, 2, 3, 4]) == (1, 2, 3)
    assert quartiles([2]) == (2, 2, 2)
    assert iqr([0, 1, 1, 2]) == 0.5


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_the_median_is_the_middle_quartile(values: list[float]) -> None:
    low, middle, high = quartiles(values)
    assert low <= middle == median(values) <= high


def test_gap_names_the_two_sectors_furthest_apart() -> None:
    assert gap({"health": 1, "education": 2.5, "housing": 2}) == ("health", "education", 1.5)


@pytest.mark.parametrize("centres", [{}, {"health": 1}, {"health": 1, "housing": 1}])
def test_gap_needs_two_sectors_that_differ(centres: dict[str, float]) -> None:
    assert gap(centres) is None


@given(st.dictionaries(st.text("abcde", min_size=1, max_size=2), st.integers(0, 6), min_size=2))
def test_gap_is_the_largest_of_all_differences(centres: dict[str, float]) -> None:
    found = gap(centres)
    widest = max(abs(a - b) for a, b in combinations(centres.values(), 2))
    assert (found.size if found else 0) == widest


def test_share_of_levels_leaves_out_what_is_not_on_the_scale() -> None:
    answers = ["partly", "in_place", "in_place", "dont_know", ""]
    assert share_of_levels(answers, ["not_in_place", "partly", "in_place"]) == {
        "not_in_place": 0,
        "partly": pytest.approx(1 / 3),
        "in_place": pytest.approx(2 / 3),
    }


def test_share_of_levels_fills_nothing_in_where_nobody_answered() -> None:
    assert share_of_levels(["dont_know"], ["partly", "in_place"]) == {}
