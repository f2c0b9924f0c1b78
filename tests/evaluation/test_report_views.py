"""The pages of reports: who sees what, the way from draft to number, and what bad input does."""

from typing import Any

import pgtrigger
import pytest
from django.urls import reverse

from evaluation.models import Report
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.evaluation import rows
from tests.evaluation.rows import hidden, read, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting() -> Setting:
    return rows.new_setting(name="Hillside Primary School", slug="hillside")


@pytest.fixture
def by(setting: Setting) -> Membership:
    return rows.member(setting, name="Amara Oduya")


def test_a_governor_reads_published_reports_newest_first_and_no_draft(
    setting: Setting, by: Membership
) -> None:
    first, second = (
        rows.published(setting, by, title="The first"),
        rows.published(setting, by, title="The second"),
    )
    secret = rows.draft(setting, by, title="Not finished")
    client = signed_in(rows.member(setting, Role.GOVERNOR))
    page = read(client.get(url("report_list")))
    assert 0 < page.index("Number 2: The second") < page.index("Number 1: The first")
    assert "Not finished" not in page
    assert client.get(url("report_detail", secret.pk)).status_code == 404
    assert client.get(url("report_paper", secret.pk)).status_code == 404
    assert client.get(url("report_paper", second.pk)).content == second.file()
    assert "We trust each other" in read(client.get(first.get_absolute_url()))


def test_staff_read_a_report_once_it_is_shared_with_them(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by, title="For governors")
    staff = signed_in(rows.member(setting, Role.STAFF))
    assert "For governors" not in read(staff.get(url("report_list")))
    assert staff.get(url("report_paper", report.pk)).status_code == 404
    signed_in(by).post(url("share_report", report.pk), {"staff": "yes"})
    assert "For governors" in read(staff.get(url("report_list")))
    assert staff.get(url("report_paper", report.pk)).content == report.file()


def test_a_governor_sees_no_session_check_in_person_or_action(setting: Setting, by: Membership) -> None:
    rows.closed_round(setting)
    rows.agreed_session(setting, title="Quiet session")
    rows.action(setting, "Quiet action")
    rows.service(setting, "Harbour bereavement support")
    client = signed_in(rows.member(setting, Role.GOVERNOR))
    for name in (
        "evaluation:round_list",
        "toolkits:tool_list",
        "partnerships:person_list",
        "partnerships:action_list",
    ):
        assert client.get(reverse(name, args=["hillside"])).status_code == 403
    home = read(client.get(reverse("partnerships:setting_home", args=["hillside"])))
    assert not [
        secret for secret in ("Quiet session", "Quiet action", "How we work together") if secret in home
    ]
    assert "Harbour" in read(client.get(reverse("directory:service_list", args=["hillside"])))


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.STAFF, Role.PRACTITIONER])
@pytest.mark.parametrize(
    "name", ["report_material", "report_words", "check_report", "preview_report", "publish_report"]
)
def test_only_coordinators_write(setting: Setting, by: Membership, role: Role, name: str) -> None:
    report = rows.draft(setting, by)
    client = signed_in(rows.member(setting, role))
    assert client.get(url(name, report.pk)).status_code == 403
    assert client.post(url(name, report.pk), {"version": 1}).status_code == 403
    report.refresh_from_db()
    assert report.is_draft


def test_a_report_of_another_setting_is_not_found(setting: Setting, by: Membership) -> None:
    other = rows.new_setting()
    report = rows.published(other, rows.member(other))
    for name in ("report_detail", "report_paper", "withdraw_report", "publish_report"):
        assert signed_in(by).post(url(name, report.pk)).status_code == 404


def test_the_way_from_draft_to_number(setting: Setting, by: Membership) -> None:
    rows.service(setting, "Harbour")
    client = signed_in(by)
    response = client.post(url("start_report"))
    report = setting.reports.get()
    assert response.headers["Location"] == url("report_material", report.pk)
    form = client.get(url("report_material", report.pk)).context["form"]
    data = {**hidden(form), "title": "How we work", "addressed_to": "the board", "sections": ["services"]}
    client.post(url("report_material", report.pk), data)
    form = client.get(url("report_words", report.pk)).context["form"]
    words = {
        **hidden(form),
        "in_short": "A good year.",
        "better": "More trust\n\nOne list",
        "questions": "Why?",
    }
    assert client.post(url("report_words", report.pk), words).headers["Location"] == url(
        "report_partners", report.pk
    )
    assert "A good year." in read(client.get(url("preview_report", report.pk)))
    page = client.get(url("check_report", report.pk))
    assert "Publish number 1" in read(page)
    client.post(url("publish_report", report.pk), {"version": page.context["report"].version})
    report.refresh_from_db()
    assert (report.number, report.title) == (1, "How we work")
    assert report.content is not None
    assert report.content["better"] == ["More trust", "One list"]


