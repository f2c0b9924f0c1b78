"""Guests: the code, the name, the key in the browser, and nothing else of the school."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.keys import hashed
from tests.toolkits.conftest import Room
from toolkits import codes, commands
from toolkits.models import Activity, Participant
from toolkits.refusals import JoinRefused
from toolkits.stages import Stage
from toolkits.views.guests import WRONG_CODES

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]
WHO = {"name": "Idris Bello", "agency": "Family Hub", "sector": "social_care"}


def test_code_is_short_and_has_no_sign_that_looks_like_another() -> None:
    seen = {codes.new_code() for _ in range(300)}
    assert all(codes.is_code(code) for code in seen)
    assert len(seen) > 290
    assert not set("".join(seen)) & set("0O1IL2Z5S8B")


@given(st.text(alphabet=codes.ALPHABET, min_size=6, max_size=6), st.sampled_from(["", " ", "-", "  "]))
def test_code_is_read_however_it_is_typed(code: str, between: str) -> None:
    assert codes.normal(f" {code[:3].lower()}{between}{code[3:]}\n") == code
    assert codes.normal(codes.spaced(code)) == code


def enter(client: Client, code: str) -> str:
    """The address that asks for the name, or nothing where the code was refused."""
    response = client.post("/join/", {"code": code})
    return response["Location"] if response.status_code == 302 else ""


def test_guest_joins_by_code_and_finds_the_way_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client = Client()
    page = enter(client, room.activity.code_words.lower())
    assert "Sharing information" in client.get(page).content.decode()
    response = client.post(page, WHO)
    assert response["Location"] == room.guest_url()
    again = client.get(room.guest_url()).content.decode()
    assert "Idris Bello, Social care" in again
    participant = Participant.objects.get(guest_name="Idris Bello")
    key = client.cookies[f"joined_up_guest_{room.activity.pk.hex}"]
    assert participant.key_hash == hashed(key.value)
    assert (key["httponly"], key["samesite"], key["path"]) == (True, "Lax", "/join/")


def test_key_itself_is_stored_nowhere(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    rows = Participant.objects.values_list("key_hash", "guest_name", "agency_name")
    assert all(room.guest_key not in str(row) for row in rows)


@pytest.mark.parametrize("typed", ["", "ABC", "XXXXXX", "' OR 1=1 --", "Ж" * 20])
def test_wrong_code_says_what_to_do(make_room: MakeRoom, typed: str) -> None:
    make_room(Stage.INDIVIDUAL)
    response = Client().post("/join/", {"code": typed})
    assert response.status_code == 200
    assert ("No session has this code" in (page := response.content.decode())) or "Fill in" in page


def test_empty_code_lets_nobody_into_a_session_without_one(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    Activity.objects.filter(pk=room.activity.pk).update(join_code="")
    with pytest.raises(JoinRefused, match="No session has this code"):
        commands.activity_by_code(" - ")


def test_expired_closed_full_and_ended_each_say_so(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    code, rows = room.activity.join_code, Activity.objects.filter(pk=room.activity.pk)
    later = timezone.now() + timedelta(hours=1)
    changes: dict[str, dict[str, Any]] = {
        "expired": {"join_code_expires_at": timezone.now() - timedelta(minutes=1)},
        "places for guests are taken": {"join_code_expires_at": later, "join_limit": 1},
        "it was agreed": {"stage": Stage.AGREED, "join_limit": 60},
    }
    for words, change in changes.items():
        rows.update(**change)
        assert words in Client().post("/join/", {"code": code}).content.decode()


def test_last_place_is_given_once(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    Activity.objects.filter(pk=room.activity.pk).update(join_limit=2)
    first, second = Client(), Client()
    pages = [enter(client, room.activity.join_code) for client in (first, second)]
    assert first.post(pages[0], WHO).status_code == 302
    refused = second.post(pages[1], {**WHO, "name": "Late"})
    assert "places for guests are taken" in refused.content.decode()
    assert not Participant.objects.filter(guest_name="Late").exists()


def test_ticket_of_an_old_code_opens_nothing(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client = Client()
    page = enter(client, room.activity.join_code)
    commands.open_joining(by=room.seat(room.runner))
    assert client.get(page)["Location"] == "/join/"
    assert client.get(f"/join/{room.activity.pk}/enter/?ticket=made-up")["Location"] == "/join/"


def test_too_many_wrong_codes_shut_the_door_even_for_the_right_one(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(WRONG_CODES):
        client.post("/join/", {"code": "QQQQQQ"})
    response = client.post("/join/", {"code": room.activity.join_code})
    assert response.status_code == 429
    assert "tried too often" in response.content.decode()
    assert enter(Client(REMOTE_ADDR="203.0.113.10"), room.activity.join_code)


def test_right_codes_from_one_school_are_never_too_many(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    assert all(enter(Client(), room.activity.join_code) for _ in range(WRONG_CODES + 5))


def test_guest_sees_the_one_session_and_nothing_else(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    client = room.browser()
    page = client.get(room.guest_url())
    assert page.status_code == 200
    for hidden in ("/directory/", "/people/", "Who takes part</a>", "Change the session"):
        assert hidden not in page.content.decode()
    other = commands.start_activity(setting=room.setting, code="swot", title="Other", by=room.runner)
    Activity.objects.filter(pk=other.pk).update(stage=Stage.DISCUSS)
    assert client.get(f"/join/{other.pk}/")["Location"] == "/join/"
    assert client.get(room.url())["Location"].startswith("/accounts/login/")


def test_guest_waits_for_the_start_on_a_page_that_changes_by_itself(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    page = room.browser().get(room.guest_url()).content.decode()
    assert "has not started yet" in page
    assert 'data-live="/live/' in page


def test_leaving_shuts_the_door_and_keeps_the_cards(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    room.card(room.guest, "Stays")
    client = room.browser()
    assert client.post(room.guest_url("leave/"))["Location"] == "/join/"
    assert room.browser().get(room.guest_url())["Location"] == "/join/"
    assert room.activity.cards.get(participant__guest_name="Leila Haddad").text == "Stays"


def test_guest_who_put_in_nothing_goes_without_a_trace(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    room.browser().post(room.guest_url("leave/"))
    assert not room.activity.participants.guests().exists()


def test_code_stands_large_with_its_picture(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    page = room.browser(room.runner).get(room.url("code/")).content.decode()
    assert room.activity.code_words in page
    assert 'src="data:image/svg+xml' in page


def test_code_is_made_for_so_many_guests(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client, code = room.browser(room.runner), room.activity.join_code
    client.post(room.url("joining/close/"))
    assert "at most 200 guests" in client.post(room.url("joining/open/"), {"limit": "900"}).content.decode()
    client.post(room.url("joining/open/"), {"limit": "12"}, follow=True)
    room.activity.refresh_from_db()
    assert (room.activity.join_limit, room.activity.takes_guests) == (12, True)
    assert room.activity.join_code != code


def test_closing_the_door_lets_nobody_else_in(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    room.browser(room.runner).post(room.url("joining/close/"))
    assert not enter(Client(), room.activity.join_code)
    assert room.browser().get(room.guest_url()).status_code == 200
