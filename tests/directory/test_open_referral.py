"""Open Referral JSON, out and in: our own export changes nothing, our API and those of others are read."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory.imports.bring import plan_file
from directory.imports.records import Record, as_cell, from_cell
from directory.imports.rows import NotASpreadsheet
from directory.models import ImportBatch, Service, SourceRecord
from directory.oruk.cleaners import CLEANERS
from directory.oruk.reading import read_document
from directory.sheet.saving import create_sheets, update_sheet
from directory.sheet.times import Times, read_times
from directory.sheet.values import LABELS, Values, values_here, values_of
from directory.sheet.whereabouts import Person, Whereabouts
from partnerships.access import Role
from partnerships.models import Setting
from tests.directory.kit import bring, school, sheet, url
from tests.directory.test_api_schemas import FULL, SECRET, withheld
from tests.directory.test_export import sheets as spreadsheet_sheets
from tests.partnerships.kit import client_of, member

pytestmark = pytest.mark.django_db

HERE: Values = {
    "here_days": ["MO", "TH"],
    "here_times": "after lunch",
    "here_room": "Room 4",
    "here_contact_name": "Cal Moss",
    "here_contact_telephone": "01632 960 555",
    "here_contact_email": "cal@example.org",
    "here_degree": "cooperation",
    "here_agreement": "Until July",
    "here_notes": "Slow to answer",
}
SECOND = Whereabouts(
    name="Annexe", address_1="3 Mill Row", city="Wexcombe", postcode="WX4 8AB", access=("lift",)
)


def export(setting: Setting, folder: Path) -> Path:
    file = folder / "directory.json"
    call_command("export_services", setting=setting.slug, format="oruk", out=file)
    return file


def everything_of(setting: Setting) -> dict[str, Values]:
    partnerships = {each.service_id: each for each in setting.partnerships.live()}
    return {
        service.name: {
            **values_of(service, whole=True),
            **values_here(partnerships.get(service.pk)),
            "id": None,
        }
        for service in Service.visible_to(setting).with_whole_parts()
    }


def read(document: Any) -> list[Record]:
    return read_document(json.dumps(document).encode())


def read_one(document: Any) -> Record:
    (record,) = read(document)
    return record


# Our own export


def test_importing_our_own_export_changes_nothing(hillside: Setting, tmp_path: Path) -> None:
    sheet(hillside, **{"name": "Full", **FULL, **HERE, "more_places": [SECOND]})
    sheet(
        hillside,
        name="Bare",
        profile="",
        email="",
        website="",
        address_1="",
        city="",
        postcode="",
        telephone=[],
    )
    for grade in ("coarse", "refuge"):
        sheet(hillside, **withheld(grade), telephone=[(f"01632 960 {len(grade)}00", "")])
    before = everything_of(hillside)
    report = bring(export(hillside, tmp_path), hillside)
    assert (report["kept"], report["same"], report["bad"]) == (4, 4, [])
    assert everything_of(hillside) == before


def test_export_brings_all_of_a_sheet_to_another_school(hillside: Setting, tmp_path: Path) -> None:
    sheet(hillside, **{"name": "Full", **FULL, **HERE, "more_places": [SECOND]})
    riverside = school("riverside")
    report = bring(export(hillside, tmp_path), riverside)
    assert (report["new"], report["bad"]) == (1, [])
    assert everything_of(riverside)["Full"] == everything_of(hillside)["Full"]


def test_export_restores_what_was_changed(hillside: Setting, tmp_path: Path) -> None:
    service = sheet(hillside, **{"name": "Full", **FULL})
    before, file = everything_of(hillside), export(hillside, tmp_path)
    update_sheet(hillside, service, {"profile": "Spoilt", "languages": []}, ["profile", "languages"])
    assert bring(file, hillside)["changed"] == 1
    assert everything_of(hillside) == before


def test_what_another_system_changed_in_the_export_comes_in(hillside: Setting, tmp_path: Path) -> None:
    """And nothing else of it: what the standard cannot say stays as our own values have it."""
    service = sheet(hillside, **FULL)
    file = export(hillside, tmp_path)
    document = json.loads(file.read_text())
    (found,) = document["contents"]
    found["description"], found["email"] = "Rewritten over there.", "not an address"
    del found["url"]
    file.write_text(json.dumps(document))
    before = values_of(service)
    report = bring(file, hillside)
    assert (report["changed"], [bad["value"] for bad in report["bad"]]) == (1, ["not an address"])
    after = values_of(Service.objects.with_parts().get(pk=service.pk))
    assert after == before | {"profile": "Rewritten over there."}


def test_withheld_address_is_not_in_the_export(hillside: Setting, tmp_path: Path) -> None:
    for grade in ("coarse", "refuge"):
        sheet(hillside, **withheld(grade))
    text = export(hillside, tmp_path).read_text()
    for secret in (*SECRET.values(), "7ZZ", "53.48", "-2.23"):
        assert secret not in text
    assert '"withheld":"refuge"' in text


FURTHER = [
    SECOND,
    Whereabouts(
        kind="visits",
        name="Hidden House",
        address_1="9 Hidden Row",
        address_2="Hidden Court",
        city="Wexcombe",
        county="Wexshire",
        postcode="WX4 7ZZ",
        council="Wexdale",
        withheld="coarse",
        latitude=53.48123,
        longitude=-2.23123,
        access=("lift",),
        access_note="Hidden gate",
    ),
    Whereabouts(
        address_1="11 Hidden Row", city="Hiddenham", postcode="HD1 1ZZ", council="Wexmoor", withheld="refuge"
    ),
]
NOT_TOLD = ("Hidden", "7ZZ", "1ZZ", "53.48", "-2.23")


@pytest.fixture
def scattered(hillside: Setting) -> Service:
    return sheet(hillside, visibility="public", more_places=FURTHER, here_notes="Slow to answer")


def test_only_withheld_places_are_left_out_of_the_export(
    hillside: Setting, scattered: Service, tmp_path: Path
) -> None:
    text = export(hillside, tmp_path).read_text()
    assert [words for words in NOT_TOLD if words in text] == []
    (found,) = json.loads(text)["contents"]
    told = [
        {name: said for name, said in place.items() if said}
        for place in found["joined_up"]["values"]["more_places"]
    ]
    assert told == [
        {
            "kind": "physical",
            "name": "Annexe",
            "address_1": "3 Mill Row",
            "city": "Wexcombe",
            "postcode": "WX4 8AB",
            "access": ["lift"],
        },
        {
            "kind": "visits",
            "city": "Wexcombe",
            "county": "Wexshire",
            "council": "Wexdale",
            "withheld": "coarse",
        },
        {"kind": "physical", "council": "Wexmoor", "withheld": "refuge"},
    ]


@pytest.mark.parametrize("path", ["services?full=true", "service_at_locations?full=true", "services/{pk}"])
def test_only_withheld_places_are_left_out_of_the_api(
    client: Client, hillside: Setting, scattered: Service, path: str
) -> None:
    Setting.objects.update(publishes_directory=True)
    text = client.get(f"/api/oruk/3.0/{path.format(pk=scattered.pk)}").content.decode()
    assert [words for words in NOT_TOLD if words in text] == []
    for told in ("3 Mill Row", "Area: WX4.", "Area: Wexmoor."):
        assert told in text


def test_importing_further_places_that_are_withheld_changes_nothing(
    hillside: Setting, scattered: Service, tmp_path: Path
) -> None:
    before, file = everything_of(hillside), export(hillside, tmp_path)
    for _ in range(2):
        report = bring(file, hillside)
        assert (report["same"], report["bad"]) == (1, [])
        assert everything_of(hillside) == before
    update_sheet(hillside, scattered, {"more_places": FURTHER[1:]}, ["more_places"])
    assert bring(file, hillside)["changed"] == 1
    assert everything_of(hillside) == before


def test_answers_of_our_api_wipe_no_withheld_address(
    client: Client, hillside: Setting, scattered: Service, tmp_path: Path
) -> None:
    Setting.objects.update(publishes_directory=True)
    file = tmp_path / "answer.json"
    file.write_bytes(client.get("/api/oruk/3.0/services?full=true").content)
    bring(file, hillside)
    kept = values_of(Service.objects.with_whole_parts().get(), whole=True)["more_places"]
    assert [place.address_1 for place in kept] == ["3 Mill Row", "9 Hidden Row", "11 Hidden Row"]


def test_other_school_gets_what_is_told_of_withheld_places(
    hillside: Setting, scattered: Service, tmp_path: Path
) -> None:
    riverside = school("riverside")
    Service.objects.update(visibility="private")
    report = bring(export(hillside, tmp_path), riverside)
    assert (report["new"], report["bad"]) == (1, [])
    (values,) = everything_of(riverside).values()
    grades = [(place.withheld, place.council, place.address_1) for place in values["more_places"]]
    assert grades == [("", "", "3 Mill Row"), ("coarse", "Wexdale", ""), ("refuge", "Wexmoor", "")]


def test_coordinator_downloads_all_and_staff_without_what_is_private(hillside: Setting) -> None:
    sheet(hillside, **{"name": "Full", **HERE})
    sheet(hillside, name="Other", sector="health", postcode="M32 0TH")
    for role, sees in ((Role.COORDINATOR, True), (Role.STAFF, False)):
        client = client_of(member(hillside, role))
        text = client.get(url("export_oruk", hillside)).content.decode()
        assert ("Slow to answer" in text) is sees
        assert "Room 4" in text
    response = client.get(url("export_oruk", hillside) + "?q=other")
    assert response["Content-Disposition"] == 'attachment; filename="hillside-directory.json"'
    assert [each["name"] for each in json.loads(response.content)["contents"]] == ["Other"]
    book = client.get(url("export_xlsx", hillside))
    assert book.content[:2] == b"PK"
    assert "hillside-directory.xlsx" in book["Content-Disposition"]


def test_every_value_of_a_sheet_has_its_cleaner() -> None:
    assert set(CLEANERS) == set(LABELS)


times_rows = st.one_of(
    st.builds(
        Times,
        days=st.sampled_from([("MO",), ("MO", "WE"), ("SA", "SU")]),
        opens=st.just(time(9)),
        closes=st.sampled_from([time(12, 30), time(17)]),
        season=st.sampled_from(["", "term", "holidays"]),
        by_appointment=st.booleans(),
        words=st.sampled_from(["", "by the side door"]),
    ),
    st.builds(
        Times, days=st.just(("TU",)), rhythm=st.just("fortnightly"), starts_on=st.just(date(2026, 3, 3))
    ),
    st.builds(Times, days=st.just(("FR",)), rhythm=st.just("monthly"), week=st.sampled_from([None, 1, 5])),
)
deep_sheets = st.fixed_dictionaries(
    {
        "waiting_weeks": st.one_of(st.none(), st.integers(0, 520)),
        "min_age": st.one_of(st.none(), st.integers(0, 9)),
        "max_age": st.one_of(st.none(), st.integers(10, 150)),
        "topics": st.lists(
            st.text("abé ’", min_size=1, max_size=60).map(str.strip).filter(bool), unique=True
        ),
        "languages": st.lists(st.sampled_from(["en", "ur", "bfi"]), unique=True),
        "cost": st.sampled_from(["unknown", "free", "some", "paid"]),
        "levels": st.lists(st.sampled_from(["universal", "targeted"]), unique=True).map(sorted),
        "more_places": st.lists(
            st.builds(Whereabouts, name=st.just("Annexe"), access=st.just(("lift",))), max_size=2
        ),
        "latitude": st.sampled_from([None, 53.4]),
        "summaries": st.dictionaries(
            st.sampled_from(["pl", "ur"]), st.text("ab \n", min_size=1).filter(str.strip)
        ),
        "opening_times": st.lists(times_rows, max_size=3),
    }
).map(lambda values: {**values, "longitude": -2.2 if values["latitude"] else None})


@hypothesis_settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(rows=st.lists(st.tuples(spreadsheet_sheets, deep_sheets), min_size=1, max_size=3))
def test_whatever_is_in_the_directory_comes_back_the_same(rows: list[Any], tmp_path_factory: Any) -> None:
    hillside = school(f"round-{Setting.objects.count()}-{Service.objects.count()}")
    folder = tmp_path_factory.mktemp("round")
    create_sheets(hillside, [{**plain, **deep, "postcode": ""} for plain, deep in rows])
    before = sorted(map(repr, everything_of(hillside).values()))
    file = export(hillside, folder)
    assert [
        step.changes for step in plan_file(hillside, file.name, file.read_bytes()).steps if step.changes
    ] == []
    report = bring(file, hillside)
    assert (report["kept"], report["same"], report["bad"]) == (len(rows), len(rows), [])
    assert sorted(map(repr, everything_of(hillside).values())) == before


# Our API


@pytest.mark.parametrize("path", ["services?full=true", "services", "service_at_locations?full=true"])
def test_answers_of_our_api_are_read(client: Client, path: str) -> None:
    hillside = school(publishes_directory=True)
    sheet(hillside, visibility="public", **{"name": "Full", **FULL})
    response: Any = client.get(f"/api/oruk/3.0/{path}")
    (record,) = read_document(response.content)
    assert record.problems == []
    assert record.values["agency"] == "Wexcombe Trust"
    assert (record.values["min_age"], record.values["max_age"]) == (0, 19)
    assert (record.values["who_for"], record.values["not_for"]) == ("Families", "Emergencies")
    if "full" in path:
        known = values_of(Service.objects.with_parts().get())
        for name in ("offers", "offer_other", "offer_group", "levels", "need_areas", "referrers", "topics"):
            assert record.values[name] == known[name]
        for name in ("telephone", "text", "fax", "languages", "cost", "cost_note", "capacity", "summaries"):
            assert record.values[name] == known[name]
        assert [row.days for row in record.values["opening_times"]] == [
            row.days for row in known["opening_times"]
        ]
        assert record.values["opening_times"][:4] == known["opening_times"][:4]
        assert record.values["postcode"] == "WX4 2QL"
        assert record.values["access"] == known["access"]


def test_lines_of_our_api_are_read(client: Client) -> None:
    hillside = school(publishes_directory=True)
    sheet(hillside, visibility="public", name="One")
    sheet(hillside, visibility="public", **{**withheld("refuge"), "telephone": []})
    response: Any = client.get("/api/oruk/3.0/services?full=true&format=ndjson")
    first, second = read_document(b"".join(response.streaming_content))
    assert (first.name, second.name) == ("One", "Safe refuge")
    assert (second.values["withheld"], second.values["council"]) == ("refuge", "Wexcombe")


def test_lines_hold_any_sign_that_a_text_may_hold() -> None:
    lines = [
        json.dumps({**SERVICE, "id": f"{at}", "description": f"One\u2028two\x85{at}"}) for at in range(2)
    ]
    said = "\r\n".join(line.replace("\\u2028", "\u2028").replace("\\u0085", "\x85") for line in lines)
    assert [record.problems for record in read_document(said.encode())] == [[], []]


@pytest.mark.parametrize("key", ["https://example.org/services/" + "a" * 200, "a\x00\ud800b", "ok"])
def test_whatever_a_record_is_called_can_be_kept(hillside: Setting, key: str) -> None:
    """What PostgreSQL can't hold, and what is too long for its column, is made into something else."""
    record, closed = read([{**SERVICE, "id": key}, {"id": "2", "name": "a\x00\ud800", "status": "defunct"}])
    SourceRecord.objects.create(setting=hillside, key=record.key, service=sheet(hillside))
    batch = ImportBatch.objects.create(setting=hillside)
    batch.rows.create(number=1, problems=[problem.as_json() for problem in closed.problems])


