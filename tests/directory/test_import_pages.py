"""Bringing a spreadsheet in the browser: upload, columns, preview, bring in, rows to check."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from directory.imports import batches
from directory.models import ImportBatch, ImportRow, Service
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import numbers_of, place_of, school, sheet, url, workbook
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db

LIST = (
    "Our partners 2026,,,\n"
    "Who,What they do,Tel,Postcode\n"
    "Harbour,Bereavement,01632 960318,WX4 2QL\n"
    "Kite,Counselling,ring us,WA154 1HF\n"
    ",Nobody knows,01632 960319,\n"
    "HEALTH,,,\n"
)


def upload(client: Client, setting: Setting, data: bytes, name: str = "list.csv") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(url("import_start", setting), {"file": file}, follow=True)


def mapped(batch: ImportBatch, **changes: str) -> dict[str, str]:
    """What the page of columns sends; `changes` by heading."""
    keys = {**batch.mapping, **changes}
    return {f"column_{at}": keys[heading] for at, heading in enumerate(batch.headings)}


def brought(client: Client, setting: Setting, data: bytes = LIST.encode(), **choices: str) -> ImportBatch:
    """The whole way with one list."""
    upload(client, setting, data)
    batch = setting.imports.latest("created_at")
    client.post(url("import_columns", setting, batch.pk), mapped(batch))
    client.post(url("bring_in", setting, batch.pk), choices)
    batch.refresh_from_db()
    return batch


def test_headings_are_guessed_and_shown_with_what_stands_below(hillside: Setting, amara: Membership) -> None:
    response = upload(client_of(amara), hillside, LIST.encode("cp1252"))
    batch = hillside.imports.get()
    assert batch.heading_row == 2
    assert batch.mapping == {
        "Who": "name",
        "What they do": "profile",
        "Tel": "telephone",
        "Postcode": "postcode",
    }
    shown = words_of(response)
    for words in ("What is in each column?", "Bereavement", "01632 960318", "4 rows"):
        assert words in shown
    assert not Service.visible_to(hillside).exists()


def test_person_says_what_a_column_is(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    upload(client, hillside, b"Foo,Bar\nHarbour,Bereavement\nKite,Counselling\n")
    batch = hillside.imports.get()
    client.post(url("import_columns", hillside, batch.pk), mapped(batch, Foo="profile", Bar="name"))
    client.post(url("bring_in", hillside, batch.pk))
    assert {service.name for service in Service.visible_to(hillside)} == {"Bereavement", "Counselling"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Who": ""}, "Say which column holds the name"),
        ({"Tel": "postcode"}, "Only one column can be “Postcode”"),
    ],
)
def test_columns_that_cannot_be_are_told(
    hillside: Setting, amara: Membership, changes: dict[str, str], words: str
) -> None:
    client = client_of(amara)
    upload(client, hillside, LIST.encode())
    batch = hillside.imports.get()
    response = client.post(url("import_columns", hillside, batch.pk), mapped(batch, **changes))
    assert words in words_of(response)


def test_what_was_said_of_a_heading_counts_for_the_next_list(hillside: Setting, amara: Membership) -> None:
    """A column that we did not understand is looked at again; one that somebody chose not to use is not used."""
    client = client_of(amara)
    for text in (
        "Name,Ref,Last checked,About\nHarbour,7,tomorrow,Helps\n",
        "Name,Ref,Last checked,About,Colour\nHarbour,7,2026-03-03,Helps,red\n",
    ):
        upload(client, hillside, text.encode())
        batch = hillside.imports.latest("created_at")
        assert batch.mapping["Ref"] == ""
        client.post(url("import_columns", hillside, batch.pk), mapped(batch, About=""))
    expected = {"Name": "name", "Ref": "", "Last checked": "confirmed_on", "About": "", "Colour": ""}
    batch.refresh_from_db()
    assert batch.mapping == expected


def test_another_row_may_hold_the_headings(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    upload(client, hillside, b"Harbour,01632 960318\nName,Phone\nKite,01632 960319\n")
    batch = hillside.imports.get()
    client.post(url("choose_headings", hillside, batch.pk), {"heading_row": "0"})
    batch.refresh_from_db()
    assert (batch.heading_row, batch.headings) == (0, ["Column A", "Column B"])
    client.post(url("choose_headings", hillside, batch.pk), {"heading_row": "2"})
    batch.refresh_from_db()
    assert (batch.heading_row, batch.headings) == (2, ["Name", "Phone"])


def test_preview_tells_what_will_happen_and_writes_nothing(hillside: Setting, amara: Membership) -> None:
    sheet(hillside, profile="Old words", telephone=[("01632 960 318", "")])
    client = client_of(amara)
    upload(client, hillside, LIST.encode())
    batch = hillside.imports.get()
    shown = words_of(client.post(url("import_columns", hillside, batch.pk), mapped(batch), follow=True))
    for words in (
        *("Nothing is saved yet", "Old words", "Bereavement", "Kite", "WA154 1HF", "Enter a full postcode"),
        *("Enter the name of the organisation", "Leave out row 6: HEALTH"),
    ):
        assert words in shown
    assert [service.profile for service in Service.visible_to(hillside)] == ["Old words"]


def test_good_rows_come_in_and_the_others_wait(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside, leave_6="1")
    assert {service.name for service in Service.visible_to(hillside)} == {"Harbour", "Kite"}
    assert list(batch.rows.values_list("number", flat=True)) == [4, 5]
    shown = words_of(client.get(url("import_result", hillside, batch.pk)))
    for words in ("2 new", "1 left out", "Two rows to check", "ring us", "WA154 1HF", "A row without a name"):
        assert words in shown


def test_bringing_in_twice_is_harmless(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside)
    done = batch.done_at
    client.post(url("bring_in", hillside, batch.pk))
    batch.refresh_from_db()
    assert batch.done_at == done
    assert Service.visible_to(hillside).count() == 3


def test_row_is_mended_on_the_page(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside)
    address = url("mend_row", hillside, batch.pk, 4)
    shown = words_of(client.get(address))
    assert 'value="ring us"' in shown
    assert "Counselling" in shown
    still = words_of(client.post(address, {"problem_0": "ring us", "problem_1": "WA15 1HF"}))
    assert "Enter a telephone number, like 0161 496 0000" in still
    client.post(address, {"problem_0": "01632 960 320", "problem_1": "wa15 1hf"})
    kite = Service.visible_to(hillside).get(name="Kite")
    assert numbers_of(kite) == ["01632 960 320"]
    assert place_of(kite).postcode == "WA15 1HF"
    assert client.get(address).status_code == 404


def test_mended_number_comes_to_those_that_could_be_read(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside, b"Name,Tel\nHarbour,01632 960318 / 01632 96\n")
    client.post(url("mend_row", hillside, batch.pk, 2), {"problem_0": "01632 960 319"})
    assert numbers_of(Service.visible_to(hillside).get()) == ["01632 960 318", "01632 960 319"]


def test_row_without_a_name_comes_in_once_it_has_one(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside)
    address = url("mend_row", hillside, batch.pk, 5)
    assert "Fill in “Name" in words_of(client.post(address, {"problem_0": ""}))
    client.post(address, {"problem_0": "Listening Ear"})
    service = Service.visible_to(hillside).get(name="Listening Ear")
    assert (service.profile, numbers_of(service)) == ("Nobody knows", ["01632 960 319"])


def test_row_may_stay_as_it_is(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside)
    for number in (4, 5):
        client.post(url("leave_row", hillside, batch.pk, number))
    assert "All rows are in order" in words_of(client.get(url("import_result", hillside, batch.pk)))
    assert not ImportRow.objects.to_check().exists()


def test_sheet_that_another_school_lists_is_used_when_chosen(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed", profile="Theirs")
    client = client_of(amara)
    data = b"Name,Postcode,Profile,Room\nHarbour,WX4 2QL,Ours,Room 3\n"
    upload(client, hillside, data)
    batch = hillside.imports.get()
    shown = words_of(client.post(url("import_columns", hillside, batch.pk), mapped(batch), follow=True))
    assert "Listed by another school" in shown
    assert f'value="{theirs.pk}" id="link_2_1" checked' in shown
    client.post(url("bring_in", hillside, batch.pk), {"link_2": str(theirs.pk)})
    assert Service.visible_to(hillside).get() == theirs
    assert hillside.partnerships.get().room == "Room 3"
    theirs.refresh_from_db()
    assert theirs.profile == "Theirs"


def test_own_service_under_another_name_is_brought_up_to_date_when_chosen(
    hillside: Setting, amara: Membership
) -> None:
    ours = sheet(hillside, name="Harbour: bereavement support")
    client = client_of(amara)
    upload(client, hillside, b"Name,Tel,Profile,Room\nHarbour,01632 960318,New words,Room 3\n")
    batch = hillside.imports.get()
    shown = words_of(client.post(url("import_columns", hillside, batch.pk), mapped(batch), follow=True))
    assert "On your list already" in shown
    assert f'value="{ours.pk}" id="link_2_1">' in shown
    client.post(url("bring_in", hillside, batch.pk), {"link_2": str(ours.pk)})
    found = Service.visible_to(hillside).get()
    assert (found.pk, found.name, found.profile) == (ours.pk, "Harbour: bereavement support", "New words")
    assert hillside.partnerships.get().room == "Room 3"


def test_sheet_that_was_not_proposed_cannot_be_linked(hillside: Setting, amara: Membership) -> None:
    hidden = sheet(school("riverside"), name="Zanzibar")
    batch = brought(client_of(amara), hillside, b"Name\nHarbour\n", link_2=str(hidden.pk))
    assert batch.state == ImportBatch.State.DONE
    assert hillside.partnerships.get().service != hidden


def test_sector_is_chosen_for_rows_that_name_none(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    upload(client, hillside, b"Name,Sector\nHarbour,\nClinic,Health\n")
    batch = hillside.imports.get()
    client.post(url("import_columns", hillside, batch.pk), {**mapped(batch), "sector": "voluntary"})
    client.post(url("bring_in", hillside, batch.pk))
    sectors = dict(Service.visible_to(hillside).values_list("name", "sector"))
    assert sectors == {"Harbour": "voluntary", "Clinic": "health"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("list.pdf", b"%PDF-1.7", "This is a PDF, not a spreadsheet"),
        ("list.csv", b"", "This file is empty"),
        ("list.json", b"[]", "no services"),
        ("list.xlsx", b"PK\x03\x04rest", "can’t be opened"),
        ("list.csv", b"Name\n" + b"Harbour\n" * 100_000, "more than 20,000 rows"),
    ],
)
def test_file_that_cannot_be_read_is_told_on_the_page(
    hillside: Setting, amara: Membership, name: str, data: bytes, words: str
) -> None:
    assert words in words_of(upload(client_of(amara), hillside, data, name))
    assert not hillside.imports.exists()


def test_workbook_comes_in_as_well(hillside: Setting, amara: Membership) -> None:
    brought(client_of(amara), hillside, workbook([["Name", "Tel"], ["Harbour", 1632960318]]))
    assert numbers_of(Service.visible_to(hillside).get()) == ["01632 960 318"]


def test_words_about_a_child_are_pointed_out_before_they_come_in(
    hillside: Setting, amara: Membership
) -> None:
    client = client_of(amara)
    upload(client, hillside, b"Name,Notes,Checked\nHarbour,They know Jayden Brooks in Year 4 well,3/3/2020\n")
    batch = hillside.imports.get()
    shown = words_of(client.post(url("import_columns", hillside, batch.pk), mapped(batch), follow=True))
    assert "Is this about a child?" in shown
    assert "Jayden Brooks in Year 4" in shown
    assert "3/3/2020" not in shown


def test_dropped_and_forgotten_files_leave_nothing(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    upload(client, hillside, LIST.encode())
    dropped = hillside.imports.get()
    client.post(url("drop_import", hillside, dropped.pk))
    upload(client, hillside, LIST.encode())
    old = hillside.imports.get(state=ImportBatch.State.MAPPING)
    ImportBatch.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    batches.forget_unfinished(timezone.localdate())
    assert not ImportRow.objects.exists()
    assert not hillside.imports.exclude(state=ImportBatch.State.DROPPED).exists()
    assert not Service.visible_to(hillside).exists()


def test_row_whose_number_is_none_changes_nothing(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    upload(client, hillside, LIST.encode())
    batch = hillside.imports.get()
    for number in ("9" * 5000, "²", "-1", "x"):
        for name, typed in (("choose_headings", "heading_row"), ("choose_rows", "shown")):
            hillside.imports.update(state="mapping" if name == "choose_headings" else "preview")
            assert client.post(url(name, hillside, batch.pk), {typed: number}).status_code == 302


def test_import_of_another_school_does_not_exist(hillside: Setting, amara: Membership) -> None:
    riverside = school("riverside")
    sofia = member(riverside)
    batch = brought(client_of(sofia), riverside)
    client = client_of(amara)
    for name in ("import_result", "import_preview", "import_columns"):
        assert client.get(url(name, hillside, batch.pk)).status_code == 404
    assert client.post(url("mend_row", hillside, batch.pk, 4), {"problem_0": "x"}).status_code == 404


def test_only_coordinators_bring_lists(hillside: Setting) -> None:
    for role in (Role.PRACTITIONER, Role.STAFF, Role.GOVERNOR):
        assert upload(client_of(member(hillside, role)), hillside, LIST.encode()).status_code == 403
    assert not hillside.imports.exists()
