"""Every answer of the API against the schemas of Open Referral UK, where they are at hand, and against its rules."""

import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from directory.models import Access, Level, NeedArea, Notice, Offer, Referrer, Service
from directory.oruk import answers, openapi
from directory.oruk.terms import TAXONOMIES
from directory.oruk.throttle import Throttle
from directory.sheet.languages import LANGUAGES
from directory.sheet.times import Times
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person, Whereabouts
from tests.directory.kit import school, sheet
from tests.directory.test_api import PAGE_FIELDS, ROOT

pytestmark = pytest.mark.django_db

SCHEMAS = Path(settings.BASE_DIR).parent / "shared" / "oruk" / "schemas"
LISTS = {
    "services": ("service_list.json", "service.json"),
    "service_at_locations": ("service_at_location_list.json", "service_at_location.json"),
    "organizations": ("organization_list.json", "organization.json"),
    "taxonomies": ("taxonomy_list.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term_list.json", "taxonomy_term.json"),
}
CONFIRMED = timezone.localdate() - timedelta(days=30)
SECRET = {
    "address_1": "9 Hidden Row",
    "name": "Hidden House",
    "postcode": "WX4 7ZZ",
    "access_note": "Hidden gate",
}

FULL: Values = {
    "agency": "Wexcombe Trust",
    "sector": "health",
    "status": "voluntary",
    "offers": [str(offer) for offer in Offer],
    "offer_other": "A toy library",
    "offer_group": "Fathers",
    "referral": "Ring us.\nThen write.",
    "other_information": "Bring a friend.",
    "capacity": "waiting",
    "capacity_note": "Two places",
    "waiting_time": "six weeks",
    "waiting_weeks": 6,
    "topics": ["sleep", "café “talk”"],
    "who_for": "Families",
    "not_for": "Emergencies",
    "min_age": 0,
    "max_age": 19,
    "levels": [str(level) for level in Level],
    "need_areas": [str(area) for area in NeedArea],
    "referrers": [str(each) for each in Referrer],
    "referral_link": "https://www.example.org/réfer?a=1",
    "website": "https://www.example.org/straße",
    "cost": "free",
    "cost_note": "Tea costs £1",
    "languages": list(LANGUAGES)[:3],
    "language_note": "Others by telephone",
    "ask_email": "office@harbour.example.org",
    "confirmed": (CONFIRMED, "Rosa Finch", "telephone"),
    "place_name": "The Old Mill",
    "address_2": "Second floor",
    "county": "Wexshire",
    "council": "Wexcombe",
    "latitude": 53.4,
    "longitude": -2.2,
    "access": [str(each) for each in Access],
    "access_note": "Ring the bell",
    "telephone": [("01632 960 318 ext 21", "mornings")],
    "text": [("07700 900 318", "")],
    "fax": [("01632 960 319", "")],
    "contacts": [
        Person("Ann Lowe", "Lead", True, "ann.lowe@example.org", (("voice", "01632 960 777", ""),), 0),
        Person("Ben Quiet", "Worker", False, "ben.quiet@example.org", (("voice", "01632 960 888", ""),), 0),
    ],
    "opening_times": [
        Times(days=("MO", "WE"), opens=time(9), closes=time(12, 30), season="term", words="by the side door"),
        Times(days=("TU",), rhythm="fortnightly", starts_on=date(2026, 3, 3), by_appointment=True),
        Times(days=("FR",), rhythm="monthly", week=5, opens=time(10), closes=time(11)),
        Times(days=("SA",), rhythm="monthly"),
        Times(words="whenever the light is on"),
    ],
    "summaries": {"pl": "Pomoc dla rodzin", "ur": "خاندانوں کے لیے مدد"},
}
EMPTY: Values = {
    "name": "Bare",
    **dict.fromkeys(("profile", "email", "website", "address_1", "city", "postcode"), ""),
    "telephone": [],
}


