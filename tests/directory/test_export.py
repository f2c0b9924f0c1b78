"""The directory as a spreadsheet: safe to open, and read back without a change."""

import csv
import re
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory import exports
from directory.models import Access, Cost, Level, NeedArea, Offer, Place, Referrer, Service
from directory.sheet.saving import create_sheets
from directory.sheet.telephones import clean_note
from directory.sheet.times import read_times
from directory.sheet.values import plain, values_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.models import Setting
from tests.directory.kit import bring, csv_file, place_of, school, sheet

pytestmark = pytest.mark.django_db

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
names = words.map(str.strip).filter(lambda text: any(sign.isalnum() for sign in text))
lines = st.lists(words, max_size=3).map("\n".join)
notes = words.map(clean_note).filter(lambda note: not note or any(sign.isalpha() for sign in note))


def number_of(phone: Any) -> str:
    return str(phone[0])


def chosen(choices: Any) -> Any:
    """Some of the choices, in any order."""
    return st.lists(st.sampled_from([str(each) for each in choices]), unique=True)


topics = names.map(lambda text: " ".join(re.sub(r"[;,/|]", " ", text).split())).filter(
    lambda text: any(sign.isalnum() for sign in text)
)

own_numbers = st.sampled_from(
    [
        (),
        (("voice", "01632 960 318", ""), ("text", "07700 900 123", "evenings")),
        (("voice", "01632 960 318", ""), ("voice", "01632 960 319", "at home"), ("fax", "01632 960 320", "")),
    ]
)
people = st.builds(
    Person,
    names,
    words,
    st.booleans(),
    st.sampled_from(["", "jo@b.example.org"]),
    own_numbers,
    st.sampled_from([None, 0]),
)


def exports_name(name: str) -> str:
    return " ".join(name.split())


sheets = st.fixed_dictionaries(
    {
        "name": names,
        "agency": names,
        "sector": st.sampled_from(["health", "housing", "other"]),
        "profile": lines,
        "place_name": words,
        "address_1": words,
        "address_2": words,
        "city": words,
        "county": words,
        "postcode": st.sampled_from(["", "WX4 2QL", "M32 0TH"]),
        "withheld": st.sampled_from(["", "coarse", "refuge"]),
        "contacts": st.lists(people, max_size=2, unique_by=lambda who: exports_name(who.name)),
        "telephone": st.lists(
            st.tuples(st.sampled_from(["01632 960 318", "0161 496 0000 ext 3"]), notes),
            unique_by=number_of,
            max_size=2,
        ),
        "email": st.sampled_from(["", "a@b.example.org"]),
        "website": st.sampled_from(["", "https://www.a.example.org/x?y=1"]),
        "opening_times": words.map(read_times),
        "offers": st.lists(st.sampled_from([str(offer) for offer in Offer]), unique=True),
        "offer_other": words,
        "offer_group": words,
        "referral": lines,
        "other_information": lines,
        "capacity": st.sampled_from(["unknown", "open", "waiting", "full"]),
        "waiting_time": words,
        "capacity_note": words,
        "waiting_weeks": st.sampled_from([None, 0, 6, 52]),
        "topics": st.lists(topics, max_size=3, unique_by=str.lower),
        "who_for": words,
        "not_for": words,
        "min_age": st.sampled_from([None, 0, 5]),
        "max_age": st.sampled_from([None, 5, 16]),
        "levels": chosen(Level),
        "need_areas": chosen(NeedArea),
        "referrers": chosen(Referrer),
        "referral_link": st.sampled_from(["", "https://www.a.example.org/form"]),
        "cost": st.sampled_from([str(each) for each in Cost]),
        "cost_note": words,
        "languages": st.lists(st.sampled_from(["en", "pl", "bfi", "ckb"]), unique=True),
        "language_note": words,
        "ask_email": st.sampled_from(["", "ask@b.example.org"]),
        "summaries": st.dictionaries(st.sampled_from(["pl", "ur"]), names),
        "place_kind": st.sampled_from([str(each) for each in Place.Kind]),
        "council": words,
        "access": chosen(Access),
        "access_note": words,
        "more_places": st.lists(
            st.builds(
                Whereabouts,
                kind=st.sampled_from([str(each) for each in Place.Kind]),
                name=words,
                address_1=words,
                city=names,
                postcode=st.sampled_from(["", "WX4 2QL"]),
                council=words,
                withheld=st.sampled_from(["", "coarse", "refuge"]),
                access=chosen(Access).map(tuple),
                access_note=words,
            ),
            max_size=2,
        ),
        "here_days": st.sampled_from([[], ["MO"], ["TU", "FR"]]),
        "here_times": words,
        "here_room": words,
        "here_notes": lines,
    }
)


