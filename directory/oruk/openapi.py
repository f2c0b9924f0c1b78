"""The OpenAPI document: what this API serves, and no more."""

from functools import cache
from typing import Any

from django.conf import settings

from directory.oruk import asking
from directory.oruk.asking import MOST, MOST_WHOLE, PER_PAGE
from directory.oruk.terms import ROOT

Json = dict[str, Any]
INTEGER, TRUTH = {"type": "integer"}, {"type": "boolean"}
TEXT, MAIL, ADDRESS = (
    {"type": "string"},
    {"type": "string", "format": "email"},
    {"type": "string", "format": "uri"},
)
ID, DAY = {"type": "string", "format": "uuid"}, {"type": "string", "format": "date"}
MOMENT, NUMBER = {"type": "string", "format": "date-time"}, {"type": "number"}

PARAMETERS: dict[str, tuple[str, Json]] = {
    "search": ("Words to look for in name, organisation and description; small slips are forgiven.", TEXT),
    "page": ("The number of the page; beyond the last one it is empty.", {**INTEGER, "minimum": 1}),
    "per_page": (
        f"How many in a page: {PER_PAGE} unless told, at most {MOST}; of whole organisations {MOST_WHOLE}.",
        {**INTEGER, "minimum": 1, "maximum": MOST, "default": PER_PAGE},
    ),
    "taxonomy_term_id": ("Only with this term.", ID),
    "taxonomy_id": ("Only with any term of this taxonomy.", ID),
    "minimum_age": ("Only with a minimum age of at least this.", NUMBER),
    "maximum_age": ("Only with a maximum age of at most this.", NUMBER),
    "start_time": ("Only with times that start at this time of day or later.", {**TEXT, "format": "time"}),
    "end_time": ("Only with times that end at this time of day or earlier.", {**TEXT, "format": "time"}),
    "day": ("Only with times on this day: MO, TU … or its name.", TEXT),
    "organization_id": ("Only of this organisation.", ID),
    "modified_after": ("Only changed at this date or date and time, or later.", MOMENT),
    "postcode": ("The nearest to it first. Withheld addresses are never among them.", TEXT),
    "proximity": ("Only within so many metres of the postcode.", NUMBER),
    "minimal": ("Only id and modified_date, up to 50,000 in a page.", TRUTH),
    "full": ("Everything about each, as at its own address.", TRUTH),
    "format": (
        "json, in pages; or ndjson: all of it, one object a line.",
        {**TEXT, "enum": ["json", "ndjson"]},
    ),
}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: Json) -> Json:
    return {"type": "array", "items": items}


def thing(required: str = "id", **properties: Json) -> Json:
    """An object; what it doesn't require is left out where there is no value, never null or empty."""
    return {"type": "object", "required": required.split(), "properties": properties}


def _service() -> Json:
    return thing(
        "id name status organization last_modified",
        id=ID,
        name=TEXT,
        description=TEXT,
        url=ADDRESS,
        email=MAIL,
        status={"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
        minimum_age=NUMBER,
        maximum_age=NUMBER,
        alert=TEXT,
        application_process=TEXT,
        eligibility_description=TEXT,
        interpretation_services=TEXT,
        fees_description=TEXT,
        wait_time=TEXT,
        assured_date=DAY,
        assurer_email=MAIL,
        last_modified=MOMENT,
        organization=ref("Organization"),
    )


def _whole_service() -> Json:
    lists = {
        "schedules": "Schedule",
        "service_at_locations": "PlaceOfService",
        "phones": "Phone",
        "contacts": "Contact",
        "languages": "Language",
        "cost_options": "CostOption",
        "attributes": "Attribute",
        "additional_urls": "Link",
        "translations": "Translation",
    }
    more = {"organization_id": ID, **{name: many(ref(kind)) for name, kind in lists.items()}}
    return {"allOf": [ref("Service"), {"type": "object", "properties": more}]}


def schemas() -> Json:
    """Every kind of object that is sent."""
    return {
        "Service": _service(),
        "WholeService": _whole_service(),
        "ChangedService": thing("id modified_date", id=ID, modified_date=MOMENT),
        "Organization": thing(
            "id name description", id=ID, name=TEXT, description=TEXT, email=MAIL, website=ADDRESS
        ),
        "WholeOrganization": {
            "allOf": [ref("Organization"), thing("id", services=many({"type": "object"}))],
        },
        "PlaceOfService": thing(id=ID, service_id=ID, location_id=ID, location=ref("Location")),
        "ServiceAtLocation": {"allOf": [ref("PlaceOfService"), thing("service", service=ref("Service"))]},
        "WholeServiceAtLocation": {
            "allOf": [ref("PlaceOfService"), thing("service", service=ref("WholeService"))],
        },
        "Location": _location(),
        "Address": _address(),
        "Access": thing(id=ID, description=TEXT, details=TEXT, accessibility=TEXT),
        **_small_things(),
        "Taxonomy": thing("id name description", id=ID, name=TEXT, description=TEXT, version=TEXT),
        "WholeTaxonomy": {
            "allOf": [ref("Taxonomy"), thing("taxonomy_terms", taxonomy_terms=many(ref("TaxonomyTerm")))],
        },
        "Start": thing("version profile openapi_url", version=TEXT, profile=ADDRESS, openapi_url=ADDRESS),
        "Page": _page(),
        "Problem": thing("status message", status=INTEGER, message=TEXT, parameter=TEXT, location=TEXT),
    }


def _location() -> Json:
    kind = {"type": "string", "enum": ["physical", "virtual"]}
    return thing(
        "id location_type",
        id=ID,
        location_type=kind,
        name=TEXT,
        description=TEXT,
        latitude=NUMBER,
        longitude=NUMBER,
        addresses=many(ref("Address")),
        accessibility=many(ref("Access")),
    )


def _address() -> Json:
    names = "id address_1 city state_province postal_code country address_type"
    properties: Json = {**dict.fromkeys(names.split(), TEXT), "id": ID, "location_id": ID}
    return thing(names, **properties)


def _small_things() -> Json:
    schedule: Json = dict.fromkeys(("freq", "byday", "opens_at", "closes_at", "description", "notes"), TEXT)
    term: Json = dict.fromkeys(("name", "description", "taxonomy", "term"), TEXT)
    return {
        "Schedule": thing(id=ID, service_id=ID, interval=INTEGER, dtstart=DAY, **schedule),
        "Phone": thing("id number", id=ID, number=TEXT, extension=INTEGER, type=TEXT, description=TEXT),
        "Contact": thing(id=ID, title=TEXT, name=TEXT, email=MAIL, phones=many(ref("Phone"))),
        "Language": thing(id=ID, name=TEXT, code=TEXT),
        "CostOption": thing(id=ID, option=TEXT, amount=NUMBER, amount_description=TEXT),
        "Attribute": thing(
            "id taxonomy_term",
            id=ID,
            link_id=ID,
            link_entity=TEXT,
            link_type=TEXT,
            value=TEXT,
            taxonomy_term=ref("TaxonomyTerm"),
        ),
        "Link": thing(id=ID, label=TEXT, url=ADDRESS),
        "Translation": thing(id=ID, code=TEXT, name=TEXT, description=TEXT),
        "TaxonomyTerm": thing("id name description", id=ID, taxonomy_id=ID, term_uri=ADDRESS, **term),
    }


def _page() -> Json:
    counts = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), INTEGER)
    facts = dict.fromkeys(("first_page", "last_page", "empty"), TRUTH)
    return thing(
        " ".join([*counts, *facts, "contents"]), **counts, **facts, contents=many({"type": "object"})
    )