# What others write

SERVICE: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "description": "Somebody to talk to.",
    "url": "http://example.org/counselling",
    "email": "talk@example.org",
    "status": "active",
    "fees": "Five pounds",
    "minimum_age": 12,
    "maximum_age": 100,
    "assured_date": "2025-01-01",
    "schedules": [
        {"id": "1", "freq": "WEEKLY", "byday": "TH,FR", "opens_at": "9:00", "closes_at": "18:00:00Z"},
        {"id": "2", "description": "Weekdays, 10am to 4pm"},
        {"id": "3", "byday": "MO", "valid_to": "2020-01-01"},
        {"id": "4", "freq": "MONTHLY", "byday": "-1MO", "description": "Drop in"},
    ],
    "service_at_locations": [
        {
            "location": {
                "location_type": "physical",
                "name": "Civic Centre",
                "latitude": 53.4,
                "longitude": -2.2,
                "addresses": [
                    {
                        "address_1": "1 Main Street",
                        "city": "Wexcombe",
                        "postal_code": "wx42ql",
                        "country": "GB",
                    }
                ],
                "accessibility": [{"description": "Lift"}, {"description": "A ramp at the back"}],
            },
            "phones": [{"number": "01632960318", "type": "voice"}, {"number": "01632960319", "type": "fax"}],
        },
        {"location": {"location_type": "virtual"}},
    ],
    "languages": [{"name": "Polish"}, {"code": "ur"}],
    "organization": {"id": "2", "name": "Example Trust", "description": "A trust."},
    "contacts": [
        {"name": "Ann Lowe", "title": "Manager", "phones": [{"number": "01632 960 777", "extension": 3}]}
    ],
    "attributes": [
        {"taxonomy_term": {"name": "Group support"}},
        {"taxonomy_term": {"name": "Mental health"}},
        {"taxonomy_term": {"name": "Loneliness"}},
    ],
}


