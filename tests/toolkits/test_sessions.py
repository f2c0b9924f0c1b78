"""Starting sessions, inviting, moving through the stages, agreeing, opening again."""

import uuid
from collections.abc import Callable

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.access import Role
from partnerships.sectors import Sector
from tests.factories import MembershipFactory, SettingFactory
from tests.toolkits.conftest import Room, practitioner
from toolkits import commands
from toolkits.commands.agreeing import keep_missing_pdfs, keep_pdf
from toolkits.models import Activity, AgreedVersion
from toolkits.refusals import MoveRefused, NotNow, StaleMove
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]
Capture = DjangoCaptureOnCommitCallbacks


def _agree(room: Room, words: str = "We try one form") -> AgreedVersion:
    room.to(Stage.DISCUSS)
    seat = room.seat(room.runner)
    if seat.activity.agreed_words != words:
        commands.write_agreed(by=seat, words=words, seen_version=seat.activity.version)
    commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)
    version = room.activity.agreed_versions.first()
    assert version is not None
    return version


def test_session_walks_through_its_stages_and_back(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    for stage in (
        Stage.INDIVIDUAL,
        Stage.REVEAL,
        Stage.INDIVIDUAL,
        Stage.DISCUSS,
        Stage.REVEAL,
        Stage.DISCUSS,
    ):
        moved = commands.move_stage(activity=room.activity, to=stage, by=room.runner)
        assert moved.stage == stage
    assert Activity.objects.get().version == 7


def test_move_that_the_stage_does_not_allow_is_refused(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    with pytest.raises(MoveRefused, match="can’t go from “On your own” to “What we agreed”"):
        commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)


def test_whoever_does_not_run_it_cannot_move_it(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    with pytest.raises(MoveRefused, match="Only whoever runs"):
        commands.move_stage(activity=room.activity, to=Stage.REVEAL, by=room.nurse)


def test_stale_move_is_refused_and_says_where_it_stands(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    seen = room.seat(room.runner).activity.version
    commands.move_stage(activity=room.activity, to=Stage.REVEAL, by=room.runner, seen_version=seen)
    with pytest.raises(StaleMove, match="Show everyone’s"):
        commands.move_stage(activity=room.activity, to=Stage.DISCUSS, by=room.runner, seen_version=seen)
    room.activity.refresh_from_db()
    assert room.activity.stage == Stage.REVEAL


def test_board_is_not_agreed_without_words(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    with pytest.raises(MoveRefused, match="Write down in words"):
        commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)


def test_members_are_mailed_once_and_only_when_it_starts(
    make_room: MakeRoom, django_capture_on_commit_callbacks: Capture
) -> None:
    room = make_room(Stage.DRAFT)
    room.activity.participants.update(is_told=False)
    room.activity.participants.filter(membership=room.runner).update(is_told=True)
    assert not mail.outbox
    for stage in (Stage.INDIVIDUAL, Stage.DRAFT, Stage.INDIVIDUAL):
        with django_capture_on_commit_callbacks(execute=True):
            commands.move_stage(activity=room.activity, to=stage, by=room.runner)
    told = sorted(message.to[0] for message in mail.outbox)
    assert told == sorted([room.nurse.user.email, room.housing.user.email])
    assert "Sharing information" in mail.outbox[0].body
    assert f"/s/hillside-room/tools/sessions/{room.activity.pk}/" in mail.outbox[0].body


def test_somebody_invited_later_is_mailed_at_once(
    make_room: MakeRoom, django_capture_on_commit_callbacks: Capture
) -> None:
    room = make_room(Stage.DISCUSS)
    late = practitioner(room.setting, "Dele Abara", Sector.SOCIAL_CARE)
    room.activity.participants.update(is_told=True)
    with django_capture_on_commit_callbacks(execute=True):
        commands.invite(activity=room.activity, members=[late, room.nurse], by=room.runner)
    assert [message.to for message in mail.outbox] == [[late.user.email]]
    assert room.activity.participants.filter(membership=room.nurse).count() == 1


def test_member_of_another_school_is_never_made_to_take_part(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    stranger = MembershipFactory.create(setting=SettingFactory.create())
    assert commands.invite(activity=room.activity, members=[stranger], by=room.runner) == []


def test_somebody_with_a_card_stays_on_the_list(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    room.card(room.nurse, "Mine")
    people = {person.membership_id: person.pk for person in room.activity.participants.all()}
    assert not commands.uninvite(by=room.seat(room.runner), participant_id=people[room.nurse.pk])
    assert commands.uninvite(by=room.seat(room.runner), participant_id=people[room.housing.pk])
    left = set(room.activity.participants.values_list("membership", flat=True))
    assert left == {room.runner.pk, room.nurse.pk, None}


def test_new_words_are_asked_about_anew(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="One form", seen_version=seat.activity.version)
    commands.say_agree(by=room.seat(room.nurse), agrees=True)
    commands.say_agree(by=room.seat(room.guest), agrees=False, because="Not yet")
    commands.write_agreed(by=seat, words="Two forms", seen_version=seat.activity.version + 1)
    assert set(room.activity.participants.values_list("agrees", "disagrees_because")) == {(None, "")}


def test_words_written_over_somebody_elses_are_refused(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="One form", seen_version=seat.activity.version)
    with pytest.raises(StaleMove):
        commands.write_agreed(by=seat, words="Other words", seen_version=seat.activity.version)


def test_nobody_agrees_to_nothing(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    with pytest.raises(NotNow):
        commands.say_agree(by=room.seat(room.nurse), agrees=True)


def test_agreed_version_keeps_everything_as_it_was(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    card = room.card(room.nurse, "Three forms", "weaknesses")
    commands.give_vote(by=room.seat(room.guest), card_id=card.pk)
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="We try one form", seen_version=seat.activity.version)
    commands.say_agree(by=room.seat(room.guest), agrees=False, because="After the summer, please")
    version = _agree(room)
    card.text = "Renamed behind its back"
    card.save()
    content = AgreedVersion.objects.get(pk=version.pk).content
    (kept,) = next(zone["cards"] for zone in content["zones"] if zone["key"] == "weaknesses")
    assert (kept["text"], kept["votes"], kept["sectors"]) == ("Three forms", 1, ["health"])
    guest = next(person for person in content["people"] if person["name"] == "Leila Haddad")
    assert (guest["agrees"], guest["because"]) == (False, "After the summer, please")
    assert version.words == "We try one form"


def test_pdf_of_what_was_agreed_is_made_once_and_kept(
    make_room: MakeRoom, django_capture_on_commit_callbacks: Capture
) -> None:
    room = make_room(Stage.DISCUSS)
    room.card(room.nurse, "Three forms")
    with django_capture_on_commit_callbacks(execute=True):
        version = _agree(room)
    version.refresh_from_db()
    first, sha = bytes(version.pdf or b""), version.pdf_sha256
    assert first.startswith(b"%PDF")
    keep_pdf(version)
    version.refresh_from_db()
    assert (bytes(version.pdf or b""), version.pdf_sha256) == (first, sha)


def test_pdf_that_a_process_left_undone_is_made_later(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    version = _agree(room)
    assert version.pdf is None
    keep_missing_pdfs()
    version.refresh_from_db()
    assert bytes(version.pdf or b"").startswith(b"%PDF")
    assert len(version.pdf_sha256) == 64


def test_opening_again_keeps_the_old_version_and_makes_the_next(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    _agree(room, "One form")
    commands.move_stage(activity=room.activity, to=Stage.DISCUSS, by=room.runner)
    _agree(room, "One form, from May")
    versions = list(room.activity.agreed_versions.values_list("number", "words"))
    assert versions == [(2, "One form, from May"), (1, "One form")]


def test_starting_fills_in_who_runs_it_and_which_version_of_the_tool(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    activity = commands.start_activity(
        setting=room.setting, code="swot", title="Rooms", by=room.runner, facilitator=room.nurse
    )
    assert activity.facilitator == room.nurse
    assert activity.instrument_version.code == "swot"
    assert activity.stage == Stage.DRAFT


def test_whoever_was_asked_to_run_it_may(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    assert not room.seat(room.nurse).runs
    Activity.objects.filter(pk=room.activity.pk).update(facilitator=room.nurse)
    assert room.seat(room.nurse).runs
    assert not room.seat(room.housing).runs
    other = MembershipFactory.create(setting=room.setting, roles=[Role.STAFF])
    assert not room.seat(other).runs
    assert uuid.UUID(str(room.activity.pk))