@hypothesis_settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate],  # to shrink a sheet of thirty fields takes minutes
)
@given(st.lists(sheets, min_size=1, max_size=3))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_export_comes_in_again_without_a_change(
    tmp_path_factory: Any, kind: str, made: list[Any]
) -> None:
    hillside = Setting.objects.filter(slug="hillside").first() or school()
    hillside.partnerships.update(ended_on="2020-01-01")
    create_sheets(hillside, made)
    file = tmp_path_factory.mktemp("export") / f"out.{kind}"
    call_command("export_services", setting="hillside", format=kind, out=file)
    report = bring(file, hillside)
    assert (report["new"], report["changed"], report["same"]) == (0, 0, len(made))
    assert report["bad"] == []


@hypothesis_settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate],
)
@given(sheets)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sheet_that_came_in_elsewhere_goes_out_as_it_was(
    tmp_path_factory: Any, kind: str, made: dict[str, Any]
) -> None:
    hillside = Setting.objects.filter(slug="hillside").first() or school()
    elsewhere = Setting.objects.filter(slug="riverside").first() or school("riverside")
    for each in (hillside, elsewhere):
        each.partnerships.update(ended_on="2020-01-01")
        Service.objects.filter(steward=each).update(name="Before", sort_name="before")
    create_sheets(hillside, [made])
    file = tmp_path_factory.mktemp("export") / f"out.{kind}"
    call_command("export_services", setting="hillside", format=kind, out=file)
    bring(file, elsewhere)
    ((there,), (here,)) = without_number(elsewhere), without_number(hillside)
    assert {name: (cell, there.get(name)) for name, cell in here.items() if cell != there.get(name)} == {}
    assert there.keys() == here.keys()


def without_number(setting: Setting) -> list[dict[str, str]]:
    """As a person reads it: without our number, and whichever kind of space stands between words."""
    services = Service.visible_to(setting).with_parts()
    headings, *rows = exports.table(setting, services, with_private=True)
    return [{name: plain("", cell) for name, cell in zip(headings[1:], row[1:], strict=True)} for row in rows]


def cells(setting: Setting, **options: Any) -> list[dict[str, str]]:
    services = Service.visible_to(setting).with_parts()
    content = exports.as_csv(exports.table(setting, services, with_private=options.get("with_private", True)))
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_cell_that_could_be_a_formula_is_text(hillside: Setting, sign: str) -> None:
    sheet(hillside, name=f"{sign}cmd|' /C calc'!A0", profile=f"{sign}1+1")
    row = cells(hillside)[0]
    assert row["Name of organisation or service"].startswith(f"'{sign}")
    assert row["Profile"] == f"'{sign}1+1"
    services = Service.visible_to(hillside).with_parts()
    content = exports.as_xlsx(exports.table(hillside, services, with_private=True), "Hillside")
    found = openpyxl.load_workbook(BytesIO(content)).active["B2"]
    assert (found.data_type, found.value[0]) == ("s", sign)


@pytest.mark.parametrize(
    ("grade", "town", "words"), [("coarse", "Wexcombe", "yes"), ("refuge", "", "yes, as a refuge")]
)
def test_withheld_address_does_not_leave(hillside: Setting, grade: str, town: str, words: str) -> None:
    service = sheet(hillside, withheld=grade, address_1="9 Secret Row")
    row = cells(hillside)[0]
    told = (row["Address"], row["Town or city"], row["Postcode"], row["Address withheld"])
    assert told == ("", town, "", words)
    assert place_of(service).withheld_address.address_1 == "9 Secret Row"


