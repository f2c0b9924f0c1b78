"""What a report tells, and above all what it never tells."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation.models.report import ReportPart
from evaluation.paper import ReportPaper
from evaluation.reports.content import report_paper
from evaluation.reports.questions import suggested_questions
from evaluation.reports.store import texts
from partnerships.access import Role
from partnerships.models import Membership, Setting, Term
from partnerships.sectors import Sector
from tests.evaluation import rows
from toolkits.instruments import instrument

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def setting() -> Setting:
    return rows.new_setting(name="Hillside Primary School")


@pytest.fixture
def by(setting: Setting) -> Membership:
    return rows.member(setting, name="Amara Oduya", job_title="Early help lead")


def paper_of(setting: Setting, by: Membership, number: int = 0) -> ReportPaper:
    return report_paper(rows.draft(setting, by), on=TODAY(), number=number)


def test_figures_count_services_that_work_with_the_school(setting: Setting, by: Membership) -> None:
    rows.service(setting, "Harbour", days=["MO", "TH"], **rows.confirmed(10))
    rows.service(setting, "Castle Homes", sector=Sector.HOUSING, **rows.confirmed(300))
    ended = rows.service(setting, "Gone")
    ended.ended_on = TODAY() - timedelta(days=1)
    ended.save()
    paper = paper_of(setting, by)
    assert [(figure.value, figure.text) for figure in paper.figures[:2]] == [
        ("2", "services work with us, 1 of them in school each week"),
        ("1 of 2", "services confirmed within six months that what we know of them is right"),
    ]
    assert [(line.sector, line.services, line.in_school, line.confirmed) for line in paper.services] == [
        (Sector.HEALTH, 1, 1, 1),
        (Sector.HOUSING, 1, 0, 0),
    ]


def test_the_pattern_stands_on_the_fixed_results(setting: Setting, by: Membership) -> None:
    closed = rows.closed_round(setting, people={"education": 6, "health": 7})
    closed.agreed_levels.create(statement="shared_vision", level="partly")
    closed.agreed_levels.create(statement="vision_made_by_all", level="in_place")
    paper = paper_of(setting, by)
    assert paper.pattern is not None
    row = paper.pattern.rows[0]
    assert (row.theme, row.middle, row.low, row.high, row.agreed) == ("Values and aspirations", 0, 0, 2, 1.5)
    assert paper.pattern_based_on.startswith("13 of 13 people, ")
    assert "13 of 13" in [figure.value for figure in paper.figures]


def test_differences_name_the_sectors_furthest_apart(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting, people={"education": 6, "health": 7})
    line = paper_of(setting, by).differences[0]
    assert line.theme == "Values and aspirations"
    assert line.sentence.endswith(": Education says “in place”; health says “not in place”.")
    assert line.middles == ((Sector.EDUCATION, "in place"), (Sector.HEALTH, "not in place"))


def test_a_small_group_is_not_told_apart_though_people_answered_by_name(
    setting: Setting, by: Membership
) -> None:
    people = {"education": 9, "health": 8, "police": 1, "housing": 4}
    levels = {"education": "partly", "health": "partly", "police": "not_in_place", "housing": "in_place"}
    rows.closed_round(setting, people=people, levels=levels, is_anonymous=False)
    paper = paper_of(setting, by)
    assert paper.differences == ()
    assert "and housing: hidden to protect people" in paper.hidden_words


def test_a_check_in_of_too_few_people_tells_nothing(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting, people={"education": 3}, is_anonymous=False)
    paper = paper_of(setting, by)
    assert paper.pattern is None
    assert "Check-in" not in " ".join(paper.method)


def test_nothing_that_people_wrote_in_a_check_in_is_printed(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting, evidence="Ruth Kemp never answers her mail")
    rows.closed_round(setting, days_ago=200, is_anonymous=False, evidence="Tom Whitlock is always late")
    words = texts(paper_of(setting, by))
    assert "“Don’t know” is left out." in words
    assert "Ruth Kemp" not in words
    assert "Tom Whitlock" not in words


def test_a_session_goes_in_without_names_reservations_and_weak_cards(
    setting: Setting, by: Membership
) -> None:
    rows.agreed_session(setting)
    paper = paper_of(setting, by)
    (session,) = paper.sessions
    assert session.agreed == ("We use one referral form.",)
    assert [card.text for card in session.cards] == ["People know each other"]
    assert session.people == "2 people from 2 sectors"
    words = texts(paper)
    for secret in ("Priya Raman", "Gwen Guest", "Our list is too long", "A card nobody chose"):
        assert secret not in words


def test_owners_of_actions_are_named_by_what_they_are(setting: Setting, by: Membership) -> None:
    nurse = rows.member(
        setting, Role.PRACTITIONER, "Priya Raman", job_title="School nurse", sector=Sector.HEALTH
    )
    partner = rows.service(setting, "Harbour")
    rows.action(setting, "Guest's", owner_name="Gwen Guest", due_in=1)
    rows.action(setting, "Nurse's", owner=nurse, due_in=2)
    rows.action(setting, "Harbour's", owner_partnership=partner, due_in=3)
    paper = paper_of(setting, by)
    assert [(line.what, line.who) for line in paper.actions] == [
        ("Guest's", "somebody outside the team"),
        ("Nurse's", "School nurse"),
        ("Harbour's", "Harbour"),
    ]
    assert "Gwen" not in texts(paper)
    assert "Priya" not in texts(paper)


def test_late_actions_come_first_and_those_done_before_the_last_number_stay_away(
    setting: Setting, by: Membership
) -> None:
    today = TODAY()
    rows.action(setting, "Done long ago", due_in=-90, done_on=today - timedelta(days=60))
    rows.published(setting, by)
    rows.action(setting, "Done now", due_in=-3, done_on=today)
    rows.action(setting, "Late", due_in=-2)
    rows.action(setting, "Open", due_in=9)
    paper = paper_of(setting, by)
    assert [line.what for line in paper.actions] == ["Late", "Open", "Done now"]
    assert paper.actions_title == "Actions since number 1"
    assert paper.figures[-1].text == "actions since number 1 is done; 1 is late"


def test_the_way_there_follows_the_check_ins_of_one_tool(setting: Setting, by: Membership) -> None:
    levels = {"education": "not_in_place", "health": "partly"}
    people = {"education": 6, "health": 6}
    for days, name, level in ((400, "Autumn 2025", "not_in_place"), (20, "Autumn 2026", "in_place")):
        day = TODAY() - timedelta(days=days)
        term = Term.objects.create(
            setting=setting, name=name, starts=day - timedelta(30), ends=day + timedelta(30)
        )
        rows.closed_round(
            setting, people=people, levels={**levels, "health": level}, days_ago=days, term=term
        )
    paper = paper_of(setting, by)
    assert paper.trend is not None
    assert paper.trend.terms == ("Autumn 2025", "Autumn 2026")
    assert list(paper.trend.lines[0].values) == [0, 1]
    assert paper.pattern is not None
    assert (paper.pattern.before, paper.pattern.rows[0].before) == ("Autumn 2025", "not in place")


def test_sections_left_out_are_not_there(setting: Setting, by: Membership) -> None:
    rows.service(setting, "Harbour")
    rows.action(setting, "Late", due_in=-2)
    report = rows.draft(setting, by, sections=[ReportPart.QUESTIONS])
    paper = report_paper(report, on=TODAY())
    assert (paper.services, paper.actions, paper.figures) == ((), (), ())
    assert paper.questions


def test_another_settings_material_stays_there(setting: Setting, by: Membership) -> None:
    other = rows.new_setting()
    rows.closed_round(other)
    rows.agreed_session(other, words="Words of Riverside")
    rows.action(other, "Riverside's action")
    rows.service(other, "Riverside's service")
    paper = paper_of(setting, by)
    assert paper.sections == ()
    assert "Riverside" not in texts(paper)


def test_check_ins_that_are_neither_shared_nor_talked_over_are_not_ready(
    setting: Setting, by: Membership
) -> None:
    rows.closed_round(setting, shared=False)
    assert paper_of(setting, by).pattern is None


def test_questions_come_from_the_figures(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting, people={"education": 5, "health": 9})
    rows.service(setting, "Harbour", **rows.confirmed(300))
    rows.action(setting, "Two parents at the table", due_in=-2)
    questions = suggested_questions(rows.draft(setting, by), on=TODAY())
    vision = instrument("team-building").statement("shared_vision").text
    assert questions[0].startswith("“Two parents at the table” was due on ")
    assert f"Most of us say “not in place” to “{vision}”. What would it take?" in questions
    assert any("Why do we see it so differently?" in words for words in questions)
    assert any(words.startswith("1 of 1 service has not confirmed") for words in questions)
    assert "Nobody from social care works with us. Do our children need it?" in questions


def test_the_draft_says_that_it_is_one(setting: Setting, by: Membership) -> None:
    paper = paper_of(setting, by)
    assert paper.kicker.endswith("draft")
    assert paper.edition.startswith("Draft · ")
    numbered = paper_of(setting, by, number=4)
    assert numbered.edition.startswith("Published ")
    assert "only followed by number 5" in numbered.small_print
