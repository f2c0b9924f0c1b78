"""The front door, and the home page of a setting: ten minutes on Monday."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.access import Role
from partnerships.home import home_of, part_of_day
from partnerships.models import Membership, Setting
from partnerships.models.partnership import Weekday
from partnerships.registry import Panel, SetupStep, Waiting, registry
from partnerships.terms import add_school_year
from tests.factories import PartnershipFactory, ServiceFactory, SettingFactory, UserFactory
from tests.partnerships.kit import client_of, member, url, words_of

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def school() -> Setting:
    setting: Setting = SettingFactory(name="Hillside Primary School", slug="hillside", postcode="WX4 7QP")
    return setting


@pytest.fixture(autouse=True)
def only_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the higher apps add is tested with them."""
    for name in ("waiting", "panels", "setup_steps"):
        own = [each for each in getattr(registry, name) if each.__module__ == "partnerships.home"]
        monkeypatch.setattr(registry, name, own)


def things(count: int) -> list[Waiting]:
    return [Waiting(f"Thing {n}", "Words", "/", "Do it", minutes=3, urgency=9 - n) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "greeting", "lead"),
    [
        (0, "Good morning, Amara. Nothing waits for you.", "Monday 9 March 2026."),
        (1, "Good morning, Amara. One thing waits for you.", "Monday 9 March 2026. About three minutes."),
        (4, "Good morning, Amara. Four things wait for you.", "Monday 9 March 2026. About 12 minutes."),
    ],
)
def test_greeting_counts_what_waits(
    amara: Membership, count: int, greeting: str, lead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "waiting", [lambda membership: things(count)])
    home = home_of(amara, MONDAY)
    assert (home.greeting, home.lead) == (greeting, lead)


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")]
)
def test_greeting_follows_the_time_of_day(hour: int, part: str) -> None:
    assert part_of_day(MONDAY.replace(hour=hour)) == part


def test_most_urgent_thing_comes_first_with_the_one_primary_button(
    school: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "waiting", [lambda membership: things(3)])
    monkeypatch.setattr(registry, "setup_steps", [])
    page = words_of(client_of(amara).get(url("setting_home", school)))
    assert page.index("Thing 2") < page.index("Thing 1") < page.index("Thing 0")
    assert page.count("btn-primary") == 1


def test_panels_of_other_apps_stand_in_main_and_side(
    school: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    panels = [
        Panel("components/notice.html", {"kind": "ok", "text": "Side by side"}, side=True),
        Panel("components/notice.html", {"kind": "ok", "text": "Second in main"}, order=60),
        Panel("components/notice.html", {"kind": "ok", "text": "First in main"}, order=10),
    ]
    monkeypatch.setattr(registry, "panels", [lambda membership: panels])
    page = words_of(client_of(amara).get(url("setting_home", school)))
    assert page.index("First in main") < page.index("Second in main") < page.index("Side by side")


def test_new_setting_asks_for_a_second_coordinator_first(school: Setting, amara: Membership) -> None:
    page = words_of(client_of(amara).get(url("setting_home", school)))
    assert page.index("Invite a second coordinator") < page.index("Enter the school’s terms")
    assert "Two of five done" in page


def test_checklist_goes_away_when_all_is_done(
    school: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    member(school)
    member(school, Role.STAFF)
    add_school_year(school, timezone.localdate())
    assert "Setting up" not in words_of(client_of(amara).get(url("setting_home", school)))
    open_step = SetupStep("Bring the spreadsheet", "/bring/", done=False)
    monkeypatch.setattr(registry, "setup_steps", [*registry.setup_steps, lambda setting: [open_step]])
    assert "Bring the spreadsheet" in words_of(client_of(amara).get(url("setting_home", school)))


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.STAFF, Role.GOVERNOR])
def test_checklist_is_the_coordinators(school: Setting, role: Role) -> None:
    assert "Setting up" not in words_of(client_of(member(school, role)).get(url("setting_home", school)))


def weekday(days: int) -> Weekday:
    return Weekday.of(timezone.localdate() + timedelta(days=days))


def test_who_is_in_school_today_stands_with_room_and_times(school: Setting, amara: Membership) -> None:
    today = weekday(0)
    PartnershipFactory(
        setting=school, days=[today], contact_name="Priya Raman", times="9.00 to 12.00", room="Medical room"
    )
    PartnershipFactory(setting=school, days=[weekday(1)], contact_name="Comes Tomorrow")
    PartnershipFactory(setting=school, days=[today], contact_name="Came Once", ended_on=timezone.localdate())
    retired = ServiceFactory(steward=school, retired_at=timezone.now())
    PartnershipFactory(setting=school, service=retired, days=[today], contact_name="No Longer Offered")
    PartnershipFactory(days=[today], contact_name="In Another School")
    page = words_of(client_of(amara).get(url("setting_home", school)))
    assert "<b>Priya Raman</b>" in page
    assert "9.00 to 12.00, Medical room" in page
    for absent in ("Comes Tomorrow", "Came Once", "No Longer Offered", "In Another School"):
        assert absent not in page