def withheld(grade: str) -> Values:
    first = {
        "withheld": grade,
        "place_name": SECRET["name"],
        "council": "Wexcombe",
        "access": ["lift"],
        **{name: SECRET[name] for name in ("address_1", "postcode", "access_note")},
        "latitude": 53.48765,
        "longitude": -2.23456,
    }
    other = Whereabouts(
        withheld=grade,
        council="Wexcombe",
        address_1=SECRET["address_1"],
        name=SECRET["name"],
        postcode=SECRET["postcode"],
    )
    return {"name": f"Safe {grade}", **first, "more_places": [other], "email": "", "website": ""}


SETS: list[Values] = [
    {"name": "All of it", **FULL},
    EMPTY,
    withheld("coarse"),
    withheld("refuge"),
    *(
        {"name": f"Visits {kind}", "place_kind": kind, "address_1": "", "city": ""}
        for kind in ("visits", "online")
    ),
]


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> list[Service]:
    monkeypatch.setattr(answers, "memory", answers.Memory())
    monkeypatch.setattr(answers, "throttle", Throttle(100_000))
    setting = school(publishes_directory=True)
    services = [sheet(setting, visibility=Service.Visibility.PUBLIC, **values) for values in SETS]
    today = timezone.localdate()
    Service.objects.filter(pk=services[0].pk).update(waiting_on=today)
    for kind in Notice.Kind.values:
        Notice.objects.create(
            service=services[0], kind=kind, ends_on=today, said_by="Jo", words="To say", weeks=2
        )
    return services


def get(client: Client, path: str) -> Any:
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == 200, path
    return json.loads(response.content)


