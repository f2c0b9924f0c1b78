"""A service that has ended: said by its agency without an account, read by everybody, decided by each school."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from config.keys import hashed
from directory import search
from directory.agency.asking import ask_agencies, due_here, to_remind
from directory.changes.suggesting import make_suggestion
from directory.models import AgencyLink, Notice, Service, Suggestion
from directory.notices import place_notice
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
CONFIRM, LASTING = AgencyLink.Purpose.CONFIRM, AgencyLink.Purpose.LASTING
KEY = "a-key-that-only-the-mail-has"
ANSWER, PHONE = f"/confirm/{KEY}/", f"/now/{KEY}/"


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


@pytest.fixture
def service(hillside: Setting) -> Service:
    long_ago = (TODAY() - timedelta(days=200), "X", "")
    return sheet(hillside, visibility="public", confirmed=long_ago, capacity="open")


@pytest.fixture
def riverside(service: Service) -> Setting:
    """Another school that uses the sheet."""
    made = school("riverside")
    made.partnerships.create(service=service)
    return made


def keep_by_agency(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(steward=None)
    service.refresh_from_db()


def link(service: Service, purpose: str = CONFIRM, **fields: Any) -> AgencyLink:
    given = {
        "email": "hello@harbour.example.org",
        "steward": service.steward,
        "expires_at": timezone.now() + timedelta(days=60),
        "key_hash": hashed(KEY),
        **fields,
    }
    return AgencyLink.objects.create(service=service, purpose=purpose, **given)


def hidden(address: str, after: str = "") -> dict[str, str]:
    """What a form of the page carries, the only one or the one `after` these words."""
    page = Client().get(address).content.decode()
    page = page[page.find(after) :].partition("</form>")[0]
    return dict(re.findall(r'name="(ticket|seen)" value="([^"]+)"', page))


def say(start: str = ANSWER, days: int = 0, held: dict[str, str] | None = None, **typed: Any) -> Any:
    """Sends what the page would send; `days` from today is the last day."""
    data = {"last_day": (TODAY() + timedelta(days=days)).isoformat(), "words": "", "name": "", **typed}
    held = hidden(f"{start}ended/") if held is None else held
    client = Client(enforce_csrf_checks=True)
    return client.post(f"{start}ended/", {**held, **data}, follow=True)


def take_back(start: str = ANSWER) -> Any:
    return Client(enforce_csrf_checks=True).post(f"{start}goes-on/", hidden(start, "goes-on/"), follow=True)


def shown_at(setting: Setting, service: Service, role: Role = Role.STAFF) -> str:
    return words_of(client_of(member(setting, role)).get(url("service_detail", setting, service.pk)))


def ending() -> Notice | None:
    return Notice.objects.endings().first()


def test_looking_ends_nothing(service: Service) -> None:
    link(service)
    for _ in range(2):
        response = Client().get(f"{ANSWER}ended/")
        assert "This service has ended" in words_of(response)
        assert response.cookies == {}
        Client().head(f"{ANSWER}ended/")
        assert Client().get(f"{ANSWER}goes-on/").status_code == 405
    assert (ending(), Suggestion.objects.count()) == (None, 0)
    assert "This service has ended" in words_of(Client().get(ANSWER))


def test_end_is_read_by_everybody_at_once_and_the_school_is_asked(
    service: Service, hillside: Setting, amara: Membership
) -> None:
    link(service)
    said = words_of(say(days=-1, words="Wexcombe Hub", name="Tom Whitlock"))
    assert "Hillside School decides whether to take the service off the list" in said
    made = Suggestion.objects.get()
    assert (made.kind, made.last_day, made.words, made.said_by) == (
        "closed",
        TODAY() - timedelta(days=1),
        "Wexcombe Hub",
        "Tom Whitlock",
    )
    shown = [shown_at(hillside, service), words_of(Client().get(url("public_list", hillside)))]
    shown.append(words_of(Client().get(url("public_service", hillside, service.pk))))
    assert all("Ended on" in each and "Wexcombe Hub" not in each for each in shown)
    waiting = words_of(client_of(amara).get(f"/s/{hillside.slug}/"))
    assert "Harbour: the service has ended" in waiting
    assert "Take it off your list" not in waiting


def test_school_takes_it_off_with_a_word_back_and_history_names_both(
    service: Service, hillside: Setting, amara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    link(service)
    say(words="Wexcombe Hub", name="Tom Whitlock")
    made = Suggestion.objects.get()
    client = client_of(amara)
    page = words_of(client.get(url("suggestion_detail", hillside, made.pk)))
    assert "Who does it now: </span>" not in page
    assert "Who does it now: Wexcombe Hub" in page
    assert "Take it off the list" in page
    address = url("take_off_suggestion", hillside, made.pk)
    with django_capture_on_commit_callbacks(execute=True):
        after = words_of(client.post(address, {"reply": "Thank you for all."}, follow=True))
    assert "Harbour is off the list." in after
    service.refresh_from_db()
    made.refresh_from_db()
    assert service.retired_at is not None
    assert (made.took_off, made.outcome, made.closed_by) == (True, "Taken off the list", amara)
    assert "It is off the list now." in mail.outbox[-1].body
    assert "Thank you for all." in mail.outbox[-1].body
    assert "Taken off the list" in words_of(client.post(address, {"reply": "Twice"}, follow=True))
    partnership = hillside.partnerships.get()
    client.post(url("put_back_service", hillside, partnership.pk))
    story = words_of(client.get(url("service_changes", hillside, service.pk)))
    assert "Amara Oduya, as Tom Whitlock suggested" in story
    assert "Somebody with a link sent by e-mail" in story
    assert "Whether it goes on" in story


def test_school_leaves_it_on_the_list_and_nobody_reads_that_it_ends(
    service: Service, hillside: Setting, amara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    link(service)
    say()
    made = Suggestion.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(amara).post(url("suggestion_detail", hillside, made.pk), {"reply": "We rang: it goes on."})
    made.refresh_from_db()
    assert (made.outcome, ending()) == ("Left on the list", None)
    assert "We rang: it goes on." in mail.outbox[-1].body
    assert "Ends on" not in shown_at(hillside, service)


def test_other_schools_read_it_with_the_word_once_the_keeper_agrees_and_decide_themselves(
    service: Service, hillside: Setting, riverside: Setting, amara: Membership
) -> None:
    link(service)
    say(days=-1, words="Wexcombe Hub")
    ravi = client_of(member(riverside))
    home = words_of(ravi.get(f"/s/{riverside.slug}/"))
    assert "Harbour has ended" in home
    assert "Wexcombe Hub" not in shown_at(riverside, service)
    client_of(amara).post(url("take_off_suggestion", hillside, Suggestion.objects.get().pk), {"reply": ""})
    service.refresh_from_db()
    assert service.retired_at is None
    assert not hillside.partnerships.live().exists()
    assert "Who does it now: Wexcombe Hub" in shown_at(riverside, service)
    ravi.post(url("take_off_service", riverside, service.pk))
    assert "Harbour has ended" not in words_of(ravi.get(f"/s/{riverside.slug}/"))


def test_agency_that_keeps_the_sheet_is_believed_told_and_can_take_it_back(
    service: Service, hillside: Setting, django_capture_on_commit_callbacks: Any
) -> None:
    keep_by_agency(service)
    made = link(service)
    asked = make_suggestion(
        service=service, source="public", changes={}, kind="closed", email="p@example.org"
    )
    with django_capture_on_commit_callbacks(execute=True):
        say(words="Wexcombe Hub")
    asked.refresh_from_db()
    assert asked.reply == "The service says so itself now."
    assert "Who does it now: Wexcombe Hub" in shown_at(hillside, service)
    (told,) = [each for each in mail.outbox if each.to == ["hello@harbour.example.org"]]
    assert told.subject == "Has it ended? Harbour"
    assert ANSWER in told.body
    back = words_of(take_back())
    assert "Is this still right?" in back
    made.refresh_from_db()
    assert (ending(), made.answered_at, made.answer) == (None, None, "")
    assert "Wexcombe Hub" not in shown_at(hillside, service)
    story = words_of(client_of(member(hillside)).get(url("service_changes", hillside, service.pk)))
    assert "It goes on" in story
    assert "Is this still right?" in words_of(take_back()) and ending() is None


def test_what_the_school_has_decided_is_not_taken_back_by_the_link(
    service: Service, hillside: Setting, riverside: Setting, amara: Membership
) -> None:
    link(service)
    say()
    held = hidden(ANSWER, "goes-on/")
    client_of(amara).post(url("take_off_suggestion", hillside, Suggestion.objects.get().pk), {"reply": ""})
    page = words_of(Client().post(f"{ANSWER}goes-on/", held, follow=True))
    assert ending() is not None
    assert "It goes on after all" not in page
    assert "Is that a mistake? Reply to the mail" in page


def test_taking_back_what_waits_for_the_school_leaves_nothing_to_decide(service: Service) -> None:
    link(service)
    say()
    take_back()
    made = Suggestion.objects.get()
    assert (made.reply, made.outcome, ending()) == ("It goes on after all.", "Left on the list", None)
    assert "Is that a mistake" not in words_of(say())


@pytest.mark.parametrize("is_own", [True, False])
def test_coordinator_who_is_told_that_it_goes_on_says_so(
    service: Service, hillside: Setting, riverside: Setting, *, is_own: bool
) -> None:
    """Of a sheet that a school keeps only that school; of one that the agency keeps, any that uses it."""
    if is_own:
        keep_by_agency(service)
    link(service)
    say()
    said = ending()
    assert said is not None
    address = url("end_notice", riverside, service.pk, said.pk)
    assert client_of(member(riverside, Role.STAFF)).post(address).status_code == 403
    assert client_of(member(school("far"))).post(address).status_code == 404
    response = client_of(member(riverside)).post(address)
    assert (response.status_code, ending() is None) == ((302, True) if is_own else (404, False))
    if not is_own:
        client_of(member(hillside)).post(url("end_notice", hillside, service.pk, said.pk))
        assert (ending(), Suggestion.objects.get().outcome) == (None, "Left on the list")


def test_whoever_keeps_the_sheet_says_it_to_the_other_schools(
    service: Service, hillside: Setting, riverside: Setting, amara: Membership
) -> None:
    client, address = client_of(amara), url("say_ended", hillside, service.pk)
    assert address in client.get(url("take_off_service", hillside, service.pk)).content.decode()
    sent = {"last_day": (TODAY() - timedelta(days=1)).isoformat(), "words": "Wexcombe Hub", "seen": ""}
    for _ in range(2):
        assert "reads it now" in words_of(client.post(address, sent, follow=True))
    assert Notice.objects.filter(kind="ended").count() == 1
    refused = words_of(client.post(address, {**sent, "last_day": TODAY().isoformat()}))
    assert "Somebody else changed it a moment ago" in refused
    assert "Who does it now: Wexcombe Hub" in shown_at(riverside, service)
    ravi = client_of(member(riverside))
    assert "Harbour has ended" in words_of(ravi.get(f"/s/{riverside.slug}/"))
    assert ravi.post(url("say_ended", riverside, service.pk), sent).status_code == 403
    assert client_of(member(school("far"))).get(url("say_ended", hillside, service.pk)).status_code == 404


def test_what_a_parent_said_is_told_to_other_schools_as_the_word_of_the_school_that_agrees(
    service: Service, hillside: Setting, riverside: Setting, amara: Membership
) -> None:
    made = make_suggestion(
        service=service,
        source="public",
        changes={},
        kind="closed",
        words="Pat Lee told me",
        said_by="Sam Poe",
    )
    client_of(amara).post(url("take_off_suggestion", hillside, made.pk), {"reply": ""})
    said = ending()
    assert said is not None
    assert (said.words, said.said_by) == ("", "Hillside School")
    assert "Ends on" in shown_at(riverside, service)


@pytest.mark.parametrize("is_own", [False, True])
def test_link_that_another_school_sent_anywhere_ends_nothing(service: Service, *, is_own: bool) -> None:
    if is_own:
        keep_by_agency(service)
    link(service, LASTING, email="head@far.example.org", made_by=member(school("far")))
    assert "ended/" not in Client().get(PHONE).content.decode()
    assert Client().get(f"{PHONE}ended/").status_code == 404
    assert Client().post(f"{PHONE}ended/", {"last_day": TODAY().isoformat()}).status_code == 404
    link(service, key_hash="x")
    Client().post(f"{PHONE}goes-on/", {})
    assert (ending(), Suggestion.objects.count()) == (None, 0)


def test_practitioner_says_it_by_the_lasting_link_and_the_link_goes_on_working(
    service: Service, hillside: Setting
) -> None:
    link(service, LASTING, person="Tom Whitlock", made_by=member(hillside))
    assert "Ends on" in words_of(say(PHONE, days=30))
    assert "Everybody reads now" in words_of(say(PHONE, days=40))
    made = Suggestion.objects.get()
    assert (made.said_by, made.last_day) == ("Tom Whitlock", TODAY() + timedelta(days=40))
    Client().post(f"{PHONE}usual/", hidden(PHONE, "/now/"))
    assert ending() is not None
    take_back(PHONE)
    assert ending() is None


def test_sent_twice_is_said_once_and_another_word_in_between_is_shown(
    service: Service, hillside: Setting
) -> None:
    link(service, LASTING, made_by=member(hillside))
    held = hidden(f"{PHONE}ended/")
    for _ in range(2):
        assert say(PHONE, held=held).redirect_chain
    assert Notice.objects.filter(kind="ended").count() == Suggestion.objects.count() == 1
    refused = say(PHONE, days=9, held=held)
    assert "Somebody else changed it a moment ago; it says now: Ends on" in words_of(refused)
    seen = refused.context["form"]["seen"].value()
    assert say(PHONE, days=9, held={**held, "seen": seen}).redirect_chain
    said = ending()
    assert said is not None
    assert said.last_day == TODAY() + timedelta(days=9)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"last_day": ""}, "Enter the last day, like 31 March 2027"),
        ({"last_day": "31 February 2027"}, "Enter a date that exists"),
        ({"days": 500}, "Enter a day within the last five years or the next one"),
        ({"days": -5000}, "Enter a day within the last five years or the next one"),
        ({"words": "x" * 121}, "at most 120"),
        ({"words": "Sam Lee in 7B goes to Hope"}, "Leave it out: say “a pupil”"),
        ({"home_page": "https://example.org"}, "Please leave the hidden box empty"),
        ({"held": {}}, "This page had been open for a long time"),
    ],
)
def test_what_can_not_be_read_ends_nothing(service: Service, typed: dict[str, Any], words: str) -> None:
    link(service)
    assert words in words_of(say(**typed))
    assert (ending(), Suggestion.objects.count()) == (None, 0)


def test_street_of_a_withheld_address_is_asked_about(service: Service) -> None:
    service.places.update(
        withheld="refuge", address_1="", city="", postcode="", latitude=None, longitude=None
    )
    link(service)
    assert "that of this service is withheld" in words_of(say(words="Now at 3 Mill Road"))
    assert ending() is None


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ({"expires_at": timezone.now()}, "This link has run out"),
        ({"ended_at": timezone.now()}, "This is settled already"),
        ({"steward": None}, "Somebody else keeps this sheet now"),
    ],
)
def test_link_that_is_over_ends_nothing(service: Service, deed: dict[str, Any], words: str) -> None:
    link(service)
    held = hidden(f"{ANSWER}ended/")
    AgencyLink.objects.update(**deed)
    response = say(held=held)
    assert (response.status_code, words in words_of(response)) == (410, True)
    assert "Harbour" not in words_of(response)
    assert ending() is None
    assert Client().get("/confirm/altered/ended/").status_code == 404


def test_used_link_that_has_run_out_takes_nothing_back(service: Service) -> None:
    keep_by_agency(service)
    link(service)
    say()
    held = hidden(ANSWER, "goes-on/")
    AgencyLink.objects.update(expires_at=timezone.now())
    Client().post(f"{ANSWER}goes-on/", held)
    assert ending() is not None


def test_end_that_is_to_come_closes_nothing_before_its_day(service: Service, hillside: Setting) -> None:
    link(service)
    say(days=30)
    assert place_notice(service, hillside) is None
    for query, many in (({"take": "open"}, 1), ({"take": "full"}, 0)):
        assert search.find(hillside, search.Filter.from_query(_query(query))).count == many
    Notice.objects.update(starts_on=TODAY())
    found = place_notice(service, hillside)
    assert found is not None
    assert found.kind == "ended"
    for query, many in (({"take": "open"}, 0), ({"take": "full"}, 1)):
        assert search.find(hillside, search.Filter.from_query(_query(query))).count == many
    answer = Client().get(f"/api/oruk/3.0/services/{service.pk}").json()
    assert (answer["status"], "Ended on" in answer["alert"]) == ("defunct", True)


def _query(values: dict[str, str]) -> Any:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(values)
    return query


def test_nobody_is_asked_whether_the_sheet_of_an_ended_service_is_right(
    service: Service, hillside: Setting
) -> None:
    made = link(service, sent_at=timezone.now() - timedelta(days=8))
    link(service, LASTING, key_hash=hashed("phone"), made_by=member(hillside))
    assert due_here(hillside).count() == to_remind(TODAY()).count() == 1
    say("/now/phone/")
    assert due_here(hillside).count() == to_remind(TODAY()).count() == 0
    made.delete()
    ask_agencies(TODAY())
    assert not AgencyLink.objects.filter(purpose=CONFIRM).exists()


def test_those_who_put_it_aside_and_no_others_of_the_staff_read_it_in_their_week(
    service: Service, hillside: Setting
) -> None:
    link(service)
    say(days=30)
    pat, sam = (member(hillside, Role.STAFF, name) for name in ("Pat", "Sam"))
    pat.shortlist.create(service=service)
    pages = [words_of(client_of(each).get("/my/")) for each in (pat, sam, member(hillside))]
    assert ["Ends on" in page for page in pages] == [True, False, True]
    assert "Ends on" in words_of(client_of(pat).get(f"/s/{hillside.slug}/"))
