"""The Open Referral UK API: what it answers, and to whom."""

import gzip
import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from directory.models import Notice, Place, Postcode, Service
from directory.oruk import answers, finding
from directory.oruk.asking import MOST
from directory.oruk.pages import COUNTS
from directory.oruk.terms import BY_KEY
from directory.oruk.throttle import MOST_REMEMBERED, Throttle
from directory.sheet.times import Times
from directory.sheet.values import Values
from directory.sheet.whereabouts import Person
from partnerships.limits import network
from partnerships.models import Setting
from tests.directory.kit import school, sheet

pytestmark = pytest.mark.django_db

ROOT = "/api/oruk/3.0"
PAGE_FIELDS = [
    *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
]


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(answers, "memory", answers.Memory())
    monkeypatch.setattr(answers, "throttle", Throttle(100_000))
    finding.TOPICS_IN_USE.forget()
    COUNTS.forget()
    yield
    finding.TOPICS_IN_USE.forget()


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


def ask(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    response = client.get(f"{ROOT}{path}", query)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def public(setting: Setting, **values: Any) -> Service:
    return sheet(setting, visibility=Service.Visibility.PUBLIC, **values)


def names(found: Any) -> list[str]:
    return [each["name"] for each in found["contents"]]


def test_organisation_is_listed_once_and_found_by_its_name_or_nearly(
    client: Client, hillside: Setting
) -> None:
    for number in range(2):
        public(hillside, name=f"Talk {number}", agency="Harbour Trust")
    public(hillside, name="Anchor", agency="Anchor Trust")
    found = ask(client, "/organizations")
    assert names(found) == ["Anchor Trust", "Harbour Trust"]
    assert found["total_items"] == 2
    for words in ("harbour", "arbou", "harbor", "HARBOUR trust"):
        assert names(ask(client, "/organizations", search=words))[0] == "Harbour Trust"
    assert ask(client, "/organizations", search="zebra")["total_items"] == 0


def test_start_names_the_version_and_the_document(client: Client) -> None:
    found = ask(client, "/")
    assert found["version"] == "HSDS-UK-3.0"
    assert found["openapi_url"].endswith(f"{ROOT}/openapi.json")
    assert ask(client, "") == found


def test_only_public_sheets_of_publishing_schools_are_sent(client: Client, hillside: Setting) -> None:
    shown = public(hillside, name="Harbour")
    sheet(hillside, name="Secret", postcode="WX4 3AA")
    quiet = public(school("quiet"), name="Quiet", postcode="WX4 4AA")
    assert names(ask(client, "/services")) == ["Harbour"]
    assert ask(client, f"/services/{shown.pk}")["name"] == "Harbour"
    assert "public" in ask(client, f"/services/{quiet.pk}", 404)["message"]
    assert names(ask(client, "/organizations")) == ["Harbour"]
    ask(client, f"/organizations/{quiet.agency_id}", 404)
    ask(client, f"/service_at_locations/{quiet.places.get().pk}", 404)
    assert ask(client, "/service_at_locations")["total_items"] == 1


def test_page_has_its_eight_fields(client: Client, hillside: Setting) -> None:
    for name in "ABC":
        public(hillside, name=name, postcode=f"WX4 {ord(name) - 60}AA")
    first, middle, last = (ask(client, "/services", per_page=1, page=page) for page in (1, 2, 3))
    assert list(first) == PAGE_FIELDS
    assert names(first) + names(middle) + names(last) == ["A", "B", "C"]
    assert [page["total_pages"] for page in (first, middle, last)] == [3, 3, 3]
    assert [(page["first_page"], page["last_page"]) for page in (first, middle, last)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_page_beyond_the_last_is_empty(client: Client, hillside: Setting) -> None:
    public(hillside)
    for path in ("/services", "/organizations", "/taxonomies", "/taxonomy_terms", "/service_at_locations"):
        found = ask(client, path, page=10**30)
        assert (found["empty"], found["size"], found["contents"]) == (True, 0, [])
        assert found["last_page"]
        assert found["total_items"] > 0


def test_empty_directory_has_one_empty_page(client: Client) -> None:
    found = ask(client, "/services")
    assert [found[name] for name in PAGE_FIELDS[:7]] == [0, 1, 1, 0, True, True, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("page", value) for value in ("0", "-1", "x", "1.5", "", "9" * 200, "٣", "1\x00")),
        *(("per_page", value) for value in ("0", "-1", str(MOST + 1), str(10**9), "all")),
        *(("taxonomy_term_id", value) for value in ("x", "", "1\x00", "' OR 1=1")),
        ("organization_id", "none"),
        ("taxonomy_id", "{}"),
        *(("minimum_age", value) for value in ("x", "-1", "1e5", "NaN", "inf")),
        ("maximum_age", "old"),
        *(("start_time", value) for value in ("25:00", "nine", "\x00")),
        ("end_time", "99"),
        *(("day", value) for value in ("Funday", "MO,TU", "")),
        *(("modified_after", value) for value in ("yesterday", "2026-13-01", "2026-02-30T09:00", "0")),
        *(("full", value) for value in ("maybe", "2")),
        ("minimal", "x"),
        ("format", "xml"),
    ],
)
def test_value_that_cannot_be_read_is_refused_with_words(client: Client, name: str, value: str) -> None:
    found = ask(client, "/services", 400, **{name: value})
    assert found["parameter"] == name
    assert found["message"].startswith(f"{name}: ")
    assert found["message"].endswith(".")


