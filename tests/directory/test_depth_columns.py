"""Columns of a spreadsheet that say more of a service: as schools head them, and as they fill them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from directory.imports import readers
from directory.imports.guess import by_heading
from directory.models import Place, Service
from partnerships.models import Setting
from tests.directory.kit import bring, csv_file, numbers_of, school


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Age range", "ages"),
        ("Ages", "ages"),
        ("Cost", "cost"),
        ("Languages spoken", "languages"),
        ("Who can refer?", "referrers"),
        ("Eligibility", "who_for"),
        ("Exclusion criteria", "not_for"),
        ("Level of need", "levels"),
        ("SEND area", "need_areas"),
        ("Accessibility", "access"),
        ("Needs", "topics"),
        ("Referral form link", "referral_link"),
        ("Local authority", "council"),
        ("lat", "latitude"),
        ("Lon", "longitude"),
        ("lowest_admission_age", "min_age"),
        ("Other places", ""),
        ("Contacts in full", ""),
        ("In other languages", ""),
    ],
)
def test_headings_that_schools_write(heading: str, key: str) -> None:
    assert by_heading(heading) == key


@pytest.mark.parametrize(
    ("key", "cell", "expected"),
    [
        ("latitude", "53.398559", {"latitude": 53.398559}),
        ("longitude", "-2", {"longitude": -2.0}),
        ("ages", "5-16", {"min_age": 5, "max_age": 16}),
        ("ages", "5 to 16 years", {"min_age": 5, "max_age": 16}),
        ("ages", "11+", {"min_age": 11}),
        ("ages", "under 5s", {"max_age": 4}),
        ("ages", "up to 18", {"max_age": 18}),
        ("ages", "All ages", {}),
        ("cost", "Free of charge", {"cost": "free"}),
        ("cost", "£5 a session", {"cost": "paid", "cost_note": "£5 a session"}),
        ("cost", "Free for us; £50 for schools", {"cost": "some", "cost_note": "Free for us; £50 for schools"}),
        ("languages", "English; Klingon", {"languages": ["en"], "language_note": "Klingon"}),
        ("languages", "English; Urdu", {"languages": ["en", "ur"]}),
        ("levels", "Tier 2 / Tier 3", {"levels": ["early_help", "targeted"]}),
        ("need_areas", "Social, emotional and mental health", {"need_areas": ["semh"]}),
        ("need_areas", "SLCN; behaviour", {"need_areas": ["communication", "semh"]}),
        ("referrers", "Parents, GP and schools", {"referrers": ["family", "school", "gp"]}),
        ("topics", "sleep, money; debt", {"topics": ["sleep, money", "debt"]}),
        ("access", "Ramp, disabled toilet", {"access": ["step_free", "toilet"]}),
        ("waiting_weeks", "about 6 weeks", {"waiting_weeks": 6}),
        ("place_kind", "Online", {"place_kind": "online"}),
    ],
)  # fmt: skip
def test_cells_that_schools_write(key: str, cell: str, expected: dict[str, Any]) -> None:
    reading = readers.read(key, cell)
    reading.values.pop("also", None)
    assert reading.problems == []
    assert reading.values == expected


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("ages", "teenagers"),
        ("ages", "16 to 5"),
        ("levels", "purple"),
        ("access", "a friendly dog"),
        ("min_age", "-3"),
    ],
)
def test_cell_that_says_nothing_of_ours_is_told(key: str, cell: str) -> None:
    reading = readers.read(key, cell)
    assert reading.values == {}
    assert [value for value, _ in reading.problems] == [cell]


def test_who_may_refer_loses_nothing_that_was_written() -> None:
    cell = "School, but only after the family has signed the long form at home"
    reading = readers.read("referrers", cell)
    assert reading.values["referrers"] == ["family", "school"]
    assert reading.values["also"] == [f"Who may refer: {cell}"]


@pytest.fixture
def hillside(db: None) -> Setting:
    return school()


def test_list_with_depth_comes_in(hillside: Setting, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "Service name,Age range,Cost,Languages,Who can refer,Eligibility\n"
        "Harbour,5-16,Free,English; Polish,Families; School,Children who lost somebody\n",
    )
    report = bring(file, hillside)
    assert (report["kept"], report["bad"]) == (1, [])
    service = Service.objects.get()
    assert (service.min_age, service.max_age, service.cost) == (5, 16, "free")
    assert (service.languages, service.referrers) == (["en", "pl"], ["family", "school"])
    assert service.who_for == "Children who lost somebody"


def test_coordinates_of_open_data_come_in_and_stay_rough_where_an_address_is_withheld(
    hillside: Setting, tmp_path: Path
) -> None:
    """Where they are degrees, and both are said; of a grid they are left alone."""
    text = (
        "Name,Address withheld,lat,lon,Town\n"
        "Harbour,no,53.398559,-2.315695,Wexcombe\n"
        "Half,no,53.398559,,Wexcombe\n"
        "Safe,yes,53.398559,-2.315695,Wexcombe\n"
    )
    for outcome in ("new", "same"):
        assert bring(csv_file(tmp_path, text), hillside)[outcome] == 3
    places = Place.objects.order_by("service__name").values_list("latitude", "longitude")
    assert list(places) == [(None, None), (53.398559, -2.315695), (53.4, -2.32)]
    grid = "Name,Long,Lat\nKite,376543,392345\n"
    assert bring(csv_file(tmp_path, grid), hillside)["headings"] == {
        "Name": "name",
        "Long": None,
        "Lat": None,
    }


def test_words_in_one_of_two_columns_of_numbers_are_one_row_to_check(
    hillside: Setting, tmp_path: Path
) -> None:
    file = csv_file(tmp_path, "Service name,Telephone 1,Telephone 2\nHarbour,01632 960 318,abc\n")
    report = bring(file, hillside)
    assert [(bad["row"], bad["field"], bad["value"]) for bad in report["bad"]] == [(2, "telephone", "abc")]
    service = Service.objects.get()
    assert numbers_of(service) == ["01632 960 318"]
    assert service.phones.get().note == ""


def test_list_without_names_says_so(hillside: Setting, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path, "Telephone,E-mail\n01632 960 318,a@b.example.org\n01632 960 319,c@b.example.org\n"
    )
    with pytest.raises(CommandError, match="No column of this list looks like names") as caught:
        bring(file, hillside)
    assert caught.value.returncode == 1
    assert not Service.objects.exists()
