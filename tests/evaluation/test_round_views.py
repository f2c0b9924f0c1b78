"""The pages of check-ins until they close: the plan, asking, the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Round
from evaluation.rounds.commands import OnPaper
from partnerships.access import Role
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, browser, closed, opened, outsider, started, team, text_of, url
from tests.factories import MembershipFactory
from toolkits.instruments import instrument
from toolkits.models import Contribution

pytestmark = pytest.mark.django_db

TEAM = {Sector.EDUCATION: 6, Sector.HEALTH: 6, Sector.SOCIAL_CARE: 5, Sector.HOUSING: 2}
Team = tuple[Membership, list[Membership]]
STATEMENTS = instrument("team-building").statements


@pytest.fixture
def people() -> Team:
    return team(TEAM)


def form_data(coordinator: Membership, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": "How are we doing?",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=10)).isoformat(),
        "whom": "everyone",
        "names": "without",
        "version": "0",
        **changes,
    }


def start(coordinator: Membership, **changes: Any) -> Any:
    address = reverse("evaluation:start_round", args=[coordinator.setting.slug, "team-building"])
    return browser(coordinator).post(address, form_data(coordinator, **changes), follow=True)


def test_starting_shows_how_small_groups_will_be_counted(people: Team) -> None:
    page = text_of(start(people[0]))
    assert "Housing (2 people) is too small to be shown alone. It counts as “others”." in page
    assert "Social care (5 people) counts there too" in page
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Fill in “Title”"),
        ({"closes_on": "3 March 2020"}, "Choose a last day that is not before the day it opens"),
        ({"opens_on": "3 March 2020"}, "Choose today or a later day"),
        ({"whom": "sectors"}, "Choose at least one sector"),
        ({"whom": "people"}, "Choose at least one person"),
        ({"names": ""}, "With or without names?"),
        ({"on_paper": "Jo Farrow"}, "Line 1: write name, service and sector"),
        ({"on_paper": "Jo, Harbour, voluntary\nAda, Harbour, plumbing"}, "Line 2: “plumbing” is no sector"),
    ],
)
def test_starting_says_what_to_put_right(people: Team, changes: dict[str, str], words: str) -> None:
    assert words in text_of(start(people[0], **changes))
    assert not Round.objects.exists()


def test_only_the_chosen_sectors_are_asked_and_no_governor(people: Team) -> None:
    MembershipFactory(setting=people[0].setting, roles=[Role.GOVERNOR], sector=Sector.HEALTH)
    start(people[0], whom="sectors", sectors=["health", "housing"], on_paper="Jo Farrow, Harbour, voluntary")
    asked = Round.objects.get().activity.participants
    assert sorted(asked.values_list("sector", flat=True)) == ["health"] * 6 + ["housing"] * 2 + ["voluntary"]


def test_a_stale_change_shows_both_versions(people: Team) -> None:
    coordinator, members = people
    round_ = started(coordinator, members)
    chosen = [str(member.pk) for member in members]
    first = form_data(coordinator, title="Mine", whom="people", people=chosen, version=str(round_.version))
    browser(coordinator).post(url("edit_round", round_), {**first, "title": "Theirs"})
    page = text_of(browser(coordinator).post(url("edit_round", round_), first))
    assert "Two versions of this page" in page
    assert "Theirs" in page
    assert Round.objects.get().activity.title == "Theirs"


def test_the_plan_offers_wider_groups_and_names() -> None:
    people = team({**TEAM, Sector.VOLUNTARY: 3})
    round_, client = started(*people), browser(people[0])
    assert "Use wider groups" in text_of(client.get(url("round_detail", round_)))
    client.post(url("group_round", round_, "wide"))
    assert Round.objects.get().grouping == Round.Grouping.WIDE
    page = text_of(client.post(url("name_round", round_), follow=True))
    assert "with names, nothing is hidden" in page


def test_asking_two_sectors_says_to_ask_three() -> None:
    page = text_of(
        browser((people := team({Sector.HEALTH: 6}))[0]).get(url("round_detail", started(*people)))
    )
    assert "Ask three or more, so that you see where views differ" in page


def test_opening_twice_asks_once(people: Team, django_capture_on_commit_callbacks: Any) -> None:
    round_ = started(*people)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            browser(people[0]).post(url("open_round", round_))
    assert len(mail.outbox) == 19


def test_a_refusal_is_said_on_the_page(people: Team) -> None:
    round_ = started(people[0], people[1][:3])
    page = text_of(browser(people[0]).post(url("open_round", round_), follow=True))
    assert "Ask at least 5 people, or ask with names" in page


def test_an_open_check_in_without_names_tells_nobody_who_answered(people: Team) -> None:
    round_ = opened(*people)
    answer(round_, people[1][0], "partly")
    page = text_of(browser(people[0]).get(url("round_detail", round_)))
    assert "1 of 19 have answered" in page
    assert people[1][0].user.full_name not in page


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_a_paper_form_is_typed_in_for_somebody_without_an_account(people: Team, is_anonymous: bool) -> None:
    paper = (OnPaper(name="Jo Farrow", agency="Harbour", sector=Sector.HOUSING),)
    round_ = opened(*people, on_paper=paper, is_anonymous=is_anonymous)
    jo = round_.activity.participants.guests().get()
    client = browser(people[0])
    client.post(url("type_in", round_, jo.pk), {"level_shared_vision": "partly"})
    assert "1 of 20 have answered" in text_of(client.get(url("round_detail", round_)))
    assert Contribution.objects.filter(participant=jo).exists() is not is_anonymous
    again = client.get(url("type_in", round_, jo.pk)).status_code
    assert again == (404 if is_anonymous else 200)


def test_the_list_shows_each_person_theirs(people: Team) -> None:
    coordinator, members = people
    opened(coordinator, members[:6], title="For six of us")
    started(coordinator, members, title="Not ready yet")
    address = reverse("evaluation:round_list", args=[coordinator.setting.slug])
    asked, other = text_of(browser(members[0]).get(address)), text_of(browser(members[-1]).get(address))
    assert "For six of us" in asked
    assert "6 people asked" in asked
    assert "For six of us" not in other
    assert "Not ready yet" not in asked
    assert "Not ready yet" in text_of(browser(coordinator).get(address))


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    people: Team, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        opened(*people, title=f"Check-in {number}")
    client = browser(people[0])
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("evaluation:round_list", args=[people[0].setting.slug]))


LIST_QUERIES = 6


def test_a_check_in_of_another_school_does_not_exist(people: Team) -> None:
    round_ = closed(people, title="A title that could leak")
    stranger = outsider()
    own = reverse("evaluation:round_detail", args=[stranger.setting.slug, round_.pk])
    for address in (own, url("round_detail", round_)):
        response = browser(stranger).get(address)
        assert response.status_code == 404
        assert "could leak" not in text_of(response)
