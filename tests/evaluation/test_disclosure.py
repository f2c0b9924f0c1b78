"""Nothing that is hidden can be worked out from what is shown."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.disclosure import shown_cells, tight_splits
from evaluation.results import Results
from tests.evaluation.kit import BLANK, counted
from toolkits.statistics import median

World = Mapping[str, Sequence[str]]
"""Group → the answers of its people, in no order."""


def worlds(sizes: dict[str, int], person: Sequence[str]) -> Iterator[World]:
    """Every way in which the people of these groups can answer."""
    choices = [list(combinations_with_replacement(person, many)) for many in sizes.values()]
    for chosen in product(*choices):
        yield dict(zip(sizes, chosen, strict=True))


def people(levels: str, statements: int) -> list[str]:
    return ["".join(signs) for signs in product(levels, repeat=statements)]


def column(world: World, group: str, statement: int) -> str:
    """The levels that a group chose for one statement, in no order."""
    return "".join(sorted(person[statement] for person in world[group] if person[statement] in "012"))


def is_alike(world: World, statement: int) -> bool:
    """Everybody who chose a level chose the same: then everyone's counts tell what each chose."""
    return len({person[statement] for group in world.values() for person in group} - {BLANK, "?"}) <= 1


CASES = [
    ({"a": 3, "b": 1, "c": 1}, "012?-", 1, 1),
    ({"a": 3, "b": 2, "c": 1}, "012-", 1, 1),
    ({"a": 4, "b": 2, "c": 1}, "01?", 1, 1),
    ({"a": 2, "b": 2, "c": 1}, "012?-", 1, 1),
    ({"a": 2, "b": 1, "c": 1}, "01-", 2, 1),
]


@pytest.mark.parametrize(("sizes", "levels", "statements", "headings"), CASES)
def test_each_hidden_groups_answers_fit_more_than_one_world(
    sizes: dict[str, int], levels: str, statements: int, headings: int
) -> None:
    """Goes through every way to answer. Somebody knows what is published, the rules, and how many of each group chose
    a level for each statement: still no hidden group's answers are the only ones possible. Where everybody chose the
    same level, everyone's counts say so: that alone is no secret."""
    cells = list(product(range(statements), sizes))
    possible: dict[object, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
    for world in worlds(sizes, people(levels, statements)):
        columns = {(number, group): column(world, group, number) for number, group in cells}
        results = counted(world, minimum=2, levels=3 if "2" in levels else 2, headings=headings)
        known = (json.dumps(results.to_json(), sort_keys=True), tuple(map(len, columns.values())))
        for (number, group), answered in columns.items():
            result = results.statement(f"s{number}")
            is_told = group in result.by_group or (result.counts and is_alike(world, number))
            if answered and not is_told:
                possible[known][number, group].add(answered)
    alone = [cell for hidden in possible.values() for cell, columns in hidden.items() if len(columns) == 1]
    assert possible
    assert alone == []


@pytest.mark.parametrize("size", range(1, 9))
def test_tight_splits_are_those_where_nobody_can_move_to_the_level(size: int) -> None:
    level = 2
    found = set()
    for values in combinations_with_replacement(range(5), size):
        middle = median(values)
        moved = [
            sorted([*values[:at], level, *values[at + 1 :]]) for at in range(size) if values[at] != level
        ]
        if all(median(others) != middle for others in moved):
            found.add((sum(value < level for value in values), values.count(level)))
    assert found == set(tight_splits(size))


GROUPS = ("education", "health", "social_care", "housing")
ANSWERS = st.dictionaries(
    st.sampled_from(GROUPS), st.lists(st.text("012?-", min_size=2, max_size=2), max_size=12), min_size=1
)


@given(ANSWERS)
@settings(max_examples=200, deadline=None)
def test_suppression_holds_for_every_statement(levels: World) -> None:
    results = counted(levels, minimum=5)
    if not results.is_enough:
        assert results.statements == ()
        return
    hidden = [len(levels[one.group.key]) for one in results.groups if not one.is_shown]
    assert sum(hidden) == 0 or sum(hidden) >= 5
    for result in results.statements:
        rated = {key: [p for p in people if p[int(result.key[1])] in "012"] for key, people in levels.items()}
        assert all(len(rated[key]) >= 5 for key in result.by_group)
        out_of_sight = sum(len(chosen) for key, chosen in rated.items() if key not in result.by_group)
        assert out_of_sight == 0 or out_of_sight >= 5 or not result.by_group
        assert result.answered is None or result.answered >= 5
        assert result.counts is None or sum(result.counts.values()) in {0, *range(5, 99)}


@given(ANSWERS)
@settings(max_examples=60, deadline=None)
def test_every_hidden_group_could_have_answered_otherwise(levels: World) -> None:
    """At the real minimum: two people change answers, a hidden group's answers differ, and the results are the same."""
    results = counted(levels, minimum=5)
    for result in results.statements:
        number = int(result.key[1])
        for group in levels:
            is_told = group in result.by_group or (result.counts and is_alike(levels, number))
            if column(levels, group, number) and not is_told:
                assert result.counts is None or has_twin(levels, number, group, results)


def has_twin(levels: World, number: int, group: str, results: Results) -> bool:
    """Whether somebody of `group` can change answers with somebody else, and nobody would know."""
    return any(
        counted(other, minimum=5) == results
        for other in swaps(levels, number, group)
        if column(other, group, number) != column(levels, group, number)
    )


def swaps(levels: World, number: int, group: str) -> Iterator[World]:
    for mine, person in enumerate(levels[group]):
        for key, theirs in product(levels, range(12)):
            if key == group or theirs >= len(levels[key]):
                continue
            other = levels[key][theirs]
            if {person[number], other[number]} & {BLANK, "?"}:
                continue
            yield {
                **levels,
                group: replaced(levels[group], mine, number, other[number]),
                key: replaced(levels[key], theirs, number, person[number]),
            }


def replaced(people: Sequence[str], at: int, number: int, sign: str) -> tuple[str, ...]:
    changed = people[at][:number] + sign + people[at][number + 1 :]
    return (*people[:at], changed, *people[at + 1 :])


def test_a_statement_is_shown_for_everyone_only_where_the_rest_could_be_known() -> None:
    """Ten people: a middle answer of 2 needs all three 2s, so that everyone hidden would have said 0."""
    ratings = {"s0": {"education": [2, 2, 2, 0, 0], "health": [0, 0, 0], "housing": [0, 0]}}
    assert shown_cells(ratings, ["education"], 5) == {"s0": frozenset()}


def test_hiding_a_statement_tells_nothing_since_others_with_the_same_counts_are_hidden_too() -> None:
    ratings = {"s0": {"education": [2, 2, 0, 0, 0], "health": [2, 0, 0], "housing": [0, 0]}}
    assert shown_cells(ratings, ["education"], 5) == {"s0": frozenset()}


def test_a_group_is_shown_where_the_rest_may_always_differ() -> None:
    ratings = {"s0": {"education": [2, 2, 2, 2, 1], "health": [1, 0, 0], "housing": [0, 1]}}
    assert shown_cells(ratings, ["education"], 5) == {"s0": frozenset({"education"})}