def test_whole_organisations_come_fifty_in_a_page(client: Client, hillside: Setting) -> None:
    public(hillside)
    for per_page, is_full, status in ((50, "true", 200), (51, "true", 400), (500, "false", 200)):
        found = ask(client, "/organizations", status, per_page=per_page, full=is_full)
        assert "message" not in found or "at most 50 in a page" in found["message"]


@pytest.mark.parametrize(
    "words", ["\x00", "(a+)+$", "%_%", "'; DROP TABLE x; --", "\\", "🙂" * 500, "*" * 3000]
)
def test_search_takes_whatever_is_typed(client: Client, hillside: Setting, words: str) -> None:
    public(hillside)
    assert ask(client, "/services", search=words)["total_items"] in {0, 1}
    assert ask(client, "/organizations", search=words)["total_items"] in {0, 1}


@pytest.fixture
def pair(hillside: Setting) -> tuple[Service, Service]:
    """Two services that differ in everything that can be asked for."""
    young = public(
        hillside,
        name="Young",
        agency="Wexcombe Trust",
        min_age=3,
        max_age=11,
        offers=["group"],
        topics=["sleep"],
        opening_times=[Times(days=("MO", "TU"), opens=time(9), closes=time(12))],
    )
    old = public(
        hillside,
        name="Older",
        profile="Walks for people who can’t settle.",
        sector="health",
        min_age=12,
        max_age=18,
        offers=["one_to_one"],
        postcode="M32 0TH",
        telephone=[("01632 960 400", "")],
        opening_times=[Times(days=("TU",), opens=time(13), closes=time(17))],
    )
    return young, old


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "walks"}, ["Older"]),
        ({"minimum_age": "10"}, ["Older"]),
        ({"maximum_age": "11"}, ["Young"]),
        ({"minimum_age": "3", "maximum_age": "18"}, ["Older", "Young"]),
        ({"day": "mo"}, ["Young"]),
        ({"day": "Tuesday"}, ["Older", "Young"]),
        ({"start_time": "12:30"}, ["Older"]),
        ({"end_time": "12:00:00"}, ["Young"]),
        ({"day": "MO", "start_time": "12:30"}, []),
        ({"taxonomy_term_id": str(BY_KEY["offers"].term("group").id)}, ["Young"]),
        ({"taxonomy_term_id": str(BY_KEY["sector"].term("health").id)}, ["Older"]),
        ({"taxonomy_term_id": str(BY_KEY["topics"].term("sleep").id)}, ["Young"]),
        ({"taxonomy_term_id": str(uuid4())}, []),
        ({"taxonomy_id": str(BY_KEY["topics"].id)}, ["Young"]),
        ({"taxonomy_id": str(BY_KEY["offers"].id)}, ["Older", "Young"]),
        ({"taxonomy_id": str(uuid4())}, []),
        ({"organization_id": str(uuid4())}, []),
        ({"search": "walks", "day": "MO"}, []),
    ],
)
def test_filters_narrow_together(
    client: Client, pair: tuple[Service, Service], query: dict[str, Any], expected: list[str]
) -> None:
    assert names(ask(client, "/services", **query)) == expected
    at_locations = ask(client, "/service_at_locations", **query)["contents"]
    assert sorted(each["service"]["name"] for each in at_locations) == expected