def test_service_of_another_system_is_read() -> None:
    record = read_one([SERVICE])
    values = record.values
    assert (record.key, record.problems) == (SERVICE["id"], [])
    assert (values["name"], values["agency"], values["website"]) == (
        *("Community Counselling", "Example Trust", "http://example.org/counselling"),
    )
    assert (values["address_1"], values["postcode"], values["latitude"]) == ("1 Main Street", "WX4 2QL", 53.4)
    assert (values["access"], values["access_note"]) == (["lift"], "A ramp at the back")
    assert [place.kind for place in values["more_places"]] == ["online"]
    assert (values["telephone"], values["fax"]) == ([("01632 960 318", "")], [("01632 960 319", "")])
    assert values["contacts"] == [
        Person("Ann Lowe", "Manager", False, "", (("voice", "01632 960 777 ext 3", ""),), None)
    ]
    assert values["languages"] == ["pl", "ur"]
    assert (values["cost_note"], values["min_age"], values["max_age"]) == ("Five pounds", 12, 100)
    assert values["opening_times"] == [
        Times(days=("TH", "FR"), opens=time(9), closes=time(18)),
        *read_times("Weekdays, 10am to 4pm"),
        Times(days=("MO",), rhythm="monthly", week=5, words="Drop in"),
    ]
    assert (values["offers"], values["sector"], values["topics"]) == (["group"], "health", ["Loneliness"])
    assert values["confirmed"] == (date(2025, 1, 1), "Example Trust", "their own list")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"contents": [one], "total_items": 1},
        lambda one: {"services": [one]},
        lambda one: {"service": one},
        lambda one: {"data": [{"service": one}]},
        lambda one: [{"id": "o", "name": "Example Trust", "services": [one]}],
        lambda one: {"id": "o", "name": "Example Trust", "services": [one]},
        lambda one: {"organizations": [{"name": "Example Trust", "services": [one]}]},
    ],
)
def test_whatever_it_is_wrapped_in(wrap: Any) -> None:
    record = read_one(wrap({"name": "Talk", "status": "active", "phones": [{"number": "01632 960 318"}]}))
    assert (record.name, record.values["telephone"]) == ("Talk", [("01632 960 318", "")])
    assert record.values.get("agency", "Example Trust") == "Example Trust"