def test_day_on_which_nobody_comes_shows_who_comes_next(school: Setting, amara: Membership) -> None:
    assert "Who comes on which day?" in words_of(client_of(amara).get(url("setting_home", school)))
    PartnershipFactory(setting=school, days=[weekday(2), weekday(4)], contact_name="Comes Next")
    PartnershipFactory(setting=school, days=[weekday(3)], contact_name="Comes Later")
    page = words_of(client_of(amara).get(url("setting_home", school)))
    assert f"In school on {weekday(2).label}" in page
    assert "Comes Next" in page
    assert "Comes Later" not in page


def test_governor_meets_reports_and_directory_and_nothing_else(school: Setting, amara: Membership) -> None:
    PartnershipFactory(setting=school, days=[Weekday.of(timezone.localdate())], contact_name="Priya Raman")
    school.actions.create(text="Send the page", owner=amara, due_on=timezone.localdate())
    page = words_of(client_of(member(school, Role.GOVERNOR)).get(url("setting_home", school)))
    assert "To read" in page
    for absent in (
        "Priya Raman",
        "Send the page",
        "Nothing waits",
        "In school today",
        "/people/",
        "/actions/",
        "/tools/",
    ):
        assert absent not in page


def test_late_actions_wait_for_their_owner_only(school: Setting, amara: Membership) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    school.actions.create(text="Send every partner one page", owner=amara, due_on=yesterday)
    assert "One thing waits for you" in words_of(client_of(amara).get(url("setting_home", school)))
    other = words_of(client_of(member(school, Role.STAFF)).get(url("setting_home", school)))
    assert "Send every partner one page" not in other
    school.actions.create(text="Another", owner=amara, due_on=yesterday)
    assert "Two of your actions are late" in words_of(client_of(amara).get(url("setting_home", school)))


def test_home_needs_the_same_queries_for_one_and_for_three(
    school: Setting, amara: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(amara)
    today = timezone.localdate()
    for count in (1, 2):
        for number in range(count):
            service = PartnershipFactory(setting=school, days=[Weekday.of(today)]).service
            member(school, Role.PRACTITIONER, service=service)
            school.actions.create(text=f"Late {number}", owner=amara, due_on=today - timedelta(days=1))
            school.actions.create(text=f"Soon {number}", owner_name="Somebody", due_on=today)
            school.invitations.create(
                email=f"{count}{number}@example.org", roles=["staff"], expires_at=timezone.now()
            )
        with django_assert_num_queries(16):
            client.get(url("setting_home", school))


def test_front_door_says_what_this_is_and_asks_to_sign_in() -> None:
    page = words_of(Client().get("/"))
    assert "Sign in" in page
    assert "Join a session by code" in page
    assert "Nothing about individual children" in page


def test_front_door_leads_into_the_only_school(school: Setting, amara: Membership) -> None:
    client = client_of(amara)
    assert client.get("/")["Location"] == "/s/hillside/"
    second = SettingFactory(name="Riverside", slug="riverside")
    second.memberships.create(user=amara.user, roles=["staff"])
    assert client.get("/")["Location"] == "/my/"
    page = words_of(client.get("/my/"))
    assert page.index("Hillside Primary School") < page.index("Riverside")


def test_somebody_without_a_school_is_told_what_to_do() -> None:
    client = Client()
    client.force_login(UserFactory(email="lost@example.org"))
    page = words_of(client.get("/", follow=True))
    assert "invites you by e-mail, to lost@example.org" in page


def test_worried_page_has_three_numbers_to_tap(school: Setting, amara: Membership) -> None:
    Setting.objects.filter(pk=school.pk).update(
        council_telephone="01632 960900", council_name="First Response"
    )
    page = words_of(client_of(amara).get(url("worried", school)))
    for number in ("tel:01632960142", "tel:01632960900", "tel:999"):
        assert f'href="{number}"' in page
    assert "First Response" in page


def test_worried_page_of_a_new_setting_says_whom_to_ask() -> None:
    school = SettingFactory(safeguarding_name="", safeguarding_telephone="", telephone="01632 960140")
    page = words_of(client_of(member(school)).get(url("worried", school)))
    assert "Nobody has filled in who that is" in page
    assert "tel:01632960140" in page


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.COORDINATOR, ["People", "Check-ins", "Reports", "The school’s settings"], []),
        (Role.PRACTITIONER, ["People", "Check-ins", "My page at this school"], ["The school’s settings"]),
        (Role.GOVERNOR, ["My account"], ["The school’s settings", "My page at this school", "/people/"]),
    ],
)
def test_more_page_has_what_the_dock_has_not(
    school: Setting, role: Role, shown: list[str], hidden: list[str]
) -> None:
    main = (
        words_of(client_of(member(school, role)).get(url("more", school)))
        .split("<main")[1]
        .split("</main>")[0]
    )
    for words in [*shown, "Change school", "Sign out", "Worried about a child?"]:
        assert words in main
    for words in hidden:
        assert words not in main
