"""Lists that are fetched: seen before they come in, then each night, with who wins by field."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from directory import tasks
from directory.imports import feeding
from directory.imports.previews import summary_words
from directory.imports.records import Record
from directory.models import Feed, ImportBatch, Service, SourceRecord, Suggestion
from directory.sheet.saving import update_sheet
from directory.sheet.values import Values
from partnerships.models import Membership, Setting
from tests.config.test_fetching import anywhere, sends, serving
from tests.directory.kit import url
from tests.partnerships.kit import client_of, words_of

pytestmark = pytest.mark.django_db

HARBOUR = {"key": "h", "name": "Harbour", "profile": "Helps", "postcode": "WX4 2QL"}
KITE = {"key": "k", "name": "Kite", "profile": "Counsels", "postcode": "M15 4HF"}
State = ImportBatch.State


def read_page(data: bytes) -> tuple[list[Record], int]:
    """In place of the reader of Open Referral: the values as they are."""
    said = json.loads(data)
    rows = [dict(each) for each in said["contents"]]
    records = [Record(number, each, key=each.pop("key")) for number, each in enumerate(rows, 1)]
    return records, said["total_pages"]


class TheirSite:
    """A feed of several pages, each of which says whether it has changed."""

    def __init__(self) -> None:
        self.pages: list[list[Values]] = [[HARBOUR], [KITE]]
        self.status = 200
        self.asked: list[str] = []
        self.answers: list[int] = []

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        number = int(request.path.partition("page=")[2] or 1)
        etag = f'"{hash(str(self.pages[number - 1]))}"'
        body = {"total_pages": len(self.pages), "contents": self.pages[number - 1]}
        known = request.headers["If-None-Match"] == etag
        self.answers.append(304 if known else self.status)
        sends(b"" if known else json.dumps(body).encode(), self.answers[-1], ETag=etag)(request)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> TheirSite:
    monkeypatch.setattr(feeding, "read_page", read_page)
    return TheirSite()


@pytest.fixture
def feed(site: TheirSite, amara: Membership) -> Iterator[Feed]:
    with serving(site.answer) as address:
        yield Feed.objects.create(setting=amara.setting, name="Council", address=address, made_by=amara)


def fetched(feed: Feed) -> ImportBatch | None:
    """As the task does it, on this machine."""
    feed.refresh_from_db()
    batch = feeding.fetch_feed(feed, allowed=anywhere, pause=0)
    if batch is not None:
        tasks.bring_feed(feed, batch)
        return ImportBatch.objects.filter(pk=batch.pk).first()
    return None


def brought(feed: Feed) -> None:
    """The first time somebody looks and presses the button."""
    batch = fetched(feed)
    assert batch is not None
    client = client_of(feed.setting.memberships.get())
    assert "This is what will happen" in words_of(client.get(url("import_preview", feed.setting, batch.pk)))
    client.post(url("bring_in", feed.setting, batch.pk))


def profile() -> str:
    return Service.objects.get(name="Harbour").profile


def test_all_pages_are_fetched_and_shown_before_anything_is_saved(feed: Feed, site: TheirSite) -> None:
    batch = fetched(feed)
    assert batch is not None
    assert (batch.state, batch.report["new"]) == (State.PREVIEW, 2)
    assert [path.partition("?")[2] for path in site.asked] == ["", "page=2"]
    assert not Service.objects.exists()


def test_what_is_new_there_comes_in_at_night_without_asking(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    assert SourceRecord.objects.count() == 2
    site.pages = [[{**HARBOUR, "profile": "Helps more", "name": "Harbour"}, KITE]]
    batch = fetched(feed)
    assert batch is not None
    assert (batch.state, batch.report["changed"], profile()) == (State.DONE, 1, "Helps more")
    assert summary_words(batch) == "1 changed, 1 the same"


def test_night_on_which_nothing_changed_leaves_no_trace(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    many = ImportBatch.objects.count()
    assert fetched(feed) is None
    site.pages = [[KITE], [HARBOUR]]
    assert fetched(feed) is None
    assert ImportBatch.objects.count() == many


def test_change_on_the_second_page_comes_in_though_the_first_says_unchanged(
    feed: Feed, site: TheirSite
) -> None:
    brought(feed)
    site.pages = [[HARBOUR], [{**KITE, "profile": "Counsels all"}]]
    fetched(feed)
    assert Service.objects.get(name="Kite").profile == "Counsels all"


def test_list_of_one_page_that_is_unchanged_is_not_sent_again(feed: Feed, site: TheirSite) -> None:
    site.pages = [[HARBOUR, KITE]]
    brought(feed)
    for _ in range(2):
        assert fetched(feed) is None
    assert site.answers == [200, 200, 304]


def test_list_whose_import_failed_is_sent_again_the_next_night(
    feed: Feed, site: TheirSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages = [[HARBOUR, KITE]]
    brought(feed)
    site.pages = [[{**HARBOUR, "profile": "Helps more"}, KITE]]
    with monkeypatch.context() as broken:
        broken.setattr(feeding, "remember", lambda *args: 1 / 0)
        failed = fetched(feed)
    assert failed is not None
    assert (failed.state, profile()) == (State.FAILED, "Helps")
    fetched(feed)
    assert profile() == "Helps more"
    assert not ImportBatch.objects.filter(state=State.FAILED).exists()


def test_list_fetched_by_hand_comes_whole_and_takes_the_place_of_the_preview_before(
    feed: Feed, site: TheirSite, amara: Membership
) -> None:
    site.pages = [[HARBOUR, KITE]]
    older = fetched(feed)
    Feed.objects.update(etag=f'"{hash(str(site.pages[0]))}"')
    client_of(amara).post(url("fetch_now", feed.setting, feed.pk))
    newer = fetched(feed)
    assert older is not None
    assert newer is not None
    older.refresh_from_db()
    assert (older.state, newer.state, newer.report["new"]) == (State.DROPPED, State.PREVIEW, 2)


def test_feed_that_stands_in_the_queue_twice_is_fetched_once(
    feed: Feed, site: TheirSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = feeding.fetch_feed
    monkeypatch.setattr(feeding, "fetch_feed", lambda each: real(each, allowed=anywhere, pause=0))
    tasks.ask_for(feed)
    for _ in range(2):
        tasks.fetch_feed.call(str(feed.pk))
    assert len(site.asked) == len(site.pages)


def test_service_renamed_there_is_the_same_sheet(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    site.pages = [[{**HARBOUR, "name": "Safe Harbour", "postcode": "WX9 9QL"}, KITE]]
    fetched(feed)
    assert sorted(Service.objects.values_list("name", flat=True)) == ["Kite", "Safe Harbour"]


@pytest.mark.parametrize(
    ("wins", "ours", "now"),
    [
        ("", "", "Theirs now"),
        ("", "Ours", "Ours"),
        ("theirs", "Ours", "Theirs now"),
        ("ours", "", "Helps"),
    ],
)
def test_who_wins_is_decided_by_field(feed: Feed, site: TheirSite, wins: str, ours: str, now: str) -> None:
    brought(feed)
    Feed.objects.update(wins={"profile": wins} if wins else {})
    if ours:
        service = Service.objects.with_whole_parts().get(name="Harbour")
        update_sheet(feed.setting, service, {"profile": ours}, ["profile"])
    site.pages = [[{**HARBOUR, "profile": "Theirs now"}, KITE]]
    fetched(feed)
    assert profile() == now


def test_where_both_changed_theirs_waits_as_a_suggestion_once(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    service = Service.objects.with_whole_parts().get(name="Harbour")
    update_sheet(feed.setting, service, {"profile": "Ours"}, ["profile"])
    for etag in range(2):
        site.pages = [[{**HARBOUR, "profile": "Theirs now"}, KITE], [{**KITE, "key": f"{etag}"}]]
        fetched(feed)
    suggestion = Suggestion.objects.get()
    assert (suggestion.source, suggestion.said_by) == ("feed", "Council")
    assert suggestion.changes.get().value == "Theirs now"


def test_record_that_is_gone_there_is_told_and_stays(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    site.pages = [[HARBOUR]]
    fetched(feed)
    client = client_of(feed.setting.memberships.get())
    shown = words_of(client.get(url("feed_detail", feed.setting, feed.pk)))
    assert "No longer in the list" in shown
    assert Service.visible_to(feed.setting).filter(name="Kite").exists()


def test_feed_that_fails_again_and_again_is_paused_and_told_at_home(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    site.status = 500
    for _ in range(feeding.MOST_FAILURES):
        Feed.objects.update(etag="")
        assert fetched(feed) is None
    feed.refresh_from_db()
    assert feed.paused_at is not None
    client = client_of(feed.setting.memberships.get())
    assert "“Council” is no longer fetched" in words_of(client.get(f"/s/{feed.setting.slug}/"))
    client.post(url("fetch_now", feed.setting, feed.pk))
    feed.refresh_from_db()
    assert not feed.failures
    assert not Feed.objects.exclude(paused_at=None).exists()


def test_import_of_a_feed_that_is_taken_back_pauses_it(feed: Feed) -> None:
    brought(feed)
    client = client_of(feed.setting.memberships.get())
    client.post(url("undo_import", feed.setting, feed.imports.get().pk))
    assert not Service.objects.exists()
    feed.refresh_from_db()
    assert feed.paused_at is not None


def test_feed_is_fetched_once_a_night(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    night = timezone.make_aware(datetime(2026, 3, 3, 3, 0))
    assert feeding.due(night) == []
    brought(feed)
    Feed.objects.update(tried_at=night - timedelta(hours=20))
    assert feeding.due(night) == [feed]
    assert feeding.due(night - timedelta(hours=2)) == []
    monkeypatch.setattr(timezone, "now", lambda: night)
    DBTaskResult.objects.all().delete()
    for _ in range(2):
        tasks.fetch_due_feeds(night.date())
    assert DBTaskResult.objects.count() == 1


def test_address_is_added_on_the_page_and_fetched_in_the_background(
    hillside: Setting, amara: Membership
) -> None:
    client = client_of(amara)
    assert "No list is fetched yet" in words_of(client.get(url("feed_list", hillside)))
    data = {"name": "Council", "address": "https://feeds.example.org/services"}
    shown = words_of(client.post(url("add_feed", hillside), data, follow=True))
    assert "The list is being fetched" in shown
    assert DBTaskResult.objects.count() == 1
    assert "fetched already" in words_of(client.post(url("add_feed", hillside), data))


@pytest.mark.parametrize("address", ["ftp://example.org/x", "https://user:secret@example.org/", "nonsense"])
def test_address_that_cannot_be_fetched_is_told(hillside: Setting, amara: Membership, address: str) -> None:
    client_of(amara).post(url("add_feed", hillside), {"name": "Council", "address": address})
    assert not Feed.objects.exists()


def test_this_machine_is_not_fetched(feed: Feed) -> None:
    assert feeding.fetch_feed(feed) is None
    assert "private network" in feed.problem


def test_person_says_who_wins(hillside: Setting, amara: Membership) -> None:
    feed = Feed.objects.create(setting=hillside, name="Council", address="https://feeds.example.org/")
    shown = client_of(amara).post(url("wins_edit", hillside, feed.pk), {"web": "ours"}, follow=True)
    feed.refresh_from_db()
    assert feed.wins == {"email": "ours", "website": "ours"}
    assert "Always ours" in words_of(shown)


def test_list_is_no_longer_fetched_and_its_services_stay(feed: Feed) -> None:
    brought(feed)
    client = client_of(feed.setting.memberships.get())
    client.post(url("remove_feed", feed.setting, feed.pk))
    assert not Feed.objects.exists()
    assert Service.visible_to(feed.setting).count() == 2
    assert "2 new" in words_of(client.get(url("import_list", feed.setting)))


def test_feed_without_end_is_refused(feed: Feed, site: TheirSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.imports.rows.MAX_ROWS", 3)
    site.pages = [[{**HARBOUR, "key": f"{page}"}] for page in range(50)]
    assert fetched(feed) is None
    feed.refresh_from_db()
    assert "more than 3 services" in feed.problem
    assert len(site.asked) < 6


def test_feed_never_says_where_a_withheld_address_is(feed: Feed, site: TheirSite) -> None:
    brought(feed)
    Feed.objects.update(wins={"postcode": "theirs", "withheld": "theirs"})
    service = Service.objects.with_whole_parts().get(name="Harbour")
    update_sheet(feed.setting, service, {"withheld": "coarse"}, ["withheld"])
    site.pages = [[{**HARBOUR, "postcode": "WX9 9QL", "withheld": "", "profile": "New"}, KITE]]
    fetched(feed)
    place = service.places.get()
    assert (place.withheld, place.postcode, profile()) == ("coarse", "WX4", "New")
    assert "WX4 2QL" not in str(SourceRecord.objects.get(key="h").values)


BOMB = b"[" + b"[]," * 1_300_000 + b"[]]"
"""Four megabytes that would be a hundred in memory."""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html>", "gives a web page, not a list"),
        (b"{nonsense", "not JSON that can be read"),
        (b'{"a":' * 100_000, "not JSON that can be read"),
        (b'{"contents": []}', "no services in this file"),
        (BOMB, "Split the list"),
    ],
)
def test_content_that_is_no_feed_is_told(amara: Membership, content: bytes, words: str) -> None:
    with serving(sends(content, Content_Type="application/json")) as address:
        feed = Feed.objects.create(setting=amara.setting, name="Council", address=address)
        assert fetched(feed) is None
    feed.refresh_from_db()
    assert words in feed.problem
    assert feed.failures == 1
