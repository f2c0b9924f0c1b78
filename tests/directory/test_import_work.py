"""The long work of an import: in the background, once and whole; and the whole of it taken back."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from directory import tasks
from directory.imports import batches, taking_back, working
from directory.imports.records import Problem, Record
from directory.models import ImportBatch, ImportedSheet, Phone, Place, Postcode, Service
from directory.sheet.saving import update_sheet
from directory.sheet.values import values_of
from directory.sheet.whereabouts import Person
from partnerships.models import Membership, Setting
from tests.directory.kit import bring, csv_file, numbers_of, school, sheet, url
from tests.directory.test_import_pages import brought, mapped, upload
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db

LIST = b"Name,Postcode,Tel,What they do\nHarbour,WX4 2QL,01632 960318,New words\nKite,M15 4HF,01632 960319,Helps\n"
State = ImportBatch.State


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is long enough for the background."""
    monkeypatch.setattr(tasks, "AT_ONCE", 0)


def carried_on(batch: ImportBatch) -> ImportBatch:
    working.carry_on(batch.pk)
    batch.refresh_from_db()
    return batch


def previewed(amara: Membership, data: bytes = LIST) -> ImportBatch:
    upload(client_of(amara), amara.setting, data)
    batch = amara.setting.imports.get()
    client_of(amara).post(url("import_columns", amara.setting, batch.pk), mapped(batch))
    batch.refresh_from_db()
    return batch


@pytest.mark.usefixtures("slow")
def test_long_list_is_read_and_brought_in_the_background(hillside: Setting, amara: Membership) -> None:
    client, batch = client_of(amara), previewed(amara)
    assert batch.state == State.READING
    assert "0 of 2 rows read" in words_of(client.get(url("import_preview", hillside, batch.pk), follow=True))
    assert carried_on(batch).state == State.PREVIEW
    client.post(url("bring_in", hillside, batch.pk))
    client.post(url("bring_in", hillside, batch.pk))
    assert "Being brought in" in words_of(client.get(url("import_result", hillside, batch.pk), follow=True))
    assert not Service.visible_to(hillside).exists()
    for _ in range(2):
        assert carried_on(batch).state == State.DONE
    assert Service.visible_to(hillside).count() == 2


@pytest.mark.usefixtures("slow")
def test_progress_is_told_as_it_goes_and_the_page_moves_on_by_itself(
    hillside: Setting, amara: Membership
) -> None:
    client, batch = client_of(amara), previewed(amara)
    polled = {"HX-Request": "true", "HX-Target": "progress"}
    page = client.get(url("import_detail", hillside, batch.pk), headers=polled)
    assert page.content.decode().strip().startswith('<div id="progress"')
    carried_on(batch)
    assert (
        client.get(url("import_detail", hillside, batch.pk), headers=polled).headers["HX-Refresh"] == "true"
    )


@pytest.mark.usefixtures("slow")
def test_work_whose_worker_died_is_taken_up_again(amara: Membership) -> None:
    batch = previewed(amara)
    DBTaskResult.objects.all().delete()
    tasks.take_up_imports(timezone.localdate())
    assert not DBTaskResult.objects.exists()
    ImportBatch.objects.update(moved_at=timezone.now() - timedelta(minutes=3))
    tasks.take_up_imports(timezone.localdate())
    tasks.take_up_imports(timezone.localdate())
    assert DBTaskResult.objects.count() == 1
    assert carried_on(batch).state == State.PREVIEW