def test_service_at_two_locations_is_one() -> None:
    at = [
        {"id": str(number), "service": {"id": "s", "name": "Talk"}, "location": {"name": name}}
        for number, name in enumerate(("Mill", "Annexe"))
    ]
    record = read_one({"contents": at})
    assert record.values["place_name"] == "Mill"
    assert [place.name for place in record.values["more_places"]] == ["Annexe"]


def test_each_thing_that_cannot_be_read_is_one_problem() -> None:
    record = read_one(
        {
            "name": "Talk",
            "url": "javascript:alert(1)",
            "email": "nobody",
            "minimum_age": "old",
            "maximum_age": 15,
            "description": ["a", "list"],
            "application_process": "x" * 5000,
            "phones": [{"number": "ring"}, {"number": "01632 960 318"}],
            "assured_date": "2999-01-01",
            "locations": [{"latitude": "north", "addresses": [{"postal_code": "nowhere"}]}],
        }
    )
    assert sorted(problem.field for problem in record.problems) == [
        *("confirmed", "email", "min_age", "postcode", "referral", "telephone", "website"),
    ]
    assert len(record.values["referral"]) == 4000
    assert record.values["telephone"] == [("01632 960 318", "")]


def test_what_contradicts_itself_is_left_out_and_told() -> None:
    record = read_one({"name": "Talk", "minimum_age": 18, "maximum_age": 11})
    assert (record.values, [problem.field for problem in record.problems]) == ({"name": "Talk"}, ["max_age"])