def test_organization_and_time_of_change_narrow(client: Client, pair: tuple[Service, Service]) -> None:
    young, old = pair
    Service.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=30))
    assert names(ask(client, "/services", organization_id=str(young.agency_id))) == ["Young"]
    assert names(ask(client, "/services", modified_after=date.today() - timedelta(days=2))) == ["Young"]
    exact = Service.objects.get(pk=young.pk).updated_at.isoformat()
    assert names(ask(client, "/services", modified_after=exact)) == ["Young"]


def test_minimal_full_and_lines(client: Client, pair: tuple[Service, Service]) -> None:
    minimal = ask(client, "/services", minimal="true")["contents"]
    assert [set(each) for each in minimal] == [{"id", "modified_date"}] * 2
    (whole,) = ask(client, "/services", full="true", search="young")["contents"]
    assert whole == ask(client, f"/services/{pair[0].pk}")
    assert "schedules" not in ask(client, "/services")["contents"][0]
    response: Any = client.get(f"{ROOT}/services?format=ndjson&per_page=1")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Older", "Young"]


def test_lines_are_for_a_few_at_once(client: Client, hillside: Setting) -> None:
    public(hillside)
    open_ones: list[Any] = [client.get(f"{ROOT}/organizations?format=ndjson") for _ in range(answers.STREAMS)]
    refused = client.get(f"{ROOT}/services?format=ndjson")
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    for response in open_ones:
        b"".join(response.streaming_content)
    again: Any = client.get(f"{ROOT}/services?format=ndjson")
    assert b"".join(again.streaming_content)


def test_caller_who_is_gone_before_the_first_line_leaves_room_for_others(
    client: Client, hillside: Setting
) -> None:
    public(hillside)
    request_finished.disconnect(close_old_connections)  # the test's own connection stays
    try:
        for _ in range(answers.STREAMS + 1):
            response: Any = client.get(f"{ROOT}/services?format=ndjson")
            assert response.status_code == 200
            response.close()
    finally:
        request_finished.connect(close_old_connections)


def test_topic_is_a_term_as_soon_as_a_sheet_has_it(client: Client, hillside: Setting) -> None:
    """The answer of before is remembered, and no longer given."""
    service = public(hillside)
    assert "grief" not in json.dumps(ask(client, "/taxonomy_terms", per_page=MOST))
    service.topics = ["grief"]
    service.save()
    terms = ask(client, "/taxonomy_terms", per_page=MOST)["contents"]
    (grief,) = [term["id"] for term in terms if term["name"] == "grief"]
    assert names(ask(client, "/services", taxonomy_term_id=grief)) == [service.name]
    ask(client, f"/taxonomy_terms/{grief}")


@pytest.mark.parametrize("path", ["services", "%C3%A9", "services//"])
def test_address_with_a_stroke_at_its_end_leads_to_the_one_without(client: Client, path: str) -> None:
    moved = client.get(f"{ROOT}/{path}/?page=2/")
    assert (moved.status_code, moved["Location"]) == (301, f"{ROOT}/{path.rstrip('/')}?page=2/")


