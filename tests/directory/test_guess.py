"""What each column of somebody's spreadsheet is: lists as schools really keep them, each headed differently."""

import pytest

from directory.imports import guess
from directory.imports.files import read_file
from directory.imports.rows import Row


def mapping_of(text: str) -> dict[str, str | None]:
    rows = read_file("list.csv", text.encode())
    at = guess.find_headings(rows)
    return guess.guess(guess.headings_of(rows, at), rows[at + 1 :]).as_report()


LISTS: dict[str, tuple[str, dict[str, str | None]]] = {
    "open data": (
        "name,description,address,postcode,telephone,website,lon\nA,B,C,M4 4DE,0161 832 3736,www.a.org,-2.3",
        {
            "name": "name",
            "description": "profile",
            "address": "address",
            "postcode": "postcode",
            "telephone": "telephone",
            "website": "website",
            "lon": "longitude",
        },
    ),
    "agency and person": (
        "Agency,Name,Role,Tel. No.,E-mail\nHarbour,Tom Whitlock,Family worker,01632 960318,t@a.org\n"
        "Castle Homes,Shabana Malik,Officer,01632 960319,s@a.org",
        {
            "Agency": "name",
            "Name": "contact_person",
            "Role": "contact_role",
            "Tel. No.": "telephone",
            "E-mail": "email",
        },
    ),
    "organisation and service": (
        "Organisation,Service name,What they do,Who to contact,Contact No,Web,How do we refer?,Notes\n"
        "NHS trust,School nursing,Listens,Priya Raman,01632 960210,www.a.org,Ring,Slow to answer",
        {
            "Organisation": "agency",
            "Service name": "name",
            "What they do": "profile",
            "Who to contact": "contact_person",
            "Contact No": "telephone",
            "Web": "website",
            "How do we refer?": "referral",
            "Notes": "notes",
        },
    ),
    "slips of the pen": (
        "Orgnisation,Adress,Telphone,Post code,Webiste\nHarbour,1 Quay Lane,01632 960318,WX4 2QL,www.a.org",
        {
            "Orgnisation": "name",
            "Adress": "address",
            "Telphone": "telephone",
            "Post code": "postcode",
            "Webiste": "website",
        },
    ),
    "address in parts, names in parts": (
        "SERVICE,ADDRESS LINE 1,ADDRESS LINE 2,TOWN,POSTCODE,FIRST NAME,SURNAME,JOB TITLE\n"
        "Harbour,The Boathouse,12 Quay Lane,Wexcombe,WX4 2QL,Tom,Whitlock,worker",
        {
            "SERVICE": "name",
            "ADDRESS LINE 1": "address",
            "ADDRESS LINE 2": "address_2",
            "TOWN": "city",
            "POSTCODE": "postcode",
            "FIRST NAME": "contact_first",
            "SURNAME": "contact_last",
            "JOB TITLE": "contact_role",
        },
    ),
    "ticks and days": (
        "Provider;1:1;Group work;Outreach;Day in school;Room\nHarbour;x;;x;Mondays;Quiet room\nKite;;x;;Tue, Thu;6",
        {
            "Provider": "name",
            "1:1": "offers_one_to_one",
            "Group work": "offers_group",
            "Outreach": "offers_outreach",
            "Day in school": "days",
            "Room": "room",
        },
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_headings_of_a_list_are_understood(kind: str) -> None:
    text, expected = LISTS[kind]
    assert mapping_of(text) == expected


def test_title_lines_above_the_headings_are_passed_over() -> None:
    titles = "Hillside Primary School,,\nOur contacts 2026,,\n,,\n"
    rows = read_file("list.csv", f"{titles}Name,Phone,Town\nHarbour,01632 960318,Sale\n".encode())
    assert rows[guess.find_headings(rows)].number == 4


def test_columns_under_headings_that_say_nothing_are_known_by_their_cells() -> None:
    text = "Wer,Wie,Wo,Was\nHarbour,01632 960318,WX4 2QL,a@b.org\nKite,01632 960319,WX4 2QN,c@d.org"
    assert mapping_of(text) == {"Wer": "name", "Wie": "telephone", "Wo": "postcode", "Was": "email"}


def test_list_without_headings_begins_with_its_first_row() -> None:
    rows = read_file(
        "list.csv", b"Harbour,01632 960318,www.harbour.example\nKite,01632 960319,www.kite.example\n"
    )
    assert guess.find_headings(rows) == -1
    assert guess.headings_of(rows, -1) == ("Column A", "Column B", "Column C")
    assert guess.guess(guess.headings_of(rows, -1), rows).keys == ("name", "telephone", "website")


def test_bare_list_of_names_has_no_headings() -> None:
    assert guess.find_headings(read_file("list.csv", b"Harbour\nKite\n")) == -1
    assert guess.find_headings(read_file("list.csv", b"Name\nHarbour\nKite\n")) == 0
    assert guess.find_headings(read_file("list.csv", b"Foo,Bar\nHarbour,Grief\n")) == 0


def test_headings_that_stand_twice_or_are_missing_get_names_of_their_own() -> None:
    rows = [
        Row(1, ["Name", "Phone", "", "Phone", "Name"]),
        Row(2, ["A", "01632 960318", "x", "01632 960319", "B"]),
    ]
    headings = guess.headings_of(rows, 0)
    assert headings == ("Name", "Phone", "Column C", "Phone (2)", "Name (2)")
    assert guess.guess(headings, rows[1:]).keys == ("name", "telephone", "", "telephone", "")


def test_heading_is_not_believed_when_its_cells_say_otherwise() -> None:
    """Of schools the capacity is a number of pupils, the type no sector, and the contact may be a number."""
    text = "name,type,capacity,contact,religion\n" + "\n".join(
        f"School {n},Academies,{200 + n},01632 96{n:04},None" for n in range(12)
    )
    assert mapping_of(text) == {
        "name": "name",
        "type": None,
        "capacity": None,
        "contact": "telephone",
        "religion": None,
    }
