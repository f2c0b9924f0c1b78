"""The pages of a closed check-in: who sees what, the levels agreed, the paper."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluation.closing import agree_round, close_round
from evaluation.models import Round
from evaluation.rounds.commands import record_levels, share_round
from partnerships.models import Membership
from partnerships.sectors import Sector
from tests.evaluation.kit import answer, browser, closed, opened, team, text_of, url
from toolkits.instruments import instrument

pytestmark = pytest.mark.django_db

TEAM = {Sector.EDUCATION: 6, Sector.HEALTH: 6, Sector.SOCIAL_CARE: 5, Sector.HOUSING: 2}
Team = tuple[Membership, list[Membership]]
STATEMENTS = instrument("team-building").statements


@pytest.fixture
def people() -> Team:
    return team(TEAM)


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


def test_render_activity_prints_a_closed_check_in_by_either_id(people: Team, tmp_path: Path) -> None:
    round_ = closed(people)
    for pk in (round_.pk, round_.activity_id):
        call_command("render_activity", str(pk), out=tmp_path / "sheet.pdf", stdout=StringIO())
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_render_activity_says_why_an_open_check_in_has_no_sheet(people: Team, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has nothing to print: it is open"):
        call_command("render_activity", str(opened(*people).pk), out=tmp_path / "sheet.pdf")
