"""What is counted at closing, and what is left out."""

from evaluation.results import Results
from tests.evaluation.kit import counted


def test_counts_levels_and_keeps_dont_know_apart() -> None:
    result = counted({"education": ["2", "2", "1", "0", "1", "?", "-"]}).statement("s0")
    assert result.counts == {"l0": 1, "l1": 2, "l2": 2}
    assert result.outside == {"unsure": 1}
    assert result.answered == 6


def test_centre_is_median_quartiles_mean_and_agreement() -> None:
    centre = counted({"education": ["0", "1", "1", "2", "2"]}, is_anonymous=False).statement("s0").centre
    assert centre is not None
    assert (centre.median, centre.low, centre.high, centre.mean) == (1, 1, 2, 1.2)
    assert centre.agreement == 0  # s² = 0.7, by chance 2/3


def test_dont_know_and_gaps_are_never_averaged() -> None:
    centre = counted({"education": ["2", "2", "2", "2", "2", "?", "?", "-"]}).statement("s0").centre
    assert centre is not None
    assert (centre.n, centre.median, centre.agreement) == (5, 2, 1)


def test_fewer_than_the_minimum_in_all_leave_only_their_number() -> None:
    results = counted({"education": ["2", "2"], "health": ["1", "0"]})
    assert results == Results(invited=18, answered=4, minimum=5, is_anonymous=True, is_enough=False)


def test_a_small_group_is_hidden_with_the_next_smallest() -> None:
    results = counted({"education": ["2"] * 9, "health": ["1"] * 5, "housing": ["0"]})
    assert [(one.group.key, one.answered) for one in results.groups] == [
        ("education", 9),
        ("health", None),
        ("housing", None),
    ]
    assert set(results.statement("s0").by_group) == {"education"}


def test_a_group_is_hidden_where_too_few_of_it_chose_a_level() -> None:
    levels = {"education": ["22"] * 9, "health": ["11"] * 5 + ["?1"], "housing": ["00"] * 4 + ["?0", "-0"]}
    results = counted(levels)
    assert set(results.statement("s0").by_group) == {"education"}
    assert set(results.statement("s1").by_group) == {"education", "health", "housing"}


def test_a_heading_is_made_of_shown_figures_alone() -> None:
    levels = {"education": ["22"] * 9, "health": ["10"] * 5 + ["?0"], "housing": ["00"] * 4 + ["?0", "-0"]}
    theme = counted(levels).theme("h0")
    assert (
        theme.by_group["health"].median == 0
    )  # of the second statement only: the first would make it 0.5 or 1


def test_levels_are_hidden_where_too_few_chose_one_but_not_that_many_were_unsure() -> None:
    result = counted({"education": ["2", "0", "?", "?", "?", "?", "?"]}).statement("s0")
    assert result.counts is None
    assert result.centre is None
    assert (result.answered, result.outside) == (7, {"unsure": 5})


def test_nothing_is_told_of_a_statement_that_too_few_answered() -> None:
    result = counted({"education": ["22", "2-", "2-", "2-", "2-"]}).statement("s1")
    assert (result.answered, result.counts, result.outside, result.centre) == (None, None, None, None)


def test_gap_is_between_the_groups_furthest_apart() -> None:
    result = counted(
        {"education": ["2"] * 5, "health": ["1"] * 5, "housing": ["0"] * 3 + ["1"] * 2}
    ).statement("s0")
    assert result.gap == 2


def test_with_names_small_groups_are_shown_with_their_counts() -> None:
    results = counted({"education": ["2"] * 3, "housing": ["0"]}, is_anonymous=False)
    assert results.statement("s0").by_group["housing"].counts == {"l0": 1, "l1": 0, "l2": 0}
    assert [one.answered for one in results.groups] == [3, 1]


def test_results_come_back_from_json_unchanged() -> None:
    results = counted({"education": ["21"] * 9, "health": ["1?"] * 5, "housing": ["0-"]}, headings=2)
    assert Results.from_json(results.to_json()) == results