def test_distance_needs_postcodes(client: Client, hillside: Setting) -> None:
    public(hillside)
    assert "not loaded" in ask(client, "/service_at_locations", 400, postcode="WX4 2QL")["message"]
    assert ask(client, "/service_at_locations", 400, proximity="500")["parameter"] == "proximity"
    assert ask(client, "/service_at_locations", 400, postcode="nowhere")["parameter"] == "postcode"
    Postcode.objects.create(code="M320TH", latitude=53.46, longitude=-2.28)
    assert "close by" in ask(client, "/service_at_locations", 400, postcode="WX4 2QL")["message"]
    assert ask(client, "/service_at_locations", postcode="m320th")["contents"] == []


def test_nearest_come_first_and_withheld_places_never(client: Client, hillside: Setting) -> None:
    Postcode.objects.create(code="M320TH", latitude=53.46, longitude=-2.28)
    for name, north, withheld in (("Far", 0.5, ""), ("Near", 0.01, ""), ("Hidden", 0.0, "coarse")):
        service = public(hillside, name=name, postcode=f"M1 {len(name)}AA", withheld=withheld)
        Place.objects.filter(service=service).update(latitude=53.46 + north, longitude=-2.28)
    found = ask(client, "/service_at_locations", postcode="M32 0TH")["contents"]
    assert [each["service"]["name"] for each in found] == ["Near", "Far"]
    close = ask(client, "/service_at_locations", postcode="M32 0TH", proximity="1200")["contents"]
    assert [each["service"]["name"] for each in close] == ["Near"]
    assert ask(client, "/service_at_locations", postcode="M32 0TH", proximity="1000")["contents"] == []


def test_joined_sheet_leads_to_the_one_that_stayed(client: Client, hillside: Setting) -> None:
    stays = public(hillside)
    gone = public(hillside, name="Harbour again", postcode="WX4 9AA")
    gone.merged_into, gone.retired_at = stays, timezone.now()
    gone.save()
    response = client.get(f"{ROOT}/services/{gone.pk}")
    assert (response.status_code, response["Location"]) == (301, f"{ROOT}/services/{stays.pk}")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_json_too(client: Client) -> None:
    for path in ("/services/x", "/nothing", f"/services/{UUID(int=0)}", "/services/1/2", "/%00"):
        assert ask(client, path, 404)["status"] == 404
    assert client.get(f"{ROOT}/services/")["Location"] == f"{ROOT}/services"


def test_notice_closes_and_alerts(client: Client, hillside: Setting) -> None:
    service = public(hillside)
    until = timezone.localdate() + timedelta(days=3)
    closed = Notice.objects.create(service=service, kind="closed", ends_on=until, said_by="Jo")
    Notice.objects.create(service=service, kind="alert", words="New door", said_by="Jo")
    Notice.objects.create(service=service, setting=hillside, kind="full", ends_on=until, said_by="Jo")
    found = ask(client, f"/services/{service.pk}")
    assert found["status"] == "temporarily closed"
    assert "New door" in found["alert"]
    assert "List full" not in found["alert"]
    closed.ended_at = timezone.now()
    closed.save()
    assert ask(client, f"/services/{service.pk}")["status"] == "active"


# What every answer has


def test_same_answer_is_not_sent_twice(client: Client, hillside: Setting) -> None:
    service = public(hillside)
    first = client.get(f"{ROOT}/services")
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Last-Modified"]
    again = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    stripped = {"If-None-Match": '"other", ' + first["ETag"].removeprefix("W/")}
    assert client.get(f"{ROOT}/services", headers=stripped).status_code == 304
    service.phones.update(note="mornings")
    changed = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_leaving_the_public_page_is_seen_at_once(client: Client, hillside: Setting) -> None:
    service = public(hillside)
    assert ask(client, f"/services/{service.pk}")
    hillside.publishes_directory = False
    hillside.save()
    ask(client, f"/services/{service.pk}", 404)
    assert ask(client, "/services")["empty"]