def bodies(client: Client, name: str) -> Iterator[tuple[str, Any]]:
    """(the kind of schema, an answer): first, middle and last page, whole lists, and each one of them."""
    yield "list", get(client, f"{name}?per_page=1")
    total = get(client, name)["total_items"]
    for number in (total // 2, total, total + 1):
        yield "list", get(client, f"{name}?per_page=1&page={number}")
    everything = get(client, f"{name}?per_page=50&full=true")
    yield "list", everything
    for each in everything["contents"]:
        yield "one", each
        yield "one", get(client, f"{name}/{each['id']}")


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of Open Referral UK are not at hand")
@pytest.mark.parametrize("name", LISTS)
def test_answers_are_valid(client: Client, directory: list[Service], name: str) -> None:
    validators = {
        kind: Draft202012Validator(
            json.loads((SCHEMAS / file).read_text()), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for kind, file in zip(("list", "one"), LISTS[name], strict=True)
    }
    wrapped = name != "organizations"  # the schema of its list is that of one of them
    for kind, body in bodies(client, name):
        checked = body if kind == "one" or wrapped else body["contents"]
        validator = validators[kind]
        for each in checked if isinstance(checked, list) else [checked]:
            assert [error.message for error in validator.iter_errors(each)] == []


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of Open Referral UK are not at hand")
def test_start_is_valid(client: Client) -> None:
    schema = json.loads((SCHEMAS / "api_details.json").read_text())
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(get(client, ""))


def objects(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
    for each in found.values() if isinstance(found, dict) else found if isinstance(found, list) else []:
        yield from objects(each)


@pytest.mark.parametrize("name", LISTS)
def test_field_without_a_value_is_left_out_and_ids_are_uuids(
    client: Client, directory: list[Service], name: str
) -> None:
    for kind, body in bodies(client, name):
        if kind == "list":
            assert list(body) == PAGE_FIELDS
            assert body["size"] == len(body["contents"])
        for each in objects(body["contents"] if kind == "list" else body):
            assert [field for field, value in each.items() if value in (None, "", [], {})] == []
            for field in each.keys() & {"id", "service_id", "location_id", "taxonomy_id", "organization_id"}:
                assert str(UUID(each[field])) == each[field]


def test_ids_are_never_given_twice_in_one_answer(client: Client, directory: list[Service]) -> None:
    for service in get(client, "services?full=true")["contents"]:
        ids = [each["id"] for each in objects(service) if "taxonomy" not in each]
        assert len(ids) == len(set(ids))


def test_sheet_is_wholly_written(client: Client, directory: list[Service]) -> None:
    found = get(client, f"services/{directory[0].pk}")
    assert found["description"].endswith("Bring a friend.")
    assert found["application_process"] == "Ring us.\nThen write."
    assert (found["minimum_age"], found["maximum_age"], found["wait_time"]) == (0, 19, "about two weeks")
    assert found["eligibility_description"] == "For: Families\nNot for: Emergencies"
    assert (found["assured_date"], found["assurer_email"]) == (str(CONFIRMED), "hello@harbour.example.org")
    assert found["cost_options"][0]["option"] == "Free"
    assert found["cost_options"][0]["amount"] == 0
    assert [each["code"] for each in found["languages"]] == FULL["languages"]
    assert {phone["type"] for phone in found["phones"]} == {"voice", "text", "fax"}
    assert found["phones"][0] | {"id": ""} == {
        "id": "",
        "number": "01632 960 318",
        "extension": 21,
        "type": "voice",
        "description": "mornings",
    }
    links = {each["link_type"] for each in found["attributes"]}
    assert links == {taxonomy.link_type for taxonomy in TAXONOMIES} | {"intended_audience"}
    (address,) = found["service_at_locations"][0]["location"]["addresses"]
    assert address["address_1"] == "12 Quay Lane, Second floor"
    assert (address["city"], address["state_province"]) == ("Wexcombe", "Wexshire")


def test_times_are_written_for_calendars_and_in_words(client: Client, directory: list[Service]) -> None:
    weekly, fortnightly, last, monthly, words = get(client, f"services/{directory[0].pk}")["schedules"]
    assert (weekly["byday"], weekly["opens_at"], weekly["closes_at"]) == ("MO,WE", "09:00:00", "12:30:00")
    assert "term time only" in weekly["description"]
    assert weekly["notes"] == "by the side door"
    assert (fortnightly["freq"], fortnightly["interval"], fortnightly["dtstart"]) == (
        "WEEKLY",
        2,
        "2026-03-03",
    )
    assert "by appointment" in fortnightly["description"]
    assert (last["freq"], last["byday"], monthly["byday"]) == ("MONTHLY", "-1FR", "SA")
    assert (words["description"], "freq" in words) == ("whenever the light is on", False)


def test_people_are_named_with_their_consent_only(client: Client, directory: list[Service]) -> None:
    everything = json.dumps([body for name in LISTS for _, body in bodies(client, name)])
    assert "Ann Lowe" in everything
    assert "ann.lowe@" in everything
    for hidden in ("Ben", "ben.quiet", "960 888", "Rosa Finch"):
        assert hidden not in everything
    contacts = get(client, f"services/{directory[0].pk}")["contacts"]
    assert [who["title"] for who in contacts] == ["Lead", "Worker"]
    assert contacts[1].keys() == {"id", "title"}


def test_withheld_address_leaves_as_words_alone(client: Client, directory: list[Service]) -> None:
    everything = json.dumps([body for name in LISTS for _, body in bodies(client, name)])
    for secret in (*SECRET.values(), "7ZZ", "53.48", "53.49", "-2.23"):
        assert secret not in everything
    coarse, refuge = (
        get(client, f"services/{service.pk}")["service_at_locations"][0]["location"]
        for service in directory[2:4]
    )
    assert coarse.keys() == refuge.keys() == {"id", "location_type", "description"}
    assert coarse["location_type"] == "virtual"
    assert coarse["description"] == "The address is withheld. Area: WX4."
    assert refuge["description"] == "The address is withheld. Area: Wexcombe."


# The OpenAPI document


def test_document_describes_what_is_sent(client: Client, directory: list[Service]) -> None:
    document = get(client, "openapi.json")
    assert document["openapi"].startswith("3.1")
    for name, (_, _, kinds, one) in openapi.LISTS.items():
        lists = {"oneOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in kinds[:1]], **document}
        single = {"$ref": f"#/components/schemas/{one}", **document}
        page = {"$ref": "#/components/schemas/Page", **document}
        found = get(client, name)
        Draft202012Validator(page).validate(found)
        for each in found["contents"]:
            Draft202012Validator(lists).validate(each)
            Draft202012Validator(single).validate(get(client, f"{name}/{each['id']}"))


def test_document_holds_together(client: Client) -> None:
    document = get(client, "openapi.json")
    for each in objects(document):
        if "$ref" in each:
            _, part, kind, name = each["$ref"].split("/")
            assert name in document[part][kind]
    for path, methods in document["paths"].items():
        assert list(methods) == ["get"]
        for code, response in methods["get"]["responses"].items():
            assert code.isdigit()
            assert response["description"]
        in_path = [each for each in methods["get"].get("parameters", []) if each.get("in") == "path"]
        assert len(in_path) == path.count("{")
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def _object(needed: str = "", optional: str = "", /, **properties: Any) -> dict[str, Any]:
    """An object with these fields and no others; those without a schema of their own are texts."""
    named = [*needed.split(), *optional.split()]
    text = {"type": "string", "minLength": 1}
    return {
        "type": "object",
        "required": needed.split(),
        "properties": {name: properties.get(name, text) for name in named},
        "additionalProperties": False,
    }


def _map(each: dict[str, Any], names: str = ".") -> dict[str, Any]:
    return {"type": "object", "patternProperties": {names: each}, "additionalProperties": False}


def _many(each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": each, "minItems": 1, "uniqueItems": True}


SCHEMA = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
REFERENCE = _object("$ref", **{"$ref": {"type": "string", "pattern": "^#/components/"}})
PARAMETER = _object(
    "name in schema",
    "description required",
    **{
        "in": {"enum": ["path", "query", "header", "cookie"]},
        "required": {"type": "boolean"},
        "schema": SCHEMA,
    },
)
RESPONSE = _object(
    "description", "content", content=_map(_object("schema", schema=SCHEMA), "^application/[a-z-]+$")
)
OPERATION = _object(
    "responses",
    "operationId summary parameters",
    parameters=_many({"anyOf": [REFERENCE, PARAMETER]}),
    responses={**_map({"anyOf": [REFERENCE, RESPONSE]}, "^[1-5][0-9][0-9]$"), "minProperties": 1},
)
OPENAPI = _object(
    "openapi info paths",
    "servers components",
    openapi={"type": "string", "pattern": r"^3\.1\.\d+$"},
    info=_object("title version", "summary description"),
    servers=_many(_object("url", url={"type": "string", "format": "uri"})),
    paths=_map(_object("get", get=OPERATION), "^/"),
    components=_object("", "schemas parameters", schemas=_map(SCHEMA), parameters=_map(PARAMETER)),
)
"""The parts of OpenAPI 3.1 that we use, from its specification."""


def test_document_is_openapi(client: Client) -> None:
    document = get(client, "openapi.json")
    Draft202012Validator(OPENAPI, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)
    operations = [path["get"] for path in document["paths"].values()]
    assert len({each["operationId"] for each in operations}) == len(operations)


def test_document_names_every_field_that_is_sent(client: Client, directory: list[Service]) -> None:
    """A field that we send and nobody describes would be a surprise."""
    schemas = openapi.schemas()

    def fields_of(schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            return fields_of(schemas[schema["$ref"].rpartition("/")[2]])
        parts = [fields_of(each) for each in schema.get("allOf", [])]
        return {name: each for part in [*parts, schema.get("properties", {})] for name, each in part.items()}

    def check(found: Any, schema: dict[str, Any]) -> None:
        if isinstance(found, list):
            for each in found:
                check(each, schema["items"])
        elif isinstance(found, dict) and (known := fields_of(schema)):
            assert set(found) <= set(known)
            for name, value in found.items():
                check(value, known[name])

    for name in openapi.LISTS:
        for each in get(client, f"{name}?full=true")["contents"]:
            check(each, schemas[openapi.LISTS[name][3]])