def test_closed_and_nameless_services_are_not_brought(hillside: Setting, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    services = [{"name": "Gone", "status": "defunct"}, {"description": "No name"}, 5, {"name": "Talk"}]
    file.write_text(json.dumps(services))
    report = bring(file, hillside)
    assert (report["kept"], report["new"]) == (1, 1)
    assert [(bad["row"], bad["field"]) for bad in report["bad"]] == [(1, "name"), (2, "name"), (3, "name")]
    assert "defunct" in report["bad"][0]["problem"]


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"   ", b"{", b"[]", b"{}", b"[1, 2", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000),
        *(
            b'{"a":' * 50_000,
            b'{"contents": []}',
            b"9" * 10_000,
            b"PK\x03\x04",
            b"<html>",
            b'{"contents": 5}',
        ),
    ],
)
def test_file_without_services_says_what_to_do(data: bytes) -> None:
    with pytest.raises(NotASpreadsheet) as caught:
        read_document(data)
    assert str(caught.value).endswith(".")


def test_command_says_what_is_wrong(hillside: Setting, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text("{")
    with pytest.raises(CommandError, match="not JSON"):
        call_command("import_services", str(file), setting="hillside")


# Hostile documents

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800", "9" * 400, "2026-99-99", "TU,", "https://[", "True", "-1MO", "=1+1"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*SERVICE, "location", "number", "values", "addresses"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


def mangled(template: Any) -> st.SearchStrategy[Any]:
    """The document, with anything in some of its places."""
    if isinstance(template, dict):
        kept = st.fixed_dictionaries({name: mangled(each) for name, each in template.items()})
        return st.one_of(kept, kept, kept, anything)
    if isinstance(template, list):
        return st.one_of(st.tuples(*map(mangled, template)).map(list), anything)
    return st.one_of(st.just(template), st.just(template), scalars)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    found=st.one_of(
        mangled(SERVICE),
        st.dictionaries(st.sampled_from(list(CLEANERS)), anything).map(
            lambda values: {"name": "Talk", "joined_up": {"values": {"name": "Talk", **values}}}
        ),
    )
)
def test_mangled_document_never_breaks_anything(found: Any) -> None:
    """Whatever stands where, it is read or told, and what is read can be saved."""
    hillside = school(f"mangled-{Setting.objects.count()}")
    try:
        records = read_document(json.dumps([found]).encode())
    except NotASpreadsheet:
        return
    for record in records:
        assert all(problem.problem for problem in record.problems)
        if record.name:
            create_sheets(hillside, [record.values])


def test_record_keeps_its_number_between_the_pages_of_an_import() -> None:
    """Two sheets of one name are told apart by it."""
    record = read_one([SERVICE])
    assert from_cell(1, as_cell(record)) == record
    assert str(record.values["id"]) == SERVICE["id"]
