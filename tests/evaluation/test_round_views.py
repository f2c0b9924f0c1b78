"""The pages of check-ins: who sees what, from the plan to what was agreed."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.closing import agree_round, close_round
from evaluation.models import Round
from evaluation.round_commands import OnPaper, record_levels, share_round
from partnerships.access import Role
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, opened, outsider, started, team
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


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def url(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"evaluation:{name}", args=[round_.setting.slug, round_.pk, *args])


def text_of(response: Any) -> str:
    return str(response.content.decode())


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


def test_results_are_for_the_coordinator_until_they_are_shared(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members)
    for member in members[:12]:
        answer(
            round_, member, "in_place" if member.sector == Sector.EDUCATION else "not_in_place", "Seen in May"
        )
    close_round(round_=round_, by=coordinator)
    assert "Education says “in place”; health says “not in place”." in text_of(
        browser(coordinator).get(url("round_detail", round_))
    )
    assert "Education says" not in text_of(browser(members[0]).get(url("round_detail", round_)))
    share_round(round_=round_, by=coordinator)
    assert "Education says “in place”" in text_of(browser(members[0]).get(url("round_detail", round_)))


def test_who_did_not_answer_does_not_see_shared_results(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members)
    for member in members[:12]:
        answer(round_, member, "in_place", "Seen in May")
    close_round(round_=round_, by=coordinator)
    share_round(round_=round_, by=coordinator)
    client = browser(members[-1])
    page = text_of(client.get(url("round_detail", round_)))
    assert "Its results are shared with the people who answered" in page
    assert "Seen in May" not in page
    assert client.get(url("round_paper", round_)).status_code == 404


def test_hidden_groups_are_named_and_their_figures_are_not_on_the_page(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members)
    for member in members:
        if member.sector != Sector.HEALTH or member in members[6:9]:
            answer(round_, member, "not_in_place" if member.sector == Sector.HEALTH else "in_place")
    close_round(round_=round_, by=coordinator)
    page = text_of(browser(coordinator).get(url("round_detail", round_)))
    assert "hidden to protect people" in page or "count under “all” only" in page
    assert "Nobody sees more than this, you neither" in page
    assert ">n 3<" not in page


def test_of_too_few_answers_the_page_shows_their_number_alone(people: Team) -> None:
    coordinator, members = people
    round_ = opened(coordinator, members)
    for member in members[:3]:
        answer(round_, member, "partly", "Only I know this")
    page = browser(coordinator).post(url("close_round", round_), follow=True)
    assert "Only three people answered" in text_of(page)
    assert "Only I know this" not in text_of(page)
    assert browser(coordinator).get(url("round_paper", round_)).status_code == 404


def test_closing_warns_when_too_few_have_answered(people: Team) -> None:
    round_ = opened(*people)
    page = text_of(browser(people[0]).get(url("close_round", round_)))
    assert "nothing can be shown, and what they answered is not kept" in page


def closed(people: Team, **changes: Any) -> Round:
    coordinator, members = people
    round_ = opened(coordinator, members, **changes)
    for member in members:
        answer(round_, member, "partly")
    return close_round(round_=round_, by=coordinator)


def level_data(round_: Round, **changes: str) -> dict[str, str]:
    blank = {f"{part}_{one.key}": "" for one in STATEMENTS for part in ("level", "note", "dissent")}
    return {**blank, "agreed_words": "", "version": str(round_.version), **changes}


def test_levels_are_recorded_then_agreed_and_printed(people: Team) -> None:
    round_, client = closed(people), browser(people[0])
    data = level_data(round_, level_shared_vision="in_place", dissent_shared_vision="Health: not read yet")
    assert "Seen differently:" in text_of(client.post(url("edit_levels", round_), data, follow=True))
    assert "version 1 is kept" in text_of(client.post(url("agree_round", round_), follow=True))
    paper = client.get(url("round_paper", round_))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content == bytes(round_.activity.agreed_versions.get().pdf or b"")


def test_a_note_without_a_level_asks_for_the_level(people: Team) -> None:
    round_ = closed(people)
    data = level_data(round_, note_shared_vision="Because")
    page = text_of(browser(people[0]).post(url("edit_levels", round_), data))
    assert "Choose a level for “A common vision" in page


def test_a_stale_save_of_levels_shows_both_and_loses_nothing(people: Team) -> None:
    round_, client = closed(people), browser(people[0])
    client.post(url("edit_levels", round_), level_data(round_, level_shared_vision="in_place"))
    page = text_of(client.post(url("edit_levels", round_), level_data(round_, level_shared_vision="partly")))
    assert "Two versions of this page" in page
    assert round_.agreed_levels.get().level == "in_place"
    newer = level_data(Round.objects.get(), level_shared_vision="partly", keep_level_shared_vision="yours")
    client.post(url("edit_levels", round_), newer)
    assert round_.agreed_levels.get().level == "partly"


def test_a_save_after_it_was_agreed_is_refused_and_kept_on_the_page(people: Team) -> None:
    round_, client = closed(people), browser(people[0])
    record_levels(round_=round_, levels={}, words="We meet earlier.", by=people[0], seen_version=None)
    agree_round(round_=round_, by=people[0])
    data = level_data(Round.objects.get(), level_shared_vision="in_place", agreed_words="Something else")
    page = text_of(client.post(url("edit_levels", round_), data))
    assert "was agreed, so nothing in it changes any more" in page
    assert "Something else" in page
    assert Round.objects.get().agreed_words == "We meet earlier."


def test_the_middle_answers_can_be_where_levels_begin(people: Team) -> None:
    round_ = closed(people)
    page = text_of(browser(people[0]).get(url("edit_levels", round_) + "?middles=1"))
    assert page.count('<option value="partly" selected>') == len(STATEMENTS)
    assert not round_.agreed_levels.exists()


def test_with_names_the_coordinator_alone_sees_who_answered_what(people: Team) -> None:
    coordinator, members = people
    round_ = closed(people, is_anonymous=False)
    share_round(round_=round_, by=coordinator)
    assert members[0].user.full_name in text_of(browser(coordinator).get(url("round_people", round_)))
    assert browser(members[0]).get(url("round_people", round_)).status_code == 403
    assert members[1].user.full_name not in text_of(browser(members[0]).get(url("round_detail", round_)))


def test_without_names_there_is_no_page_of_people(people: Team) -> None:
    assert browser(people[0]).get(url("round_people", closed(people))).status_code == 404


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


def test_an_action_keeps_where_it_came_from(people: Team) -> None:
    round_ = closed(people)
    data = {
        "text": "Count what changed",
        "owner_key": f"person-{people[0].pk}",
        "due_on": "3 March 2030",
        "version": "0",
    }
    page = browser(people[0]).post(url("add_round_action", round_), data, follow=True)
    action = people[0].setting.actions.get()
    assert (action.origin_kind, action.origin_id) == ("round", round_.pk)
    assert "Count what changed" in text_of(page)


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


def test_render_activity_prints_a_closed_check_in_by_either_id(people: Team, tmp_path: Path) -> None:
    round_ = closed(people)
    for pk in (round_.pk, round_.activity_id):
        call_command("render_activity", str(pk), out=tmp_path / "sheet.pdf", stdout=StringIO())
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_render_activity_says_why_an_open_check_in_has_no_sheet(people: Team, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has nothing to print: it is open"):
        call_command("render_activity", str(opened(*people).pk), out=tmp_path / "sheet.pdf")
