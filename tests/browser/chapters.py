"""The chapters of the whole path, for browsers with and without JavaScript."""

from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from partnerships.access import Role
from partnerships.models import Membership, Setting, User
from tests.browser import steps_check_in, steps_directory, steps_people, steps_report, steps_session
from tests.browser.steps_check_in import inside
from tests.browser.steps_people import NAME, SCHOOL, Look
from tests.browser.steps_session import ACTION, TITLE, WORDS, Room

GOVERNOR = "governor@other.example"


def bring_services(coordinator: Page, phone: Page, look: Look) -> None:
    steps_directory.bring(coordinator, look)
    steps_directory.mend(coordinator, look)
    steps_directory.edit(coordinator, look)
    sheet = steps_directory.print_sheet(coordinator)
    assert steps_directory.SERVICE in sheet
    assert "We call the family within two days" in sheet
    assert "0161 496 0300" in sheet
    address = steps_directory.publish(coordinator, look)
    steps_directory.read_on_phone(phone, address, look)


def invite_and_introduce(coordinator: Page, practitioner: Page, look: Look) -> None:
    steps_people.invite(coordinator, look)
    steps_people.accept(practitioner, look)
    steps_people.fill_profile(practitioner, look)
    profile = steps_people.print_profile(practitioner)
    assert NAME in profile
    assert "What I say about this" in profile


def agree_in_session(room: Room) -> None:
    steps_session.start(room)
    steps_session.join(room, steps_session.make_code(room))
    steps_session.find_session(room)
    steps_session.on_their_own(room)
    steps_session.show_everyones(room)
    steps_session.talk(room)
    agreed = steps_session.settle(room)
    for words in (TITLE, WORDS, ACTION, "Gwen Guest, Castle Homes: Our list is too long for that."):
        assert words in agreed
    room.practitioner.goto(f"{SCHOOL}actions/")
    expect(room.practitioner.get_by_text(ACTION).first).to_be_visible()
    room.look(room.practitioner)


def check_in(
    coordinator: Page, practitioner: Page, look: Look, database: str, blocker: DjangoDbBlocker
) -> None:
    steps_check_in.start(coordinator, look)
    assert steps_check_in.answer(practitioner, look)
    inside(database, blocker, steps_check_in.type_in_others)
    steps_check_in.close(coordinator, look)
    paper = steps_check_in.share_and_agree(coordinator, look)
    assert "Answered 19 of 19, without names" in paper
    assert "We know each other; now we need one form." in paper
    steps_check_in.read_results(practitioner, look)


def report(coordinator: Page, look: Look) -> None:
    """Number 1 tells what was agreed, and nobody's name."""
    steps_report.write(coordinator, look)
    text = steps_report.publish(coordinator, look)
    for words in (steps_report.IN_SHORT, TITLE, WORDS, ACTION, "19 of 19 people", "Where views differ most"):
        assert words in text
    for name in (NAME, "Gwen Guest", "Our list is too long"):
        assert name not in text


def add_governor() -> None:
    """Who signs in with the password of the demo."""
    coordinator = User.objects.get(email="coordinator@other.example")
    user = User.objects.create(email=GOVERNOR, full_name="Gil Overton", password=coordinator.password)
    setting = Setting.objects.get(slug="riverside")
    Membership.objects.create(setting=setting, user=user, roles=[Role.GOVERNOR.value])