@pytest.mark.usefixtures("slow")
def test_failure_brings_nothing_in_and_can_be_tried_again(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, batch = client_of(amara), carried_on(previewed(amara))
    client.post(url("bring_in", hillside, batch.pk))
    with monkeypatch.context() as patch:
        patch.setattr(working, "_keep_rows_to_check", lambda *given: 1 / 0)
        assert carried_on(batch).state == State.FAILED
    assert not Service.visible_to(hillside).exists()
    assert "Nothing was brought in" in words_of(client.get(url("import_detail", hillside, batch.pk)))
    client.post(url("read_again", hillside, batch.pk))
    assert carried_on(batch).state == State.PREVIEW


def test_what_differs_from_the_preview_is_told(hillside: Setting, amara: Membership) -> None:
    batch = previewed(amara)
    sheet(hillside)
    shown = client_of(amara).post(url("bring_in", hillside, batch.pk), follow=True)
    shown = client_of(amara).get(url("import_result", hillside, batch.pk))
    assert "Row 2, Harbour: changed, not new as the preview said" in words_of(shown)
    assert Service.visible_to(hillside).count() == 2


def test_chosen_sheet_that_is_gone_makes_a_new_one_and_is_told(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    batch = previewed(amara)
    theirs.visibility = Service.Visibility.PRIVATE
    theirs.save()
    client_of(amara).post(url("bring_in", hillside, batch.pk))
    assert "no longer listed" in words_of(client_of(amara).get(url("import_result", hillside, batch.pk)))
    assert theirs not in Service.visible_to(hillside)


def test_choices_are_kept_from_page_to_page(hillside: Setting, amara: Membership) -> None:
    riverside = school("riverside")
    rows = [f"Service {number},WX{number} 2QL" for number in range(1, 31)]
    for number in range(1, 31):
        sheet(riverside, name=f"Service {number}", postcode=f"WX{number} 2QL", visibility="listed")
    batch = previewed(amara, "\n".join(["Name,Postcode", *rows]).encode())
    client, address = client_of(amara), url("choose_rows", hillside, batch.pk)
    response = client.post(address, {"show": "matches", "next": "2", "shown": ["2", "3"], "link_2": ""})
    assert response.headers["Location"].endswith("?show=matches&page=2")
    assert "26 to 30 of 30 rows" in words_of(client.get(response.headers["Location"]))
    client.post(url("bring_in", hillside, batch.pk))
    kept = Service.visible_to(hillside).filter(steward=hillside).values_list("name", flat=True)
    assert sorted(kept) == ["Service 1", "Service 2"]


def test_what_a_heading_means_is_remembered(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    for _ in range(2):
        upload(client, hillside, b"Foo,Bar,Tel\nHarbour,Bereavement,01632 960318\n")
        batch = hillside.imports.first()
        assert batch is not None
        said = mapped(batch, Foo="name", Bar="profile", Tel="")
        client.post(url("import_columns", hillside, batch.pk), said)
    assert batch is not None
    assert batch.mapping == {"Foo": "name", "Bar": "profile", "Tel": ""}
    upload(
        client_of(member(school("riverside"))), Setting.objects.get(slug="riverside"), b"Foo,Bar\nHarbour,x\n"
    )
    assert Setting.objects.get(slug="riverside").imports.get().mapping["Bar"] == ""


def test_rows_to_check_are_mended_in_a_spreadsheet_and_brought_again(
    hillside: Setting, amara: Membership
) -> None:
    client = client_of(amara)
    batch = brought(
        client, hillside, b"Name,Postcode,Tel\nHarbour,WX4 2QL,=ring us\nKite,M15 4HF,01632 960319\n"
    )
    content = client.get(url("download_rows", hillside, batch.pk)).content
    book = openpyxl.load_workbook(BytesIO(content))
    rows: Any = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["What to put right", "Name", "Postcode", "Tel"]
    assert rows[1][0].startswith("Telephone “=ring us”: Enter a telephone number")
    assert book.active["D2"].data_type == "s"
    book.active["D2"] = "01632 960318"
    out = BytesIO()
    book.save(out)
    upload(client, hillside, out.getvalue(), "again.xlsx")
    again = hillside.imports.first()
    assert again is not None
    assert again.mapping["What to put right"] == ""
    client.post(url("import_columns", hillside, again.pk), mapped(again))
    client.post(url("bring_in", hillside, again.pk))
    assert numbers_of(Service.visible_to(hillside).get(name="Harbour")) == ["01632 960 318"]


@pytest.mark.parametrize(
    ("come", "left"),
    [
        ("What to put right,Name,Postcode,Tel\nx,Harbour,WX4 2QL,01632960318\n", [3, 4]),
        ("What to put right,Name,Postcode,Tel\nx,Kite,M15 4HF,no\ny,Grove,WX5 2PN,01632960320\n", [2]),
        ("What to put right,Name,Postcode,Tel\nx,Harbour,WX4 2QX,01632960318\n", [2, 3, 4]),
        ("Name,Postcode,Tel\nHarbour,WX4 2QL,01632960318\n", [2, 3, 4]),
    ],
)
def test_rows_that_come_again_put_right_are_no_longer_to_check(
    hillside: Setting, amara: Membership, come: str, left: list[int]
) -> None:
    """Those of the download that were left out, or are another service now, still are."""
    client = client_of(amara)
    rows = b"Harbour,WX4 2QL,ring\nKite,M15 4HF,ring\n,WX5 2PN,01632960320\n"
    batch = brought(client, hillside, b"Name,Postcode,Tel\n" + rows)
    assert batch.rows.to_check().count() == 3
    brought(client, hillside, come.encode())
    assert [row.number for row in batch.rows.to_check()] == left


def taken_back(amara: Membership, batch: ImportBatch) -> str:
    """The words of the page that asks, once it has been done."""
    address = url("undo_import", amara.setting, batch.pk)
    shown = words_of(client_of(amara).get(address))
    client_of(amara).post(address)
    batch.refresh_from_db()
    return shown


def test_coordinates_that_were_looked_up_are_no_change_of_a_sheet(
    hillside: Setting, amara: Membership
) -> None:
    """Nor is a number or a summary that the same list brought."""
    Postcode.objects.create(code="WX52PN", latitude=53.46, longitude=-2.28)
    old = sheet(hillside, name="Harbour", contacts=[Person("Jo Open")])
    batch = brought(
        client_of(amara),
        hillside,
        b"Name,Place 2: postcode,Person 1: telephone,Summary in Polish\n"
        b"Harbour,WX5 2PN,01632 960 320,Dla rodzin\nKite,WX5 2PN,,Dla rodzin\n",
    )
    assert [place.latitude for place in Place.objects.filter(service=old)] == [None, 53.46]
    assert Phone.objects.filter(service=old, contact__name="Jo Open", number="01632 960 320").exists()
    taken_back(amara, batch)
    assert batch.report["undone"]["kept_count"] == 0
    left = Service.objects.with_parts().get()
    assert (left.pk, left.places.count(), left.summaries.count(), left.contacts.count()) == (old.pk, 1, 0, 1)
    assert not Phone.objects.filter(number="01632 960 320").exists()


def test_import_is_taken_back_as_a_whole(hillside: Setting, amara: Membership) -> None:
    old = sheet(hillside, name="Harbour")
    batch = brought(client_of(amara), hillside, LIST)
    assert Service.objects.get(pk=old.pk).profile == "New words"
    shown = taken_back(amara, batch)
    assert "Take the whole import back?" in shown
    assert batch.state == State.UNDONE, batch.report
    assert Service.objects.get().profile == "Helps children who have lost somebody close."
    assert {name: batch.report["undone"][name] for name in ("removed", "restored", "kept_count")} == {
        "removed": 1,
        "restored": 1,
        "kept_count": 0,
    }
    assert "Taken back: 1 new sheet removed, 1 put back as it was" in words_of(
        client_of(amara).get(url("import_list", hillside))
    )


def test_what_somebody_changed_since_stays_and_is_named(hillside: Setting, amara: Membership) -> None:
    old = sheet(hillside, name="Harbour", profile="Old words", telephone=[("01632 960 111", "")])
    batch = brought(client_of(amara), hillside, LIST)
    for name, values in (("Harbour", {"profile": "Their words"}), ("Kite", {"email": "kite@example.org"})):
        service = Service.objects.with_whole_parts().get(name=name)
        update_sheet(hillside, service, values, values)
    shown = taken_back(amara, batch)
    assert "Harbour: changed since (Profile)" in shown
    assert "Kite: changed since" in shown
    assert Service.objects.get(pk=old.pk).profile == "Their words"
    assert numbers_of(old) == ["01632 960 111"]
    assert Service.visible_to(hillside).filter(name="Kite").exists()


def test_new_sheet_that_another_school_uses_stays(hillside: Setting, amara: Membership) -> None:
    batch = brought(client_of(amara), hillside, LIST)
    service = Service.objects.get(name="Kite")
    Service.objects.filter(pk=service.pk).update(visibility=Service.Visibility.LISTED)
    school("riverside").partnerships.create(service=service)
    assert "Kite: another school uses it" in taken_back(amara, batch)
    assert Service.visible_to(hillside).get() == service


def test_link_to_a_sheet_of_others_is_taken_back(hillside: Setting, amara: Membership) -> None:
    theirs = sheet(school("riverside"), visibility="listed")
    batch = brought(client_of(amara), hillside, LIST, link_2=str(theirs.pk))
    assert theirs in Service.visible_to(hillside)
    taken_back(amara, batch)
    assert not hillside.partnerships.exists()
    assert Service.objects.get() == theirs


def test_what_was_mended_belongs_to_the_import(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    batch = brought(client, hillside, b"Name,Tel\nHarbour,ring us\n")
    client.post(url("mend_row", hillside, batch.pk, 2), {"problem_0": "01632 960 318"})
    taken_back(amara, batch)
    assert not Service.objects.exists()


def test_import_is_taken_back_for_thirty_days_only(hillside: Setting, amara: Membership) -> None:
    batch = brought(client_of(amara), hillside, LIST)
    ImportBatch.objects.update(done_at=timezone.now() - timedelta(days=31))
    client_of(amara).post(url("undo_import", hillside, batch.pk))
    assert Service.visible_to(hillside).count() == 2
    taking_back.forget_old_notes(timezone.localdate())
    assert not ImportedSheet.objects.exists()


def test_withheld_address_is_not_kept_beside_the_import(hillside: Setting, amara: Membership) -> None:
    sheet(hillside, name="Harbour", address_1="9 Hidden Street", withheld="coarse")
    brought(client_of(amara), hillside, b"Name,Address,What they do\nHarbour,8 Secret Street,New\n")
    note = ImportedSheet.objects.get()
    assert "profile" in note.after
    assert "Street" not in str([note.before, note.after])


def test_lists_are_told_with_what_they_did(
    hillside: Setting, amara: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(amara)
    assert "No list has been brought yet" in words_of(client.get(url("import_list", hillside)))
    for count in (1, 3):
        while hillside.imports.count() < count:
            batch = batches.start("list.csv", LIST, by=amara)
            ImportBatch.objects.filter(pk=batch.pk).update(state=State.DONE, done_at=timezone.now())
        with django_assert_num_queries(6):
            client.get(url("import_list", hillside))


def test_what_is_mended_of_a_person_and_a_place_goes_to_that_person_and_place(
    hillside: Setting, amara: Membership
) -> None:
    batch = brought(
        client_of(amara),
        hillside,
        b"Name,Town,Contact person,Person 1: telephone,Place 2: address,Place 2: postcode\n"
        b"Harbour,Wexcombe,Jo Open,after nine,3 Mill Row,WX4\n",
    )
    fields = [problem["field"] for problem in batch.rows.get().problems]
    answers = {"person_1_voice": "01632 960 319", "place_2_postcode": "WX4 8AB"}
    typed = {f"problem_{at}": answers[field] for at, field in enumerate(fields)}
    assert client_of(amara).post(url("mend_row", hillside, batch.pk, 2), typed).status_code == 302
    values = values_of(Service.objects.with_parts().get())
    assert values["contacts"] == [Person("Jo Open", phones=(("voice", "01632 960 319", ""),))]
    assert [(place.address_1, place.postcode) for place in values["more_places"]] == [
        ("3 Mill Row", "WX4 8AB")
    ]


def test_record_without_a_name_is_mended_as_a_whole(hillside: Setting, amara: Membership) -> None:
    nameless = Record(1, {"profile": "Helps"}, [Problem("name", "", "Enter the name")])
    batch = ImportBatch(setting=hillside, by=amara, file_name="list.json", state=State.READING)
    batches.keep_records(batch, [nameless])
    carried_on(batch)
    client = client_of(amara)
    client.post(url("bring_in", hillside, batch.pk))
    client.post(url("mend_row", hillside, batch.pk, 1), {"problem_0": "Harbour"})
    service = Service.visible_to(hillside).get()
    assert (service.name, service.profile) == ("Harbour", "Helps")


def test_what_can_not_be_mended_by_its_name_alone_is_put_right_on_the_sheet(
    hillside: Setting, amara: Membership
) -> None:
    """A postcode of the second place never goes to the first, nor a number of a person to the service."""
    hall, mill = (
        {"name": name, "addresses": [{"address_1": "1 Row", "city": "Wexcombe", "postal_code": code}]}
        for name, code in (("Hall", "WX4 2QL"), ("Mill", "WX4"))
    )
    said = {
        "name": "Harbour",
        "email": "nowhere",
        "locations": [hall, mill],
        "contacts": [{"name": "Ann", "email": "at home", "phones": [{"number": "12"}]}],
    }
    client = client_of(amara)
    upload(client, hillside, json.dumps([said]).encode(), "list.json")
    batch = hillside.imports.get()
    client.post(url("bring_in", hillside, batch.pk))
    address = url("mend_row", hillside, batch.pk, 1)
    shown = words_of(client.get(address))
    assert "Put these right on the sheet" in shown
    for words in ("Other places, postcode: “WX4”", "Contact person, e-mail: “at home”", "telephone: “12”"):
        assert words in shown
    form = client.get(address).context["form"]
    assert [field.label for field in form] == ["E-mail"]
    result = words_of(client.get(url("import_result", hillside, batch.pk)))
    assert "E-mail “nowhere”. Enter an e-mail address" in result
    assert "Other places, postcode “WX4”. Enter a full postcode" in result
    client.post(address, {next(iter(form.fields)): "hello@harbour.example.org"})
    service = Service.objects.with_parts().get()
    assert service.email == "hello@harbour.example.org"
    assert [place.postcode for place in service.places.all()] == ["WX4 2QL", ""]
    assert numbers_of(service) == []
    assert not batch.rows.to_check().exists()


def test_command_is_taken_back_on_the_page(hillside: Setting, amara: Membership, tmp_path: Path) -> None:
    bring(csv_file(tmp_path, LIST.decode()), hillside)
    batch = hillside.imports.get()
    assert "list.csv" in words_of(client_of(amara).get(url("import_list", hillside)))
    taken_back(amara, batch)
    assert not Service.objects.exists()
