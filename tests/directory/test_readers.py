"""Single cells: what they say, and what in them can't be read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.values import parse_phone
from directory.imports import cells, readers
from directory.imports.reading import Reading
from directory.imports.records import Mapping, read_row
from directory.imports.rows import MAX_CELL, Row
from directory.sheet.telephones import clean_note, read_phones, write_phones
from directory.sheet.whereabouts import Person

PHONE = "Enter a telephone number, like 0161 496 0000"


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("0161 1234567 / 07700 900123", [("0161 123 4567", ""), ("07700 900 123", "")]),
        ("0161 496 0000 ext 3", [("0161 496 0000 ext 3", "")]),
        (
            "0161 496 0000 or 07700 900123 (text only)",
            [("0161 496 0000", ""), ("07700 900 123", "text only")],
        ),
        ("Office: 0161 496 0000 Mobile: 07700900123", [("0161 496 0000", ""), ("07700 900 123", "")]),
        ("1614960000", [("0161 496 0000", "")]),
        ("0161 496 0000 07700 900123", [("0161 496 0000", ""), ("07700 900 123", "")]),
        ("+44 (0)161 496 0000", [("0161 496 0000", "")]),
        (
            "0161 496 0000 (24 hours); 0161 496 0001 - Ask for Jo",
            [("0161 496 0000", "24 hours"), ("0161 496 0001", "Ask for Jo")],
        ),
    ],
)
def test_telephone_cell_may_hold_several_numbers_and_words(cell: str, phones: list[tuple[str, str]]) -> None:
    assert read_phones(cell) == (phones, [])


@pytest.mark.parametrize("cell", ["see website", "1.61E+09", "ring the office"])
def test_telephone_cell_without_a_number_is_a_problem(cell: str) -> None:
    assert read_phones(cell) == ([], [(cell, PHONE)])


def test_good_number_is_kept_beside_a_bad_one() -> None:
    phones, problems = read_phones("0161 496 0000 / 0161 49")
    assert phones == [("0161 496 0000", "")]
    assert [value for value, _ in problems] == ["0161 49"]


letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)
notes = letters.map(clean_note).filter(lambda note: not note or any(sign.isalpha() for sign in note))
numbers = st.integers(0, 9999).map(lambda number: f"01632 96{number // 1000} {number % 1000:03}")


@given(st.lists(st.tuples(numbers, notes), unique_by=lambda pair: pair[0], min_size=1, max_size=4))
def test_written_numbers_read_back_the_same(phones: list[tuple[str, str]]) -> None:
    assert read_phones(write_phones(phones)) == (phones, [])


@pytest.mark.parametrize(
    ("key", "cell", "values"),
    [
        ("sector", "NHS", {"sector": "health"}),
        ("sector", "Charity", {"sector": "voluntary"}),
        ("sector", "Police and justice", {"sector": "police"}),
        ("capacity", "Yes", {"capacity": "open"}),
        ("capacity", "List closed - full", {"capacity": "full"}),
        (
            "offers",
            "1:1, group work, counselling",
            {"offers": ["one_to_one", "group", "other"], "offer_other": "counselling"},
        ),
        (
            "offers",
            "Advice or information; Other: a, b",
            {"offers": ["advice", "other"], "offer_other": "a, b"},
        ),
        ("days", "Mon-Wed", {"here_days": ["MO", "TU", "WE"]}),
        ("days", "Mondays and Thursdays", {"here_days": ["MO", "TH"]}),
        ("days", "Tuesday 9-12", {"here_days": ["TU"], "here_times_too": "Tuesday 9-12"}),
        ("email", "a@b.org; c@d.org", {"email": "a@b.org", "also": ["E-mail: c@d.org"]}),
        (
            "website",
            "www.a.org or www.b.org",
            {"website": "https://www.a.org", "also": ["Website: https://www.b.org"]},
        ),
        ("withheld", "✓", {"withheld": "coarse"}),
        ("postcode", "m320th", {"postcode": "M32 0TH"}),
    ],
)
def test_cell_is_read_as_people_write_it(key: str, cell: str, values: dict[str, Any]) -> None:
    reading = readers.read(key, cell)
    assert reading.values == values
    assert reading.problems == []


@pytest.mark.parametrize("cell", ["", "N/A", "n/a", "-", "None", "tbc", "#N/A", "Not known"])
def test_words_for_nothing_say_nothing(cell: str) -> None:
    assert readers.read("website", cell) == Reading()


@pytest.mark.parametrize(
    ("key", "cell", "words"),
    [
        ("postcode", "WA154 1HF", "full postcode"),
        ("email", "ask reception", "e-mail address"),
        ("website", "facebook, search for us", "web address"),
        ("website", "javascript:alert(1)", "web address"),
        ("confirmed_on", "3 March 2126", "not in the future"),
        ("sector", "Purple", "Choose one of"),
        ("days", "sometimes", "days of the week"),
    ],
)
def test_cell_that_cannot_be_read_says_what_to_do(key: str, cell: str, words: str) -> None:
    reading = readers.read(key, cell)
    assert reading.values == {}
    assert words in reading.problems[0][1]


def record(cells: dict[str, str]) -> Any:
    """A row whose columns are ours."""
    mapping = Mapping(tuple(cells), tuple(cells))
    return read_row(Row(2, list(cells.values())), mapping)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("The Space, 87 Ancoats Street, Manchester", ("The Space", "87 Ancoats Street", "Manchester", None)),
        ("12 Quay Lane, Wexcombe WX4 2QL", ("12 Quay Lane", "", "Wexcombe", "WX4 2QL")),
        ("12 Quay Lane\nWexcombe\nWX42QL", ("12 Quay Lane", "", "Wexcombe", "WX4 2QL")),
        ("Level 3, 5 High Street", ("Level 3", "5 High Street", "", None)),
    ],
)
def test_address_in_one_cell_is_taken_apart(address: str, expected: tuple[str, ...]) -> None:
    values = record({"name": "A", "address": address}).values
    assert tuple(values.get(name) for name in ("address_1", "address_2", "city", "postcode")) == expected


def test_address_in_columns_stays_as_it_is() -> None:
    values = record({"name": "A", "address": "Flat 2,5 High St., M4 5AG", "city": "Sale"}).values
    assert (values["address_1"], values["city"]) == ("Flat 2,5 High St., M4 5AG", "Sale")


def test_people_and_their_roles_keep_their_places() -> None:
    values = record({"name": "A", "contact_person": "Jo Day; Sam Fry", "contact_role": "; manager"}).values
    assert values["contacts"] == [Person("Jo Day"), Person("Sam Fry", "manager")]


def test_first_and_last_name_make_one_person() -> None:
    assert record({"name": "A", "contact_last": "Fry", "contact_first": "Sam"}).values["contacts"] == [
        Person("Sam Fry")
    ]


def test_contact_details_in_one_cell_are_taken_apart() -> None:
    values = record({"name": "A", "contact_details": "01632 960318, e-mail: jo@a.org, www.a.org"}).values
    assert values["telephone"] == [("01632 960 318", "")]
    assert (values["email"], values["website"]) == ("jo@a.org", "https://www.a.org")


def test_address_behind_its_label_is_read() -> None:
    assert cells.mixed("email:ann@harbour.example.org Ann").values == {
        "email": "ann@harbour.example.org",
        "contact_names": ["Ann"],
    }


@pytest.mark.parametrize("piece", ["a", "(,;", "ext ", "1 ", "a@"])
def test_cell_as_full_as_excel_allows_is_gone_through_once(piece: str) -> None:
    """Each of these took seconds when every sign of it began a search of its own."""
    full = piece * (MAX_CELL // len(piece))
    assert not cells.mixed(full).values.get("telephone")
    with pytest.raises(ValueError, match="Enter a telephone number"):
        parse_phone(full)


def test_row_without_a_name_has_one_problem() -> None:
    found = record({"name": "", "postcode": "nowhere", "telephone": "01632 960318"})
    assert [(problem.field, problem.value) for problem in found.problems] == [("name", "")]
    assert record({"name": "", "postcode": "", "telephone": ""}).problems == []


def test_text_that_is_too_long_is_cut_and_told() -> None:
    found = record({"name": "N" * 300, "profile": "P" * 5000})
    assert (len(found.name), len(found.values["profile"])) == (200, 4000)
    assert {problem.field for problem in found.problems} == {"name", "profile"}


def test_markup_and_formulas_are_only_text() -> None:
    found = record({"name": "<script>alert(1)</script>", "profile": "=cmd|' /C calc'!A0"})
    assert found.name == "<script>alert(1)</script>"
    assert found.values["profile"] == "=cmd|' /C calc'!A0"


def test_unknown_column_put_to_other_information_keeps_its_heading() -> None:
    mapping = Mapping(("Service", "Cost", "Other info"), ("name", "other", "other"))
    values = read_row(Row(2, ["Harbour", "Free", "Step-free"]), mapping).values
    assert values["other_information"] == "Cost: Free\nStep-free"
