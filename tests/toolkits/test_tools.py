"""The tools page, a tool's page, and what tools add to the pages of everybody."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from partnerships.access import Role
from partnerships.sectors import Sector
from tests.factories import MembershipFactory
from tests.toolkits.conftest import Room, practitioner
from toolkits import commands, home
from toolkits.commands.sheets import keep_draft, save_sheet
from toolkits.models import Activity, Draft
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]
TOOLS = "/s/hillside-room/tools/"


def test_tools_stand_on_their_shelf_with_their_first_step(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    page = room.browser(room.runner).get(TOOLS).content.decode()
    for words in ("SWOT analysis", "Practitioner profile", "Building the multi-agency team", "What I bring"):
        assert words in page
    for address in ("swot/start/", "swot/blank.pdf", "swot/fillable.pdf", "practitioner-profile/people/"):
        assert f"{TOOLS}{address}" in page
    assert room.url() in page


def test_practitioner_is_offered_what_they_may_do(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    page = room.browser(room.nurse).get(TOOLS).content.decode()
    assert "swot/start/" not in page
    assert f"practitioner-profile/people/{room.nurse.pk}/change/" in page


def test_governor_has_no_tools(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    governor = MembershipFactory.create(setting=room.setting, roles=[Role.GOVERNOR])
    assert room.browser(governor).get(TOOLS).status_code == 403


@pytest.mark.parametrize("variant", ["blank", "fillable"])
@pytest.mark.parametrize(
    "code", ["swot", "team-building", "practitioner-profile", "agency-sheet", "benefits"]
)
def test_every_tool_has_its_page_and_its_paper(make_room: MakeRoom, code: str, variant: str) -> None:
    room = make_room(Stage.DRAFT)
    client = room.browser(room.runner)
    assert client.get(f"{TOOLS}{code}/").status_code == 200
    paper = client.get(f"{TOOLS}{code}/{variant}.pdf").content
    assert bool(PdfReader(BytesIO(paper)).get_fields()) is (variant == "fillable")


def test_unknown_tool_and_variant_do_not_exist(make_room: MakeRoom) -> None:
    client = make_room(Stage.DRAFT).browser(Activity.objects.get().facilitator)
    for rest in ("made-up/", "made-up/blank.pdf", "swot/large.pdf", "team-building/start/", "made-up/start/"):
        assert client.get(f"{TOOLS}{rest}").status_code == 404


@pytest.mark.parametrize("sessions", [1, 3])
def test_tools_page_costs_the_same_queries(make_room: MakeRoom, sessions: int) -> None:
    room = make_room(Stage.DISCUSS)
    for number in range(sessions - 1):
        commands.start_activity(setting=room.setting, code="swot", title=f"Session {number}", by=room.runner)
    client = room.browser(room.runner)
    client.get(TOOLS)
    with CaptureQueriesContext(connection) as queries:
        client.get(TOOLS)
    assert len(queries) == 7


def test_session_waits_for_whoever_has_not_added_a_card(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    (waiting,) = home.waiting_sessions(room.nurse)
    assert (waiting.url, waiting.verb) == (room.url(), "Add")
    room.card(room.nurse, "Added")
    assert list(home.waiting_sessions(room.nurse)) == []
    assert list(home.waiting_sessions(room.housing)) != []


def test_agreement_waits_until_somebody_has_said(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    assert list(home.waiting_sessions(room.nurse)) == []
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="One form", seen_version=seat.activity.version)
    (waiting,) = home.waiting_sessions(room.nurse)
    assert waiting.title.startswith("Do you agree?")
    commands.say_agree(by=room.seat(room.nurse), agrees=True)
    assert list(home.waiting_sessions(room.nurse)) == []


def test_profile_waits_for_a_practitioner_and_for_nobody_else(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    (waiting,) = home.waiting_sheets(room.nurse)
    assert waiting.title == "Fill in your profile"
    assert list(home.waiting_sheets(room.runner)) == []
    save_sheet(person=room.nurse, code="practitioner-profile", data={"name": "Priya"}, by=room.nurse)
    assert list(home.waiting_sheets(room.nurse)) == []


def test_promise_that_is_due_waits(make_room: MakeRoom) -> None:
    room = make_room(Stage.DRAFT)
    save_sheet(person=room.nurse, code="practitioner-profile", data={"name": "Priya"}, by=room.nurse)
    written = timezone.localdate() - timedelta(days=40)
    rows = [{"benefit": "A drop-in", "measure": "Ten come"}]
    data = {"written_on": written.isoformat(), "next_month": rows}
    save_sheet(person=room.nurse, code="benefits", data=data, by=room.nurse)
    (waiting,) = home.waiting_sheets(room.nurse)
    assert waiting.url.endswith("/look-again/")


def test_home_shows_what_is_open_and_what_was_agreed(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    other = commands.start_activity(setting=room.setting, code="swot", title="Rooms", by=room.runner)
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="We try one form", seen_version=seat.activity.version)
    commands.say_agree(by=room.seat(room.guest), agrees=False, because="Later")
    commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)
    panels = {panel.template: panel.context for panel in home.session_panels(room.runner)}
    assert [session.pk for session in panels["toolkits/_open_now.html"]["sessions"]] == [other.pk]
    (version,) = panels["toolkits/_lately_agreed.html"]["agreed"]
    assert (version.words, version.summary) == ("We try one form", "0 agree; Harbour sees it differently.")
    assert "toolkits/_open_now.html" not in {panel.template for panel in home.session_panels(room.nurse)}


def test_search_finds_sessions_that_one_may_see(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    assert [found.title for found in home.find_sessions(room.nurse, "sharing swot")] == [
        "Sharing information"
    ]
    outsider = practitioner(room.setting, "New Person", Sector.OTHER)
    assert list(home.find_sessions(outsider, "sharing")) == []


def test_words_of_a_talk_are_found_once_they_are_agreed(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    Activity.objects.filter(pk=room.activity.pk).update(agreed_words="A hidden phrase")
    assert list(home.find_sessions(room.nurse, "phrase")) == []
    room.to(Stage.AGREED)
    assert len(list(home.find_sessions(room.nurse, "phrase"))) == 1


def test_what_is_held_about_somebody_lists_their_work(make_room: MakeRoom) -> None:
    import json

    room = make_room(Stage.DISCUSS)
    room.card(room.nurse, "My own words")
    keep_draft(
        person=room.nurse, code="practitioner-profile", typed={"name": "half"}, based_on=0, by=room.nurse
    )
    heading, rows = home.held_work(room.nurse)
    text = json.dumps({heading: rows}, ensure_ascii=False)
    assert "My own words" in text and "half" in text
    assert "My own words" not in json.dumps(home.held_work(room.housing)[1], ensure_ascii=False)


def test_leaving_forgets_what_was_only_begun(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    room.card(room.nurse, "Stays")
    keep_draft(
        person=room.nurse, code="practitioner-profile", typed={"name": "half"}, based_on=0, by=room.nurse
    )
    home.forget_unfinished(room.nurse)
    assert not Draft.objects.exists()
    assert room.activity.cards.count() == 1
