"""Change it, by the link in an agency's mail: the whole sheet part by part, without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory.agency import asking
from directory.agency.answering import confirm_what_was_decided
from directory.forms import SECTIONS
from directory.models import AgencyLink, Service, Suggestion
from partnerships.models import Setting
from tests.directory.kit import numbers_of, sheet, url
from tests.directory.test_agency_link import ANSWER, form_of, question
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
CHANGE = f"{ANSWER}change/"
DIFFERS = "The sheet was changed a moment ago"


@pytest.fixture
def service(hillside: Setting) -> Service:
    made = sheet(
        hillside, visibility="listed", confirmed=(timezone.localdate() - timedelta(days=200), "X", "")
    )
    question(made)
    return made


@pytest.fixture
def own(service: Service) -> Service:
    """Kept by its agency."""
    Service.objects.filter(pk=service.pk).update(steward=None)
    AgencyLink.objects.update(steward=None)
    service.refresh_from_db()
    return service


def send(part: str, start: str = CHANGE, **typed: Any) -> Any:
    """Opens a part, types some of it over, and sends it."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"{start}{part}/", {**form_of(client, f"{start}{part}/"), **typed}, follow=True)
    assert client.cookies == {}
    return response


def finish(**typed: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(ANSWER, {**form_of(client, ANSWER), **typed}, follow=True)


def names_of(suggestion: Suggestion) -> set[str]:
    return {change.name for change in suggestion.changes.all()}


def test_every_part_of_the_sheet_is_offered_and_opens(service: Service) -> None:
    client = Client()
    page = client.get(ANSWER).content.decode()
    for key, form in SECTIONS.items():
        assert f'href="{CHANGE}{key}/"' in page
        assert form.title in words_of(client.get(f"{CHANGE}{key}/"))
    assert client.cookies == {}


def test_parts_sent_one_after_another_are_one_suggestion(service: Service) -> None:
    shown = words_of(send("reach", telephone="01632 960 777 (mornings)"))
    assert "Hillside School looks at what you said: Telephone" in shown
    assert "01632 960 777 (mornings)" in shown
    send("capacity", capacity="waiting", waiting_weeks="4")
    made = Suggestion.objects.get()
    assert names_of(made) == {"telephone", "capacity", "waiting_weeks"}
    assert AgencyLink.objects.get().answered_at is None
    assert "Thank you" in words_of(finish(who="Tom Whitlock", words="The lift is mended"))
    made.refresh_from_db()
    assert (made.source, made.said_by, made.words) == ("link", "Tom Whitlock", "The lift is mended")
    assert AgencyLink.objects.get().answer == "changed"
    assert numbers_of(service) == ["01632 960 318"]


def test_an_agency_with_a_long_name_answers_without_another(service: Service) -> None:
    service.agency.name = "Trust " * 30
    service.agency.save()
    send("reach", telephone="01632 960 777")
    assert "Thank you" in words_of(finish(who=""))
    assert AgencyLink.objects.get().answer == "changed"
    assert Suggestion.objects.get().said_by.startswith("Trust Trust Trust")


def test_school_decides_and_the_agency_hears_of_it(
    service: Service, hillside: Setting, django_capture_on_commit_callbacks: Any
) -> None:
    send("about", profile="Now also for parents.")
    finish(who="Tom")
    made = Suggestion.objects.get()
    client = client_of(member(hillside))
    with django_capture_on_commit_callbacks(execute=True):
        page = client.get(url("suggestion_detail", hillside, made.pk)).content.decode()
        seen = dict(re.findall(r'name="(seen_\d+)" value="([^"]+)"', page))
        client.post(url("take_suggestion", hillside, made.pk), {**seen, "reply": "Thanks, Tom"})
    assert mail.outbox[-1].to == ["hello@harbour.example.org"]
    assert "Changed on its sheet, as you said: Profile" in str(mail.outbox[-1].body)
    confirm_what_was_decided(timezone.localdate())
    service.refresh_from_db()
    assert (service.profile, service.confirmed_by) == ("Now also for parents.", "Tom")


def test_what_was_sent_is_shown_again_and_can_be_taken_back(service: Service) -> None:
    send("about", profile="Wrong after all")
    assert form_of(Client(), f"{CHANGE}about/")["profile"] == "Wrong after all"
    send("about", profile="Helps children who have lost somebody close.")
    assert not Suggestion.objects.exists()
    assert Client().get(ANSWER).status_code == 200


def test_nothing_different_is_no_suggestion(service: Service) -> None:
    assert "All correct" in words_of(send("about"))
    assert not Suggestion.objects.exists()


def test_once_something_is_changed_the_rest_is_asked_for(service: Service) -> None:
    before = form_of(Client(), ANSWER)
    shown = words_of(send("about", profile="New"))
    assert "The rest is right" in shown
    assert "All correct" not in shown
    assert AgencyLink.objects.get().answered_at is None
    Client().post(ANSWER, before)
    assert AgencyLink.objects.get().answer == "changed"
    service.refresh_from_db()
    assert service.confirmed_by == "X"


def test_words_alone_are_an_answer(service: Service) -> None:
    finish(words="We have moved out of the area.")
    assert Suggestion.objects.get().words == "We have moved out of the area."
    assert AgencyLink.objects.get().answer == "changed"


def test_sending_twice_is_once(service: Service) -> None:
    client = Client()
    part, data = f"{CHANGE}about/", {**form_of(client, f"{CHANGE}about/"), "profile": "New"}
    done = form_of(client, ANSWER)
    for _ in range(2):
        client.post(part, data)
    assert Suggestion.objects.get().changes.count() == 1
    for _ in range(2):
        assert "You answered on" in words_of(client.post(ANSWER, done, follow=True))
    assert "You answered on" in words_of(client.post(part, {**data, "profile": "Newer"}))
    assert Suggestion.objects.get().changes.get().value == "New"


def test_what_the_school_saved_meanwhile_is_not_suggested_back(service: Service) -> None:
    client, part = Client(), f"{CHANGE}reach/"
    data = {**form_of(client, part), "website": "https://new.example.org"}
    Service.objects.filter(pk=service.pk).update(email="new@harbour.example.org", version=service.version + 1)
    response = client.post(part, data)
    assert "Two versions of this page" in words_of(response)
    data = {**form_of_response(response), "keep_email": "theirs"}
    client.post(part, data)
    assert names_of(Suggestion.objects.get()) == {"website"}


def form_of_response(response: Any) -> dict[str, str]:
    page = response.content.decode()
    hidden = dict(re.findall(r'name="(ticket|version)" value="([^"]+)"', page))
    form = response.context["form"]
    typed = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
    return {**typed, **hidden}


def test_rest_that_moved_meanwhile_is_looked_at_again(service: Service) -> None:
    send("about", profile="New")
    client = Client()
    data = form_of(client, ANSWER)
    Service.objects.filter(pk=service.pk).update(
        email="other@harbour.example.org", version=service.version + 1
    )
    response = client.post(ANSWER, data)
    assert DIFFERS in words_of(response)
    assert "other@harbour.example.org" in words_of(response)
    assert AgencyLink.objects.get().answered_at is None


def test_text_replaced_while_the_school_looks_is_not_taken_unseen(
    service: Service, hillside: Setting
) -> None:
    send("about", profile="First")
    client, made = client_of(member(hillside)), Suggestion.objects.get()
    page = client.get(url("suggestion_detail", hillside, made.pk)).content.decode()
    seen = dict(re.findall(r'name="(seen_\d+)" value="([^"]+)"', page))
    send("about", profile="Second")
    client.post(url("take_suggestion", hillside, made.pk), seen)
    service.refresh_from_db()
    assert service.profile == "Helps children who have lost somebody close."
    assert Suggestion.objects.get().changes.get().value == "Second"


def test_decided_suggestion_is_followed_by_another(service: Service) -> None:
    send("about", profile="First")
    Suggestion.objects.get().changes.update(state="accepted")
    Suggestion.objects.update(closed_at=timezone.now())
    send("about", profile="Second")
    assert Suggestion.objects.open().count() == 1


def test_nobody_is_reminded_while_what_they_said_waits(service: Service) -> None:
    AgencyLink.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert asking.to_remind(timezone.localdate()).count() == 1
    send("about", profile="New")
    assert asking.to_remind(timezone.localdate()).count() == 0


def test_change_of_a_sheet_that_the_agency_keeps_holds_at_once(own: Service) -> None:
    shown = words_of(send("about", profile="Now also for parents."))
    assert "Everybody sees it now." in shown
    assert "Something that fits nowhere" not in shown
    own.refresh_from_db()
    assert own.profile == "Now also for parents."
    assert own.confirmed_how == ""
    finish(who="Tom")
    own.refresh_from_db()
    assert (own.confirmed_on, own.confirmed_by) == (timezone.localdate(), "Tom")
    event = own.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["kind"] == "link"


def test_row_is_added_without_script_and_without_keeping_anything(service: Service) -> None:
    client, part = Client(enforce_csrf_checks=True), f"{CHANGE}contacts/"
    typed = {**form_of(client, part), "name-0": "Ann Lee", "title-0": "Manager"}
    page = client.post(f"{part}rows/", typed)
    assert "Contact 2" in words_of(page)
    assert not Suggestion.objects.exists()
    again = {**form_of_response(page), "name-1": "Bo Hall", "title-1": "Family worker"}
    client.post(part, again)
    (change,) = Suggestion.objects.get().changes.all()
    assert change.value is not None
    assert [who["name"] for who in change.value] == ["Ann Lee", "Bo Hall"]
    assert client.post(f"{CHANGE}about/rows/", {}).status_code == 404
    assert client.cookies == {}


def test_child_named_by_an_agency_is_warned_about(service: Service) -> None:
    assert "looks like" in words_of(send("about", other_information="Helped Jayden S. in 4B to sleep"))
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("is_own", [False, True])
def test_withheld_address_is_neither_shown_nor_asked(hillside: Setting, is_own: bool) -> None:
    made = sheet(hillside, name="Refuge", withheld="coarse", telephone=[], website="", visibility="listed")
    if is_own:
        Service.objects.filter(pk=made.pk).update(steward=None)
        made.refresh_from_db()
    question(made, key="another")
    start = "/confirm/another/change/"
    parts = [f"{start}{key}/" for key in SECTIONS if key != "places"]
    for address in ("/confirm/another/", *parts):
        response = Client().get(address)
        assert response.status_code == 200
        for secret in ("Quay Lane", "WX4 2QL", f"{start}places/"):
            assert secret not in response.content.decode()
    assert "The address is withheld" in words_of(Client().get("/confirm/another/"))
    assert Client().get(f"{start}places/").status_code == 404
    assert Client().post(f"{start}places/rows/", {}).status_code == 404


def test_old_address_hears_that_another_was_put_in_its_place(
    own: Service, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send("about", profile="New")
        send("reach", email="else@example.org")
    (message,) = mail.outbox
    assert message.to == ["hello@harbour.example.org"]
    assert "From now on we ask at else@example.org" in str(message.body)


def test_school_that_keeps_the_sheet_decides_on_the_address_itself(
    service: Service, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send("reach", email="else@example.org")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "is_asked"),
    [
        ("Come to 12 Quay Lane", True),
        ("Come to 9 Other Street", True),
        ("Near wx42ql", True),
        ("Open 9 to 5 on the way to town, 12 places", False),
    ],
)
def test_any_address_in_the_texts_of_a_withheld_one_is_asked_about_without_saying_which(
    service: Service, typed: str, is_asked: bool
) -> None:
    service.places.update(withheld="coarse", address_1="", postcode="WX4")
    shown = words_of(send("about", other_information=typed))
    assert ("that of this service is withheld" in shown) == is_asked
    assert Suggestion.objects.exists() != is_asked
    assert ("that of this service is withheld" in words_of(finish(words=typed))) == is_asked


def test_address_of_a_place_that_everybody_sees_is_not_asked_about(service: Service) -> None:
    send("about", other_information="Come to 12 Quay Lane, WX4 2QL")
    assert Suggestion.objects.exists()


MOVED = f"{ANSWER}moved/"


def say_moved(start: str = ANSWER, page: str = ANSWER) -> Any:
    shown = Client().get(page).content.decode()
    ticket = re.findall(r'name="ticket" value="([^"]+)"', shown[shown.find("moved/") :])
    client = Client(enforce_csrf_checks=True)
    return client.post(f"{start}moved/", {"ticket": ticket[0] if ticket else ""}, follow=True)


def test_withheld_place_that_has_changed_is_said_without_reading_or_typing_it(
    hillside: Setting, service: Service
) -> None:
    service.places.update(withheld="coarse", address_1="", postcode="WX4")
    before = Client().get(ANSWER)
    assert "The place has changed" in words_of(before)
    assert Client().get(MOVED).status_code == 405
    Client().post(MOVED, {"ticket": "made up"})
    assert not Suggestion.objects.exists()
    after = words_of(say_moved())
    assert "Hillside School looks at what you said: The place has changed" in after
    assert "Quay" not in after
    assert "WX4" not in after
    send("about", profile="Now also for parents.")
    Client().post(MOVED, form_of(Client(), ANSWER))
    moved, changed = Suggestion.objects.order_by("made_at")
    assert (moved.kind, moved.changes.count()) == ("out_of_date", 0)
    assert names_of(changed) == {"profile"}
    finish(words="The bell is mended")
    moved.refresh_from_db()
    assert moved.words.startswith("The place has changed.")
    assert AgencyLink.objects.get().answer == "changed"
    page = client_of(member(hillside)).get(url("suggestion_detail", hillside, moved.pk))
    assert "The place has changed. It is withheld" in words_of(page)


@pytest.mark.parametrize("withheld", ["", "coarse"])
def test_place_that_can_be_read_or_that_nobody_else_keeps_has_no_such_button(
    own: Service, hillside: Setting, withheld: str
) -> None:
    if withheld:
        own.places.update(withheld=withheld, address_1="", postcode="WX4")
    else:
        Service.objects.update(steward=hillside)
        AgencyLink.objects.update(steward=hillside)
    page = words_of(Client().get(ANSWER))
    assert "moved/" not in page
    assert ("a colleague of yours who has an account" in page) is bool(withheld)
    say_moved()
    assert not Suggestion.objects.exists()
