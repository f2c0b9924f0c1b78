"""Results in sentences."""

import pytest

from evaluation import findings
from evaluation.groups import NAMES, Group, plan, stored_key
from evaluation.models import Round
from evaluation.results import Results
from evaluation.rounds.lists import plan_sentences
from evaluation.strips import strip
from evaluation.tally import tally
from partnerships.sectors import Sector
from tests.evaluation.kit import answers_of, counted, small_instrument
from toolkits.instruments.definition import Instrument

SECTORS, WIDE, NONE = Round.Grouping


def with_names(levels: dict[str, list[str]]) -> tuple[Instrument, Results]:
    """Results whose groups are called as sectors are."""
    statements = max(len(person) for people in levels.values() for person in people)
    groups = [Group.of(key, NAMES[key], [key], len(people)) for key, people in levels.items()]
    instrument = small_instrument(statements=statements)
    return instrument, tally(
        instrument=instrument,
        groups=groups,
        answers=answers_of(levels),
        minimum=5,
        is_anonymous=False,
    )


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        (
            {"education": ["2"], "health": ["0"], "social_care": ["0"], "voluntary": ["1"]},
            "Education says “level 2”; health and social care say “level 0”.",
        ),
        (
            {"education": ["1"], "health": ["2"], "voluntary": ["2"], "housing": ["2"]},
            "Health, the voluntary sector and housing say “level 2”; education says “level 1”.",
        ),
        (
            {"family": ["2"], "police": ["1", "2"]},
            "Families say “level 2”; police is between “level 1” and “level 2”.",
        ),
        ({"independent": ["0"], "send": ["1"]}, "SEND says “level 1”; independent providers say “level 0”."),
    ],
)
def test_a_difference_is_one_plain_sentence(levels: dict[str, list[str]], sentence: str) -> None:
    instrument, results = with_names(levels)
    assert [one.sentence for one in findings.differences(instrument, results)] == [sentence]


def test_the_biggest_difference_comes_first_and_agreement_is_none() -> None:
    instrument, results = with_names({"education": ["122"], "health": ["112"], "housing": ["102"]})
    assert [one.statement.key for one in findings.differences(instrument, results)] == ["s1"]
    instrument, results = with_names({"education": ["122"], "health": ["110"], "housing": ["101"]})
    assert [one.statement.key for one in findings.differences(instrument, results)] == ["s1", "s2"]


def test_most_to_do_goes_by_the_level_agreed_then_by_the_mean() -> None:
    instrument, results = with_names({"education": ["0122", "1122"], "health": ["0122"]})
    assert [one.statement.key for one in findings.most_to_do(instrument, results, {})] == ["s0", "s1"]
    agreed = {"s0": "l2", "s3": "l0"}
    assert [one.statement.key for one in findings.most_to_do(instrument, results, agreed)] == ["s3", "s1"]


def test_what_many_cannot_say_is_told_from_three_on() -> None:
    instrument, results = with_names({"education": ["??2", "??2", "?12"], "health": ["212"]})
    assert [one.sentence for one in findings.unsure(instrument, results)] == ["3 of 4 say “don’t know”."]


def test_hidden_groups_are_told_in_words() -> None:
    results = counted({"education": ["2"] * 9, "health": ["1"] * 5, "housing": ["0"]})
    assert findings.hidden_words(results)[0] == (
        "Health and housing count under “all” only: too few of them answered, or it could be worked out."
    )


@pytest.mark.parametrize(
    ("invited", "grouping", "groups"),
    [
        ({"education": 9, "health": 5, "social_care": 3, "police": 2, "housing": 1}, SECTORS, [9, 5, 6]),
        ({"education": 9, "health": 5, "housing": 1}, SECTORS, [9, 6]),
        ({"education": 6, "police": 1, "housing": 1, "other": 1}, SECTORS, [9]),
        ({"education": 4, "send": 1, "health": 5, "housing": 3, "voluntary": 2}, WIDE, [5, 5, 5]),
        ({"education": 9, "health": 5}, NONE, [14]),
    ],
)
def test_small_groups_are_counted_as_others(
    invited: dict[str, int], grouping: str, groups: list[int]
) -> None:
    found = plan(invited, grouping=grouping, minimum=5, is_anonymous=True)
    assert [group.invited for group in found.groups] == groups
    assert all(stored_key(found.groups, sector) in Sector.values for sector in invited)


def test_every_sector_is_counted_in_exactly_one_group() -> None:
    invited = dict.fromkeys(Sector.values, 3)
    for grouping in Round.Grouping:
        found = plan(invited, grouping=grouping, minimum=5, is_anonymous=True)
        sectors = [sector for group in found.groups for sector in group.sectors]
        assert sorted(sectors) == sorted(Sector.values)


def test_the_plan_of_small_groups_only_says_that_there_are_no_figures_by_group() -> None:
    found = plan({"education": 3, "health": 2}, grouping=SECTORS, minimum=5, is_anonymous=True)
    assert plan_sentences(found) == [
        "Each group has fewer than five people, so none can be shown.",
        "There will be no figures by group, only for everyone together.",
    ]


@pytest.mark.parametrize(
    "counts", [{"l0": 1, "l1": 40, "l2": 0}, {"l0": 1, "l1": 1, "l2": 1, "unsure": 1}, {"l2": 3}]
)
def test_a_strip_fills_its_width_without_gaps(counts: dict[str, int]) -> None:
    scale = small_instrument().scale
    assert scale is not None
    drawn = strip(counts, scale)
    ends = [piece.x + piece.width for piece in drawn.pieces]
    assert [piece.x for piece in drawn.pieces] == [0, *ends[:-1]]
    assert ends[-1] == drawn.width
    assert all(piece.width >= 18 for piece in drawn.pieces)
