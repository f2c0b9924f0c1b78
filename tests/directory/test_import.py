"""import_services: what comes in, what is reported, and that bringing it again changes nothing."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from directory.models import Phone, Service
from partnerships.models import Partnership, Setting
from tests.directory.kit import bring, csv_file, numbers_of, place_of, school, sheet, workbook

pytestmark = pytest.mark.django_db

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
COUNTS = ("kept", "new", "changed", "same")


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in COUNTS)


def test_report_has_the_agreed_keys(hillside: Setting, tmp_path: Path) -> None:
    report = bring(csv_file(tmp_path, "Service,Tel,Colour\nHarbour,nonsense,blue\n"), hillside)
    assert report == {
        "kept": 1,
        "new": 1,
        "changed": 0,
        "same": 0,
        "bad": [
            {
                "row": 2,
                "field": "telephone",
                "value": "nonsense",
                "problem": "Enter a telephone number, like 0161 496 0000",
            }
        ],
        "headings": {"Service": "name", "Tel": "telephone", "Colour": None},
    }


def test_new_sheet_is_private_kept_by_the_school_and_on_its_list(hillside: Setting, tmp_path: Path) -> None:
    bring(csv_file(tmp_path, "Service,Sector,Room\nHarbour,Charity,Quiet room\n"), hillside)
    service = Service.visible_to(hillside).get()
    assert (service.visibility, service.steward, service.sector) == ("private", hillside, "voluntary")
    assert Partnership.objects.get().room == "Quiet room"


def test_every_field_of_the_sheet_comes_in(hillside: Setting, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    row = {
        "Service": "Harbour",
        "Organisation": "Harbour Trust",
        "What they do": "Helps.",
        "Address": "The Boathouse, 12 Quay Lane, Wexcombe WX4 2QL",
        "Contact": "Tom Whitlock",
        "Role": "worker",
        "Tel": 1632960318,
        "Fax": "01632 960319",
        "E-mail": "hello@harbour.example.org",
        "Website": "www.harbour.example.org",
        "Opening hours": "9 to 5",
        "1:1": "x",
        "Group support": "no",
        "How to refer": "Ring",
        "Other info": "Step-free",
        "Days": "Mon, Thu",
        "Notes": "Quick to answer",
    }
    file.write_bytes(workbook([list(row), list(row.values())]))
    assert bring(file, hillside)["bad"] == []
    service = Service.visible_to(hillside).get()
    assert place_of(service).lines == ["The Boathouse", "12 Quay Lane", "Wexcombe", "WX4 2QL"]
    assert str(service.contacts.get()) == "Tom Whitlock, worker"
    assert (numbers_of(service), numbers_of(service, Phone.Kind.FAX)) == (
        ["01632 960 318"],
        ["01632 960 319"],
    )
    assert (service.email, service.website) == (
        "hello@harbour.example.org",
        "https://www.harbour.example.org",
    )
    assert (service.agency.name, service.offers, service.referral) == (
        "Harbour Trust",
        ["one_to_one"],
        "Ring",
    )
    assert (service.other_information, service.opening_times.get().words) == ("Step-free", "9 to 5")
    partnership = service.partnerships.get()
    assert (partnership.days, partnership.notes) == (["MO", "TH"], "Quick to answer")


def test_row_without_a_name_is_reported_and_not_kept(hillside: Setting, tmp_path: Path) -> None:
    report = bring(csv_file(tmp_path, "Service,Tel\n,01632 960318\n,\nHarbour,01632 960319\n"), hillside)
    assert counts(report) == (1, 1, 0, 0)
    assert [(bad["row"], bad["field"]) for bad in report["bad"]] == [(2, "name")]


def test_each_thing_that_cannot_be_read_is_one_entry(hillside: Setting, tmp_path: Path) -> None:
    text = "Name,Postcode,Tel,Email,Web\nHarbour,nowhere,x y z,no-at-sign,not a site\n"
    report = bring(csv_file(tmp_path, text), hillside)
    assert [bad["field"] for bad in report["bad"]] == ["postcode", "telephone", "email", "website"]
    assert counts(report) == (1, 1, 0, 0)


def test_same_service_twice_counts_against_the_first(hillside: Setting, tmp_path: Path) -> None:
    text = (
        "Name,Postcode,Tel,Web\nHarbour,WX4 2QL,01632 960318,\n"
        "HARBOUR ,wx42ql,01632 960318,\nHarbour,WX4 2QL,,www.harbour.example.org\n"
    )
    assert counts(bring(csv_file(tmp_path, text), hillside)) == (3, 1, 1, 1)
    service = Service.visible_to(hillside).get()
    assert (service.name, service.website) == ("Harbour", "https://www.harbour.example.org")


def test_rows_that_contradict_each_other_settle(hillside: Setting, tmp_path: Path) -> None:
    """The last word counts; the same list again changes nothing."""
    file = csv_file(tmp_path, "Name,Postcode,Profile\nHarbour,WX4 2QL,First\nHarbour,WX4 2QL,Second\n")
    assert counts(bring(file, hillside)) == (2, 1, 1, 0)
    assert Service.visible_to(hillside).get().profile == "Second"
    assert counts(bring(file, hillside)) == (2, 0, 0, 2)


def test_branches_with_one_name_and_number_stay_two(hillside: Setting, tmp_path: Path) -> None:
    text = "Name,Postcode,Tel\nBeing There,M41 5SN,0845 123 2329\nBeing There,M23 9LT,0845 123 2329\n"
    file = csv_file(tmp_path, text)
    assert counts(bring(file, hillside)) == (2, 2, 0, 0)
    assert counts(bring(file, hillside)) == (2, 0, 0, 2)


def test_service_that_moved_is_changed_not_doubled(hillside: Setting, tmp_path: Path) -> None:
    service = sheet(hillside)
    text = 'Name,Address,Postcode,Tel\nHarbour,"1 Hill Road, Sale",M33 7HH,01632 960318\n'
    assert counts(bring(csv_file(tmp_path, text), hillside)) == (1, 0, 1, 0)
    assert place_of(service).lines == ["1 Hill Road", "Sale", "M33 7HH"]


def test_empty_cells_wipe_nothing(hillside: Setting, tmp_path: Path) -> None:
    service = sheet(hillside)
    bring(csv_file(tmp_path, "Name,Postcode,Tel,Profile,Email\nHarbour,WX4 2QL,,,N/A\n"), hillside)
    service.refresh_from_db()
    assert service.profile == "Helps children who have lost somebody close."
    assert (service.email, numbers_of(service)) == ("hello@harbour.example.org", ["01632 960 318"])


def test_dry_run_writes_nothing(hillside: Setting, tmp_path: Path) -> None:
    report = bring(csv_file(tmp_path, "Name\nHarbour\n"), hillside, dry_run=True)
    assert counts(report) == (1, 1, 0, 0)
    assert not Service.visible_to(hillside).exists()


def test_service_taken_off_the_list_comes_back(hillside: Setting, tmp_path: Path) -> None:
    file = csv_file(tmp_path, "Name,Postcode\nHarbour,WX4 2QL\n")
    bring(file, hillside)
    service = Service.visible_to(hillside).get()
    call_command("import_services", str(file), setting="hillside", dry_run=True)
    service.partnerships.update(ended_on="2020-01-01")
    assert counts(bring(file, hillside)) == (1, 0, 1, 0)
    assert Service.visible_to(hillside).get() == service


def test_sheet_that_another_school_keeps_is_never_changed(hillside: Setting, tmp_path: Path) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    hillside.partnerships.create(service=theirs)
    file = csv_file(tmp_path, "Name,Postcode,Profile,Room\nHarbour,WX4 2QL,Ours now,Room 3\n")
    assert counts(bring(file, hillside)) == (1, 0, 1, 0)
    assert counts(bring(file, hillside)) == (1, 0, 0, 1)
    theirs.refresh_from_db()
    assert theirs.profile == "Helps children who have lost somebody close."
    assert hillside.partnerships.get().room == "Room 3"


def test_private_sheet_of_another_school_is_not_met(
    hillside: Setting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet(school("riverside"), profile="Zanzibar")
    file = csv_file(tmp_path, "Name,Postcode,Tel\nHarbour,WX4 2QL,01632 960318\n")
    assert counts(bring(file, hillside)) == (1, 1, 0, 0)
    assert "another school" not in capsys.readouterr().out
    assert Service.visible_to(hillside).get().profile == ""


def test_listed_sheet_of_another_school_is_named(
    hillside: Setting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet(school("riverside"), visibility="listed")
    bring(csv_file(tmp_path, "Name,Postcode\nHarbour,WX4 2QL\n"), hillside)
    assert "another school already lists “Harbour”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "code"), [("a.csv", b"%PDF-1.7", 1), ("a.json", b"[]", 1), ("a.csv", b"", 1)]
)
def test_file_that_cannot_be_read_ends_with_words(
    hillside: Setting, tmp_path: Path, name: str, data: bytes, code: int
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(CommandError) as caught:
        call_command("import_services", str(file), setting="hillside")
    assert caught.value.returncode == code
    assert str(caught.value).endswith(".")


def test_unknown_setting_and_missing_file_are_told(hillside: Setting, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no setting"):
        call_command("import_services", str(csv_file(tmp_path, "Name\nA\n")), setting="nowhere")
    with pytest.raises(CommandError, match="can’t be read"):
        call_command("import_services", str(tmp_path / "none.csv"), setting="hillside")


def test_many_rows_cost_a_constant_number_of_queries(
    hillside: Setting, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    def text(count: int) -> str:
        rows = [
            f"Service {n},Trust {n % 7},WX4 {n % 9}QL,01632 96{n:04},www.site{n}.example"
            for n in range(count)
        ]
        return "Name,Organisation,Postcode,Tel,Web\n" + "\n".join(rows)

    with django_assert_max_num_queries(30):
        bring(csv_file(tmp_path, text(300)), hillside)
    assert Service.visible_to(hillside).count() == 300
    with django_assert_max_num_queries(24):
        assert counts(bring(csv_file(tmp_path, text(300)), hillside)) == (300, 0, 0, 300)


OPEN_DATA = {
    "trafford_mental_health_services.csv": (60, [(50, "postcode", "WA154 1HF")]),
    "trafford_general_practices.csv": (26, []),
    "trafford_schools_and_colleges.csv": (103, []),
}


@pytest.mark.skipif(not DATA.exists(), reason="the open data is not here")
@pytest.mark.parametrize("name", OPEN_DATA)
def test_open_data_comes_in_whole_and_a_second_time_without_a_change(
    hillside: Setting, tmp_path: Path, name: str
) -> None:
    count, bad = OPEN_DATA[name]
    rows = (DATA / name).read_text().splitlines()
    file = csv_file(tmp_path, "\n".join(rows), "cp1252", name)
    first = bring(file, hillside)
    assert counts(first) == (count, count, 0, 0)
    assert [(each["row"], each["field"], each["value"]) for each in first["bad"]] == bad
    shuffled = rows[1:]
    random.Random(7).shuffle(shuffled)
    again = bring(csv_file(tmp_path, "\n".join([rows[0], *shuffled]), "utf-16", name), hillside)
    assert counts(again) == (count, 0, 0, count)
