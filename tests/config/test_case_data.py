from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_data import (
    DATE_OF_BIRTH,
    NAME_AND_CLASS,
    NHS_NUMBER,
    PUPIL_NUMBER,
    find_case_data,
    is_nhs_number,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Helped Jayden S. in 4B to sleep through", NAME_AND_CLASS),
        ("Jayden in Year 4 needs a desk", NAME_AND_CLASS),
        ("we met Ellie from reception", NAME_AND_CLASS),
        ("Thomas (6A) was late", NAME_AND_CLASS),
        ("Mia Smith, Y5", NAME_AND_CLASS),
        ("Year 4’s Jayden", NAME_AND_CLASS),
        ("See A123456789012", PUPIL_NUMBER),
        ("NHS 943 476 5919", NHS_NUMBER),
        ("Born 3/4/2015", DATE_OF_BIRTH),
        ("DOB: 03.04.15", DATE_OF_BIRTH),
        ("born on 3 March 2016", DATE_OF_BIRTH),
    ],
)
def test_words_about_one_child_are_noticed(text: str, kind: str) -> None:
    assert [finding.kind for finding in find_case_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Health checks in reception and year 6",
        "Drop-in for pupils, Mondays and Thursdays",
        "English in Year 4. Support in Year 6. Workshops from Year 5.",
        "Pupils in Year 4, children in Reception, parents of Year 2",
        "Monday Year 6, Tuesday Year 5",
        "The nurse has a desk in Room 4B",
        "Ruth Adeyemi, safeguarding lead, 01632 960 142 or 0161 496 0000",
        "Key Stage 2 and Class 4B",
        "Walking club: 22 children, four mornings a week",
    ],
)
def test_ordinary_words_of_schools_pass(text: str) -> None:
    assert find_case_data(text) == []


def test_finding_quotes_what_was_typed() -> None:
    (finding,) = find_case_data("Helped Jayden S. in 4B to sleep")
    assert finding.words == "Jayden S. in 4B"


def test_date_of_lately_is_no_birth_and_one_of_a_child_is() -> None:
    lately, child = date.today() - timedelta(days=200), date.today() - timedelta(days=3000)
    assert find_case_data(f"Reviewed {lately:%d/%m/%Y}") == []
    assert [finding.kind for finding in find_case_data(f"Seen {child:%d/%m/%Y}")] == [DATE_OF_BIRTH]


@given(st.integers(100_000_000, 999_999_999))
def test_exactly_one_check_digit_makes_an_nhs_number_or_none(stem: int) -> None:
    assert sum(is_nhs_number(f"{stem}{digit}") for digit in range(10)) <= 1


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(finding.words in text for finding in find_case_data(text))