def test_publishing_waits_for_what_is_missing(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by, in_short="  ", sections=[])
    page = read(signed_in(by).get(url("check_report", report.pk)))
    assert "“In short” is empty" in page
    assert "Nothing is chosen yet" in page
    assert "Publish number" not in page
    signed_in(by).post(url("publish_report", report.pk), {"version": report.version})
    report.refresh_from_db()
    assert report.is_draft


def test_the_check_asks_about_people_who_are_named(setting: Setting, by: Membership) -> None:
    rows.member(setting, Role.PRACTITIONER, "Priya Raman")
    report = rows.draft(setting, by, worries="Priya Raman leaves")
    page = read(signed_in(by).get(url("check_report", report.pk)))
    assert "Priya Raman is named. Governors read it: is that meant?" in page
    assert "Amara Oduya is named" not in page
    assert "No governor has an account yet" in page
    rows.member(setting, Role.GOVERNOR)
    assert "No governor has an account yet" not in read(signed_in(by).get(url("check_report", report.pk)))


def test_pressing_publish_on_an_old_page_publishes_nothing(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by)
    rows.service(setting, "Harbour")
    response = signed_in(by).post(
        url("publish_report", report.pk), {"version": report.version - 1}, follow=True
    )
    assert "Somebody changed this draft" in read(response)
    assert not setting.reports.published().exists()


def test_two_who_write_the_words_see_both_versions(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by, in_short="As it was.")
    client = signed_in(by)
    mine = hidden(client.get(url("report_words", report.pk)).context["form"])
    Report.objects.filter(pk=report.pk).update(in_short="Theirs.", version=report.version + 1)
    page = read(client.post(url("report_words", report.pk), {**mine, "in_short": "Mine."}))
    assert "Two versions of this page" in page
    assert "Theirs." in page
    assert "Mine." in page
    report.refresh_from_db()
    assert report.in_short == "Theirs."


def test_suggested_questions_are_added_when_ticked(setting: Setting, by: Membership) -> None:
    rows.action(setting, "Two parents at the table", due_in=-2)
    report = rows.draft(setting, by, questions="My own?")
    client = signed_in(by)
    form = client.get(url("report_words", report.pk)).context["form"]
    (first, _), *_ = form.fields["suggested"].choices
    data = {
        **hidden(form),
        "in_short": "Short.",
        "questions": "My own?",
        "suggested": [first, "Not suggested"],
    }
    client.post(url("report_words", report.pk), data)
    report.refresh_from_db()
    assert report.questions.splitlines() == ["My own?", first]


def test_words_that_look_like_a_childs_data_are_asked_about(setting: Setting, by: Membership) -> None:
    report = rows.draft(setting, by)
    form = signed_in(by).get(url("report_words", report.pk)).context["form"]
    page = read(
        signed_in(by).post(
            url("report_words", report.pk), {**hidden(form), "in_short": "Tom Kay in 4B is well"}
        )
    )
    assert "looks like a child’s name and class" in page


def test_markup_is_text_in_page_and_file(setting: Setting, by: Membership) -> None:
    nasty = "<script>alert(1)</script><img src=file:///etc/passwd>"
    report = rows.published(setting, by, in_short=nasty, title="<b>T</b>", better=nasty)
    page = read(signed_in(by).get(report.get_absolute_url()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert report.file()


def test_a_withdrawn_report_shows_number_reason_and_day_only(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    signed_in(by).post(url("withdraw_report", report.pk), {"reason": "A figure was wrong."})
    governor = signed_in(rows.member(setting, Role.GOVERNOR))
    for page in (read(governor.get(url("report_list"))), read(governor.get(report.get_absolute_url()))):
        assert "A figure was wrong." in page
        assert "We trust each other" not in page
    assert governor.get(url("report_paper", report.pk)).headers["Location"] == report.get_absolute_url()


def test_withdrawing_needs_a_reason(setting: Setting, by: Membership) -> None:
    report = rows.published(setting, by)
    page = read(signed_in(by).post(url("withdraw_report", report.pk), {"reason": " "}))
    assert "Fill in “Why is it withdrawn?”" in page
    report.refresh_from_db()
    assert report.file()


def test_a_damaged_file_is_not_given_out(
    setting: Setting, by: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    report = rows.published(setting, by)
    with pgtrigger.ignore("evaluation.Report:published_file_is_fixed"):
        Report.objects.filter(pk=report.pk).update(pdf=b"%PDF-1.7 other")
    response = signed_in(by).get(url("report_paper", report.pk))
    assert "is damaged" in read(response)
    assert str(report.pk) in caplog.text


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_as_often_for_many(
    setting: Setting, by: Membership, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        rows.published(setting, by)
    client = signed_in(rows.member(setting, Role.GOVERNOR))
    client.get(url("report_list"))
    with django_assert_num_queries(4):
        page = read(client.get(url("report_list")))
    assert page.count("Number ") == many