def test_notes_and_agreements_are_only_for_coordinators(hillside: Setting) -> None:
    sheet(hillside, here_notes="Slow to answer", here_days=["MO"])
    assert cells(hillside)[0]["Notes that only we see"] == "Slow to answer"
    row = cells(hillside, with_private=False)[0]
    assert "Notes that only we see" not in row
    assert row["Days in school"] == "Monday"


def test_further_places_peoples_numbers_and_languages_have_columns(hillside: Setting) -> None:
    jo = Person("Jo Open", "nurse", phones=(("voice", "01632 960 319", "mornings"),), place=1)
    hall = Whereabouts(name="Grove Hall", city="Wexcombe", postcode="WX5 2PN", access=("step_free",))
    refuge = Whereabouts(name="Secret House", withheld="refuge", council="Wexcombe")
    sheet(hillside, more_places=[hall, refuge], contacts=[jo], summaries={"pl": "Dla rodzin"})
    (row,) = cells(hillside)
    assert (row["Place 2: name"], row["Place 2: postcode"]) == ("Grove Hall", "WX5 2PN")
    assert (row["Place 3: council area"], row["Place 3: address withheld"]) == (
        "Wexcombe",
        "yes, as a refuge",
    )
    assert (row["Person 1: telephone"], row["Person 1: number of their place"]) == (
        "01632 960 319 (mornings)",
        "2",
    )
    assert row["Summary in Polish"] == "Dla rodzin"
    assert "Secret House" not in str(row) and "Person 1: fax" not in row


def test_empty_cell_of_a_further_place_wipes_nothing(hillside: Setting, tmp_path: Path) -> None:
    jo = Person("Jo Open", email="jo@b.example.org", phones=(("voice", "01632 960 319", ""),))
    hall = Whereabouts(kind="online", name="Grove Hall", city="Wexcombe")
    service = sheet(hillside, name="Harbour", more_places=[hall], contacts=[jo], summaries={"ur": "words"})
    file = csv_file(
        tmp_path,
        "Service name,Place 2: town or city,Person 1: telephone,Person 1: fax,Summary in Polish\n"
        "Harbour,Oldcombe,01632 960 320,,Dla rodzin\n",
    )
    assert bring(file, hillside)["changed"] == 1
    found = values_of(Service.objects.with_parts().get(pk=service.pk))
    assert found["more_places"] == [replace(hall, city="Oldcombe")]
    assert found["contacts"] == [replace(jo, phones=(("voice", "01632 960 320", ""),))]
    assert found["summaries"] == {"ur": "words", "pl": "Dla rodzin"}


def test_cell_of_a_further_place_that_cannot_be_read_is_told(hillside: Setting, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path, "Service name,Place 2: postcode,Place 2: town or city\nHarbour,nowhere,Oldcombe\n"
    )
    (bad,) = bring(file, hillside)["bad"]
    assert (bad["field"], bad["value"]) == ("place_2_postcode", "nowhere")
    assert [place.city for place in Service.objects.get().places.all()] == ["Oldcombe"]


def test_two_services_of_our_export_are_two_elsewhere_however_alike(
    hillside: Setting, tmp_path: Path
) -> None:
    for name in ("School nursing, Wexcombe East", "Health visiting, Wexcombe East"):
        service = sheet(hillside, name=name, website="https://www.nurses.example.org", capacity="open")
        Service.objects.filter(pk=service.pk).update(waiting_on=None)
    file = tmp_path / "out.csv"
    call_command("export_services", setting="hillside", format="csv", out=file)
    elsewhere = school("riverside")
    assert bring(file, elsewhere)["new"] == 2
    assert without_number(elsewhere) == without_number(hillside)


def test_another_school_is_not_in_it(hillside: Setting) -> None:
    sheet(school("riverside"), name="Zanzibar Club")
    assert cells(hillside) == []
