"""The pages of a session, without script: forms and redirects; and what they say when something is refused."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.toolkits.conftest import Room
from toolkits import commands
from toolkits.models import Activity, Card
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]
HTMX = {"HX-Request": "true"}


def test_session_is_started_with_a_starter_and_people(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    subject = "Sharing information between agencies"
    response = room.browser(room.runner).post(
        "/s/hillside-room/tools/swot/start/",
        {
            "subject": subject,
            "members": [str(room.nurse.pk)],
            "facilitator": str(room.nurse.pk),
            "takes_part": "on",
            "votes_each": "4",
        },
    )
    made = Activity.objects.get(title=subject)
    assert response["Location"] == f"/s/hillside-room/tools/sessions/{made.pk}/"
    assert (made.votes_each, made.facilitator, made.stage) == (4, room.nurse, Stage.DRAFT)
    assert set(made.participants.values_list("membership", flat=True)) == {room.nurse.pk, room.runner.pk}


def test_start_without_a_subject_says_what_to_do(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    data = {"subject": "own", "own_title": "", "facilitator": str(room.runner.pk), "votes_each": "99"}
    page = room.browser(room.runner).post("/s/hillside-room/tools/swot/start/", data).content.decode()
    assert "write it in your own words" in page
    assert "at most 10 votes" in page
    assert Activity.objects.count() == 1


def test_practitioner_cannot_start_a_session(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    assert room.browser(room.nurse).get("/s/hillside-room/tools/swot/start/").status_code == 403


def test_session_does_not_exist_for_whoever_was_not_invited_or_too_early(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    assert room.browser(room.nurse).get(room.url()).status_code == 404
    room.to(Stage.INDIVIDUAL)
    assert room.browser(room.nurse).get(room.url()).status_code == 200
    room.activity.participants.filter(membership=room.housing).delete()
    assert room.browser(room.housing).get(room.url()).status_code == 404


def test_card_is_added_and_changed_by_forms_alone(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client = room.browser()
    client.post(
        room.guest_url("cards/add/"), {"zone": "threats", "text": "Our funding ends", "card_id": uuid.uuid4()}
    )
    card = Card.objects.get()
    client.post(
        room.guest_url(f"cards/{card.pk}/"),
        {"zone": "weaknesses", "text": "Our funding ends in March", "version": 1},
    )
    card.refresh_from_db()
    assert (card.zone, card.text, card.participant) == ("weaknesses", "Our funding ends in March", room.guest)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Fill in “One thought”"), ("x" * 201, "at most 200"), ("Jayden S. in 4B was late", "looks like")],
)
def test_card_that_needs_mending_keeps_what_was_typed(make_room: MakeRoom, text: str, words: str) -> None:
    room = make_room(Stage.INDIVIDUAL)
    response = room.browser().post(room.guest_url("cards/add/"), {"zone": "threats", "text": text})
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert text in page
    assert not Card.objects.exists()


def test_card_with_a_zone_that_does_not_exist_is_refused(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    response = room.browser().post(room.guest_url("cards/add/"), {"zone": "made-up", "text": "Hello"})
    assert response.status_code == 200
    assert not Card.objects.exists()


def test_markup_in_a_card_is_text(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    room.card(room.nurse, "<script>alert(1)</script><b>bold</b>")
    page = room.browser().get(room.guest_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_save_after_it_was_agreed_is_refused_and_loses_nothing(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    client = room.browser(room.nurse)
    client.get(room.url())
    room.to(Stage.AGREED)
    response = client.post(
        room.url("cards/add/"), {"zone": "threats", "text": "A late thought, typed for minutes"}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "was agreed" in page
    assert "A late thought, typed for minutes" in page
    assert "open it again" in page
    assert not Card.objects.exists()


def test_refusal_by_htmx_is_a_notice_with_what_was_typed(make_room: MakeRoom) -> None:
    room = make_room(Stage.AGREED)
    data = {"zone": "threats", "text": "A late thought, typed for minutes"}
    response = room.browser().post(room.guest_url("cards/add/"), data, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (409, "#told")
    assert "A late thought, typed for minutes" in response.content.decode()


@pytest.mark.parametrize(
    "rest", ["cards/add/", "cards/{card}/", "cards/{card}/remove/", "cards/{card}/vote/", "agree/", "words/"]
)
def test_nothing_is_written_once_it_is_agreed(make_room: MakeRoom, rest: str) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.runner, "As it was")
    Activity.objects.filter(pk=room.activity.pk).update(agreed_words="Agreed words", stage=Stage.AGREED)
    version = room.seat(None).activity.live_version
    data = {
        "zone": "threats",
        "text": "Other",
        "version": "1",
        "give": "1",
        "agrees": "yes",
        "words": "Other words",
    }
    response = room.browser(room.runner).post(room.url(rest.format(card=card.pk)), data)
    assert response.status_code == 409
    card.refresh_from_db()
    after = room.seat(None).activity
    assert (card.text, card.removed_at, after.live_version, after.agreed_words) == (
        "As it was",
        None,
        version,
        "Agreed words",
    )


def test_stale_card_shows_both_versions_and_the_choice_is_kept(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "First words")
    client, url = room.browser(room.nurse), room.url(f"cards/{card.pk}/")
    form = client.get(url).context["form"]
    mine = {
        "zone": "strengths",
        "text": "Mine",
        "version": form["version"].value(),
        "seen": form["seen"].value(),
    }
    commands.change_card(
        by=room.seat(room.runner), card_id=card.pk, zone="strengths", text="Theirs", seen_version=1
    )
    response = client.post(url, mine)
    page = response.content.decode()
    assert "Two versions of this page" in page
    assert "Mine" in page and "Theirs" in page
    again = response.context["form"]
    client.post(
        url,
        {**mine, "version": again["version"].value(), "seen": again["seen"].value(), "keep_text": "yours"},
    )
    card.refresh_from_db()
    assert (card.text, card.version) == ("Mine", 3)


def test_removed_card_can_be_put_back_from_the_page(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    card = room.card(room.guest, "Back again")
    client = room.browser()
    page = client.post(room.guest_url(f"cards/{card.pk}/remove/"), follow=True).content.decode()
    assert "is off the board" in page
    assert f"cards/{card.pk}/restore/" in page
    client.post(room.guest_url(f"cards/{card.pk}/restore/"))
    card.refresh_from_db()
    assert card.removed_at is None


def test_somebody_elses_removed_card_is_not_offered_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    card = room.card(room.nurse, "Secret of the nurse")
    commands.remove_card(by=room.seat(room.nurse), card_id=card.pk)
    for query in (f"?removed={card.pk}", "?removed=made-up"):
        assert "Secret of the nurse" not in room.browser().get(room.guest_url() + query).content.decode()


def test_vote_is_pressed_and_taken_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Three forms")
    client, url = room.browser(), room.guest_url(f"cards/{card.pk}/vote/")
    client.post(url, {"give": "1"})
    page = client.get(room.guest_url()).content.decode()
    assert 'name="give" value="0" aria-pressed="true"' in page
    assert "You have 2 of 3 votes left." in page
    client.post(url, {"give": "0"})
    page = client.get(room.guest_url()).content.decode()
    assert 'name="give" value="1" aria-pressed="false"' in page


def test_vote_by_htmx_returns_the_card_and_what_is_left(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Three forms")
    response = room.browser().post(room.guest_url(f"cards/{card.pk}/vote/"), {"give": "1"}, headers=HTMX)
    partial = response.content.decode()
    assert f'id="card-{card.pk}"' in partial
    assert "You have 2 of 3 votes left." in partial
    assert "<html" not in partial


def test_added_card_by_htmx_returns_a_fresh_form_and_the_card(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    key = uuid.uuid4()
    data = {"zone": "threats", "text": "Our funding ends", "card_id": key}
    partial = room.browser().post(room.guest_url("cards/add/"), data, headers=HTMX).content.decode()
    assert 'hx-swap-oob="beforeend:#cards-own"' in partial
    assert "Our funding ends" in partial
    assert f'value="{key}"' not in partial


def test_forty_cards_stand_in_their_zones(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    for number in range(40):
        room.card(room.nurse, f"Thought number {number}", ("strengths", "weaknesses", "threats")[number % 3])
    page = room.browser().get(room.guest_url()).content.decode()
    assert page.count('class="card-note') == 40
    assert 'id="count-strengths">14<' in page
    assert 'href="#zone-threats"' in page


def test_stale_move_says_so_on_the_page(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    client, version = room.browser(room.runner), room.seat(None).activity.version
    client.post(room.url("move/"), {"to": "reveal", "version": version})
    page = client.post(room.url("move/"), {"to": "discuss", "version": version}, follow=True).content.decode()
    assert "Somebody else changed this session a moment ago" in page
    room.activity.refresh_from_db()
    assert room.activity.stage == Stage.REVEAL


def test_participant_moves_nothing(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    response = room.browser(room.nurse).post(room.url("move/"), {"to": "reveal", "version": "1"})
    assert response.status_code == 403
    room.activity.refresh_from_db()
    assert room.activity.stage == Stage.INDIVIDUAL


def test_whole_talk_by_forms_ends_in_a_pdf(
    make_room: MakeRoom, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Three forms for one family", "weaknesses")
    runner, guest = room.browser(room.runner), room.browser()
    due = timezone.localdate() + timedelta(days=20)
    action = {"text": "Try one form", "owner": str(room.nurse.pk), "due_on": f"{due:%d/%m/%Y}"}
    assert runner.post(room.url(f"cards/{card.pk}/action/"), action).status_code == 302
    version = room.seat(None).activity.version
    runner.post(room.url("words/"), {"words": "We try one form", "version": version})
    guest.post(room.guest_url("agree/"), {"agrees": "no", "because": "Not before May"})
    with django_capture_on_commit_callbacks(execute=True):
        runner.post(room.url("move/"), {"to": "agreed", "version": version + 1})
    page = guest.get(room.guest_url()).content.decode()
    assert all(
        words in page for words in ("We try one form", "Try one form", "Not before May", "this is settled")
    )
    pdf = guest.get(room.guest_url("paper.pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content == bytes(room.activity.agreed_versions.get().pdf or b"")


def test_action_needs_one_owner(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Card")
    client, url = room.browser(room.runner), room.url(f"cards/{card.pk}/action/")
    for owner in ({}, {"owner": str(room.nurse.pk), "owner_name": "Jo"}):
        page = client.post(url, {"text": "Do it", "due_on": "1 May 2027", **owner}).content.decode()
        assert "one of the two" in page
    assert not room.setting.actions.exists()


def test_cards_are_merged_from_the_page(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    one, two = room.card(room.nurse, "Three forms"), room.card(room.guest, "Too many forms")
    data = {"card": f"{one.pk}:1", "into": f"{two.pk}:1", "text": ""}
    assert room.browser(room.runner).post(room.url("merge/"), data).status_code == 302
    one.refresh_from_db()
    assert one.merged_into == two
    page = room.browser(room.runner).post(room.url("merge/"), data).content.decode()
    assert "Choose the card again" in page


def test_state_answers_304_until_something_changes(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    client, url = room.browser(), room.guest_url("state/")
    first = client.get(url)
    assert 'id="session"' in first.content.decode()
    assert client.get(url, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    commands.add_card(by=room.seat(room.nurse), zone="threats", text="New")
    again = client.get(url, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert "New" in again.content.decode()


def test_older_version_can_be_read_after_the_next_was_agreed(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    for words in ("First words", "Second words"):
        seat = room.seat(room.runner)
        commands.write_agreed(by=seat, words=words, seen_version=seat.activity.version)
        commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)
        if words == "First words":
            commands.move_stage(activity=room.activity, to=Stage.DISCUSS, by=room.runner)
    client = room.browser()
    assert "First words" in client.get(room.guest_url("versions/1/")).content.decode()
    assert "Second words" in client.get(room.guest_url()).content.decode()
    assert client.get(room.guest_url("versions/3/")).status_code == 404
    assert client.get(room.guest_url("versions/1.pdf")).status_code == 503


def test_action_leads_back_to_its_session(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Card")
    response = room.browser(room.nurse).get(f"/s/hillside-room/tools/cards/{card.pk}/")
    assert response["Location"] == room.url()
    assert room.browser(room.nurse).get(f"/s/hillside-room/tools/cards/{uuid.uuid4()}/").status_code == 404