LISTS = {
    "services": ("Services", asking.SERVICES, ("Service", "WholeService", "ChangedService"), "WholeService"),
    "service_at_locations": (
        "Services at their locations",
        asking.AT_LOCATIONS,
        ("ServiceAtLocation", "WholeServiceAtLocation"),
        "WholeServiceAtLocation",
    ),
    "organizations": (
        "Organisations",
        asking.ORGANIZATIONS,
        ("Organization", "WholeOrganization"),
        "WholeOrganization",
    ),
    "taxonomies": ("Taxonomies", asking.PAGING, ("Taxonomy",), "WholeTaxonomy"),
    "taxonomy_terms": ("Terms of the taxonomies", asking.TERMS, ("TaxonomyTerm",), "TaxonomyTerm"),
}
"""Name → (what it lists, its parameters, what the list holds, what one of them is)."""


def answer(words: str, schema: Json, *, lines: bool = False) -> Json:
    content = {"application/json": {"schema": schema}}
    if lines:
        content["application/x-ndjson"] = {"schema": TEXT}
    return {"description": words, "content": content}


def _refusals(*codes: str) -> Json:
    words = {
        "400": "A parameter can’t be read; the message says what to write.",
        "404": "Nothing with this id is open to the public.",
        "429": "Asked too often: Retry-After says how long to wait.",
        "503": "Busy, or not in reach of the database: Retry-After says how long to wait.",
    }
    return {code: answer(words[code], ref("Problem")) for code in (*codes, "429", "503")}


def _list_path(name: str) -> Json:
    words, parameters, kinds, _ = LISTS[name]
    items = ref(kinds[0]) if len(kinds) == 1 else {"anyOf": [ref(kind) for kind in kinds]}
    page = {"allOf": [ref("Page"), {"type": "object", "properties": {"contents": many(items)}}]}
    return {
        "get": {
            "operationId": f"list_{name}",
            "summary": f"{words}, in pages",
            "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in parameters],
            "responses": {
                "200": answer("A page", page, lines="format" in parameters),
                "304": {"description": "Nothing has changed since the ETag that you sent."},
                **_refusals("400"),
            },
        }
    }


def _one_path(name: str) -> Json:
    moved = {"301": {"description": "Joined with another: Location says where it is."}}
    return {
        "get": {
            "operationId": f"get_{name}",
            "summary": f"{LISTS[name][0]}: one of them, with everything about it",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": ID}],
            "responses": {
                "200": answer("All of it", ref(LISTS[name][3])),
                **(moved if name == "services" else {}),
                "304": {"description": "Nothing has changed since the ETag that you sent."},
                **_refusals("404"),
            },
        }
    }


def paths() -> Json:
    start = {
        "operationId": "start",
        "summary": "What this API is",
        "responses": {"200": answer("Its version and this document", ref("Start")), **_refusals()},
    }
    found: Json = {"/": {"get": start}}
    for name in LISTS:
        found[f"/{name}"] = _list_path(name)
        found[f"/{name}/{{id}}"] = _one_path(name)
    return found


@cache
def document() -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Joined Up: Open Referral UK",
            "version": "3.0",
            "summary": "Services that work with schools, open to everybody.",
            "description": (
                "Public sheets that at least one school publishes. GET only, without a key, from any site. "
                "A field without a value is left out. Withheld addresses and the names of people who have not "
                "agreed are never sent."
            ),
        },
        "servers": [{"url": f"{settings.SITE_URL}{ROOT}"}],
        "paths": paths(),
        "components": {
            "schemas": schemas(),
            "parameters": {
                name: {"name": name, "in": "query", "description": words, "schema": schema}
                for name, (words, schema) in PARAMETERS.items()
            },
        },
    }