def test_answers_are_open_to_other_sites_and_keep_no_cookie(client: Client, hillside: Setting) -> None:
    public(hillside)
    for path in ("/services", "/services?page=0", "/nothing", "/openapi.json"):
        response = client.get(f"{ROOT}{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    before = client.options(f"{ROOT}/services", headers={"Origin": "https://a.example.org"})
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]


def test_only_reading_is_offered(hillside: Setting) -> None:
    client = Client(enforce_csrf_checks=True)
    for send in (client.post, client.put, client.delete, client.patch):
        response = send(f"{ROOT}/services")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert json.loads(response.content)["message"]


def test_answer_is_compressed_for_whoever_takes_it(client: Client, hillside: Setting) -> None:
    public(hillside, profile="Helps. " * 100)
    plain = client.get(f"{ROOT}/services")
    packed = client.get(f"{ROOT}/services", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    refused = client.get(f"{ROOT}/services", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain
    assert "Content-Encoding" not in refused
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    head = client.head(f"{ROOT}/services")
    assert (head.content, head["Content-Length"]) == (b"", plain["Content-Length"])


def test_asking_too_often_has_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "throttle", Throttle(3))
    codes = [client.get(f"{ROOT}/taxonomies").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = client.get(f"{ROOT}/taxonomies")
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert "Wait" in json.loads(refused.content)["message"]
    assert client.get(f"{ROOT}/taxonomies", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_throttle_lets_a_burst_through_and_then_a_steady_rate() -> None:
    throttle = Throttle(60)
    assert [throttle.wait("a", 0.0) for _ in range(60)] == [0.0] * 60
    assert throttle.wait("a", 0.0) == pytest.approx(1.0)
    assert throttle.wait("a", 1.0) == 0.0
    assert throttle.wait("a", 1.0) > 0
    for number in range(MOST_REMEMBERED + 1):
        throttle.wait(str(number), 2.0)
    assert len(throttle._until) <= MOST_REMEMBERED // 2


def test_ipv6_is_counted_by_network() -> None:
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2:ffff::1")
    assert network("2001:db8::1") == network("2001:db8::2") != network("2001:db8:1::2")
    assert network("::ffff:203.0.113.9") != network("::ffff:203.0.113.10")
    assert network("203.0.113.9") == "203.0.113.9"


QUERIES = {
    "/services": 5,
    "/services?full=true": 10,
    "/services?minimal=true": 4,
    "/service_at_locations": 6,
    "/organizations": 4,
    "/organizations?full=true": 11,
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(
    client: Client, hillside: Setting, path: str, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        public(hillside, **everything(number))
    ask(client, "/taxonomies")
    with django_assert_num_queries(QUERIES[path]):
        client.get(f"{ROOT}{path}")


def test_second_asking_costs_one_query(
    client: Client, hillside: Setting, django_assert_num_queries: Any
) -> None:
    public(hillside)
    first = ask(client, "/services?full=true")
    with django_assert_num_queries(1):
        assert ask(client, "/services?full=true") == first


def everything(number: int) -> Values:
    return {
        "name": f"Service {number}",
        "postcode": f"WX4 {number}QL",
        "contacts": [Person("Ann Lowe", "Lead", True, phones=(("voice", "01632 960 777", ""),))],
        "opening_times": [Times(days=("MO",), opens=time(9), closes=time(12))],
        "summaries": {"pl": "Pomoc"},
        "topics": ["sleep"],
    }


def test_page_for_other_systems_is_reached_from_the_public_directory(
    client: Client, hillside: Setting
) -> None:
    shown = client.get(f"/d/{hillside.slug}/").content.decode()
    assert 'href="/for-other-systems/"' in shown
    page = client.get("/for-other-systems/")
    assert page.status_code == 200
    for address in (f"{ROOT}/", f"{ROOT}/openapi.json", f"{ROOT}/services"):
        assert f'href="{address}"' in page.content.decode()
        assert client.get(address).status_code == 200
